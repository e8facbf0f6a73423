-- The checks of a polling-station record, by code. `test` must hold; `when`
-- limits it to records for which that holds too; `needs` are fields that are
-- no counts, so that the check stays UNKNOWN until they can be given.
-- Severity: fatal, error, warning, note. What follows from a finding stands in
-- the country's rule.
return {
  { code = "C01", kind = "incomplete", severity = "error",
    title = "some of the record is not reported" },
  { code = "C02", kind = "blank", severity = "note",
    title = "nothing of the record is reported" },
  { code = "C03", kind = "zero", severity = "warning",
    title = "every number of the record is zero" },
  { code = "L01", needs = { "control_sheet" }, severity = "fatal",
    title = "control sheet missing, not filled in or not signed" },
  { code = "L02", needs = { "voters_outside_extract" }, severity = "fatal",
    title = "a person outside the roll extract voted" },
  { code = "T04", test = "valid_ballots + invalid_ballots = ballots_in_box",
    severity = "error",
    title = "valid and invalid ballots are not those in the box" },
  { code = "T05", test = "sum(lists) = valid_ballots", severity = "error",
    title = "votes of the lists are not the valid ballots" },
  { code = "T08",
    test = "ballots_unused + ballots_in_box >= ballots_received",
    severity = "note",
    title = "fewer ballots unused and in the box than received" },
  { code = "T09",
    test = "ballots_unused + ballots_in_box <= ballots_received",
    severity = "fatal",
    title = "more ballots unused and in the box than received" },
  { code = "T10", test = "ballots_in_box <= voters_signed",
    severity = "fatal", title = "more ballots in the box than signatures" },
  { code = "T11", test = "voters_signed <= registered_voters",
    severity = "fatal", title = "more signatures than registered voters" },
  { code = "T13", test = "ballots_in_box >= voters_signed",
    severity = "note", title = "fewer ballots in the box than signatures" },
  { code = "W21", when = "ballots_in_box > 100",
    test = "voters_signed > 1", severity = "warning",
    title = "0 or 1 signatures with over 100 ballots in the box" },
}
