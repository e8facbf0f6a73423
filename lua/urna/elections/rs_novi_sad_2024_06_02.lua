-- City Assembly of Novi Sad, 2 June 2024.
-- Source: City Election Commission of Novi Sad, overall report, as printed by
-- tanjug.rs; registered voters and stations from tip.rs.
return {
  id = "rs/novi-sad/2024-06-02", alias = "novi-sad-2024",
  country = "rs", body = "novi-sad", date = "2024-06-02",
  name = "City Assembly of Novi Sad, 2 June 2024",
  names = { ["sr-Cyrl"] = "Скупштина града Новог Сада, 2. јун 2024." },
  rule = "rs/local", seats = 78, count_status = "final",
  units_expected = 222,
  fields = {
    registered_voters = 339225,
    voters_signed = 167135,
    ballots_in_box = 167047,
    valid_ballots = 163437,
    invalid_ballots = 3610,
  },
  percent_base = "ballots_in_box",
  lists = {
    { key = "SNS", short = "SNS", minority = false, colour = "#1F3A7D",
      name = "Aleksandar Vučić - Novi Sad sutra",
      names = { ["sr-Cyrl"] = "Александар Вучић - Нови Сад сутра" },
      shorts = { ["sr-Cyrl"] = "СНС" }, votes = 87791, percent = "52.55" },
    { key = "UZSNS", short = "UZSNS", minority = false, colour = "#0B7A75",
      name = "Udruženi za slobodan Novi Sad - NADA",
      names = { ["sr-Cyrl"] = "Удружени за слободан Нови Сад - НАДА" },
      shorts = { ["sr-Cyrl"] = "УЗСНС" }, votes = 40541, percent = "24.27" },
    { key = "KP", short = "KP", minority = false, colour = "#DB5A1A",
      name = "Dr Savo Manojlović - I ja sam Novi Sad - Kreni-promeni",
      names = {
        ["sr-Cyrl"] =
          "Др Саво Манојловић - И ја сам Нови Сад - Крени-промени" },
      shorts = { ["sr-Cyrl"] = "КП" }, votes = 16723, percent = "10.01" },
    { key = "Heroji", short = "Heroji", minority = false, colour = "#6A3FA0",
      name = "Heroji - Miša Bačulov",
      names = { ["sr-Cyrl"] = "Хероји - Миша Бачулов" },
      shorts = { ["sr-Cyrl"] = "Хероји" }, votes = 6332, percent = "3.79" },
    { key = "SVM", short = "SVM", minority = true, colour = "#1B6E3C",
      name = "Savez vojvođanskih Mađara - dr Balint Pastor",
      names = { ["sr-Cyrl"] = "Савез војвођанских Мађара - др Балинт Пастор" },
      shorts = { ["sr-Cyrl"] = "СВМ" }, votes = 2062, percent = "1.23" },
  },
  others = {
    lists = 9,
    votes = 9988,
    why = "nine of 14 lists, none took a seat (overall report): their " ..
      "votes are the official valid total less the five lists here",
  },
  official = {
    seats = { SNS = 45, UZSNS = 21, KP = 8, Heroji = 3, SVM = 1 },
    source = "City Election Commission of Novi Sad, by way of tanjug.rs",
  },
  turnout = {
    { source = "CeSID/Ipsos", sample = 110,
      points = {
        { time = "11:00", percent = 18.2 },
        { time = "19:00", percent = 46.3 },
      },
      compare = { { time = "19:00", percent = 54.7 } }, -- printed beside it
    },
  },
  sources = {
    "https://tanjug.rs/srbija/politika/96064/gik-novi-sada-usvojio-" ..
      "ukupni-izvestaj-o-izborima-u-parlamentu-5-lista-sns-45-mandata/" ..
      "vest",
    "https://tip.rs/srbija/vesti/1374028/novom-sadu-toku-glasanje-222-" ..
      "biracka-mesta-pravo-glasa-ima-339-225-biraca",
  },
  notes = "14 lists. 167,135 voters signed, 167,047 ballots were in the " ..
    "box: 88 were taken and not cast.",
}
