---@meta urna.core

-- What the C module offers, for editors and readers; a spec compares these
-- names with the opened module. Rows, columns, lines and lists are numbered
-- from 1. A count is a whole number from 0 to 2^53 - 1.

---@class urna.core
---@field abi string Lua that it was built for, as in _VERSION: "5.4"
---@field cjson string version of cJSON
local core = {}

--- The world's mistake as a plain table.
---@class urna.core.Fault
---@field code string stable, lower_snake_case
---@field message string? a sentence
---@field line integer? from 1
---@field column integer? byte column in its line, from 1
---@field index integer? number of the table's column
---@field text string? offending text, at most 80 bytes
---@field expected string? what should have stood there
---@field reason string? of "not_a_count": "decimal", "sign", "space",
--- "thousands", "overflow" or "not_a_number"
---@field row_line integer? line where the record starts
---@field cells string[]? text cells of the record, where not in doubt
---@field first_line integer? of a pivot's faults: what it clashes with
---@field list integer? of "repeated_list": number of the list

--- One input: read, unpacked, decoded and checked, whole.
---@class urna.core.Source
local Source = {}

--- Bytes of the text in UTF-8, without a byte order mark.
---@return integer
function Source:size() end

--- SHA-256 of the input as it came, packed if it was, in hexadecimal.
---@return string
function Source:sha256() end

---@return string text UTF-8
function Source:text() end

--- Let go of the text. Tables made of it stay good.
function Source:close() end

--- Read a file, "-" for standard input, or a text. Gzip is unpacked.
--- Fails: nil and a fault "cannot_read", "bad_gzip" or "bad_text".
---@param options { path: string?, text: string?, encoding: string? }
--- one of path and text; "utf-8" (default), "cp1250", "cp1251", "iso-8859-2"
---@return urna.core.Source?
---@return urna.core.Fault?
function core.source(options) end

--- The first record. Without a delimiter it is the one of , ; tab | that
--- occurs there most often outside quotes.
--- Fails: nil and a fault "no_headings", "bad_quote" or "bad_text".
---@param source urna.core.Source
---@param delimiter string?
---@return string[]? headings
---@return string|urna.core.Fault delimiter
---@return integer[]? columns byte column of each heading in its line
---@return boolean? has_records behind the headings, bad ones too
function core.headings(source, delimiter) end

--- The records after the headings, as columns. All faults are counted, the
--- first ones returned: "ragged_row", "bad_quote", "bad_text",
--- "not_a_count". A record with a fault is no row. Several sources with as
--- many headings make one table, each with the delimiter that is found in it
--- if none is given. Their lines are counted through: those of a source begin
--- behind as many lines as the ones before it have bytes, and one for each.
--- Fails: nil and a fault of the headings.
---@param source urna.core.Source|urna.core.Source[]
---@param options { delimiter: string?, kinds: string[], thousands: string?, limit: integer? }
--- kinds: "text", "count" or "skip" for each heading; thousands: "." "," " "
--- or "'"; limit: faults to return, 100 by default
---@return urna.core.Table?
---@return urna.core.Fault[]|urna.core.Fault faults
---@return integer? fault_count
function core.table(source, options) end

--- A table of what is there already; the line of a row is its number.
--- Fails: raises for a value that is no text or count of its column's kind.
---@param rows integer how many
---@param options { kinds: string[], values: table[] } kinds: "text", "count"
--- or "skip" for each column; values: an array for each column; a count that is
--- nil is not reported
---@return urna.core.Table
function core.columns(rows, options) end

--- Rows of texts and counts.
---@class urna.core.Table
local Table = {}

---@return integer
function Table:rows() end

--- Line where the row's record starts, counted through all sources.
---@param row integer
---@return integer
function Table:line(row) end

--- Cells of a text column, byte for byte.
---@param column integer
---@param rows integer[]? a selection, in its order; all by default
---@return string[]
function Table:texts(column, rows) end

--- Cells of a count column, nil where not reported.
--- Fails: nil and a fault "beyond_exact".
---@param column integer
---@param rows integer[]?
---@return (integer?)[]? counts
---@return integer|urna.core.Fault count how many cells
function Table:counts(column, rows) end

--- Sums of count columns over what is given, and in how many rows nothing is.
--- Fails: nil and a fault "sum_overflow" or "beyond_exact".
---@param columns integer[]
---@param rows integer[]?
---@return integer[]? sums
---@return integer[]|urna.core.Fault missing
function Table:sums(columns, rows) end

--- Rows in which every one of these counts is given.
---@param columns integer[]
---@return integer[] rows
function Table:reported(columns) end

--- Sums across rows, nil where a count is missing.
--- Fails: nil and a fault "sum_overflow" or "beyond_exact".
---@param columns integer[]
---@param rows integer[]?
---@return (integer?)[]? sums
---@return integer|urna.core.Fault count how many rows
function Table:row_sums(columns, rows) end

--- Rows whose texts in these columns an earlier row has, all of them equal.
---@param columns integer[] text columns
---@return integer[][] pairs { row, first row like it }, by row
function Table:duplicates(columns) end

--- Rows of which every count is the sum of all the other rows' counts; none
--- in a table of less than three rows.
---@param columns integer[] count columns, at least one
---@return integer[] rows
function Table:total_rows(columns) end

--- From a row for each list of a unit to a row for each unit. The new table's
--- columns are the keys, the fields, then one for each list; its faults are
--- "repeated_list" and "conflicting_field".
---@param options { keys: integer[], list: integer?, votes: integer, fields: integer[], units: integer[], lists: integer[], unit_count: integer, list_count: integer, limit: integer? }
--- units: unit of each row, 0 leaves the row out; lists: list of each row, 0
--- leaves its votes out, while the row still tells of its unit
---@return urna.core.Table
---@return urna.core.Fault[] faults
---@return integer fault_count
function Table:pivot(options) end

--- Let go of the cells.
function Table:close() end

--- The value of a JSON text. A null as a key's value means that the key is
--- absent; whole numbers beyond 2^53 - 1 and repeated keys are refused.
--- Fails: nil and a fault "bad_json".
---@param text string
---@return any value
---@return urna.core.Fault?
function core.json(text) end

--- One input as a run of bytes: a file, a packed file, a pipe, a text.
---@class urna.core.Tape
local Tape = {}

--- Bytes of the text behind a byte order mark; nil of what can only be read in
--- order.
---@return integer?
function Tape:size() end

--- Whether it can be read at any place, and by several threads.
---@return boolean
function Tape:is_seekable() end

function Tape:close() end

--- The headings and the delimiter, found if it is not given, and where the
--- first record begins.
--- Fails: nil and a fault.
---@param delimiter string?
---@return string[]?, string|urna.core.Fault, integer?
function Tape:headings(delimiter) end

--- What tells this text from others, packed or not; of what is read in order
--- once it was read.
--- Fails: nil and a fault "shrunk" or "cannot_read".
---@return string?
---@return urna.core.Fault?
function Tape:identity() end

--- Open a file; "-" is standard input. gzip and zstd are unpacked.
--- Fails: nil and a fault "cannot_read", "bad_gzip" or "bad_zstd".
---@param path string
---@return urna.core.Tape?
---@return urna.core.Fault?
function core.tape(path) end

--- A tape of a source's text.
---@param source urna.core.Source
---@return urna.core.Tape
function core.tape_of(source) end

--- Sums of columns by the names of others.
--- Fails: nil and a fault "sum_overflow", "too_many_groups", "record_too_long",
--- "cancelled", "shrunk" and what a tape says; raises for an option that is
--- none, and where memory does not suffice.
---@param tape urna.core.Tape
---@param options { roles: string[], where: table<integer, string[]>?, by:
--- integer[], sums: integer[], delimiter: string, first: integer, threads:
--- integer?, chunk: integer?, isa: string?, seed: integer?, limit: integer?,
--- cells: integer?, from: integer?, to: integer?, progress: function?, checks:
--- table[]?, units: integer[]?, find_duplicates: boolean? } roles by
--- column: "skip", "key", "filter" or "sum"; where: the names let through, by
--- column; by and sums: columns in order; first: where the first record
--- begins; from and to: only records that begin in these bytes of the text, from
--- 0, `to` excluded; chunk in bytes; cells: the most sums to hold; checks: as
--- expression.program gives them, over the sums in the order of their columns;
--- units: columns that name a record
---@param tallied urna.core.Tallied? of the same options, to go on with
---@return urna.core.Tallied?
---@return table|urna.core.Fault info { from, reached }: where the first record
--- began, and where the first that was not counted begins
function core.tally(tape, options, tallied) end

--- The lines, from 1, that bytes of a tape stand in.
--- Fails: nil and a fault; raises for a tape that is read only once.
---@param tape urna.core.Tape
---@param offsets integer[]
---@return integer[]?
---@return urna.core.Fault?
function core.tape_lines(tape, offsets) end

--- What a tally has found.
---@class urna.core.Tallied
local Tallied = {}

--- How many records were read, and how many of them were refused.
---@return integer
---@return integer
function Tallied:records() end

--- How many groups there are.
---@return integer
function Tallied:count() end

--- The refused records, as far as they are kept, in order.
---@return urna.core.Fault[]
function Tallied:faults() end

--- The groups; numbers beyond 2^53 - 1 are texts in `beyond`.
---@param names string[] of the sums
---@return table[] { key, keys, records, fields, missing, beyond }
function Tallied:groups(names) end

--- The groups as lines of CSV, piece by piece.
---@param write fun(piece: string)
---@param counts boolean? a last cell is the number of records
function Tallied:csv(write, counts) end

--- What each check has found, with the first records that fail it.
---@return table[] { failed, unknown, beyond, records = { { keys, line, source,
--- left, right } } }
function Tallied:checks() end

--- How many records have a unit that came before, and the first of them.
--- Places are offsets, or lines of what is read only once.
---@return integer
---@return table[] { keys, source, place, first_source, first_place }
function Tallied:duplicates() end

--- All names that stand in a key column, in the order they were met.
---@param column integer
---@return string[]
function Tallied:names(column) end

--- The sum of a column over all groups, in digits.
---@param i integer which of the sums
---@return string
function Tallied:total(i) end

function Tallied:close() end

--- The instruction sets of this machine that scanners are built for, the
--- fastest first; the last is "plain".
---@return string[]
function core.instruction_sets() end

--- An exact ratio of any size, in lowest terms, with + - * / and unary minus,
--- and with == < <= between two of them; the other operand of + - * / may be a
--- whole number. `tostring` gives "3/4", or "3" where the denominator is 1.
---@class urna.core.Rational
---@operator add(urna.core.Rational|integer): urna.core.Rational
---@operator sub(urna.core.Rational|integer): urna.core.Rational
---@operator mul(urna.core.Rational|integer): urna.core.Rational
---@operator div(urna.core.Rational|integer): urna.core.Rational
---@operator unm: urna.core.Rational
local Rational = {}

--- Its numerator; decimal digits beyond 2^53 - 1.
---@return integer|string
function Rational:num() end

--- Its denominator, from 1; decimal digits beyond 2^53 - 1.
---@return integer|string
function Rational:den() end

---@return boolean
function Rational:is_zero() end

--- The greatest multiple of 1 / scale that is not above it.
--- Fails: raises for a negative ratio.
---@param scale integer? 1 if not said
---@return urna.core.Rational
function Rational:floor(scale) end

--- As text, cut behind the decimals: 2/3 with 2 of them is "0.66".
--- Fails: raises for a negative ratio.
---@param decimals integer 0 to 15
---@return string
function Rational:decimals(decimals) end

--- Fails: raises for what is no whole number, and for a denominator below 1.
---@param num integer|string whole, or its digits, of any size
---@param den integer|string? 1 if not said
---@return urna.core.Rational
function core.rational(num, den) end

--- Ranked ballots in a packed store. Candidates are numbered from 1 in the
--- order in which they were met. A rank is a candidate's number, a table of
--- those that share it, an empty table where it is overvoted and nobody says
--- with whom, or false if it is skipped.
---@class urna.core.Ballots
local Ballots = {}

--- How many there are, each maybe of several papers.
---@return integer
function Ballots:count() end

--- The sum of their weights, up to 2^53 - 1.
---@return integer
function Ballots:papers() end

---@return { name: string, kind: "standing"|"write_in"|"withdrawn" }[]
function Ballots:candidates() end

--- The ranks of a ballot, up to the last that is used.
---@param number integer from 1
---@return (integer|integer[]|false)[]
function Ballots:preferences(number) end

--- How many papers a ballot stands for.
---@param number integer from 1
---@return integer
function Ballots:weight(number) end

--- Papers by what stands at their first rank: `skipped` ones name somebody
--- later, `empty` ones nobody at all. `ballots` is how many ballots the papers
--- of each candidate are.
---@return { of: integer[], ballots: integer[], skipped: integer, overvoted: integer, empty: integer }
function Ballots:firsts() end

--- The number of a candidate, a new one if there is none of that name.
--- Fails: nil and a fault "too_many_ballots".
---@param name string
---@param kind ("standing"|"write_in"|"withdrawn")?
---@return integer?
---@return urna.core.Fault?
function Ballots:candidate(name, kind) end

--- One ballot more. Fails: nil and a fault "too_many_ballots"; raises for a
--- candidate that is not there.
---@param weight integer papers, at least 1
---@param ranks (integer|integer[]|false)[]
---@return true?
---@return urna.core.Fault?
function Ballots:add(weight, ranks) end

--- All of other ballots, candidates by name.
--- Fails: nil and a fault "too_many_ballots".
---@param other urna.core.Ballots
---@return true?
---@return urna.core.Fault?
function Ballots:append(other) end

function Ballots:close() end

--- No ballots, to be added to.
---@return urna.core.Ballots
function core.ballots() end

--- Of every two candidates, how many papers rank the one above the other.
--- Skipped ranks close up, one overvoted with unknown candidates says nothing,
--- and who is named again counts where he is named first. Matrices are flat,
--- row by row, in the order of `candidates`. Fails: raises for a number that is
--- no candidate's.
---@param ballots urna.core.Ballots
---@param candidates integer[] numbers of those who stand
---@return { above: integer[], equal: integer[]?, named: integer[], valid: integer } found
--- above: papers that name both, the row's at a higher rank; equal: both at one
--- rank, if that is ever so; named: papers that name him; valid: papers that
--- name anybody
function core.pairwise(ballots, candidates) end

--- Strongest paths of majorities between all pairs. Fails: raises for a matrix
--- that has not n * n counts.
---@param n integer
---@param over integer[] flat: papers that prefer the row's to the column's
---@param by_margin boolean a link is as strong as its margin; else as its
--- votes, and then as few as there are against it
---@return integer[] votes of the weakest link, or its margin; 0 without a path
---@return integer[] against that link; 0 where by_margin
function core.strongest_paths(n, over, by_margin) end

--- At which positions the papers place the candidates; in the flat tables a
--- row is a position, a rank or a number of named candidates, a column a
--- candidate.
---@param ballots urna.core.Ballots
---@param candidates integer[] numbers of those who stand
---@return { alone: integer[], ranks: integer[], named: integer[], naming: integer[], spans: { first: integer, size: integer, papers: integer[] }[] } found
--- alone: papers that have him alone at this position; ranks: at this rank,
--- alone or not; named: papers that name so many, him among them; naming:
--- papers that name so many; spans: papers that have him among several at
--- these positions
function core.positions(ballots, candidates) end

--- The orders of candidates that agree with most preferences.
---@class urna.core.Kemeny
local Kemeny = {}

--- Preferences that an optimal order agrees with.
---@return integer|string
function Kemeny:score() end

--- Who is among the first of some optimal order, and who of all of them.
---@param seats integer
---@return integer[] some places, rising
---@return integer[] all
function Kemeny:tops(seats) end

--- Are these the first of an optimal order?
---@param places integer[]
---@return boolean
function Kemeny:is_top(places) end

--- The optimal orders, at most so many, up to 1000.
---@param most integer
---@return integer[][]
function Kemeny:orders(most) end

function Kemeny:close() end

--- Fails: raises for more than 20 candidates.
---@param n integer
---@param over integer[] flat: papers that prefer the row's to the column's
---@return urna.core.Kemeny
function core.kemeny(n, over) end

--- Whom the papers are with, while candidates are excluded.
---@class urna.core.Continuing
local Continuing = {}

--- Papers by candidate, by number, that are with him alone; those that `size`
--- candidates share, each by an equal part; and papers that are with nobody.
--- Fails: raises if the ballots have been added to.
---@return integer[] papers
---@return { size: integer, papers: integer[], all: integer }[] shared
---@return integer exhausted
function Continuing:tallies() end

--- Fails: raises for one who does not continue.
---@param number integer
function Continuing:exclude(number) end

function Continuing:close() end

---@param ballots urna.core.Ballots
---@param candidates integer[] numbers of those who stand
---@return urna.core.Continuing
function core.continuing(ballots, candidates) end
--- Papers in parcels that are moved: see core/parcels.h. Candidates and parcels
--- are numbered from 1; what a paper is worth, whoever moves it knows.
---@class urna.core.Parcels
local Parcels = {}

--- Who does not stand gets no papers from now on.
---@param candidate integer
---@param stands boolean
function Parcels:stand(candidate, stands) end

--- All ballots as one parcel that nobody holds.
---@return integer parcel
function Parcels:all() end

--- Put each paper of some parcels with the next candidate on it who stands; the
--- parcels are no more. Exhausted papers are counted and kept nowhere.
--- Fails: raises for a parcel that is not there, or is named twice.
---@param parcels integer[]
---@return integer[] candidates that got papers, by their numbers
---@return integer[] made the parcel of each
---@return integer[] papers of each
---@return integer exhausted papers
function Parcels:sort(parcels) end

--- A parcel of the last papers of another.
--- Fails: raises unless both hold papers.
---@param parcel integer
---@param papers integer
---@return integer parcel
function Parcels:split(parcel, papers) end

function Parcels:close() end

---@alias urna.core.Reading { overvotes: "exhaust"|"skip"|"sole"|nil, skips_exhaust: integer?, choices: integer?, repetition_exhausts: boolean? }

--- Parcels of ballots, which must not change meanwhile.
---@param ballots urna.core.Ballots
---@param reading urna.core.Reading overvotes: what becomes of a paper at one,
--- "exhaust" if not said; skips_exhaust: so many skipped ranks in a row;
--- choices: ranks that count
---@return urna.core.Parcels
function core.parcels(ballots, reading) end

--- Papers in the tree of a Meek count: see core/meek.h.
---@class urna.core.Meek
local Meek = {}

--- From now on a candidate passes on what is not kept.
---@param candidate integer
function Meek:elect(candidate) end

--- Papers pass a candidate from now on.
---@param candidate integer
function Meek:exclude(candidate) end

--- Papers that came to anybody.
---@return integer
function Meek:papers() end

--- Branches of the tree: what a count costs.
---@return integer
function Meek:branches() end

--- Votes by candidate in units of 10^-digits, digits as text beyond 2^53 - 1.
---@param digits integer up to 60
---@param keeping "up"|"down"|"equally" how a part is rounded; Warren's
---@param keep table<integer, string> factors of the elected, in those units
---@return (integer|string)[]
function Meek:count(digits, keeping, keep) end

function Meek:close() end

--- A Meek count of ballots, which must not change meanwhile.
---@param ballots urna.core.Ballots
---@param reading urna.core.Reading
---@return urna.core.Meek
function core.meek(ballots, reading) end

--- Ballots from the delimited text of a tape, block by block: a column for each
--- rank, or a list in one. The records that are refused are in no ballots.
--- Fails: nil and a fault "too_many_ballots", "cancelled", "record_too_long" or
--- of the tape; raises for an option that is none, and where memory does not
--- suffice.
---@param options { tape: urna.core.Tape, first: integer?, into:
--- urna.core.Ballots?, columns: integer, ranks: integer[]?, list: integer?,
--- separator: string?, weight: integer?, delimiter: string?, overvote:
--- string[]?, skip: string[]?, write_in: string[]?, candidates: string[]?,
--- limit: integer?, block: integer?, isa: string?, seed: integer?, progress:
--- (fun(done: integer, total: integer?): boolean?)? } first: the byte that the
--- first record begins at; columns: how many there are; ranks, list and weight:
--- numbers of columns; overvote, skip, write_in: words for them; candidates:
--- others are refused; limit: faults to keep; block: bytes that are held at
--- once; progress: called between blocks, gives up if it returns false
---@return urna.core.Ballots?
---@return { records: integer, faults: urna.core.Fault[], fault_count: integer, reached: integer }|urna.core.Fault
function core.ranked_ballots(options) end

--- Ballots of a PrefLib file of type soc, soi, toc or toi, whole.
--- Fails: nil and a fault of its first flaw, "cancelled", or of the tape.
---@param options { tape: urna.core.Tape, type: string?, progress: function? }
--- type: counts where the text does not say its own
---@return urna.core.Ballots?
---@return { type: string?, title: string?, reached: integer }|urna.core.Fault
function core.preflib_ballots(options) end

--- Ballots of a BLT file, whole.
--- Fails: nil and a fault of its first flaw, "cancelled", or of the tape.
---@param options { tape: urna.core.Tape, progress: function? }
---@return urna.core.Ballots?
---@return { seats: integer, title: string?, source: string?, comment: string?, reached: integer }|urna.core.Fault
function core.blt_ballots(options) end

--- The first bytes of a text, which stay to be read.
--- Fails: nil and a fault of the tape.
---@param tape urna.core.Tape
---@param most integer
---@return string?
---@return urna.core.Fault?
function core.tape_beginning(tape, most) end

--- Whether a person reads or types at a standard stream.
---@param descriptor integer 0 input, 1 output, 2 errors
---@return boolean
function core.is_terminal(descriptor) end

--- How many columns the terminal at a standard stream has.
---@param descriptor integer 0 input, 1 output, 2 errors
---@return integer? columns nil where there is no terminal or it does not say
function core.terminal_width(descriptor) end

--- Seconds from some moment in the past; they never go back.
---@return number
function core.seconds() end

--- SHA-256 in hexadecimal.
---@param bytes string
---@return string
function core.sha256(bytes) end

--- SHA-256 of a file as it is, in hexadecimal.
--- Fails: nil and a fault "cannot_read".
---@param path string
---@return string?
---@return urna.core.Fault?
function core.file_sha256(path) end

--- Compare a/b with c/d.
---@param a integer
---@param b integer
---@param c integer
---@param d integer
---@return integer order -1, 0 or 1
function core.ratio_compare(a, b, c, d) end

--- The least count that is num/den of total.
---@param num integer
---@param den integer
---@param total integer
---@return integer
function core.share_up(num, den, total) end

--- num * 10^shift / den as text, rounded half up.
---@param num integer
---@param den integer
---@param decimals integer digits after the point
---@param shift integer 2 for a percentage
---@return string
function core.decimal(num, den, decimals, shift) end

--- num/den in lowest terms.
---@param num integer
---@param den integer
---@return integer num
---@return integer den
function core.reduce(num, den) end

--- The divisors of a method: what votes are divided by for a list's first
--- seat, its second, and so on.
---@class urna.core.Sequence
local Sequence = {}

--- The divisor for the seat that follows `held` seats, in lowest terms; with
--- squared = true it is the square.
--- Fails: raises where there is none, or it is beyond what can be compared.
---@param held integer from 0
---@return table divisor { num, den, squared: boolean? }
function Sequence:at(held) end

--- Make the divisors of a method. They have to rise; the first may be 0, which
--- makes every list's first quotient infinite. Parts are whole numbers up to
--- 2^31 - 1, ratios { num, den } or whole numbers.
--- Fails: raises for what is no such sequence.
---@param spec table one of
--- { kind = "linear", start, step, first }: start + step * k; `first`, a ratio
--- below start + step, stands for the first of them if it is given;
--- { kind = "adams" }: k; { kind = "dean" }: 2k(k + 1) / (2k + 1);
--- { kind = "huntington_hill" }: the root of k(k + 1); { kind = "macau" }: 2^k;
--- { kind = "table", divisors, ends }: an array of ratios, which goes on with
--- the last difference or, if `ends`, lets no list have more seats than it has
--- elements
---@return urna.core.Sequence
function core.sequence(spec) end

--- Award seats one by one to the greatest quotient of weighted votes by the
--- divisor for the seats that a list holds. An infinite quotient, of a divisor
--- 0 or of one of the first `least` seats, goes before all others, of two that
--- of more weighted votes, of as many that with fewer seats held. A list
--- without votes takes no seat.
--- Fails: raises for votes, weights or options that are none, where divisors
--- come to an end before the seats are awarded, and where products could be
--- beyond 256 bits; nothing is done then.
---@param sequence urna.core.Sequence
---@param seats integer to be awarded now
---@param votes (integer|string)[] up to 2^53 - 1; digits, or integers where Lua
--- has them, up to 2^63 - 1
---@param options { num: integer[]?, den: integer[]?, precedence: integer[]?, held: integer[]?, least: integer[]?, most: integer[]?, explain: boolean? }?
--- by list: num / den weigh the votes, each from 1 to 2^20; of equal quotients
--- the greater precedence wins; held are seats already, which count for the
--- divisor; least are sure as far as there are seats; most is how many a list
--- may hold
---@return integer[] seats by list, those held included
---@return integer[]? tied lists that compete for the seats that are left
---@return integer awarded in this call; less than `seats` without a tie: nobody
--- may take more
---@return table? extra if explain: `awards` in order, { winner, quotient,
--- rival, rival_quotient, by_precedence }, where the rival is the best other
--- list at that moment; `divisor`, { above, upto, squared }: every divisor above
--- the one and up to the other gives these seats. A quotient is { num, den } in
--- lowest terms, with squared = true its square; { 1, 0 } is infinite; beyond
--- 2^53 - 1 a part is digits. `above` is nil if nobody may take more, `upto` if
--- the last quotient is infinite or nothing was awarded
function core.award(sequence, seats, votes, options) end

--- The same for many vectors of votes, one behind the other.
---@param sequence urna.core.Sequence
---@param seats integer for each vector
---@param flat_votes (integer|string)[]
---@param n integer votes of a vector
---@return integer[] seats one behind the other; of a tie those that are certain
---@return integer[]? ties numbers of the vectors that have one
function core.award_batch(sequence, seats, flat_votes, n) end

--- Award seats by the highest averages.
---@param options table sequence, or first and step; seats, votes, num, den,
--- precedence, held, least, most, explain: see core.award
---@return integer[] seats by list
---@return integer awarded in this call
---@return integer[]? tied lists
---@return table[]? awards in order, if explain
function core.averages(options) end

--- Sums of a table's lists, and their seats by a divisor method.
---@param options table lists (how many), votes (of cells, district by
--- district), districts (seats by district), weighing ("none", "exact",
--- "rounded"), passed (boolean by list), seats, first, step: see
--- src/core/upper.h
---@return table answer totals: { num, den } by list; seats by list, nil if no
--- list that passed has votes; with a tie tied (lists) and left
function core.upper(options) end

--- Which lists have at least a share of all.
---@param options table lists, votes, districts, weighing, num, den
---@return boolean[] passed
function core.upper_quorum(options) end

--- Seats of a table whose sums both ways are given.
---@param options table votes (of cells, district by district), districts,
--- lists (their seats), first, step, least (numbers of cells with a seat for
--- sure), solutions (at most, 1000): see src/core/biproportional.h
---@return table? answer seats (of all solutions, by district), for each
--- district and list its divisor { num, den } or false: district_divisors,
--- list_divisors; with a tie tied (cells), solutions (cells with the seat
--- more) and is_complete
---@return table? cut districts and lists, if there is no solution
function core.biproportional(options) end

--- The quotient of a list for the seat that follows those it holds.
--- Fails: raises for a weight that is none, and where there is no divisor.
---@param votes integer
---@param num integer of the weight
---@param den integer of the weight
---@param sequence urna.core.Sequence
---@param held integer seats it holds
---@return table quotient as of core.award
function core.average(votes, num, den, sequence, held) end

--- A check over one record's fields, as the tally runs it.
--- Raises for a program that is none of `expression.program`, or that asks for
--- a field beyond `count`.
---@param program table { operator, left, right }
---@param fields (integer?)[] counts by number; nil where not reported
---@param count integer how many fields a record has
---@return string verdict "holds", "fails", "unknown": a field that it needs is
--- not reported, or "beyond": a result does not fit 64 bits
---@return integer|string|nil left its value where it holds or fails; a text
--- beyond 2^53 - 1
---@return integer|string|nil right
function core.formula_test(program, fields, count) end

--- What each list of an assembly can decide, and how many coalitions of each
--- kind there are. A ratio is { num, den }; numbers beyond 2^53 - 1 are texts.
--- Raises for more than 100 lists, a quota that is none, and where the lists
--- and seats are too many to be counted.
---@param seats integer[] by list
---@param quota integer from 1 to the sum of the seats
---@return { winning: integer|string, minimal: integer|string, vulnerable: integer|string, lists: table[] }
--- lists: { swings, minimal, banzhaf, absolute_banzhaf, shapley_shubik,
--- deegan_packel, holler, johnston }
function core.power(seats, quota) end

--- A quota: all votes over seats + more, rounded.
---@class urna.core.QuotaRule
---@field more integer? 0 by default
---@field rounding string? "exact" (default), "floor", "nearest", "ceiling" or
--- "beyond", which is floor + 1
---@field votes integer? so many votes instead

--- Of each array one element for each list; each may be left out.
---@class urna.core.QuotaOptions
---@field num integer[]? of the votes' weight, 1 to 2^20
---@field den integer[]?
---@field precedence integer[]? of equal remainders the greater comes first
---@field least integer[]? seats in any case
---@field most integer[]? seats at most
---@field full_only boolean? give nothing by remainders
---@field once boolean? a list gets one seat by its remainder at most
---@field share_num integer? a list needs this share of the quota to take part
---@field share_den integer? in the remainders
---@field take_back boolean? take seats that are too many back
---@field explain boolean?

--- Seats by full quotas and largest remainders.
--- Fails: raises where an argument is no count, a weight is out of bounds, or
--- the weighed votes are too great to be compared exactly.
---@param rule urna.core.QuotaRule
---@param seats integer
---@param votes integer[]
---@param options urna.core.QuotaOptions?
---@return integer[]? seats those that are certain; nil: the quota is 0 votes
---@return integer[]? tied numbers of the lists that a lot decides among
---@return integer? left seats to award; negative: to take back
---@return integer? over how many seats full quotas give beyond what there are
---@return table? extra { quota, full, remainders, order }
function core.quota(rule, seats, votes, options) end

--- The same of many vectors of votes, one behind the other.
---@param rule urna.core.QuotaRule
---@param seats integer
---@param votes integer[]
---@param lists integer in each vector
---@param options urna.core.QuotaOptions? without arrays
---@return integer[] seats
---@return integer[] tied numbers of the vectors with ties
---@return integer[] over numbers of those with more full quotas than seats
function core.quota_batch(rule, seats, votes, lists, options) end

--- Seats by the quota method of Balinski and Young.
--- Fails: raises as core.quota; where one drawn does not compete.
---@param seats integer
---@param votes integer[] not all 0
---@param options { num: integer[]?, den: integer[]?, drawn: table<integer, integer>?, explain: boolean? }?
--- drawn: the list that takes the house's seat of this number
---@return integer[] seats those that are certain
---@return { house: integer, equals: integer, starts: boolean }[]? open seats
--- that a lot has to decide; starts: none before it is at its average
---@return integer[]? tied lists that compete for the last seat of the house,
--- where it is open
---@return (integer|string)[]? total { num, den } of all votes, weighed
---@return table[]? steps { winner, rival, quotients, eligible, barred }: lists
--- that might have the seat, those of a greater quotient that have all of their
--- quota, and the quotients { num, den } of both by list
function core.quota_method(seats, votes, options) end
--- Run formulas over the records of a table, as `expression.program` makes
--- them: field 1 is the first of `columns`.
--- Fails: nil and a fault "beyond_exact" with the line, where a side of a
--- formula is beyond 2^53 - 1; raises for a program that is none.
---@param table urna.core.Table
---@param options { columns: integer[], tests: table[], whens: table[], when_of: integer[], most_of: integer[], rows: integer[]? }
--- columns: of counts; tests: programs that must hold; whens: programs that
--- limit them, when_of: for each test the number of one, or 0; most_of: for each
--- test how many units to tell at most; rows: a selection, all by default
---@return { units: integer[], left: integer[], right: integer[], fired: integer, unknown: integer }[]? answers
--- for each test the units that it fails in, numbered in the selection, with
--- both sides; how many they are; how many lack a field
---@return urna.core.Fault?
function core.records_test(table, options) end

--- How much is given of each record: units of which some counts are missing,
--- all are, and of which all are 0.
---@param table urna.core.Table
---@param options { columns: integer[], rows: integer[]? }
---@return integer[] partial
---@return integer[] blank
---@return integer[] zero
function core.records_state(table, options) end

--- Units in which one list has num / den of the votes or more.
--- Fails: nil and a fault "beyond_exact" with the line.
---@param table urna.core.Table
---@param options { lists: integer[], num: integer, den: integer, least: integer?, rows: integer[]? }
--- lists: columns; least: votes that a record must have, 1 if not said
---@return integer[]? units
---@return integer[]|urna.core.Fault lists their numbers
---@return integer[]? votes of that list
---@return integer[]? all votes
---@return integer? unknown units in which a list is missing
function core.records_leaders(table, options) end

--- The units of a selection by their texts in some columns. Each method is
--- told the table again. A share is in millionths, a z in hundredths.
---@class urna.core.Peers
local Peers = {}

--- How many groups there are.
---@return integer
function Peers:groups() end

--- The first unit of each group.
---@return integer[] units
function Peers:firsts() end

--- Units whose share is further than `limit` from the median of their group.
---@param table urna.core.Table
---@param parts integer[] columns of counts, whose sum is the part
---@param wholes integer[] of the whole
---@param limit integer z in hundredths, up to 1000000
---@param least integer known shares that a group must have
---@return integer[] units by group
---@return integer[] values
---@return integer[] medians
---@return integer[] z
function Peers:outliers(table, parts, wholes, limit, least) end

--- The same of values that are given.
---@param table urna.core.Table
---@param measures { values: (integer|false)[], sizes: integer[], rates: integer[] }
--- by unit: values up to 2 million of either sign; of how many papers they are
--- shares; the share, in millionths, that the noise is of
---@param limit integer
---@param least integer
---@return integer[] units
---@return integer[] values
---@return integer[] medians
---@return integer[] z
function Peers:moves(table, measures, limit, least) end

--- Lists without a vote that have 5 in 100 or more in the other records of the
--- group, so that 10 or more were to be expected.
---@param table urna.core.Table
---@param lists integer[] columns
---@param least integer reported records that a group must have
---@return integer[] units
---@return integer[] numbers of the lists
function Peers:zeros(table, lists, least) end

--- Neighbouring lists that are far from their group and near it exchanged.
---@param table urna.core.Table
---@param lists integer[] columns
---@param least integer
---@return integer[] units
---@return integer[] numbers of the first of the two lists
function Peers:swaps(table, lists, least) end

--- Units with the same counts as an earlier one of their group.
---@param table urna.core.Table
---@param columns integer[] that are compared
---@param lists integer[] whose sum must be `least` or more
---@param least integer
---@return integer[] units
---@return integer[] first the first unit like each
function Peers:equals(table, columns, lists, least) end

--- By group, counts that by chance end in any digit alike, and those of them
--- that end in 0 or 5.
---@param table urna.core.Table
---@param parts integer[] columns of counts, whose sum is the count
---@param wholes integer[] of what it is a part of
---@param variance integer of the part by chance, p (w - p) / w, at least
---@return integer[] counts
---@return integer[] round
function Peers:ends(table, parts, wholes, variance) end

function Peers:close() end

---@param table urna.core.Table
---@param options { keys: integer[], rows: integer[]? } keys: columns of texts;
--- without any all units are one group
---@return urna.core.Peers
function core.peers(table, options) end

--- Names that are spelled apart and look alike: the same letters composed and
--- decomposed, letters of another script, other spaces, dashes or quotation
--- marks. Case makes no likeness, nor does one script written in another.
---@param names string[] UTF-8
---@return string[][] groups of two names or more, in bytewise order
function core.lookalikes(names) end

--- Call `f` as pcall does; memory beyond `bytes` more than before is refused
--- ("not enough memory"), in whatever runs until the call is over.
---@param bytes integer
---@param f function
---@param ... any its arguments
---@return boolean ok
---@return any results or the error
function core.within_memory(bytes, f, ...) end

--- Approval ballots: papers that approve the same candidates are one voter.
--- Candidates are numbered from 1 in the ballots' order, without those who have
--- withdrawn. The classes of all voters are a string that never changes, and
--- that tells two states apart; class 0 stays as it is.
---@class urna.core.Approvals
local Approvals = {}

---@return integer
function Approvals:voters() end

--- How many candidates the voter approves who approves most.
---@return integer
function Approvals:longest() end

--- All voters in class 1, or each in that of the number it approves.
---@param by_size boolean?
---@return string classes
function Approvals:classes(by_size) end

--- The voters of class k who approve the candidate go to class to[k].
--- Fails: raises for classes of other voters, or beyond `to`.
---@param classes string
---@param candidate integer
---@param to integer[]
---@param others integer[]? where the others go; if not said, they stay
---@return string classes
function Approvals:moved(classes, candidate, to, others) end

--- Papers by class.
---@param classes string
---@param most integer the greatest class
---@return integer[][] counts by candidate, { class, papers, class, papers ... }
---@return integer[] all the same of all voters
function Approvals:count(classes, most) end

--- The committees of the highest score of proportional approval voting.
---@param options { seats: integer, limit: integer, effort: integer, members:
--- integer[] } limit: committees to give; effort: nodes of the search; members:
--- only committees with these
---@return { committees: integer[][], num: string, den: string, certain:
--- integer[], possible: integer[], is_complete: boolean, is_proven: boolean,
--- nodes: integer }? best nil where a voter can win more than 46 seats
function Approvals:proportional(options) end

--- Free the memory now.
function Approvals:close() end

---@param ballots urna.core.Ballots
---@param first_rank boolean? approve those at the first rank alone
---@return urna.core.Approvals
function core.approvals(ballots, first_rank) end

---@class urna.core.MarginAim
---@field members integer[] numbers of lists, not all of several where at_most
---@field seats integer that they are to have at least
---@field at_most boolean? or at most

---@class urna.core.MarginQuestion
---@field sequence userdata? of core.sequence; nil: largest remainders
---@field more integer? the quota is of seats + more
---@field rounding string? "exact" (default), "ceiling" or "beyond"
---@field more_votes boolean? of equals the list of more votes wins
---@field seats integer
---@field way string? "switched" (default), "added" or "removed"
---@field base integer? of the thresholds
---@field base_moves boolean? with ballots added and removed
---@field all_if_none boolean? where no list is above, weights are as in `alone`
---@field votes integer[] by list; their sum is at most 2^53 - 1
---@field share_num integer[]? of the base, to be above; 0: always above
---@field share_den integer[]?
---@field below integer[]? weights, in parts common to all; 0: takes no part
---@field above integer[]?
---@field alone integer[]?
---@field most integer[]? seats it may have
---@field held integer[]? seats it has: only where the search starts
---@field aims urna.core.MarginAim[] any one of them is enough

--- The fewest ballots that give some lists at least, or at most, so many
--- seats: see src/core/margin.h.
--- Fails: raises for what is no count or out of bounds.
---@param question urna.core.MarginQuestion
---@return integer? votes with which it is sure; nil: none
---@return integer? aim number of the aim that is reached
---@return integer[]? after votes by list of a way to do it
---@return integer? tie fewer votes, with which a tie makes it possible
---@return integer looks choices and stretches of ballots looked at
---@return integer? excluded the search was given up: so many are excluded, from
--- 0 on
function core.margin(question) end

return core
