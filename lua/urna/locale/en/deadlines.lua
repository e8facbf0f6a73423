-- The section of urna.deadlines.
return {
  title = "Deadlines of the law",
  closing = "The deadlines run from the closing of the polling stations, "
    .. "{time}, and from what has happened since.",
  no_closing = "When the polling stations closed is not known: what runs from "
    .. "it has no time.",
  passed = "Passed by {time}: {deadlines}.",
  none_passed = "By {time} no deadline has passed.",
  next = "The next that runs: {deadline}, until {time}.",
  none_running = "No deadline is running.",
  caption = "Deadlines by time, and what they run from",
  deadline = "Deadline", when = "Until", runs = "Period", state = "State",
  period = "{period} {from}", from_other = "from: {event}",
  latest = "≤ {time}",
  states = { done = "done {time}", late = "done late, {time}",
    passed = "passed", running = "running", waits = "not begun" },
  note = "{deadline}: {note}.",
  latest_note = "≤: at the latest, if all that comes before takes as long as it "
    .. "may.",
  none_note = "–: it runs from what has not happened and what has no deadline "
    .. "of its own.",
  days_note = "A period of days or months ends with its last day.",
  passed_note = "Passed: the time is over; that it was not done is not said by "
    .. "that.",
  zone_note = "Times are those of UTC{zone}.",
  local_note = "Times are those of the place where the law is in force.",
  law = "Rule {rule}, edition of {date}: {source}.",
  names = {
    annulment = "annulment", appeal = "appeal",
    closing = "closing of the polling stations", complaint = "complaint",
    constitution_of_assembly = "constitution of the assembly",
    decision = "decision of the commission", judgment = "judgment",
    last_summary_report = "last summary report",
    overall_report = "overall report", publication = "publication",
    republic_commission_decision =
      "decision of the Republic Electoral Commission",
    revote = "repeated voting",
    revote_decision = "decision on repeated voting",
    summary_report = "summary report", voter_request = "request of a voter",
  },
  from = {
    annulment = "from the annulment", appeal = "from the appeal",
    closing = "from the closing of the polling stations",
    complaint = "from the complaint",
    decision = "from the decision of the commission",
    last_summary_report = "from the last summary report",
    publication = "from the publication of the results",
    republic_commission_decision =
      "from the decision of the Republic Electoral Commission",
    revote_decision = "from the decision on repeated voting",
    voter_request = "from the request of the voter",
  },
}
