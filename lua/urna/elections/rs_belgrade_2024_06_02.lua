-- City Assembly of Belgrade, 2 June 2024.
-- Source: City Election Commission, overall report, as printed by una.rs
-- (percentages of ballots in the box, seats, turnout); votes from
-- mediated.wiki, where percentages are of valid votes. The two sets of
-- percentages bound the totals that neither prints.
return {
  id = "rs/belgrade/2024-06-02", alias = "belgrade-2024",
  country = "rs", body = "belgrade", date = "2024-06-02",
  name = "City Assembly of Belgrade, 2 June 2024",
  names = { ["sr-Cyrl"] = "Скупштина града Београда, 2. јун 2024." },
  rule = "rs/local", seats = 110, count_status = "final",
  units_expected = 1265,
  fields = {
    registered_voters = 1602112,
    voters_signed = { value = 738894, min = 738814, max = 738974,
      mark = "estimate",
      why = "turnout is printed as 46.12 % (46.115 to 46.125) of 1,602,112" },
    ballots_in_box = { value = 733990, min = 733935, max = 734059,
      mark = "estimate",
      why = "what the votes and the printed percentages of ballots in " ..
        "the box allow; the value is about the middle" },
    valid_ballots = { value = 720098, min = 720089, max = 720108,
      mark = "estimate",
      why = "what the votes and the printed percentages of valid votes " ..
        "allow; the value is the middle" },
    invalid_ballots = { value = 13892, min = 13827, max = 13970,
      mark = "estimate",
      why = "ballots in the box less valid ballots, both estimated" },
  },
  percent_base = "ballots_in_box",
  lists = {
    { key = "SNS", short = "SNS", minority = false, colour = "#1F3A7D",
      name = "Aleksandar Vučić - Beograd sutra",
      names = { ["sr-Cyrl"] = "Александар Вучић - Београд сутра" },
      shorts = { ["sr-Cyrl"] = "СНС" }, votes = 387326, percent = "52.77" },
    { key = "KP", short = "KP", minority = false, colour = "#DB5A1A",
      name = "Dr Savo Manojlović - I ja sam Beograd - Kreni-promeni",
      names = {
        ["sr-Cyrl"] =
          "Др Саво Манојловић - И ја сам Београд - Крени-промени" },
      shorts = { ["sr-Cyrl"] = "КП" }, votes = 129868, percent = "17.69" },
    { key = "BB", short = "BB", minority = false, colour = "#4C9A2A",
      name = "Biramo Beograd - Dobrica Veselinović - Miloš Pavlović",
      names = {
        ["sr-Cyrl"] =
          "Бирамо Београд - Добрица Веселиновић - Милош Павловић" },
      shorts = { ["sr-Cyrl"] = "ББ" }, votes = 89430, percent = "12.18" },
    { key = "MI-SN", short = "MI-SN", minority = false, colour = "#6A3FA0",
      name = "Mi snaga naroda - dr Branimir Nestorović",
      names = { ["sr-Cyrl"] = "Ми снага народа - др Бранимир Несторовић" },
      shorts = { ["sr-Cyrl"] = "МИ-СН" }, votes = 59805, percent = "8.15" },
    { key = "RS", short = "RS", minority = true, colour = "#B0357A",
      name = "Ruska stranka", names = { ["sr-Cyrl"] = "Руска странка" },
      shorts = { ["sr-Cyrl"] = "РС" },
      votes = { value = 8505, min = 8477, max = 8533, mark = "estimate",
        why = "what its printed percentages allow" },
      percent = "1.16" },
  },
  others = {
    lists = 9,
    votes = { value = 45164, min = 45127, max = 45202, mark = "estimate",
      why = "valid ballots are known only within an interval" },
    why = "nine of 14 lists, below the threshold and without a seat (the " ..
      "count at 92.09 % names them): the estimated valid total less the " ..
      "five lists here",
  },
  official = {
    seats = { SNS = 64, KP = 21, BB = 14, ["MI-SN"] = 10, RS = 1 },
    source = "City Election Commission, by way of una.rs",
  },
  snapshots = {
    { id = "bg-2024-06-02-prelim-92.09", kind = "preliminary",
      share_of_stations = "92.09", share_of_electorate = "91.43",
      turnout_percent = "46.18",
      name = "City Assembly of Belgrade, 2 June 2024, at 92.09 % of " ..
        "stations",
      names = {
        ["sr-Cyrl"] =
          "Скупштина града Београда, 2. јун 2024., на 92,09 % бирачких " ..
          "места" },
      fields = { ballots_in_box = 672579 },
      lists = {
        { key = "SNS", short = "SNS", minority = false,
          name = "Beograd sutra", votes = 355430, percent = "52.85",
          seats = 64 },
        { key = "KP", short = "KP", minority = false,
          name = "Kreni-promeni", votes = 118426, percent = "17.61",
          seats = 21 },
        { key = "BB", short = "BB", minority = false,
          name = "Biramo Beograd", votes = 81863, percent = "12.17",
          seats = 14 },
        { key = "MI-SN", short = "MI-SN", minority = false,
          name = "Mi snaga naroda", votes = 54908, percent = "8.16",
          seats = 9 },
        { key = "RS", short = "RS", minority = true,
          name = "Ruska stranka", votes = 7802, percent = "1.16", seats = 1 },
        { key = "KANS", short = "KANS", minority = false, colour = "#00838F",
          name = "Kad ako ne sad",
          names = { ["sr-Cyrl"] = "Кад ако не сад" },
          shorts = { ["sr-Cyrl"] = "КАНС" }, votes = 7757, percent = "1.15",
          seats = 0 },
        { key = "MI-GIN", short = "MI-GIN", minority = false,
          colour = "#A07CC5",
          name = "Mi - glas iz naroda",
          names = { ["sr-Cyrl"] = "Ми - глас из народа" },
          shorts = { ["sr-Cyrl"] = "МИ-ГИН" }, votes = 6314, percent = "0.94",
          seats = 0 },
        { key = "RZP", short = "RZP", minority = false, colour = "#2F7FC1",
          name = "Rešenje za promenu",
          names = { ["sr-Cyrl"] = "Решење за промену" },
          shorts = { ["sr-Cyrl"] = "РЗП" }, votes = 6231, percent = "0.93",
          seats = 0 },
        { key = "1od5", short = "1od5", minority = false, colour = "#8D6E63",
          name = "1 od 5 miliona",
          names = { ["sr-Cyrl"] = "1 од 5 милиона" },
          shorts = { ["sr-Cyrl"] = "1од5" }, votes = 6023, percent = "0.90",
          seats = 0 },
        { key = "CALE", short = "CALE", minority = false, colour = "#8A6D00",
          name = "Ćale, ovo je za tebe",
          names = { ["sr-Cyrl"] = "Ћале, ово је за тебе" },
          shorts = { ["sr-Cyrl"] = "ЋАЛЕ" }, votes = 5097, percent = "0.76",
          seats = 0 },
        { key = "KLJUC", short = "KLJUC", minority = false,
          colour = "#607D8B",
          name = "Ključ za pobedu",
          names = { ["sr-Cyrl"] = "Кључ за победу" },
          shorts = { ["sr-Cyrl"] = "КЉУЧ" }, votes = 3875, percent = "0.58",
          seats = 0 },
        { key = "URS", short = "URS", minority = true, colour = "#7E57C2",
          name = "Unija Roma Srbije",
          names = { ["sr-Cyrl"] = "Унија Рома Србије" },
          shorts = { ["sr-Cyrl"] = "УРС" }, votes = 2989, percent = "0.454",
          seats = 0 },
        { key = "BNG", short = "BNG", minority = false, colour = "#4A55A2",
          name = "Beograd - naš grad",
          names = { ["sr-Cyrl"] = "Београд - наш град" },
          shorts = { ["sr-Cyrl"] = "БНГ" }, votes = 2147, percent = "0.32",
          seats = 0 },
        { key = "BJS", short = "BJS", minority = false, colour = "#767676",
          name = "Beograd je svet(a)",
          names = { ["sr-Cyrl"] = "Београд је свет(а)" },
          shorts = { ["sr-Cyrl"] = "БЈС" }, votes = 895, percent = "0.13",
          seats = 0 },
      },
      published_seats_sum = 109,
      note = "The printed seats add up to 109 of 110: MI-SN is printed " ..
        "with 9, the law gives it 10 on these votes.",
      source = "https://vijesti365.com/" ..
        "srbija-izabrala-lokalnu-vlast-ubjedljiva-pobjeda-sns-a" },
  },
  turnout = {
    { source = "CRTA", sample = 450,
      url = "https://crta.rs/en/lower-turnout-by-1900-and-more-complaints/",
      points = {
        { time = "10:00", percent = 9.9, margin = 0.2 },
        { time = "13:00", percent = 22.5, margin = 0.3 },
        { time = "19:00", percent = 41.5, margin = 0.4 },
      },
    },
    { source = "GIK",
      url = "https://naslovi.net/2024-06-02/beta/cesid-projekcija-" ..
        "izlaznosti-do-19-sati-u-beogradu-42-2-odsto/36779635",
      points = {
        { time = "18:00", percent = 37.71 },
      },
    },
    { source = "CeSID/Ipsos", sample = 350,
      url = "https://naslovi.net/2024-06-02/beta/cesid-projekcija-" ..
        "izlaznosti-do-19-sati-u-beogradu-42-2-odsto/36779635",
      points = {
        { time = "11:00", percent = 14.3 },
        { time = "19:00", percent = 42.2 },
      },
      compare = { { time = "19:00", percent = 54.11 } }, -- printed beside it
    },
  },
  sources = {
    "https://una.rs/vesti/izbori-u-srbiji/" ..
      "gik-usvojio-ukupni-izvestaj-o-izborima-u-beogradu (official %, " ..
      "seats, turnout 46.12 %)",
    "https://mediated.wiki/source/City_Assembly_of_Belgrade.md (votes, % " ..
      "of valid 53.79/18.03/12.42/8.31)",
    "https://wap.pink.rs/izbori-2024/595951/" ..
      "gik-utvrdio-u-beogradu-preko-milion-i-sest-stotina-glasaca " ..
      "(registered at closing of roll)",
  },
  notes = "14 lists. Three denominators: turnout is 46.12 % by " ..
    "signatures and 45.82 % by ballots in the box; SNS has 52.77 % of " ..
    "ballots in the box and 53.79 % of valid votes.",
}
