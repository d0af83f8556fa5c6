#!/usr/bin/env python3
"""revalue.py PUBLICATION PARCELS VALUES: the parcels of a CSV file once more by a publication (JSON), beside VALUES, the CSV
that `dijia value` wrote for them.

As recompute.py it has nothing of dijia's in it: fractions where the law is exact, 50 decimals elsewhere. It knows the
corrections that drafts of `dijia compute` have. Prints how many agree and every figure that does not; exit code 1 when
there is one, 2 for a correction that it has not been taught.
"""
import csv
import decimal
import json
import sys
from datetime import date
from decimal import Decimal
from fractions import Fraction

from recompute import index_at, months_between, of_grade, rounded

decimal.getcontext().prec = 50
FIGURES = ("unit_price_yuan_per_sqm", "floor_price_yuan_per_sqm", "total_yuan")


class NotKnown(Exception):
    """Something this program has not been taught: it must not pass."""


def power(base, exponent):
    """A power to 50 digits, as a fraction."""
    base, exponent = Fraction(base), Fraction(exponent)
    logarithm = (Decimal(base.numerator) / Decimal(base.denominator)).ln()
    return Fraction((logarithm * Decimal(exponent.numerator) / Decimal(exponent.denominator)).exp())


def term(table, use, grade, parcel, document):
    rate = Fraction(use["capitalization_rate"])
    return (1 - power(1 + rate, -Fraction(parcel["term_years"]))) / (1 - power(1 + rate, -Fraction(use["term_years"])))


def curve(table, use, grade, parcel, document):
    if table["interpolation"] != "power":
        raise NotKnown(f"a curve that is {table['interpolation']}")
    return power(Fraction(parcel["far"]) / Fraction(grade["far"]),
                 Fraction(of_grade(table["exponents"], grade["grade"])))


def monthly_rate(table, use, grade, parcel, document):
    months = months_between(date.fromisoformat(document["base_date"]), date.fromisoformat(parcel["valuation_date"]))
    return power(1 + Fraction(table["rate"]), months)


def index(table, use, grade, parcel, document):
    points = [(date.fromisoformat(point["date"]), Fraction(point["index"])) for point in table["points"]]
    then = index_at(points, date.fromisoformat(document["base_date"]))
    now = index_at(points, date.fromisoformat(parcel["valuation_date"]))
    return None if now is None else now / then


KINDS = {"term_formula": term, "curve": curve, "monthly_rate": monthly_rate, "index": index}


def value(parcel, document):
    """The figures; nothing for a parcel that has no value."""
    use = document["uses"][parcel["use"]]
    grade = next((row for row in use["grades"] if str(row["grade"]) == parcel["grade"]), None)
    if grade is None or grade.get("price") is None:
        return None
    formula, tables, rounding = use["formula"], use["coefficients"], document["rounding"]
    if formula.get("sum"):
        raise NotKnown("a sum of factors")
    price = Fraction(grade["price"])
    for name in formula["product"]:
        kind = tables[name]["kind"]
        if kind not in KINDS:
            raise NotKnown(f"a coefficient of kind {kind}")
        coefficient = KINDS[kind](tables[name], use, grade, parcel, document)
        if coefficient is None:
            return None
        price *= rounded(coefficient, rounding["coefficient"]) if "coefficient" in rounding else coefficient
    for name in formula["add"]:
        price += Fraction(tables[name]["levels"][parcel["development_level"]])
    unit = rounded(price, rounding["unit_price"])
    if unit <= 0:  # land is not priced at nothing or less
        return None
    exact = {"floor_price": unit / Fraction(parcel["far"]), "total": unit * Fraction(parcel["area_sqm"])}
    return [unit] + [rounded(exact[name], rounding[name]) if name in rounding else None for name in exact]


def main(publication, parcels, values):
    with open(publication) as file:
        document = json.load(file)
    with open(parcels) as file:
        rows = list(csv.DictReader(file))
    with open(values) as file:
        stated = {row["parcel_id"]: row for row in csv.DictReader(file)}
    valued, faults = 0, [] if len(stated) == len(rows) else [f"{len(stated)} values of {len(rows)} parcels"]
    for parcel in rows:
        row, figures = stated[parcel["parcel_id"]], value(parcel, document)
        if (figures is None) != (row["status"] == "withheld"):
            faults.append(f"{parcel['parcel_id']}: {row['status']}")
        if figures is None:
            continue
        valued += 1
        for name, figure in zip(FIGURES, figures):
            if figure is not None and (not row[name] or Fraction(row[name]) != figure):
                faults.append(f"{parcel['parcel_id']} {name}: {row[name]} is stated, {float(figure)} comes out")
    for fault in faults:
        print(fault)
    print(f"{valued} of {len(rows)} parcels valued, {len(faults)} figures differ")
    return 0 if valued and not faults else 1


if __name__ == "__main__":
    try:
        sys.exit(main(*sys.argv[1:]))
    except NotKnown as missing:
        print(f"not known: {missing}")
        sys.exit(2)
