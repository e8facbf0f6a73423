-- City Assembly of Belgrade, 16 March 2014.
-- Source: City Election Commission, as printed by piglix.com: percentages
-- only; taken to be of ballots in the box, as the commission prints them.
return {
  id = "rs/belgrade/2014-03-16", alias = "belgrade-2014",
  country = "rs", body = "belgrade", date = "2014-03-16",
  name = "City Assembly of Belgrade, 16 March 2014",
  names = { ["sr-Cyrl"] = "Скупштина града Београда, 16. март 2014." },
  rule = "rs/local", seats = 110, count_status = "final",
  fields = {}, -- none is printed
  shares = { base = "ballots_in_box", decimals = 2 },
  lists = {
    { key = "SNS", short = "SNS", minority = false, colour = "#1F3A7D",
      name = "SNS coalition",
      names = { ["sr-Cyrl"] = "Коалиција око Српске напредне странке" },
      shorts = { ["sr-Cyrl"] = "СНС" }, percent = "43.62" },
    { key = "DS", short = "DS", minority = false, colour = "#B07A00",
      name = "DS - Dragan Đilas",
      names = { ["sr-Cyrl"] = "ДС - Драган Ђилас" },
      shorts = { ["sr-Cyrl"] = "ДС" }, percent = "15.70" },
    { key = "SPS", short = "SPS", minority = false, colour = "#C8102E",
      name = "SPS-PUPS-JS", names = { ["sr-Cyrl"] = "СПС-ПУПС-ЈС" },
      shorts = { ["sr-Cyrl"] = "СПС" }, percent = "11.49" },
    { key = "DSS", short = "DSS", minority = false, colour = "#8C5A2B",
      name = "Demokratska stranka Srbije",
      names = { ["sr-Cyrl"] = "Демократска странка Србије" },
      shorts = { ["sr-Cyrl"] = "ДСС" }, percent = "6.39" },
  },
  others = {
    lists = 19,
    why = "nineteen of 23 lists took no seat: the seats of the four " ..
      "lists here add up to 110; their votes are not in the source",
  },
  official = {
    seats = { SNS = 63, DS = 22, SPS = 16, DSS = 9 },
    source = "City Election Commission, by way of piglix.com",
  },
  sources = {
    "http://piglix.com/piglix/Belgrade_local_election,_2014",
  },
  notes = "Threshold 5 %, no factor for minority lists. Turnout 50.66 %, " ..
    "of an unknown number of registered voters.",
}
