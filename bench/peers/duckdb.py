"""The same sums with DuckDB: duckdb.py FILE OUT THREADS BY SUMS

It is told the types and the dialect, need not keep an order, and writes its
CSV itself. BY and SUMS are columns, separated by commas.
"""
import sys

# this file has the module's name, and its folder comes first
sys.path.pop(0)
import duckdb  # noqa: E402

path, out, threads, by, sums = sys.argv[1:6]
by, sums = by.split(","), sums.split(",")
with open(path if not path.endswith(".gz") else path[:-3],
          encoding="utf-8") as file:
    headings = file.readline().rstrip("\r\n").split(",")
columns = {h: "BIGINT" if h in sums else "VARCHAR" for h in headings}
chosen = ", ".join(by + [f"sum({s}) AS {s}" for s in sums])

connection = duckdb.connect(config={"threads": int(threads)})
connection.execute("SET preserve_insertion_order = false")
connection.execute(
    f"COPY (SELECT {chosen} FROM read_csv('{path}', auto_detect = false, "
    f"header = true, delim = ',', quote = '\"', escape = '\"', "
    f"columns = {columns}) GROUP BY ALL) TO '{out}' (HEADER, DELIMITER ',')")
