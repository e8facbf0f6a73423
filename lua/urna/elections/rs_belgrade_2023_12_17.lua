-- City Assembly of Belgrade, 17 December 2023.
-- Source: City Election Commission (seats, by way of balkan.buzz); the votes
-- are recalled and agree with the printed percentages of valid votes.
local recalled = "not printed in any document at hand; the five lists " ..
  "agree with 39.93, 35.39, 6.13, 5.50 and 4.86 % of valid votes"

return {
  id = "rs/belgrade/2023-12-17", alias = "belgrade-2023",
  country = "rs", body = "belgrade", date = "2023-12-17",
  name = "City Assembly of Belgrade, 17 December 2023",
  names = { ["sr-Cyrl"] = "Скупштина града Београда, 17. децембар 2023." },
  rule = "rs/local", seats = 110, count_status = "final",
  units_expected = 1180,
  fields = {
    registered_voters = 1613369,
    voters_signed = { value = 942369, min = 942289, max = 942449,
      mark = "estimate",
      why = "turnout is printed as 58.41 % of 1,613,369" },
    valid_ballots = { min = 919421, max = 919527, mark = "estimate",
      why = "what the recalled votes and the printed percentages of " ..
        "valid votes (39.93, 35.39, 6.13, 5.50, 4.86) allow" },
  },
  lists = {
    { key = "SNS", short = "SNS", minority = false, colour = "#1F3A7D",
      name = "Aleksandar Vučić - Beograd ne sme da stane",
      names = { ["sr-Cyrl"] = "Александар Вучић - Београд не сме да стане" },
      shorts = { ["sr-Cyrl"] = "СНС" },
      votes = { value = 367121, mark = "recalled", why = recalled } },
    { key = "SPN", short = "SPN", minority = false, colour = "#0B7A75",
      name = "Srbija protiv nasilja - Dobrica Veselinović - prof. dr " ..
        "Vladimir Obradović",
      names = {
        ["sr-Cyrl"] =
          "Србија против насиља - Добрица Веселиновић - проф. др " ..
          "Владимир Обрадовић" },
      shorts = { ["sr-Cyrl"] = "СПН" },
      votes = { value = 325429, mark = "recalled", why = recalled } },
    { key = "NADA", short = "NADA", minority = false, colour = "#8C5A2B",
      name = "Dr Miloš Jovanović - NADA za Beograd",
      names = { ["sr-Cyrl"] = "Др Милош Јовановић - НАДА за Београд" },
      shorts = { ["sr-Cyrl"] = "НАДА" },
      votes = { value = 56355, mark = "recalled", why = recalled } },
    { key = "MI-GIN", short = "MI-GIN", minority = false, colour = "#6A3FA0",
      name = "Mi - glas iz naroda, Aleksandar Jerković",
      names = { ["sr-Cyrl"] = "Ми - глас из народа, Александар Јерковић" },
      shorts = { ["sr-Cyrl"] = "МИ-ГИН" },
      votes = { value = 50604, mark = "recalled", why = recalled } },
    { key = "SPS", short = "SPS", minority = false, colour = "#C8102E",
      name = "Ivica Dačić - premijer Srbije, Toma Fila - gradonačelnik " ..
        "Beograda",
      names = {
        ["sr-Cyrl"] =
          "Ивица Дачић - премијер Србије, Тома Фила - градоначелник " ..
          "Београда" },
      shorts = { ["sr-Cyrl"] = "СПС" },
      votes = { value = 44678, mark = "recalled", why = recalled } },
  },
  others = {
    lists = 9,
    votes = { min = 75234, max = 75340, mark = "estimate",
      why = "valid ballots are known only within an interval" },
    why = "nine of 14 lists, below the threshold and without a seat: the " ..
      "estimated valid total less the five lists here",
  },
  official = {
    seats = { SNS = 49, SPN = 43, NADA = 7, ["MI-GIN"] = 6, SPS = 5 },
    source = "City Election Commission, by way of balkan.buzz",
  },
  snapshots = {
    { id = "bg-2023-prelim-92.46", kind = "preliminary",
      share_of_stations = "92.46",
      name = "City Assembly of Belgrade, 17 December 2023, at 92.46 % of " ..
        "stations",
      names = {
        ["sr-Cyrl"] =
          "Скупштина града Београда, 17. децембар 2023., на 92,46 % " ..
          "бирачких места" },
      lists = {
        { key = "SNS", short = "SNS", minority = false,
          name = "SNS", votes = 341992, percent = "39.35", seats = 49 },
        { key = "SPN", short = "SPN", minority = false,
          name = "SPN", votes = 297751, percent = "34.26", seats = 42 },
        { key = "NADA", short = "NADA", minority = false,
          name = "NADA", percent = "6.01", seats = 7 },
        { key = "SPS", short = "SPS", minority = false,
          name = "SPS", percent = "4.8", seats = 6 },
        { key = "MI-GIN", short = "MI-GIN", minority = false,
          name = "MI", percent = "5.37", seats = 6 },
      },
      published_seats_sum = 110,
      note = "Only SNS and SPN are printed with votes.",
      source = "https://lat.rt.rs/srbija-i-balkan/" ..
        "67520-srbija-izbori-rezultati/amp" },
    { id = "bg-2023-quick-count", kind = "quick_count", by = "CeSID/Ipsos",
      points = {
        { share_of_sample = "95",
          lists = {
            { key = "SNS", percent = "38.7", seats = 48 },
            { key = "SPN", percent = "34.7", seats = 43 },
            { key = "NADA", percent = "6.0", seats = 7 },
            { key = "MI-GIN", percent = "5.3", seats = 6 },
            { key = "SPS", percent = "4.8", seats = 6 } } },
        { share_of_sample = "99",
          lists = {
            { key = "SNS", seats = 48 }, { key = "SPN", seats = 43 },
            { key = "NADA", seats = 7 },
            { key = "SPS", percent = "4.8", seats = 5 } } },
      },
      note = "SNS 48 and SPS 6 against the official 49 and 5: the 110th " ..
        "seat. CRTA's own count gave SNS about 370,000 and SPN about " ..
        "325,000 votes.",
      sources = {
        "https://n1info.hr/english/news/serbia-ruling-sns-wins-46-84-of-" ..
          "votes-serbia-against-violence-coalition-follows-with-23-38/",
        "https://www.danas.rs/vesti/politika/crta-izasla-sa-projekcijom-" ..
          "rezultata-sns-vodi-za-oko-45-000-glasova-u-beogradu/",
      } },
  },
  turnout = {
    { source = "CRTA", sample = 500,
      url = "https://crta.rs/en/category/news/page/4",
      note = "Turnout of the parliamentary roll in Belgrade: boards " ..
        "counted one signature for all elections of the day.",
      points = {
        { time = "10:00", percent = 9.6, margin = 0.1 },
        { time = "13:00", percent = 26.1, margin = 0.3 },
        { time = "19:00", percent = 54.8, margin = 0.4 },
      },
    },
  },
  reruns = {
    { date = "2023-12-30", stations = 3,
      named = { "Voždovac 73", "Novi Beograd 15", "Novi Beograd 122" },
      note = "Two annulled, one could not be determined." },
  },
  sources = {
    "https://en.wikipedia.org/wiki/2023_Belgrade_City_Assembly_election " ..
      "(percent of valid 39.93/35.39/6.13/5.50/4.86, turnout 58.41 %, " ..
      "seats)",
    "https://balkan.buzz/gik-usvojila-izvestaj-beograd-ne-sme-da-stane-" ..
      "49-mandata-spn-43-nada-sedam-mi-glas-naroda (seats)",
    "https://naslovi.net/rd/35244413 (registered)",
    "https://nin.rs/politika/vesti/44143/gik-odbacen-poslednji-prigovor-" ..
      "na-izbore-u-beogradu-moze-da-pocne-dodela-mandata",
  },
  notes = "14 lists. SNS and SPS have 54 of 110 seats, SPN and NADA 50, " ..
    "MI-GIN 6. The factor for minority lists gave none of them a seat.",
}
