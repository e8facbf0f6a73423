"""The same sums with DuckDB: duckdb.py FILE OUT THREADS BY SUMS MODE [check]

It is told the types and the dialect, need not keep an order, and writes its
CSV itself. BY and SUMS are columns, separated by commas; without SUMS records
are counted. MODE "copy" writes the groups as they come; "query" makes a table
of them first, and marks when it is made. With "check" OUT.failed gets the
records whose valid ballots are not the sum of their lists.
"""
import os
import sys

# this file has the module's name, and its folder comes first
sys.path.pop(0)
import duckdb  # noqa: E402

path, out, threads, by, sums, mode = sys.argv[1:7]
check = sys.argv[7:] == ["check"]
by, sums = by.split(","), sums.split(",") if sums else []


def mark(name):
    """A moment, for measure.py."""
    if "MARKS" in os.environ:
        with open(os.environ["MARKS"], "w") as file:
            file.write(name + "\n")


def read_headings():
    plain = path.removesuffix(".gz").removesuffix(".zst")
    with open(plain, encoding="utf-8") as file:
        return file.readline().rstrip("\r\n").split(",")


headings = read_headings()
columns = {h: "BIGINT" if h in sums else "VARCHAR" for h in headings}
chosen = by + ([f"sum({s}) AS {s}" for s in sums] or ["count(*) AS votes"])
if check:
    lists = " + ".join(h for h in headings if h.startswith("list_"))
    chosen.append(
        f"string_agg(concat_ws(',', station, valid_ballots, {lists}), chr(10))"
        f" FILTER (WHERE valid_ballots <> {lists}) AS failed")
query = (f"SELECT {', '.join(chosen)} FROM read_csv('{path}', "
         "auto_detect = false, header = true, delim = ',', quote = '\"', "
         f"escape = '\"', columns = {columns}) GROUP BY {', '.join(by)}")

connection = duckdb.connect(config={"threads": int(threads)})
connection.execute("SET preserve_insertion_order = false")
if mode == "query":
    mark("begin")
    connection.execute(f"CREATE TEMP TABLE found AS {query}")
    mark("columns")
    query = f"SELECT * {'EXCLUDE failed' if check else ''} FROM found"
connection.execute(f"COPY ({query}) TO '{out}' (HEADER, DELIMITER ',')")
if check:
    with open(out + ".failed", "w") as file:
        for line, in connection.execute(
                "SELECT failed FROM found WHERE failed IS NOT NULL").fetchall():
            file.write(line + "\n")
