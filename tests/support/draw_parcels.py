#!/usr/bin/env python3
"""draw_parcels.py PUBLICATION YEAR OUT: 400 parcels with dates in that year, by a fixed seed."""
import csv
import json
import random
import sys

publication, year, out = sys.argv[1:]
document = json.load(open(publication))
draw = random.Random(20220421)
rows = csv.writer(open(out, "w", newline=""), lineterminator="\n")
rows.writerow("parcel_id,county,area,use,grade,area_sqm,far,term_years,valuation_date,development_level".split(","))
for i in range(400):
    use = draw.choice(sorted(document["uses"]))
    levels = document["uses"][use]["coefficients"].get("development", {}).get("levels", {"": 0})
    years = document["uses"][use]["term_years"]
    rows.writerow([f"P{i}", document["county"], document["area"], use,
                   draw.choice(document["uses"][use]["grades"])["grade"], draw.randint(500, 99999) / 10,
                   draw.randint(5, 60) / 10, draw.randint(1, 2 * int(years)) / 2,
                   f"{year}-{draw.randint(1, 12):02}-{draw.randint(1, 28):02}", draw.choice(sorted(levels))])
