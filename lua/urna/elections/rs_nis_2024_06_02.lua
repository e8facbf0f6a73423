-- City Assembly of Niš, 2 June 2024.
-- Source: City Election Commission of Niš: preliminary percentages at all
-- stations by way of naslovi.net, taken to be of ballots in the box; the final
-- seats by way of euronews.rs are the same.
return {
  id = "rs/nis/2024-06-02", alias = "nis-2024",
  country = "rs", body = "nis", date = "2024-06-02",
  name = "City Assembly of Niš, 2 June 2024",
  names = { ["sr-Cyrl"] = "Скупштина града Ниша, 2. јун 2024." },
  rule = "rs/local", seats = 61, count_status = "preliminary",
  units_expected = 197,
  fields = {
    registered_voters = 226268,
    voters_signed = 111170,
  },
  shares = { base = "ballots_in_box", decimals = 2 },
  lists = {
    { key = "SNS", short = "SNS", minority = false, colour = "#1F3A7D",
      name = "Aleksandar Vučić - Niš sutra",
      names = { ["sr-Cyrl"] = "Александар Вучић - Ниш сутра" },
      shorts = { ["sr-Cyrl"] = "СНС" }, percent = "44.31" },
    { key = "DM", short = "DM", minority = false, colour = "#2F7FC1",
      name = "GG Dr Dragan Milić",
      names = { ["sr-Cyrl"] = "ГГ Др Драган Милић" },
      shorts = { ["sr-Cyrl"] = "ДМ" }, percent = "24.49" },
    { key = "BN", short = "BN", minority = false, colour = "#4C9A2A",
      name = "Biramo Niš - Đorđe Stanković",
      names = { ["sr-Cyrl"] = "Бирамо Ниш - Ђорђе Станковић" },
      shorts = { ["sr-Cyrl"] = "БН" }, percent = "16.12" },
    { key = "KP", short = "KP", minority = false, colour = "#DB5A1A",
      name = "Dr Savo Manojlović - Kreni-promeni",
      names = { ["sr-Cyrl"] = "Др Саво Манојловић - Крени-промени" },
      shorts = { ["sr-Cyrl"] = "КП" }, percent = "3.93" },
    { key = "UN", short = "UN", minority = false, colour = "#8C5A2B",
      name = "Ujedinjeni - NADA za Niš",
      names = { ["sr-Cyrl"] = "Уједињени - НАДА за Ниш" },
      shorts = { ["sr-Cyrl"] = "УН" }, percent = "3.88" },
    { key = "RS", short = "RS", minority = true, colour = "#B0357A",
      name = "Ruska stranka", names = { ["sr-Cyrl"] = "Руска странка" },
      shorts = { ["sr-Cyrl"] = "РС" }, percent = "1.10" },
  },
  others = {
    lists = 5,
    why = "five of 11 lists took no seat: the seats of the six lists " ..
      "here add up to 61; their votes are not in the sources",
  },
  official = {
    seats = { SNS = 30, DM = 16, BN = 10, KP = 2, UN = 2, RS = 1 },
    source = "City Election Commission of Niš, final, by way of euronews.rs",
  },
  turnout = {
    { source = "CeSID/Ipsos", sample = 90,
      points = {
        { time = "11:00", percent = 12.9 },
        { time = "19:00", percent = 44.4 },
      },
      compare = { { time = "19:00", percent = 54.2 } }, -- printed beside it
    },
  },
  sources = {
    "https://naslovi.net/2024-06-04/sputnik/gradska-izborna-komisija-" ..
      "nisa-objavila-preliminarne-rezultate-izbora/36794231",
    "https://euronews.rs/srbija/politika/130673/gradska-izborna-komisija-" ..
      "u-nisu-dodelila-mandate-odbornicima/vest",
  },
  notes = "Percentages are preliminary (all stations), seats final. No " ..
    "list has the 31 seats of a majority. CeSID's projection was SNS 29, " ..
    "DM 16, BN 10, KP 3, UN 2, RS 1.",
}
