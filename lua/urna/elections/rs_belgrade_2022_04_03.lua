-- City Assembly of Belgrade, 3 April 2022.
-- Source: City Election Commission, as printed by serbianmonitor.com and
-- 24sedam.rs. Percentages are of ballots in the box, whose number is not
-- printed.
return {
  id = "rs/belgrade/2022-04-03", alias = "belgrade-2022",
  country = "rs", body = "belgrade", date = "2022-04-03",
  name = "City Assembly of Belgrade, 3 April 2022",
  names = { ["sr-Cyrl"] = "Скупштина града Београда, 3. април 2022." },
  rule = "rs/local", seats = 110, count_status = "final",
  fields = {
    voters_signed = 925898,
    ballots_in_box = { value = 916215, min = 916095, max = 916336,
      mark = "estimate",
      why = "implied by 348,345 votes of SNS printed as 38.02 %; the " ..
        "value is about the middle" },
    valid_ballots = { value = 897060, min = 896940, max = 897181,
      mark = "estimate",
      why = "estimated ballots in the box less the 19,155 invalid" },
    invalid_ballots = 19155,
  },
  percent_base = "ballots_in_box",
  lists = {
    { key = "SNS", short = "SNS", minority = false, colour = "#1F3A7D",
      name = "Aleksandar Vučić - Zajedno možemo sve",
      names = { ["sr-Cyrl"] = "Александар Вучић - Заједно можемо све" },
      shorts = { ["sr-Cyrl"] = "СНС" }, votes = 348345, percent = "38.02" },
    { key = "UZPB", short = "UZPB", minority = false, colour = "#0B7A75",
      name = "Ujedinjeni za pobedu Beograda - Vladeta Janković", names = {
        ["sr-Cyrl"] = "Уједињени за победу Београда - Владета Јанковић" },
      shorts = { ["sr-Cyrl"] = "УЗПБ" }, votes = 195335, percent = "21.32" },
    { key = "Moramo", short = "Moramo", minority = false, colour = "#4C9A2A",
      name = "Moramo", names = { ["sr-Cyrl"] = "Морамо" },
      shorts = { ["sr-Cyrl"] = "Морамо" }, votes = 99078, percent = "10.81" },
    { key = "SPS", short = "SPS", minority = false, colour = "#C8102E",
      name = "Ivica Dačić - premijer Srbije, Toma Fila - gradonačelnik " ..
        "Beograda",
      names = {
        ["sr-Cyrl"] =
          "Ивица Дачић - премијер Србије, Тома Фила - градоначелник " ..
          "Београда" },
      shorts = { ["sr-Cyrl"] = "СПС" }, votes = 64050, percent = "6.99" },
    { key = "NADA", short = "NADA", minority = false, colour = "#8C5A2B",
      name = "Dr Miloš Jovanović - NADA za Beograd",
      names = { ["sr-Cyrl"] = "Др Милош Јовановић - НАДА за Београд" },
      shorts = { ["sr-Cyrl"] = "НАДА" }, votes = 57760, percent = "6.30" },
    { key = "SSZ", short = "SSZ", minority = false, colour = "#444444",
      name = "Milica Đurđević Stamenkovski - Srpska stranka Zavetnici",
      names = {
        ["sr-Cyrl"] =
          "Милица Ђурђевић Стаменковски - Српска странка Заветници" },
      shorts = { ["sr-Cyrl"] = "ССЗ" }, votes = 32029, percent = "3.50" },
    { key = "Dveri", short = "Dveri", minority = false, colour = "#A23B3B",
      name = "Srpski pokret Dveri (Patriotski blok)",
      names = { ["sr-Cyrl"] = "Српски покрет Двери (Патриотски блок)" },
      shorts = { ["sr-Cyrl"] = "Двери" }, votes = 30898, percent = "3.37" },
  },
  others = {
    lists = 5,
    votes = { value = 69565, min = 69445, max = 69686, mark = "estimate",
      why = "valid ballots are known only within an interval" },
    why = "five of 12 lists, below 3 % and without a seat: the estimated " ..
      "valid total less the seven lists here",
  },
  official = {
    seats = {
      SNS = 48, UZPB = 26, Moramo = 13, SPS = 8, NADA = 7, SSZ = 4,
      Dveri = 4,
    },
    source = "City Election Commission, by way of serbianmonitor.com",
  },
  reruns = {
    { date = "2022-04-16", stations = 4, registered_voters = 5803,
      named = {
        "Palilula 49 (1,684)", "Palilula 31 (2,087)", "Stari grad 39 (643)",
        "Čukarica 106 (1,389)" } },
    { date = "2022-04-21", stations = 2,
      named = { "Zvezdara 57", "Rakovica 7" } },
  },
  sources = {
    "https://www.serbianmonitor.com/en/elections-in-belgrade-no-one-has-" ..
      "the-majority-in-the-city-parliament/",
    "https://24sedam.rs./politika/vesti/131951/gradska-izborna-komisija-" ..
      "usvaja-konacne-rezultate-beogradskih-izbora-vuciceva-lista-" ..
      "definitivni-favorit-naroda/vest",
  },
  notes = "12 lists. Signatures (925,898, 57.85 %) and invalid ballots " ..
    "are official. About 9,700 voters signed and left no city ballot in " ..
    "the box: three elections on one day shared one signature. SNS and " ..
    "SPS have 56 of 110 seats.",
}
