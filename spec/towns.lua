--- A contest of three seats in a few towns, for specs of the command line.
local towns = {}

--- The contest as a file holds it.
towns.contest = [[return { name = "Towns", date = "2024-06-02",
  rule = "rs/local", seats = 3, count_status = "final",
  keys = { "town", "station" }, columns = { registered_voters = "registered",
    voters_signed = "signed", ballots_in_box = "box",
    invalid_ballots = "invalid", valid_ballots = "valid" },
  lists = { { key = "A", column = "A", minority = false },
    { key = "B", column = "B", minority = false } } }]]

towns.headings = "town,station,registered,signed,box,invalid,valid,A,B\n"

--- 130:70 of three is 2 and 1; without X 40:60 is 1 and 2; without Z 2 and 1.
towns.rows = "X,1,200,100,100,0,100,90,10\nY,1,200,100,99,0,99,40,59\n"
  .. "Z,1,10,2,1,0,1,0,1\n"

return towns
