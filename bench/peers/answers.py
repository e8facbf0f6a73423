"""The part of a question of bench/answers that a peer can say:
answers.py PEER TASK FILE

Prints `seconds S` for a call, `first S` for the first, CPU time, and
`answer A`, items "KEY=VALUE;...". Records are loaded before; one thread.
"""
import json
import os
import re
import sys

from timed import timed

os.environ["POLARS_MAX_THREADS"] = "1"
# files of this folder have the peers' names, and it comes first
sys.path.pop(0)

peer, task, path = sys.argv[1:4]
DATA = "../shared/data/"
NAMES = {"registered_voters": "registered", "ballots_received": "received",
         "ballots_unused": "unused", "voters_signed": "signed",
         "ballots_in_box": "box", "invalid_ballots": "invalid",
         "valid_ballots": "valid"}

# ---- the records: names of numbers and lists to columns of the file ----


def serbia():
    with open(DATA + "serbia2020.contest.json", encoding="utf-8") as file:
        contest = json.load(file)
    numbers = {NAMES[name]: column
               for name, column in contest["columns"].items()}
    return contest["keys"], numbers, contest["lists"]


def turkey():
    lists = "AKP MHP SAADET CHP BTP BBP DP DSP HDP DBP other".split()
    return (["il", "secim_cevresi", "sandik_no"],
            {"registered": "registered", "signed": "voters", "valid": "valid",
             "invalid": "invalid"},
            [{"key": key, "column": key} for key in lists])


keys, numbers, lists = turkey() if "turkey" in path else serbia()
columns = [one["column"] for one in lists]


def loaded(connection, name, file):
    """The file as a table, its numbers under the names that are used here."""
    chosen = ([f'"{key}"' for key in keys + columns]
              + [f'"{column}" AS {name}' for name, column in numbers.items()])
    connection.execute(f"CREATE TABLE {name} AS SELECT {', '.join(chosen)} "
                       f"FROM read_csv('{file}')")


def duckdb_with(**files):
    import duckdb
    connection = duckdb.connect(config={"threads": 1})
    for name, file in files.items():
        loaded(connection, name, file)
    return connection


# ---- checks: when they fire, as SQL that both peers take ----

VOTES = "(" + " + ".join(columns) + ")"
GREATEST = "greatest(" + ", ".join(columns) + ")"
FIRES = {
    "T04": "valid + invalid <> box",
    "T05": f"{VOTES} <> valid",
    "T08": "unused + signed <> received",
    "T09": "unused + box > received",
    "T10": "box > signed",
    "T11": "signed > registered",
    "T13": "box < signed",
    "X12": "unused + box < received",
    "W02": "box > 0 AND invalid * 100 >= box * 3",
    "W03": "signed > 0 AND (abs(signed - box) * 100 >= signed * 2 "
           "OR abs(signed - box) >= 15)",
    "W04": "registered >= 100 AND (signed * 100 > registered * 92 "
           "OR signed * 10 < registered)",
    "W08": f"{VOTES} >= 50 AND {GREATEST} * 100 >= {VOTES} * 95",
    "W21": "box > 100 AND signed <= 1",
    "W22": "received > registered",
    "C06": "registered IS NULL",
}
USUAL = {"W02", "W03", "W04", "W08"}  # given up beyond a tenth of the records
ALIKE = 100  # votes of records that are told to be the same


def tests():
    given = [*numbers, *columns]
    absent = set(NAMES.values()) - set(numbers)
    found = {code: text for code, text in FIRES.items()
             if not absent & set(re.findall("[a-z]+", text))}
    some = " OR ".join(f"{name} IS NULL" for name in given)
    none = " AND ".join(f"{name} IS NULL" for name in given)
    found["C01"] = f"({some}) AND NOT ({none})"
    found["C02"] = none
    found["C03"] = " AND ".join(f"{name} = 0" for name in given)
    return found


def told(codes, counts, records, alike):
    texts = [f"{code}={count}" for code, count in zip(codes, counts)
             if code not in USUAL or count * 10 <= records]
    return ";".join(texts + [f"W11={alike}"])


def duckdb_checks():
    connection, found = duckdb_with(t=path), tests()
    counts = ", ".join(f"count(*) FILTER (WHERE {text})"
                       for text in found.values())
    group = ", ".join(f'"{name}"' for name in keys[:-1] + columns)

    def run():
        *some, records = connection.execute(
            f"SELECT {counts}, count(*) FROM t").fetchone()
        alike, = connection.execute(
            "SELECT coalesce(sum(n - 1), 0) FROM (SELECT count(*) AS n FROM t "
            f"WHERE {VOTES} >= {ALIKE} GROUP BY {group})").fetchone()
        return told(found, some, records, alike)
    return run


def polars_checks():
    import polars as pl
    frame = pl.read_csv(path).rename(
        {column: name for name, column in numbers.items()})
    found = tests()
    counts = [pl.sql_expr(text).sum().alias(code)
              for code, text in found.items()]
    is_large = pl.sql_expr(f"{VOTES} >= {ALIKE}")

    def run():
        some = frame.select(counts).row(0)
        groups = frame.filter(is_large).group_by(keys[:-1] + columns).len()
        alike = groups["len"].sum() - len(groups)
        return told(found, some, len(frame), alike)
    return run


# ---- seats without some stations, by the law of 2020 ----

STAYS = {
    "annul": "(opstina_name, bm) NOT IN (('Сјеница', 57), ('Нови Пазар', 27), "
             "('Нови Пазар', 66), ('Нови Пазар', 74))",
    "annul-571": "NOT (box < signed)",
}


def seats_without():
    from votelib.evaluate.proportional import HighestAverages
    connection, dhondt = duckdb_with(t=path), HighestAverages("d_hondt")
    sums = ", ".join(f"sum({name})::BIGINT" for name in columns)
    query = f"SELECT sum(box)::BIGINT, {sums} FROM t WHERE {STAYS[task]}"

    def run():
        box, *votes = connection.execute(query).fetchone()
        weighted = {}
        for one, n in zip(lists, votes):
            if n * 100 >= box * 3:
                weighted[one["key"]] = n * 20
            elif one["minority"]:
                weighted[one["key"]] = n * 27
        found = dhondt.evaluate(weighted, 250)
        return ";".join(f"{one['key']}={found.get(one['key'], 0)}"
                        for one in lists)
    return run


# ---- two sources ----


def duckdb_cells():
    connection = duckdb_with(a=DATA + "serbia2020.csv.gz", b=path)
    names = [*numbers, *columns]
    differ = " + ".join(f"(a.{name} <> b.{name})::INT" for name in names)
    more = " + ".join(f"b.{name} - a.{name}" for name in names)
    query = (f"SELECT sum({differ}), sum({more}), count(*) FILTER (WHERE "
             f"{differ} > 0) FROM a JOIN b USING ({', '.join(keys)})")

    def run():
        cells, votes, stations = connection.execute(query).fetchone()
        return f"cells={cells};votes={votes};stations={stations}"
    return run


QUESTIONS = {
    ("duckdb", "check"): duckdb_checks,
    ("duckdb", "check-turkey"): duckdb_checks,
    ("polars", "check"): polars_checks,
    ("polars", "check-turkey"): polars_checks,
    ("duckdb+votelib", "annul"): seats_without,
    ("duckdb+votelib", "annul-571"): seats_without,
    ("duckdb", "reconcile"): duckdb_cells,
}
seconds, answer, first = timed(QUESTIONS[peer, task]())
print("seconds", seconds)
print("first", first)
print("answer", answer)
