-- National Assembly of Serbia, 11 May 2008.
-- Source: Republic Electoral Commission, as printed by a Wikipedia mirror:
-- percentages only.
return {
  id = "rs/parliament/2008-05-11", alias = "parliament-2008",
  country = "rs", body = "parliament", date = "2008-05-11",
  name = "National Assembly of Serbia, 11 May 2008",
  names = {
    ["sr-Cyrl"] = "Народна скупштина Републике Србије, 11. мај 2008." },
  rule = "rs/parliament", seats = 250, count_status = "final",
  fields = {
    registered_voters = 6749886,
    voters_signed = { min = 4139368, max = 4140042, mark = "estimate",
      why = "turnout is printed as 61.33 % of 6,749,886" },
  },
  shares = { base = "ballots_in_box", decimals = 2 },
  lists = {
    { key = "ZES", short = "ZES", minority = false, colour = "#B07A00",
      name = "Za evropsku Srbiju - Boris Tadić",
      names = { ["sr-Cyrl"] = "За европску Србију - Борис Тадић" },
      shorts = { ["sr-Cyrl"] = "ЗЕС" }, percent = "38.42" },
    { key = "SRS", short = "SRS", minority = false, colour = "#3E5C76",
      name = "Srpska radikalna stranka",
      names = { ["sr-Cyrl"] = "Српска радикална странка" },
      shorts = { ["sr-Cyrl"] = "СРС" }, percent = "29.46" },
    { key = "DSS-NS", short = "DSS-NS", minority = false, colour = "#8C5A2B",
      name = "DSS - Nova Srbija",
      names = { ["sr-Cyrl"] = "ДСС - Нова Србија" },
      shorts = { ["sr-Cyrl"] = "ДСС-НС" }, percent = "11.62" },
    { key = "SPS", short = "SPS", minority = false, colour = "#C8102E",
      name = "SPS - PUPS - JS", names = { ["sr-Cyrl"] = "СПС - ПУПС - ЈС" },
      shorts = { ["sr-Cyrl"] = "СПС" }, percent = "7.58" },
    { key = "LDP", short = "LDP", minority = false, colour = "#0288D1",
      name = "Liberalno-demokratska partija",
      names = { ["sr-Cyrl"] = "Либерално-демократска партија" },
      shorts = { ["sr-Cyrl"] = "ЛДП" }, percent = "5.24" },
    { key = "MK", short = "MK", minority = true, colour = "#1B6E3C",
      name = "Mađarska koalicija",
      names = { ["sr-Cyrl"] = "Мађарска коалиција" },
      shorts = { ["sr-Cyrl"] = "МК" }, percent = "1.81" },
    { key = "BLES", short = "BLES", minority = true, colour = "#5E7F12",
      name = "Bošnjačka lista za evropski Sandžak",
      names = { ["sr-Cyrl"] = "Бошњачка листа за европски Санџак" },
      shorts = { ["sr-Cyrl"] = "БЛЕС" }, percent = "0.92" },
    { key = "KAPD", short = "KAPD", minority = true, colour = "#7B1E3A",
      name = "Koalicija Albanaca Preševske doline",
      names = { ["sr-Cyrl"] = "Коалиција Албанаца Прешевске долине" },
      shorts = { ["sr-Cyrl"] = "КАПД" }, percent = "0.41" },
  },
  others = {
    why = "lists below the 5 % threshold are not in the sources; the " ..
      "seats of the eight lists here add up to 250",
  },
  official = {
    seats = {
      ZES = 102, SRS = 78, ["DSS-NS"] = 30, SPS = 20, LDP = 13, MK = 4,
      BLES = 2, KAPD = 1,
    },
    source = "Republic Electoral Commission, by way of a Wikipedia mirror",
  },
  sources = {
    "Wikipedia mirror 'Serbian parliamentary election, 2008'",
    "http://tradebridgeconsultants.com/election-dates/" ..
      "serbia-parliamentary-11-may-2008/",
  },
  notes = "Threshold 5 %, no factor for minority lists. Two lists' votes " ..
    "are known: ZES 1,590,200 and SRS 1,219,436. Another source prints " ..
    "6,749,688 registered.",
}
