-- The loop that a Lua user writes for ranked ballots: ranked.lua FILE OUT
--
-- Equal ballots are kept once, as their text with a number of papers, which is
-- also the store; then the first preferences. It trusts the file: no name is
-- quoted, no rank skipped.

local next_line, papers = io.lines(arg[1]), {}
next_line() -- the headings
for line in next_line do
  local ranks = line:match("^[^,]*,(.*)$")
  papers[ranks] = (papers[ranks] or 0) + 1
end

local votes = {}
for ranks, count in pairs(papers) do
  local first = ranks:match("^[^,]+")
  if first then votes[first] = (votes[first] or 0) + count end
end

local out = assert(io.open(arg[2], "wb"))
out:write("candidate,votes\n")
for candidate, count in pairs(votes) do
  out:write(("%s,%d\n"):format(candidate, count))
end
out:close()
