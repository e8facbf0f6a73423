"""The same sums with polars: polars.py FILE OUT THREADS BY SUMS

Its streaming engine, told the types. BY and SUMS are columns, separated by
commas.
"""
import os
import sys

path, out, threads, by, sums = sys.argv[1:6]
os.environ["POLARS_MAX_THREADS"] = threads
# this file has the module's name, and its folder comes first
sys.path.pop(0)
import polars as pl  # noqa: E402

by, sums = by.split(","), sums.split(",")
with open(path, encoding="utf-8") as file:
    headings = file.readline().rstrip("\r\n").split(",")
schema = {h: pl.Int64 if h in sums else pl.String for h in headings}
(pl.scan_csv(path, schema=schema).group_by(by).agg(pl.col(sums).sum())
 .collect(engine=os.environ.get("ENGINE", "streaming")).write_csv(out))
