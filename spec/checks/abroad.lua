local urna = require "urna"

--- Records of elections outside Serbia, which are not part of the project, and
--- what their columns are.
local abroad = {}

local DATA = "../shared/data/"

local function is_there(name)
  local file = io.open(DATA .. name)
  if file then file:close() end
  return file ~= nil
end

local function lists(text)
  local all = {}
  for key in text:gmatch("%S+") do all[#all + 1] = { key = key } end
  return all
end

local function words(text)
  local all = {}
  for word in text:gmatch("%S+") do all[#all + 1] = word end
  return all
end

abroad.TURKEY = { keys = words "il secim_cevresi sandik_no",
  columns = { registered_voters = "registered", voters_signed = "voters",
    valid_ballots = "valid", invalid_ballots = "invalid" },
  lists = lists "AKP MHP SAADET CHP BTP BBP DP DSP HDP DBP other",
  ignored_columns = words "il_id ilce_id muhtarlik_id valid_undisputed \
    valid_disputed" }

-- Ballots given out at the station are the signatures; envelopes that came by
-- post are put into the box beside them. Two communes of one district have the
-- same name, so that no columns tell a station.
abroad.POLAND = { keys = {}, columns = {
    registered_voters = "wyborcow_uprawnionych",
    ballots_received = "otrzymanych_kart",
    ballots_unused = "niewykorzystane_karty", voters_signed = "wydane_karty",
    postal_ballots = "zwrotne_wrzucone_do_urny",
    ballots_in_box = "wyjetych_z_urny", invalid_ballots = "karty_niewazne",
    valid_ballots = "karty_wazne" },
  lists = lists "L1 L2 L3 L4 L5 L6 L7 L8 L9 L10",
  ignored_columns = words "nr_okregu gmina nr_obwodu typ_obszaru typ_obwodu \
    wojewodztwo przez_pelnomocnika z_zaswiadczeniem wyslanych_pakietow \
    otrzymanych_zwrotnych zwrotne_brak_oswiadczenia zwrotne_niepodpisane \
    zwrotne_brak_koperty zwrotne_niezaklejona wyjetych_z_urny_kopert \
    glosy_niewazne glosy_niewazne_dwa_X glosy_niewazne_brak_X \
    glosy_niewazne_X_uniewazniony glosy_wazne_lacznie" }

--- Results of a file.
---@param name string "turkey2014.csv.gz"
---@param contest table
---@return urna.Results?
---@return string? why there are none
function abroad.read(name, contest)
  if not is_there(name) then return nil, DATA .. name .. " is absent" end
  return assert(urna.read(DATA .. name, { contest = contest }))
end

return abroad
