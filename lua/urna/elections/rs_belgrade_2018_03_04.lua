-- City Assembly of Belgrade, 4 March 2018.
-- Source: City Election Commission, as printed by b92.net and knowpia.com:
-- percentages only; taken to be of ballots in the box, as the commission
-- prints them.
return {
  id = "rs/belgrade/2018-03-04", alias = "belgrade-2018",
  country = "rs", body = "belgrade", date = "2018-03-04",
  name = "City Assembly of Belgrade, 4 March 2018",
  names = { ["sr-Cyrl"] = "Скупштина града Београда, 4. март 2018." },
  rule = "rs/local", seats = 110, count_status = "final",
  units_expected = 1185,
  fields = {
    registered_voters = 1606931,
    voters_signed = { min = 823553, max = 825159, mark = "estimate",
      why = "turnout is printed as 51.3 % of 1,606,931" },
  },
  shares = { base = "ballots_in_box", decimals = 2 },
  lists = {
    { key = "SNS", short = "SNS", minority = false, colour = "#1F3A7D",
      name = "Aleksandar Vučić - Zato što volimo Beograd",
      names = { ["sr-Cyrl"] = "Александар Вучић - Зато што волимо Београд" },
      shorts = { ["sr-Cyrl"] = "СНС" }, percent = "44.99" },
    { key = "Đilas", short = "Đilas", minority = false, colour = "#B07A00",
      name = "Dragan Đilas - Beograd odlučuje, ljudi pobeđuju", names = {
        ["sr-Cyrl"] = "Драган Ђилас - Београд одлучује, људи побеђују" },
      shorts = { ["sr-Cyrl"] = "Ђилас" }, percent = "18.93" },
    { key = "Šapić", short = "Šapić", minority = false, colour = "#00838F",
      name = "Aleksandar Šapić - Gradonačelnik",
      names = { ["sr-Cyrl"] = "Александар Шапић - Градоначелник" },
      shorts = { ["sr-Cyrl"] = "Шапић" }, percent = "9.01" },
    { key = "SPS", short = "SPS", minority = false, colour = "#C8102E",
      name = "Ivica Dačić - SPS, Dragan Marković Palma - JS", names = {
        ["sr-Cyrl"] = "Ивица Дачић - СПС, Драган Марковић Палма - ЈС" },
      shorts = { ["sr-Cyrl"] = "СПС" }, percent = "6.13" },
  },
  others = {
    lists = 20,
    why = "twenty of 24 lists, below the 5 % threshold and without a " ..
      "seat; their votes are not in the sources",
  },
  official = {
    seats = { SNS = 64, ["Đilas"] = 26, ["Šapić"] = 12, SPS = 8 },
    source = "City Election Commission, by way of b92.net",
  },
  reruns = {
    { date = "2018-03", stations = 4, registered_voters = 5384,
      named = {
        "Stari grad 2", "Stari grad 21", "Stari grad 37", "Stari grad 40" },
      note = "More ballots in the box than voters in the extract of the " ..
        "roll." },
  },
  sources = {
    "https://www.b92.net/eng/news/" ..
      "politics.php?yyyy=2018&mm=03&dd=30&nav_id=103829",
    "https://www.knowpia.com/knowpedia/2018_Belgrade_City_Assembly_election",
    "https://docslib.org/doc/8784259/crta-observation-mission-" ..
      "preliminary-statement-belgrade-elections-election-day-pdf",
  },
  notes = "Threshold 5 %, no factor for minority lists. About 180,000 " ..
    "votes went to lists below the threshold.",
}
