-- National Assembly of Serbia, 3 April 2022.
-- Source: Republic Electoral Commission, final report of 5 July 2022, as
-- printed by rtvnp.rs; seats from the Statistical Office of Serbia.
local recalled = "not printed in any document at hand; the four recalled " ..
  "lists add up to what the official valid total leaves (318,708)"

return {
  id = "rs/parliament/2022-04-03", alias = "parliament-2022",
  country = "rs", body = "parliament", date = "2022-04-03",
  name = "National Assembly of Serbia, 3 April 2022",
  names = {
    ["sr-Cyrl"] = "Народна скупштина Републике Србије, 3. април 2022." },
  rule = "rs/parliament", seats = 250, count_status = "final",
  units_expected = 8267,
  fields = {
    registered_voters = 6502307,
    voters_signed = 3810559,
    ballots_in_box = 3806050, -- the two below added
    valid_ballots = 3693328,
    invalid_ballots = 112722,
  },
  lists = {
    { key = "SNS", short = "SNS", minority = false, colour = "#1F3A7D",
      name = "Aleksandar Vučić - Zajedno možemo sve",
      names = { ["sr-Cyrl"] = "Александар Вучић - Заједно можемо све" },
      shorts = { ["sr-Cyrl"] = "СНС" }, votes = 1635101 },
    { key = "UZPS", short = "UZPS", minority = false, colour = "#0B7A75",
      name = "Marinika Tepić - Ujedinjeni za pobedu Srbije",
      names = { ["sr-Cyrl"] = "Мариника Тепић - Уједињени за победу Србије" },
      shorts = { ["sr-Cyrl"] = "УЗПС" }, votes = 520469 },
    { key = "SPS", short = "SPS", minority = false, colour = "#C8102E",
      name = "Ivica Dačić - premijer Srbije",
      names = { ["sr-Cyrl"] = "Ивица Дачић - премијер Србије" },
      shorts = { ["sr-Cyrl"] = "СПС" }, votes = 435274 },
    { key = "NADA", short = "NADA", minority = false, colour = "#8C5A2B",
      name = "Dr Miloš Jovanović - Nada za Srbiju",
      names = { ["sr-Cyrl"] = "Др Милош Јовановић - Нада за Србију" },
      shorts = { ["sr-Cyrl"] = "НАДА" }, votes = 204444 },
    { key = "Moramo", short = "Moramo", minority = false, colour = "#4C9A2A",
      name = "Moramo - Akcija - Ekološki ustanak - Ne davimo Beograd",
      names = {
        ["sr-Cyrl"] =
          "Морамо - Акција - Еколошки устанак - Не давимо Београд" },
      shorts = { ["sr-Cyrl"] = "Морамо" }, votes = 178733 },
    { key = "Dveri-POKS", short = "Dveri-POKS", minority = false,
      colour = "#A23B3B",
      name = "Srpski pokret Dveri - POKS",
      names = { ["sr-Cyrl"] = "Српски покрет Двери - ПОКС" },
      shorts = { ["sr-Cyrl"] = "Двери-ПОКС" },
      votes = { value = 144762, mark = "recalled", why = recalled } },
    { key = "SSZ", short = "SSZ", minority = false, colour = "#444444",
      name = "Milica Đurđević Stamenkovski - Srpska stranka Zavetnici",
      names = {
        ["sr-Cyrl"] =
          "Милица Ђурђевић Стаменковски - Српска странка Заветници" },
      shorts = { ["sr-Cyrl"] = "ССЗ" }, votes = 141227 },
    { key = "Suverenisti", short = "Suverenisti", minority = false,
      colour = "#DB5A1A",
      name = "Suverenisti - DJB, ZS, ŽZS",
      names = { ["sr-Cyrl"] = "Суверенисти - ДЈБ, ЗС, ЖЗС" },
      shorts = { ["sr-Cyrl"] = "Суверенисти" },
      votes = { value = 86362, mark = "recalled", why = recalled } },
    { key = "SRS", short = "SRS", minority = false, colour = "#3E5C76",
      name = "Dr Vojislav Šešelj - Srpska radikalna stranka",
      names = { ["sr-Cyrl"] = "Др Војислав Шешељ - Српска радикална странка" },
      shorts = { ["sr-Cyrl"] = "СРС" }, votes = 82066 },
    { key = "Ajmo ljudi", short = "Ajmo ljudi", minority = false,
      colour = "#00838F",
      name = "Boris Tadić - Ajmo ljudi",
      names = { ["sr-Cyrl"] = "Борис Тадић - Ајмо људи" },
      shorts = { ["sr-Cyrl"] = "Ајмо људи" },
      votes = { value = 63560, mark = "recalled", why = recalled } },
    { key = "SVM", short = "SVM", minority = true, colour = "#1B6E3C",
      name = "Savez vojvođanskih Mađara - Ištvan Pastor",
      names = { ["sr-Cyrl"] = "Савез војвођанских Мађара - Иштван Пастор" },
      shorts = { ["sr-Cyrl"] = "СВМ" }, votes = 60313 },
    { key = "SPP", short = "SPP", minority = true, colour = "#5E7F12",
      name = "Muftijin amanet - Stranka pravde i pomirenja",
      names = { ["sr-Cyrl"] = "Муфтијин аманет - Странка правде и помирења" },
      shorts = { ["sr-Cyrl"] = "СПП" }, votes = 35850 },
    { key = "Otete bebe", short = "Otete bebe", minority = false,
      colour = "#7E57C2",
      name = "Otete bebe - Ana Pejić",
      names = { ["sr-Cyrl"] = "Отете бебе - Ана Пејић" },
      shorts = { ["sr-Cyrl"] = "Отете бебе" }, votes = 31196 },
    { key = "ZZV", short = "ZZV", minority = true, colour = "#A85C00",
      name = "Zajedno za Vojvodinu - Vojvođani",
      names = { ["sr-Cyrl"] = "Заједно за Војводину - Војвођани" },
      shorts = { ["sr-Cyrl"] = "ЗЗВ" },
      votes = { value = 24024, mark = "recalled", why = recalled } },
    { key = "SDAS", short = "SDAS", minority = true, colour = "#00A08A",
      name = "SDA Sandžaka - dr Sulejman Ugljanin",
      names = { ["sr-Cyrl"] = "СДА Санџака - др Сулејман Угљанин" },
      shorts = { ["sr-Cyrl"] = "СДАС" }, votes = 20553 },
    { key = "KAD", short = "KAD", minority = true, colour = "#7B1E3A",
      name = "Koalicija Albanaca Doline",
      names = { ["sr-Cyrl"] = "Коалиција Албанаца Долине" },
      shorts = { ["sr-Cyrl"] = "КАД" }, votes = 10165 },
    { key = "RMS", short = "RMS", minority = true, colour = "#B0357A",
      name = "Ruski manjinski savez",
      names = { ["sr-Cyrl"] = "Руски мањински савез" },
      shorts = { ["sr-Cyrl"] = "РМС" }, votes = 9569 },
    { key = "RP", short = "RP", minority = true, colour = "#8A4A83",
      name = "Romska partija - Srđan Šajn",
      names = { ["sr-Cyrl"] = "Ромска партија - Срђан Шајн" },
      shorts = { ["sr-Cyrl"] = "РП" }, votes = 6393 },
    { key = "AZP-ADA", short = "AZP-ADA", minority = true,
      colour = "#C75B7A",
      name = "Alternativa za promene - Albanska demokratska alternativa",
      names = {
        ["sr-Cyrl"] =
          "Алтернатива за промене - Албанска демократска алтернатива" },
      shorts = { ["sr-Cyrl"] = "АЗП-АДА" }, votes = 3267 },
  },
  official = {
    seats = {
      SNS = 120, UZPS = 38, SPS = 31, NADA = 15, Moramo = 13,
      ["Dveri-POKS"] = 10, SSZ = 10, SVM = 5, SPP = 3, ZZV = 2, SDAS = 2,
      KAD = 1,
    },
    source = "Statistical Office of Serbia, by way of github.com/jpaic/" ..
      "serbia-elections (collector/raw/2022-mandati.json)",
  },
  turnout = {
    { source = "CRTA", sample = 500,
      url = "https://crta.rs/en/category/news/page/4",
      points = {
        { time = "10:00", percent = 10.0 },
        { time = "13:00", percent = 26.7 },
        { time = "19:00", percent = 55.1 },
      },
    },
  },
  reruns = {
    { date = "2022-04-16", stations = 54,
      note = "55 in another report. On preliminary figures it moved one " ..
        "seat from SVM to SPS." },
    { date = "2022-04-28", until_date = "2022-06-30", stations = 1,
      registered_voters = 1089,
      named = { "Bujanovac 6 (Veliki Trnovac)" },
      note = "Five votings in all. On 28 April 697 voted, 677 of them " ..
        "for KAD. It decided between the 32nd seat of SPS and the only " ..
        "one of KAD." },
  },
  sources = {
    "https://rtvnp.rs/2022/07/05/" ..
      "rik-objavio-konacne-rezultate-parlamentarnih-izbora/131945",
    "Wikipedia 'Elections in Serbia' mirror (votes of 15 lists, valid " ..
      "3,693,328, invalid 112,722)",
    "github.com/jpaic/serbia-elections collector/raw/2022-mandati.json " ..
      "@aa8bbbdf2d43bd3427a6a407ea705b7c26192c99 (official seats, " ..
      "Statistical Office SDDB)",
  },
  notes = "Ballots in the box are not printed; they are the published " ..
    "valid and invalid ballots added. Fewer ballots than signatures: " ..
    "3,806,050 and 3,810,559. The result was final only on 5 July, for " ..
    "polling station 6 in Veliki Trnovac voted five times: KAD keeps its " ..
    "seat with 10,076 votes, with 10,075 it goes to SPS as its 32nd.",
}
