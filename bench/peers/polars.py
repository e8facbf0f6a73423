"""The same sums with polars: polars.py FILE OUT THREADS BY SUMS MODE [check]

Its streaming engine, told the types. BY and SUMS are columns, separated by
commas. The frame of the groups is the query, marked when it is made. With
"check" OUT.failed gets the records whose valid ballots are not the sum of
their lists.
"""
import os
import sys

path, out, threads, by, sums = sys.argv[1:6]
check = sys.argv[7:] == ["check"]
os.environ["POLARS_MAX_THREADS"] = threads
# this file has the module's name, and its folder comes first
sys.path.pop(0)
import polars as pl  # noqa: E402


def mark(name):
    """A moment, for measure.py."""
    if "MARKS" in os.environ:
        with open(os.environ["MARKS"], "w") as file:
            file.write(name + "\n")


by, sums = by.split(","), sums.split(",")
with open(path, encoding="utf-8") as file:
    headings = file.readline().rstrip("\r\n").split(",")
schema = {h: pl.Int64 if h in sums else pl.String for h in headings}
found = [pl.col(sums).sum()]
if check:
    valid = pl.col("valid_ballots")
    lists = pl.sum_horizontal(h for h in headings if h.startswith("list_"))
    record = pl.concat_str("station", valid, lists, separator=",")
    found.append(record.filter(valid != lists).alias("failed"))

mark("begin")
groups = (pl.scan_csv(path, schema=schema).group_by(by).agg(found)
          .collect(engine=os.environ.get("ENGINE", "streaming")))
mark("columns")
if check:
    failed = groups["failed"].explode().drop_nulls()
    with open(out + ".failed", "w") as file:
        file.writelines(line + "\n" for line in failed)
    groups = groups.drop("failed")
groups.write_csv(out)
