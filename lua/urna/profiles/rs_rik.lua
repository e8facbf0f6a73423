-- Headings of the Republic Electoral Commission of Serbia and of files made
-- from its results, in Latin; Cyrillic and bare ASCII fold to the same. The
-- heading "voted" (glasalo) stands for signatures in some sources and for
-- ballots in the box in others, so it is not here: a contest must say it.
return {
  name = "rs-rik",
  -- the widest area first; of several headings for one, the first here
  keys = {
    { "okrug_name", "naziv okruga", "upravni okrug", "okrug", "region" },
    { "opstina_name", "naziv opštine", "grad/opština", "opština/grad",
      "gradska opština", "opština", "municipality" },
    { "bm", "biračko mesto", "broj biračkog mesta", "br. bm", "broj bm",
      "redni broj biračkog mesta", "polling_station", "mesto" },
  },
  ignored = {
    "šifra okruga", "šifra opštine", "okrug_id", "opština_id",
    "naziv biračkog mesta", "adresa biračkog mesta",
  },
  fields = {
    registered_voters = { "broj birača upisanih u birački spisak",
      "upisano birača", "broj upisanih birača", "upisanih birača",
      "upisano", "registered", "registered_voters", "ukupan broj birača" },
    ballots_received = { "broj primljenih glasačkih listića",
      "primljeno listića", "primljenih listića",
      "broj primljenih listića", "primljeno glasačkih listića",
      "primljeno", "primljenih",
      "received_ballots", "ballots_received" },
    ballots_unused = { "broj neupotrebljenih glasačkih listića",
      "neupotrebljeno listića", "neupotrebljenih listića",
      "broj neupotrebljenih listića", "neupotrebljeno", "neupotrebljenih",
      "unused", "ballots_unused" },
    voters_signed = { "broj birača koji su izašli na izbore",
      "izašlo birača", "izašlo na izbore", "izašlo", "broj izašlih birača",
      "birača koji su izašli", "izašlih", "voters_signed" },
    ballots_in_box = { "broj glasačkih listića u glasačkoj kutiji",
      "listića u kutiji", "broj listića u kutiji", "u kutiji",
      "broj glasačkih listića u kutiji", "kutija", "in_box",
      "ballots_in_box" },
    invalid_ballots = { "broj nevažećih glasačkih listića",
      "nevažećih listića", "broj nevažećih listića", "nevažeći listići",
      "nevažećih", "nevažeći", "invalid", "invalid_ballots" },
    valid_ballots = { "broj važećih glasačkih listića", "važećih listića",
      "broj važećih listića", "važeći listići", "važećih", "važeći",
      "valid", "valid_ballots" },
  },
  long = {
    list = { "izborna lista", "naziv liste", "lista", "list", "party" },
    votes = { "broj glasova", "glasova", "glasovi", "votes" },
  },
  -- a list's own column begins with its number on the ballot: "1. ...", "L1"
  list_patterns = { "^%d+%s*[%.%)]%s*%S", "^[lл]%d+$" },
}
