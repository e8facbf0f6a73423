-- Assembly of Vojvodina, 21 June 2020.
-- Source: Provincial Election Commission, preliminary, as printed by rts.rs at
-- 98.71 % of stations and before the re-vote at 23 stations. Neither votes nor
-- percentages are in the source: the seats cannot be checked.
return {
  id = "rs/vojvodina/2020-06-21", alias = "vojvodina-2020",
  country = "rs", body = "vojvodina", date = "2020-06-21",
  name = "Assembly of Vojvodina, 21 June 2020",
  names = { ["sr-Cyrl"] = "Скупштина АП Војводине, 21. јун 2020." },
  rule = "rs/vojvodina", seats = 120, count_status = "preliminary",
  fields = {
    registered_voters = 1670903,
    voters_signed = 845695,
    invalid_ballots = 42390,
  },
  lists = {
    { key = "SNS", short = "SNS", minority = false, colour = "#1F3A7D",
      name = "SNS", names = { ["sr-Cyrl"] = "Српска напредна странка" },
      shorts = { ["sr-Cyrl"] = "СНС" } },
    { key = "SPS", short = "SPS", minority = false, colour = "#C8102E",
      name = "SPS-JS", names = { ["sr-Cyrl"] = "СПС-ЈС" },
      shorts = { ["sr-Cyrl"] = "СПС" } },
    { key = "SVM", short = "SVM", minority = true, colour = "#1B6E3C",
      name = "SVM", names = { ["sr-Cyrl"] = "Савез војвођанских Мађара" },
      shorts = { ["sr-Cyrl"] = "СВМ" } },
    { key = "VF", short = "VF", minority = false, colour = "#A85C00",
      name = "Vojvođanski front",
      names = { ["sr-Cyrl"] = "Војвођански фронт" },
      shorts = { ["sr-Cyrl"] = "ВФ" } },
    { key = "POKS", short = "POKS", minority = false, colour = "#8A4A83",
      name = "POKS",
      names = { ["sr-Cyrl"] = "Покрет обнове Краљевине Србије" },
      shorts = { ["sr-Cyrl"] = "ПОКС" } },
    { key = "Metla", short = "Metla", minority = false, colour = "#7E57C2",
      name = "Metla 2020", names = { ["sr-Cyrl"] = "Метла 2020" },
      shorts = { ["sr-Cyrl"] = "Метла" } },
    { key = "SRS", short = "SRS", minority = false, colour = "#3E5C76",
      name = "SRS", names = { ["sr-Cyrl"] = "Српска радикална странка" },
      shorts = { ["sr-Cyrl"] = "СРС" } },
  },
  others = {
    why = "the source prints only lists with seats, which add up to 120",
  },
  official = {
    seats = {
      SNS = 76, SPS = 13, SVM = 11, VF = 6, POKS = 5, Metla = 5, SRS = 4,
    },
    source = "Provincial Election Commission, preliminary, by way of rts.rs",
  },
  sources = {
    "https://www.rts.rs/page/stories/sr/story/3124/izbori-2020/3998884/" ..
      "vojvodina-izbori-ponavljanje.html",
  },
  notes = "At 98.71 % of stations, before the re-vote at 23. Slips of " ..
    "arithmetic in records were corrected by decision of the commission, " ..
    "without a re-vote.",
}
