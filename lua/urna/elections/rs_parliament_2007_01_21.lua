-- National Assembly of Serbia, 21 January 2007.
-- Source: Republic Electoral Commission, as printed by Wikipedia mirrors:
-- percentages only, of ballots in the box. Another revision of the same page
-- prints percentages of valid votes (SRS 29.07).
return {
  id = "rs/parliament/2007-01-21", alias = "parliament-2007",
  country = "rs", body = "parliament", date = "2007-01-21",
  name = "National Assembly of Serbia, 21 January 2007",
  names = {
    ["sr-Cyrl"] = "Народна скупштина Републике Србије, 21. јануар 2007." },
  rule = "rs/parliament", seats = 250, count_status = "final",
  fields = {
    registered_voters = 6652105,
    voters_signed = 4029286,
  },
  shares = { base = "ballots_in_box", decimals = 2 },
  lists = {
    { key = "SRS", short = "SRS", minority = false, colour = "#3E5C76",
      name = "Srpska radikalna stranka",
      names = { ["sr-Cyrl"] = "Српска радикална странка" },
      shorts = { ["sr-Cyrl"] = "СРС" }, percent = "28.60" },
    { key = "DS", short = "DS", minority = false, colour = "#B07A00",
      name = "Demokratska stranka",
      names = { ["sr-Cyrl"] = "Демократска странка" },
      shorts = { ["sr-Cyrl"] = "ДС" }, percent = "22.71" },
    { key = "DSS-NS", short = "DSS-NS", minority = false, colour = "#8C5A2B",
      name = "DSS - Nova Srbija - JS",
      names = { ["sr-Cyrl"] = "ДСС - Нова Србија - ЈС" },
      shorts = { ["sr-Cyrl"] = "ДСС-НС" }, percent = "16.55" },
    { key = "G17+", short = "G17+", minority = false, colour = "#00838F",
      name = "G17 Plus", names = { ["sr-Cyrl"] = "Г17 плус" },
      shorts = { ["sr-Cyrl"] = "Г17+" }, percent = "6.82" },
    { key = "SPS", short = "SPS", minority = false, colour = "#C8102E",
      name = "Socijalistička partija Srbije",
      names = { ["sr-Cyrl"] = "Социјалистичка партија Србије" },
      shorts = { ["sr-Cyrl"] = "СПС" }, percent = "5.64" },
    { key = "LDP", short = "LDP", minority = false, colour = "#0288D1",
      name = "LDP-GSS-SDU-LSV", names = { ["sr-Cyrl"] = "ЛДП-ГСС-СДУ-ЛСВ" },
      shorts = { ["sr-Cyrl"] = "ЛДП" }, percent = "5.31" },
    { key = "SVM", short = "SVM", minority = true, colour = "#1B6E3C",
      name = "Savez vojvođanskih Mađara",
      names = { ["sr-Cyrl"] = "Савез војвођанских Мађара" },
      shorts = { ["sr-Cyrl"] = "СВМ" }, percent = "1.30" },
    { key = "LZS", short = "LZS", minority = true, colour = "#5E7F12",
      name = "Lista za Sandžak", names = { ["sr-Cyrl"] = "Листа за Санџак" },
      shorts = { ["sr-Cyrl"] = "ЛЗС" }, percent = "0.84" },
    { key = "URS", short = "URS", minority = true, colour = "#7E57C2",
      name = "Unija Roma Srbije",
      names = { ["sr-Cyrl"] = "Унија Рома Србије" },
      shorts = { ["sr-Cyrl"] = "УРС" }, percent = "0.42" },
    { key = "KAPD", short = "KAPD", minority = true, colour = "#7B1E3A",
      name = "Koalicija Albanaca Preševske doline",
      names = { ["sr-Cyrl"] = "Коалиција Албанаца Прешевске долине" },
      shorts = { ["sr-Cyrl"] = "КАПД" }, percent = "0.42" },
    { key = "RP", short = "RP", minority = true, colour = "#8A4A83",
      name = "Romska partija", names = { ["sr-Cyrl"] = "Ромска партија" },
      shorts = { ["sr-Cyrl"] = "РП" }, percent = "0.36" },
  },
  others = {
    why = "lists below the 5 % threshold are not in the sources; the " ..
      "seats of the eleven lists here add up to 250",
  },
  official = {
    seats = {
      SRS = 81, DS = 64, ["DSS-NS"] = 47, ["G17+"] = 19, SPS = 16, LDP = 15,
      SVM = 3, LZS = 2, URS = 1, KAPD = 1, RP = 1,
    },
    source = "Republic Electoral Commission, by way of Wikipedia mirrors " ..
      "and china.org.cn",
  },
  sources = {
    "Wikipedia mirrors of '2007 Serbian parliamentary election'",
    "http://english.china.org.cn/english/international/world/2007-01/26/" ..
      "content_1197681.htm",
  },
  notes = "Threshold 5 %, no factor for minority lists. Sources print " ..
    "6,652,105 or 6,653,851 registered. 14 annulled stations are left " ..
    "out of the result.",
}
