-- Assembly of Vojvodina, 24 April 2016.
-- Source: Provincial Election Commission, as printed by 013info.rs and
-- rtrs.tv: percentages only, of ballots in the box.
return {
  id = "rs/vojvodina/2016-04-24", alias = "vojvodina-2016",
  country = "rs", body = "vojvodina", date = "2016-04-24",
  name = "Assembly of Vojvodina, 24 April 2016",
  names = { ["sr-Cyrl"] = "Скупштина АП Војводине, 24. април 2016." },
  rule = "rs/vojvodina", seats = 120, count_status = "final",
  fields = {
    registered_voters = 1729376,
    voters_signed = 963208,
  },
  shares = { base = "ballots_in_box", decimals = 2 },
  lists = {
    { key = "SNS", short = "SNS", minority = false, colour = "#1F3A7D",
      name = "Aleksandar Vučić - Srbija pobeđuje",
      names = { ["sr-Cyrl"] = "Александар Вучић - Србија побеђује" },
      shorts = { ["sr-Cyrl"] = "СНС" }, percent = "44.48" },
    { key = "SPS", short = "SPS", minority = false, colour = "#C8102E",
      name = "SPS",
      names = { ["sr-Cyrl"] = "Социјалистичка партија Србије" },
      shorts = { ["sr-Cyrl"] = "СПС" }, percent = "8.86" },
    { key = "SRS", short = "SRS", minority = false, colour = "#3E5C76",
      name = "SRS", names = { ["sr-Cyrl"] = "Српска радикална странка" },
      shorts = { ["sr-Cyrl"] = "СРС" }, percent = "7.66" },
    { key = "DS", short = "DS", minority = false, colour = "#B07A00",
      name = "DS", names = { ["sr-Cyrl"] = "Демократска странка" },
      shorts = { ["sr-Cyrl"] = "ДС" }, percent = "7.24" },
    { key = "LSV", short = "LSV", minority = false, colour = "#8A4A83",
      name = "LSV",
      names = { ["sr-Cyrl"] = "Лига социјалдемократа Војводине" },
      shorts = { ["sr-Cyrl"] = "ЛСВ" }, percent = "6.43" },
    { key = "DJB", short = "DJB", minority = false, colour = "#DB5A1A",
      name = "Dosta je bilo", names = { ["sr-Cyrl"] = "Доста је било" },
      shorts = { ["sr-Cyrl"] = "ДЈБ" }, percent = "5.54" },
    { key = "SVM", short = "SVM", minority = true, colour = "#1B6E3C",
      name = "SVM", names = { ["sr-Cyrl"] = "Савез војвођанских Мађара" },
      shorts = { ["sr-Cyrl"] = "СВМ" }, percent = "4.88" },
    { key = "MPA", short = "MPA", minority = true, colour = "#5E7F12",
      name = "Mađarski pokret za autonomiju",
      names = { ["sr-Cyrl"] = "Мађарски покрет за аутономију" },
      shorts = { ["sr-Cyrl"] = "МПА" }, percent = "1.71" },
    { key = "ZS", short = "ZS", minority = true, colour = "#4C9A2A",
      name = "Zelena stranka", names = { ["sr-Cyrl"] = "Зелена странка" },
      shorts = { ["sr-Cyrl"] = "ЗС" }, percent = "1.14" },
  },
  others = {
    lists = 6,
    why = "six lists below the 5 % threshold, none took a seat; their " ..
      "votes are not in the sources",
  },
  official = {
    seats = {
      SNS = 63, SPS = 12, SRS = 10, DS = 10, LSV = 9, DJB = 7, SVM = 6,
      MPA = 2, ZS = 1,
    },
    source = "Provincial Election Commission, by way of 013info.rs",
  },
  sources = {
    "https://013info.rs/pancevo/politika/" ..
      "pik-zvanicno-sns-u-vojvodini-vise-od-polovine-mandata",
    "http://lat.rtrs.tv/vijesti/vijest.php?id=200350",
  },
  notes = "Threshold 5 %, no factor for minority lists.",
}
