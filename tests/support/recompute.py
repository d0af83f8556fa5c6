#!/usr/bin/env python3
"""recompute.py STORE [ID...]: published prices once more, from the evidence that a store keeps of them.

A second program with nothing of dijia's in it but its documented formats: SQLite, TOML, CSV, JSON and the arithmetic of
engine/README.md, in Python's own numbers. It reads sale records in canonical columns and as the national land-market
notices have them, brings every sale to the benchmark conditions, screens by MAD, does what appraisers decided and takes
medians. Prices that stand in for samples (models, ratios, earlier prices) and other estimators are counted, not made again.

Prints one line for each publication and one for each price that is not the same; exit code 1 when there is one.
"""
import csv
import io
import json
import math
import sqlite3
import sys
import tomllib
import unicodedata
from datetime import date
from fractions import Fraction
from statistics import median

MARKET = {"bidding", "auction", "listing"}
LANDCHINA = {"sample_id": "序号", "county": "行政区代码", "date": "合同签订日期", "use": "土地用途", "method": "供地方式",
             "grade": "土地级别", "area_sqm": "面积_公顷", "price": "成交价格_万元", "far": "约定容积率上限",
             "term_years": "土地使用年限"}
CHINESE = {c: i for i, c in enumerate("一二三四五六七八九", 1)}
ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8, "IX": 9, "X": 10}
UNIT_OF_AREA = {"公顷": 10_000, "亩": Fraction(2000, 3), "万㎡": 10_000, "m²": 1, "㎡": 1, "平方米": 1}


class Left(Exception):
    """A row that is not used."""


# ---------------------------------------------------------------- cells

def plain(text):
    return unicodedata.normalize("NFKC", text or "").strip()


def number(text, units=None):
    """A number, or a number and one of `units`, as a fraction; None where nothing is stated."""
    text = plain(text)
    factor = 1
    for unit, size in (units or {}).items():
        if text.endswith(plain(unit)):
            text, factor = text[: -len(plain(unit))].strip(), size
            break
    if not text:
        return None
    try:
        return Fraction(text) * factor if "/" not in text and "e" not in text.lower() else None
    except ValueError:
        raise Left from None


def grade_of(text):
    text = plain(text).removesuffix("级")
    if plain(text).endswith(("等", "等级", "等别")):
        raise Left
    if text.isdigit():
        return int(text)
    if text in ROMAN:
        return ROMAN[text]
    if text.startswith("十"):
        return 10 + CHINESE.get(text[1:], 0)
    if text in CHINESE:
        return CHINESE[text]
    raise Left


def day_of(text):
    text = plain(text).replace("年", "-").replace("月", "-").replace("日", "").replace("/", "-").split(" ")[0]
    if text.isdigit() and len(text) == 8:
        text = f"{text[:4]}-{text[4:6]}-{text[6:]}"
    try:
        return date(*(int(part) for part in text.split("-")))
    except (ValueError, TypeError):
        raise Left from None


# ---------------------------------------------------------------- records in

class Vocabulary:
    """The names that the reference tables kept with the publication know."""

    def __init__(self, reference):
        self.names = {}
        for row in csv.DictReader(io.StringIO(reference["names.csv"])):
            self.names.setdefault(row["vocabulary"], {})[row["name"]] = row["code"]
        self.names["use"] = {row["name"]: row["use"] for row in csv.DictReader(io.StringIO(reference["land_uses.csv"]))}

    def code(self, vocabulary, text):
        text = plain(text)
        known = self.names[vocabulary]
        if text in known.values():
            return text
        return known.get(text)


def read_row(row, mapping, vocabulary):
    """A record in our own terms; raises Left for one whose cells say that it cannot be used."""
    notices = mapping == "landchina"
    cell = (lambda name: row.get(LANDCHINA.get(name, ""), "")) if notices else (lambda name: row.get(name, ""))
    term = plain(cell("term_years")).removesuffix("年")
    uses = [part for part in plain(cell("use")).split(";") if part] if not notices else [cell("use")]
    if len(uses) > 1:
        raise Left
    sale = {
        "id": cell("sample_id"), "county": plain(cell("county")), "area": plain(cell("area")),
        "use": vocabulary.code("use", cell("use")), "grade": grade_of(cell("grade")), "date": day_of(cell("date")),
        "kind": vocabulary.code("kind", cell("kind")) if cell("kind") else "transfer",
        "price": number(cell("price")),
        "unit": "wan_yuan_total" if notices else vocabulary.code("price_unit", cell("price_unit")),
        "sqm": number(cell("area_sqm"), None if notices else UNIT_OF_AREA), "far": number(cell("far")) or None,
        "term": number(term), "level": plain(cell("development_level")),
        "case": number(cell("circumstance_factor")),
        "method": vocabulary.code("method", cell("method")) if cell("method") else None,
        "rebuild": number(cell("rebuild_cost_yuan_per_sqm")), "newness": number(cell("newness_rate")),
    }
    if notices and sale["sqm"] is not None:
        sale["sqm"] *= 10_000
    if sale["sqm"] is not None:  # areas have four decimals
        sale["sqm"] = Fraction(math.floor(sale["sqm"] * 10_000 + Fraction(1, 2)), 10_000) or None
    return sale


# ---------------------------------------------------------------- one sale

def land_price(sale, use):
    """Yuan per square metre of land (benchmark-price notes, 2.1)."""
    price, unit, sqm, far = sale["price"], sale["unit"], sale["sqm"], sale["far"]
    conditions = use["conditions"]
    rate = float(conditions["capitalization_rate"])
    term = float(sale["term"] or Fraction(conditions["term_years"]))

    def need(*values):
        if any(value is None for value in values):
            raise Left
        return values[0] if len(values) == 1 else values

    if sale["kind"] in ("transfer", "resale"):
        if unit == "yuan_per_sqm":
            return float(price)
        if unit == "wan_yuan_per_mu":
            return float(price * 15)
        if unit == "yuan_per_sqm_floor":
            return float(price * need(far))
        if unit in ("yuan_total", "wan_yuan_total"):
            return float(price * (10_000 if unit == "wan_yuan_total" else 1) / need(sqm))
    elif sale["kind"] == "land_lease":
        income = float(price if unit == "yuan_per_sqm_year" else price * 3 / 2000)
        return income / rate * (1 - (1 + rate) ** -term)
    elif sale["kind"] in ("house_lease", "house_sale"):
        known = use["conversion"]
        rebuild, newness = (float(value) for value in need(sale["rebuild"], sale["newness"]))
        per_land = float(need(far))
        if sale["kind"] == "house_sale" and unit == "yuan_per_sqm_floor":
            return (float(price) - rebuild * newness - float(price) * known["tax_rate"]) * per_land
        if sale["kind"] == "house_lease" and unit == "yuan_per_sqm_year":
            rent, now = float(price), rebuild * newness
            net = rent - (rent * known["management_rate"] + rebuild * known["repair_rate"] + now * known["insurance_rate"]
                          + rebuild * (1 - known["residual_rate"]) / known["life_years"] + rent * known["tax_rate"]
                          + now * known["house_capitalization_rate"])
            return net * per_land / rate * (1 - (1 + rate) ** -term)
    raise Left


def of_grade(table, grade):
    if not isinstance(table, dict):
        return table
    return table.get(str(grade), table.get("*"))


def months_between(earlier, later):
    """The difference of the months and that of the days over 30, to 0.01, half away from zero."""
    months = (later.year - earlier.year) * 12 + later.month - earlier.month + Fraction(later.day - earlier.day, 30)
    size = Fraction(math.floor(abs(months) * 100 + Fraction(1, 2)), 100)
    return size if months >= 0 else -size


def index_at(points, day):
    for (before, low), (after, high) in zip(points, points[1:]):
        if before <= day <= after:
            return low + (high - low) * (day - before).days / (after - before).days
    return None


def date_factor(sale, correction, base):
    if correction is None or correction["kind"] == "none":
        return 1.0
    if correction["kind"] == "monthly_rate":
        return (1 + float(correction["monthly_rate"])) ** float(months_between(sale["date"], base))
    if correction["kind"] == "index":
        points = [(date.fromisoformat(point["date"]), float(point["index"])) for point in correction["points"]]
        there = index_at(points, sale["date"])
        return 1.0 if there is None else index_at(points, base) / there
    raise NotImplementedError(correction["kind"])


def development_add(sale, use):
    costs = use.get("development", {}).get("cost_by_level_yuan_per_sqm", {})
    if not costs or sale["level"] not in costs:
        return None if costs else 0.0
    return float(Fraction(costs[use["conditions"]["development_level"]]) - Fraction(costs[sale["level"]]))


def normalised(sale, use, base, included):
    """The price at the benchmark conditions, or Left by the first reason that applies; what appraisers decided to include
    is never too small."""
    conditions, screening = use["conditions"], use["screening"]
    far = use.get("far", {"kind": "none", "unknown": "keep", "largest": "20"})
    total = sale["unit"] in ("yuan_total", "wan_yuan_total")
    small = not included and (sale["sqm"] or math.inf) < Fraction(screening["smallest_area_sqm"])
    if (total and sale["sqm"] is None) or small:
        raise Left
    if sale["term"] is None:
        if use["unknown_term"] == "exclude":
            raise Left
    elif not 0 < sale["term"] <= Fraction(conditions["term_years"]):
        raise Left
    if sale["far"] is None and far["kind"] != "none" and far["unknown"] == "exclude":
        raise Left
    if sale["far"] is not None and sale["far"] > Fraction(far["largest"]):
        raise Left
    add = development_add(sale, use)
    if add is None and use["development"]["unknown"] == "exclude":
        raise Left
    price = land_price(sale, use)
    if price <= 0 or price + (add or 0) <= 0 or (sale["case"] is not None and sale["case"] <= 0):
        raise Left
    price = (price + (add or 0)) * date_factor(sale, use.get("date"), base)
    if far["kind"] == "power" and sale["far"] is not None:
        own = Fraction(of_grade(conditions.get("far_by_grade", {}), sale["grade"]) or conditions["far"])
        price *= (float(own) / float(sale["far"])) ** float(of_grade(far["exponent"], sale["grade"]))
    elif far["kind"] not in ("none", "power"):
        raise NotImplementedError(far["kind"])
    if sale["term"] is not None:
        v = 1 / (1 + float(conditions["capitalization_rate"]))
        price *= (1 - v ** float(conditions["term_years"])) / (1 - v ** float(sale["term"]))
    return price * (1.0 if sale["case"] is None else float(sale["case"]))


# ---------------------------------------------------------------- a cell

def screened(prices, plan):
    """Without what lies further than mad_limit × 1.4826 MAD of the log prices, one pass after the other."""
    if plan["rule"] != "mad":
        raise NotImplementedError(plan["rule"])
    kept = sorted(prices)
    for _ in range(plan["max_passes"]):
        if len(kept) < plan["min_samples_to_screen"]:
            break
        logs = [math.log(price) for price in kept]
        centre = median(logs)
        scale = 1.4826 * median(abs(value - centre) for value in logs)
        inside = [p for p, value in zip(kept, logs) if abs(value - centre) <= plan["mad_limit"] * scale]
        if scale == 0 or len(inside) == len(kept):
            break
        kept = inside
    capped = 1 - len(kept) / len(prices) > plan["largest_rejected_share"] or not kept
    return sorted(prices) if capped else kept


def rounded(value, rounding):
    step = Fraction(rounding["interval"])
    if rounding["mode"] != "half_up":
        raise NotImplementedError(rounding["mode"])
    size = math.floor(abs(Fraction(value)) / step + Fraction(1, 2)) * step  # half away from zero
    return size if value >= 0 else -size


def kept_of(cell, plan):
    """The prices of (price, included) pairs that screening keeps, and those that appraisers put back."""
    kept = screened([price for price, _ in cell], plan)
    return kept + [price for price, included in cell if included and not kept[0] <= price <= kept[-1]]


def prices_of(sales, plan, county, area, decisions):
    """{(use, grade): (used, price)} of one publication; `decisions` by sample id."""
    base, cells, seen = date.fromisoformat(plan["base_date"]), {}, {}
    window = [date.fromisoformat(plan["window"][end]) for end in ("from", "until")]
    for sale in sales:
        use = plan["uses"].get(sale["use"] or "")
        lease = sale["kind"] == "land_lease" and sale["method"] == "lease"
        if plan["market_sales_only"] and sale["method"] is not None and sale["method"] not in MARKET and not lease:
            continue
        if not use or not sale["price"] or sale["price"] <= 0 or not window[0] <= sale["date"] < window[1]:
            continue
        # A sale that names no area lies in that of a plan that names one.
        own = sale["area"] or ("" if plan["area"] == "*" else area)
        if sale["county"] != county or own != area or (use["grades"] and sale["grade"] not in use["grades"]):
            continue
        included = decisions.get(sale["id"]) == "include"
        try:
            price = normalised(sale, use, base, included)
        except Left:
            continue
        if decisions.get(sale["id"]) == "exclude":
            continue
        identity = tuple(sale[name] for name in ("use", "grade", "date", "price", "unit", "sqm"))
        if use["screening"]["drop_duplicates"] and sale["sqm"]:
            first = seen.setdefault(identity, sale)
            if first is not sale:  # the one with the smallest id is kept, and what is included
                if first["id"] <= sale["id"]:
                    if not included:
                        continue
                else:
                    if not first["kept"][1]:
                        cells[sale["use"], sale["grade"]].remove(first["kept"])
                    seen[identity] = sale
        sale["kept"] = price, included
        cells.setdefault((sale["use"], sale["grade"]), []).append(sale["kept"])
    answers = {}
    for (use, grade), cell in cells.items():
        estimation = plan["uses"][use]["estimation"]
        if estimation["estimator"] != "median":
            raise NotImplementedError(estimation["estimator"])
        kept = kept_of(cell, plan["uses"][use]["screening"]) if cell else []
        enough = len(kept) >= estimation["min_samples"]
        answers[use, grade] = len(kept), rounded(median(kept), plan["rounding"]["unit_price"]) if enough else None
    return answers


# ---------------------------------------------------------------- the store

class Store:
    def __init__(self, path):
        self.database = sqlite3.connect(f"file:{path}?mode=ro", uri=True)

    def text(self, county, sha256):
        row = self.database.execute("SELECT bytes FROM kept_text WHERE county = ? AND sha256 = ?", (county, sha256))
        found = row.fetchone()
        if found is None:
            raise SystemExit(f"{county}: {sha256} is not kept")
        return found[0].decode() if isinstance(found[0], bytes) else found[0]

    def publications(self):
        """(county, id, document hash, manifest) of the last entry of each."""
        return self.database.execute(
            "SELECT county, publication, content, evidence FROM event AS e WHERE entry = (SELECT max(entry) FROM event "
            "WHERE county = e.county AND publication = e.publication) ORDER BY county, publication").fetchall()


def inputs_of(store, county, evidence):
    """Texts by kind: the effective plan of the computation, (mapping, samples), reference tables by name, and the
    decisions by sample."""
    reference, samples, mapping, decisions = {}, [], "canonical", {}
    for record in evidence["inputs"]:
        if record["contents"] == "mapping":
            mapping = record["file"].removesuffix(".toml")
        elif record["contents"] == "samples":
            samples.append(store.text(county, record["sha256"]))
        elif record["contents"] == "decisions":
            text = store.text(county, record["sha256"]).removeprefix("\ufeff")
            decisions = {row["sample_id"]: row["decision"] for row in csv.DictReader(io.StringIO(text))}
        elif record["contents"] == "reference":
            reference[record["file"]] = store.text(county, record["sha256"])
    plan = evidence.get("compute_plan", evidence["plan"])  # the former of a refresh from samples
    return tomllib.loads(plan["effective_toml"]), mapping, samples, reference, decisions


def read_sales(mapping, samples, reference):
    vocabulary = Vocabulary(reference)
    sales = []
    for text in samples:
        for row in csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))):
            try:
                sales.append(read_row(row, mapping, vocabulary))
            except Left:
                pass
    return sales


def compare(document, answers):
    """Lines of what is not the same; and how many prices agree, stand in for samples, are withheld, and of these those
    that have too few sales here too."""
    lines, agree, stand_ins, withheld, thin = [], 0, 0, 0, 0
    for use, table in document["uses"].items():
        for grade in table["grades"]:
            used, price = answers.get((use, grade["grade"]), (0, None))
            published = grade.get("price")
            if published is None:
                withheld += 1
                thin += price is None
            elif grade.get("status") not in ("computed", "thin"):
                stand_ins += 1
            elif price is None or Fraction(published) != price:
                made = "-" if price is None else float(price)
                lines.append(f"{use} grade {grade['grade']}: published {published}, made again {made} from {used} sales")
            else:
                agree += 1
    return lines, agree, stand_ins, withheld, thin


def main(path, wanted):
    store, known, different, proved = Store(path), {}, 0, 0
    for county, name, content, manifest in store.publications():
        files = {line[66:]: line[:64] for line in manifest.splitlines()}
        if (wanted and name not in wanted) or "evidence.json" not in files:
            continue
        evidence = json.loads(store.text(county, files["evidence.json"]))
        if all(record["contents"] != "samples" for record in evidence["inputs"]):
            print(f"{county} {name}: made from earlier prices, not from sales")
            continue
        document = json.loads(store.text(county, content))
        key = tuple(record["sha256"] for record in evidence["inputs"])
        if key not in known:
            plan, mapping, samples, reference, decisions = inputs_of(store, county, evidence)
            known[key] = plan, read_sales(mapping, samples, reference), decisions
        plan, sales, decisions = known[key]
        answers = prices_of(sales, plan, document["county"], document["area"], decisions)
        lines, agree, stand_ins, withheld, thin = compare(document, answers)
        print(f"{county} {name}: {agree} prices agree, {len(lines)} differ, {stand_ins} stand in for samples, "
              f"{withheld} withheld, {thin} of them for too few sales")
        for line in lines:
            print(f"  {line}")
        different += len(lines)
        proved += agree
    return 0 if proved and not different else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], set(sys.argv[2:])))
