-- Assembly of Vojvodina, 17 December 2023.
-- Source: Provincial Election Commission, final seats by way of naslovi.net;
-- percentages of valid votes from encycloreader.org. The partial count bounds
-- the ballots in the box, which no source at hand prints.
return {
  id = "rs/vojvodina/2023-12-17", alias = "vojvodina-2023",
  country = "rs", body = "vojvodina", date = "2023-12-17",
  name = "Assembly of Vojvodina, 17 December 2023",
  names = { ["sr-Cyrl"] = "Скупштина АП Војводине, 17. децембар 2023." },
  rule = "rs/vojvodina", seats = 120, count_status = "final",
  units_expected = 1776,
  fields = {
    registered_voters = 1669791,
    ballots_in_box = { min = 898600, max = 1035238, mark = "estimate",
      why = "at most: 922,441 had signed at 1,696 stations, printed as " ..
        "59.24 % of the voters registered there, so at least 1,556,994 " ..
        "(922,441 / 0.59245) were; the other stations have at most " ..
        "112,797 of the 1,669,791. At least: the valid ballots" },
    valid_ballots = { min = 898600, max = 1035238, mark = "estimate",
      why = "at least: SNS had 438,741 votes at 1,696 stations and has " ..
        "48.82 % in the end, so more than 438,741 / 0.48825, assuming " ..
        "that later counts only add. At most: the ballots in the box" },
  },
  shares = { base = "valid_ballots", decimals = 2 },
  lists = {
    { key = "SNS", short = "SNS", minority = false, colour = "#1F3A7D",
      name = "Aleksandar Vučić - Vojvodina ne sme da stane",
      names = { ["sr-Cyrl"] = "Александар Вучић - Војводина не сме да стане" },
      shorts = { ["sr-Cyrl"] = "СНС" }, percent = "48.82" },
    { key = "SPN", short = "SPN", minority = false, colour = "#0B7A75",
      name = "Srbija protiv nasilja",
      names = { ["sr-Cyrl"] = "Србија против насиља" },
      shorts = { ["sr-Cyrl"] = "СПН" }, percent = "22.55" },
    { key = "SVM", short = "SVM", minority = true, colour = "#1B6E3C",
      name = "Savez vojvođanskih Mađara",
      names = { ["sr-Cyrl"] = "Савез војвођанских Мађара" },
      shorts = { ["sr-Cyrl"] = "СВМ" }, percent = "6.68" },
    { key = "NADA", short = "NADA", minority = false, colour = "#8C5A2B",
      name = "Dr Miloš Jovanović - NADA za Vojvodinu",
      names = { ["sr-Cyrl"] = "Др Милош Јовановић - НАДА за Војводину" },
      shorts = { ["sr-Cyrl"] = "НАДА" }, percent = "5.30" },
    { key = "SPS", short = "SPS", minority = false, colour = "#C8102E",
      name = "Ivica Dačić - premijer Srbije",
      names = { ["sr-Cyrl"] = "Ивица Дачић - премијер Србије" },
      shorts = { ["sr-Cyrl"] = "СПС" }, percent = "5.21" },
    { key = "RS", short = "RS", minority = true, colour = "#B0357A",
      name = "Ruska stranka - Srbi i Rusi braća zauvek!",
      names = { ["sr-Cyrl"] = "Руска странка - Срби и Руси браћа заувек!" },
      shorts = { ["sr-Cyrl"] = "РС" }, percent = "1.04" },
  },
  others = {
    lists = 7,
    why = "seven of 13 lists took no seat: the seats of the six lists " ..
      "here add up to 120; their final votes are not in the sources",
  },
  official = {
    seats = { SNS = 66, SPN = 30, SVM = 9, NADA = 7, SPS = 7, RS = 1 },
    source = "Provincial Election Commission, by way of naslovi.net",
  },
  snapshots = {
    { id = "vo-2023-prelim-1696", kind = "preliminary",
      share_of_stations = "95.50", stations = 1696, stations_total = 1776,
      turnout_percent = "59.24",
      name = "Assembly of Vojvodina, 17 December 2023, at 95.50 % of " ..
        "stations",
      names = {
        ["sr-Cyrl"] =
          "Скупштина АП Војводине, 17. децембар 2023., на 95,50 % " ..
          "бирачких места" },
      fields = { voters_signed = 922441 },
      lists = {
        { key = "SNS", short = "SNS", minority = false,
          name = "SNS", votes = 438741, percent = "47.62" },
        { key = "SPN", short = "SPN", minority = false,
          name = "SPN", votes = 198469, percent = "21.54" },
        { key = "SVM", short = "SVM", minority = true,
          name = "SVM", votes = 59339, percent = "6.44" },
        { key = "SPS", short = "SPS", minority = false,
          name = "SPS", votes = 47059, percent = "5.11" },
        { key = "NADA", short = "NADA", minority = false,
          name = "NADA", votes = 46860, percent = "5.09" },
        { key = "LSV", short = "LSV", minority = false, colour = "#A85C00",
          name = "Vojvođani - LSV",
          names = { ["sr-Cyrl"] = "Војвођани - ЛСВ" },
          shorts = { ["sr-Cyrl"] = "ЛСВ" }, votes = 23299, percent = "2.53" },
        { key = "NO", short = "NO", minority = false, colour = "#A23B3B",
          name = "Nacionalno okupljanje",
          names = { ["sr-Cyrl"] = "Национално окупљање" },
          shorts = { ["sr-Cyrl"] = "НО" }, votes = 21138, percent = "2.29" },
        { key = "SRS", short = "SRS", minority = false, colour = "#3E5C76",
          name = "SRS", names = { ["sr-Cyrl"] = "Српска радикална странка" },
          shorts = { ["sr-Cyrl"] = "СРС" }, votes = 19736, percent = "2.14" },
        { key = "DJS", short = "DJS", minority = false, colour = "#DB5A1A",
          name = "Dobro jutro Srbijo",
          names = { ["sr-Cyrl"] = "Добро јутро Србијо" },
          shorts = { ["sr-Cyrl"] = "ДЈС" }, votes = 13614, percent = "1.48" },
        { key = "RS", short = "RS", minority = true,
          name = "Ruska stranka", votes = 9278, percent = "1.01" },
      },
      others = { lists = 3,
        why = "the source prints ten of the 13 lists" },
      note = "The printed turnout of 59.24 % is of the voters registered " ..
        "at the stations counted, not of 1,669,791.",
      source = "https://gradskeinfo.rs/pik-u-vojvodini-vodi-sns-sa-47-62-" ..
        "odsto-spn-u-21-54-18-12-2023/?pismo=lat" },
  },
  sources = {
    "https://encycloreader.org/r/" ..
      "wikipedia.php?q=2023_Vojvodina_provincial_election (percent of " ..
      "valid, seats)",
    "https://naslovi.net/2024-01-15/ozon/" ..
      "objavljeni-konacni-rezultati-pokrajinskih-izbora/35494137 (final " ..
      "seats)",
  },
  notes = "13 lists. SVM is above 3 % and so gets no factor: 9 seats. " ..
    "With the factor for every minority list it would be SVM 12, SNS 64, " ..
    "SPS 6.",
}
