#!/usr/bin/env python3
"""An independent check of a plan: every rule, recomputed from the files alone.

    python3 tests/independent_audit.py DATASET MODEL PLAN.csv [--quiet]

It shares nothing with the program but the files: a dataset folder, a model folder, a plan. It reads
them by the words of the manuals, uses Python's standard library only, and counts in whole đồng, basis
points and thousandths of a point. Nothing is solved; nothing is rounded but where a manual says so.

A plan is held to the gates (window, completion, eligibility, norm, counterpart, other state source,
definition, least grant), the rules of the facts (ceiling, commitment, prerequisite, exclusion, open
limit, targets) and each row of the model's tables; its amounts and benefits are computed anew. A floor
that no admissible decision can serve does not apply, so every candidate decision is judged as well.

Exit code: 0 no breach; 1 one line for each breach; 2 something cannot be read.
"""

import argparse
import csv
import io
import math
import operator
import re
import sys
import unicodedata
from collections import Counter, defaultdict, namedtuple
from functools import lru_cache, partial, partialmethod
from itertools import product
from pathlib import Path

MILLION, WHOLE = 10**6, 10**4  # đồng; basis points
TABLES = set("""projects contents variants criteria scores funds eligibility ceilings areas sectors activities
    implementers norms definitions structure quotients advantage relations commitments targets""".split())
PLACES = ("area", "zone", "sector", "cell", "unit")
Decision = namedtuple("Decision", "project variant fund start unit")  # unit: "" if nobody is named


class Unreadable(Exception):
    """A file that cannot be read, or that does not say what it must."""


# Numbers and tables ------------------------------------------------------------------------------

@lru_cache(None)
def scaled(text, places):
    """A plain decimal as a whole number of 10^-places."""
    found = re.fullmatch(r"([0-9]+)(?:\.([0-9]+))?", text)
    decimals = (found and found[2] or "").rstrip("0")
    if not found or len(decimals) > places:
        raise Unreadable(f"“{text}” is no number of at most {places} decimals")
    return int(found[1] + decimals.ljust(places, "0"))


whole_number = partial(scaled, places=0)
amount = partial(scaled, places=6)  # million đồng, as đồng


def percentage(text):
    """`15%`, as basis points."""
    if not text.endswith("%") or scaled(text[:-1].rstrip(), 2) > WHOLE:
        raise Unreadable(f"“{text}” is no percentage from 0% to 100%")
    return scaled(text[:-1].rstrip(), 2)


def nearest(numerator, denominator):
    """The nearest whole number, halves upwards; nothing here is negative."""
    return (2 * numerator + denominator) // (2 * denominator)


def plain(value, places):
    """A whole number of 10^-places as a decimal."""
    whole, rest = divmod(value, 10**places)
    return f"{whole}.{rest:0{places}d}".rstrip("0").rstrip(".")


millions = partial(plain, places=6)


class Row(dict):
    """One row of a table. With `may`, a figure that is blank or `unknown`, or whose column is not
    there, is None."""

    where = ""

    def __missing__(self, column):
        raise Unreadable(f"{self.where}: there is no column “{column}”")

    def figure(self, read, column, may=False):
        text = self.get(column, "") if may else self[column]
        if may and text in ("", "unknown"):
            return None
        try:
            return read(text)
        except Unreadable as error:
            raise Unreadable(f"{self.where}, column {column}: {error}") from None

    whole = partialmethod(figure, whole_number)
    money = partialmethod(figure, amount)
    share = partialmethod(figure, percentage)

    def word(self, column, *allowed):
        """One of the words allowed; the first stands for blank where the cell is blank."""
        text = self.get(column, "") or allowed[0]
        if text not in allowed:
            raise Unreadable(f"{self.where}, column {column}: “{text}” is none of {', '.join(allowed)}")
        return text

    def several(self, column, mark=";"):
        return [part.strip() for part in self.get(column, "").split(mark) if part.strip()]

    def selector(self, column="select"):
        return Selector(self.get(column, ""))


def read_text(path):
    return unicodedata.normalize("NFC", path.read_bytes().decode("utf-8-sig"))


def read_table(path):
    """The rows of a CSV file; cells trimmed, blank lines left out."""
    reader = csv.reader(io.StringIO(read_text(path), newline=""))
    heading, rows = [], []
    for cells in ([cell.strip() for cell in cells] for cells in reader):
        if heading and any(cells):
            rows.append(Row(zip(heading, cells)))
            rows[-1].where = f"{path.name}, line {reader.line_num}"
            if len(cells) != len(heading):
                raise Unreadable(f"{rows[-1].where}: {len(cells)} cells under {len(heading)} headings")
        heading = heading or cells
    if not heading or len(set(heading)) < len(heading):
        raise Unreadable(f"{path}: its heading is missing, or names a column twice")
    return rows


def read_toml(path):
    try:
        import tomllib  # new in Python 3.11
    except ImportError:
        raise Unreadable("Python 3.11 or later is needed: its module tomllib reads the .toml files") from None
    return tomllib.loads(read_text(path))


def keyed(rows, *columns):
    """The rows by what stands in their columns, which must differ from row to row."""
    table = {}
    for row in rows:
        key = tuple(row[column] for column in columns)
        if table.setdefault(key if len(key) > 1 else key[0], row) is not row:
            raise Unreadable(f"{row.where}: {', '.join(key)} stands twice")
    return table


# The facts ---------------------------------------------------------------------------------------

class Dataset:
    """A dataset folder, and what it makes of a decision."""

    def __init__(self, folder):
        about = read_toml(folder / "dataset.toml")
        tables = {path.stem: read_table(path) for path in folder.glob("*.csv")}
        if unknown := set(tables) - TABLES:
            raise Unreadable(f"{folder}: tables that are not known here: {', '.join(sorted(unknown))}")
        self.years, self.open_from = range(about["first_year"], about["last_year"] + 1), about["open_from"]
        self.projects = keyed(tables["projects"], "project")
        self.funds, self.areas = keyed(tables["funds"], "fund"), keyed(tables["areas"], "area")
        self.criteria, self.scores = keyed(tables["criteria"], "criterion"), keyed(tables["scores"], "project")
        self.units = keyed(tables.get("implementers", []), "unit")
        self.advantages = self.structural(tables.get("structure", []), tables.get("quotients", []))
        for (place, sector), row in keyed(tables.get("advantage", []), "place", "sector").items():
            self.advantages[self.placed(place), sector] = row.share("advantage")
        optional = ("eligibility", "norms", "definitions", "relations", "targets")
        self.eligibility, self.norms, self.definitions, self.relations, self.targets = (
            tables.get(name, []) for name in optional)
        rows = keyed(tables["ceilings"], "fund", "year")
        self.ceiling = {(f, y): rows[f, str(y)].money("amount") for f, y in product(self.funds, self.years)}
        self.variants = defaultdict(dict)  # by project: the part of the benefit that each keeps
        for (project, variant), row in keyed(tables.get("variants", []), "project", "variant").items():
            self.variants[project][variant] = row.share("benefit_share")
        self.contents = defaultdict(list)  # by project and variant; a blank variant is all of them
        for row in tables["contents"]:
            known = self.variants.setdefault(row["project"], {"full": WHOLE})
            for variant in row.several("variant") or known:
                self.contents[row["project"], variant].append(row)
        self.commitments = {}
        for project, row in keyed(tables.get("commitments", []), "project").items():
            promise = Decision(project, row["variant"], row["fund"], row.whole("start"), row.get("unit", ""))
            if cause := self.missing(promise):
                raise Unreadable(f"{row.where}: {cause}")
            self.commitments[project] = promise

    def units_of(self, project):
        """The units that may run it; a nobody if none is named."""
        units = self.projects[project].several("unit")
        return [""] if units in ([], ["unknown"]) else units

    def decisions(self, project):
        """Every decision on a project that the tables can name."""
        parts = product(self.variants[project], self.funds, self.years, self.units_of(project))
        return [Decision(project, *part) for part in parts]

    def missing(self, d):
        """What no table names in a decision."""
        if d.project not in self.projects:
            return f"there is no project “{d.project}”"
        known = (self.variants[d.project], self.funds, self.years, self.units_of(d.project))
        wrong = [f"no {word} “{value}”" for word, value, some in zip(d._fields[1:], d[1:], known) if value not in some]
        return f"{d.project} has {', '.join(wrong)}" if wrong else None

    @lru_cache(None)
    def support(self, project, variant):
        return sum(content.money("support") for content in self.contents[project, variant])

    @lru_cache(None)
    def profile(self, project):
        parts = [whole_number(part) for part in self.projects[project].several("profile", "|")]
        if sum(parts) != 100:
            raise Unreadable(f"{self.projects[project].where}: the profile does not add up to 100")
        return parts

    def last_open(self, d):
        return d.start + len(self.profile(d.project)) - 1

    @lru_cache(None)
    def payments(self, d):
        """Year and amount: each part rounded down to the đồng, the last taking the remainder; what
        lies after the programme is left out."""
        support = self.support(d.project, d.variant)
        parts = [support * percent // 100 for percent in self.profile(d.project)[:-1]]
        parts.append(support - sum(parts))
        return [(d.start + age, part) for age, part in enumerate(parts) if part and d.start + age in self.years]

    def spent(self, d, year=None):
        return sum(part for own, part in self.payments(d) if year in (None, own))

    def ceilings(self, year=None, fund=None):
        """The ceilings of a year and a fund together; None is all of them."""
        return sum(most for (f, y), most in self.ceiling.items() if year in (None, y) and fund in (None, f))

    @lru_cache(None)
    def place(self, project):
        """Area, zone, class and sector; `none` where it has none."""
        row = self.projects[project]
        area = self.areas[row["area"]] if row["area"] != "none" else {"zone": "none", "class": "none"}
        return row["area"], area["zone"], area["class"], row["sector"]

    @lru_cache(None)
    def advantage(self, project):
        """An area's own row goes before its zone's; None is unknown."""
        area, zone, _, sector = self.place(project)
        return self.advantages.get(("area " + area, sector), self.advantages.get(("zone " + zone, sector)))

    def placed(self, name):
        """A place of the tables: an area, else a zone."""
        return ("area " if name in self.areas else "zone ") + name

    def structural(self, structure, quotients):
        """What the figures of the regional structure give, by place and sector, in basis points."""
        surface = defaultdict(float)  # km² of areas and zones, and of the province; NaN is unknown
        zones = {row["zone"] for row in self.areas.values()}
        for name, row in self.areas.items():
            km2 = row.figure(partial(scaled, places=2), "km2", may=True)
            for place in ("area " + name, "zone " + row["zone"], "province"):
                surface[place] += math.nan if km2 is None else km2 / 100
        latest = defaultdict(dict)  # by measure: year and value of place and sector
        for row in structure:
            place = row["place"] if row["place"] == "province" else self.placed(row["place"])
            if place not in surface:
                raise Unreadable(f"{row.where}: there is no place “{row['place']}”")
            own = (row.whole("year"), row.figure(partial(scaled, places=3), "value") / 1000)
            key = (place, row["sector"])
            latest[row["measure"]][key] = max(latest[row["measure"]].get(key, own), own)
        parts = defaultdict(list)  # by place and sector: weight and excess of each measure
        for measure, row in keyed(quotients, "measure").items():
            value = {key: own for key, (_, own) in latest[measure].items()}
            kind = row.word("quotient", "location", "symmetric", "density", "share")
            half = (row.share("half_at", may=True) or 0) / WHOLE
            for (place, sector), quotient in self.quotients(value, kind, half, surface, zones).items():
                parts[place, sector].append((row.whole("weight"), quotient))
        excess = {}
        for key, own in parts.items():
            if weight := sum(weight for weight, _ in own):
                excess[key] = sum(weight * quotient for weight, quotient in own) / weight
        most = defaultdict(float)
        for (_, sector), own in excess.items():
            most[sector] = max(most[sector], own)
        scale = lambda own, most: math.floor(max(own, 0) / most * WHOLE + 0.5) if most else 0
        return {(place, sector): scale(own, most[sector]) for (place, sector), own in excess.items()}

    def quotients(self, value, kind, half, surface, zones):
        """Each known quotient of one measure as its excess over the province, after shrinkage."""
        sectors, total = {sector for _, sector in value}, {}
        for sector in sectors:
            levels = (["zone " + zone for zone in zones], ["area " + area for area in self.areas])
            whole = [level for level in levels if all((place, sector) in value for place in level)]
            of_zone = {"zone " + zone for zone in zones if ("zone " + zone, sector) in value}
            known = [value[place, own] for place, own in value if own == sector and not (
                place.startswith("area ") and "zone " + self.areas[place[5:]]["zone"] in of_zone)]
            if ("province", sector) in value:
                total[sector] = value["province", sector]
            elif whole:
                total[sector] = sum(value[place, sector] for place in whole[0])
            elif kind in ("density", "share"):
                total[sector] = sum(known)
            else:
                total[sector] = math.nan
        everything, found = sum(total.values()), {}
        for (place, sector), own in value.items():
            if place == "province":
                continue
            if kind == "density":
                base, compared = total[sector], surface[place] / surface["province"] * total[sector]
            elif kind == "share":
                base, compared = total[sector], total[sector]
            else:
                of_place = sum(value.get((place, other), math.nan) for other in sectors)
                base, compared = everything, of_place * total[sector] / everything if everything else math.nan
            quotient = own / compared if compared else math.nan
            if kind != "share":
                trust = own / (own + half * base) if own + half * base else 1
                quotient = 1 + trust * (quotient - 1)
            if kind == "symmetric":
                quotient = 1 + (quotient - 1) / (quotient + 1)
            if not math.isnan(quotient):
                found[place, sector] = quotient if kind == "share" else quotient - 1
        return found

    def group(self, d, each):
        """The decision's places and unit among `each`; None if it lacks one."""
        area, zone, _, sector = self.place(d.project)
        of = {"area": [area], "zone": [zone], "sector": [sector], "cell": [area, sector], "unit": [d.unit or "none"]}
        group = tuple(value for dimension in each for value in of.get(dimension, []))
        return None if "none" in group else group


class Selector:
    """Tests joined by `&`; a project is selected if any of its contents satisfies them all."""

    FIGURES = {"advantage": percentage, "support": amount, "jobs": whole_number}
    NAMES = ("project", "kind", "tag", "group", "activity", "zone", "area", "class", "sector", "unit",
             "beneficiary_type")
    ORDERS = {"=": operator.eq, "!=": operator.ne, ">=": operator.ge, "<=": operator.le,
              ">": operator.gt, "<": operator.lt}

    def __init__(self, text):
        self.tests = []
        for part in filter(None, map(str.strip, text.split("&"))):
            found = re.fullmatch(r"(\w+)\s*(!=|>=|<=|=|>|<)(.+)", part)
            key, order, values = found.groups() if found else ("", "", "")
            values = [value.strip() for value in values.split("|")]
            of_names = key in self.NAMES and order in ("=", "!=")
            of_figures = key in self.FIGURES and (order in ("=", "!=") or len(values) == 1)
            if not (of_names or of_figures) or "" in values:
                raise Unreadable(f"“{part}” is no test of a selector")
            self.tests.append((key, order, [self.FIGURES.get(key, str)(value) for value in values]))

    def holds(self, ds, d, content):
        return all(self.test(ds, d, content, *test) for test in self.tests)

    def test(self, ds, d, content, key, order, values):
        project = ds.projects[d.project]
        if key in self.FIGURES:
            figure = (ds.advantage(d.project) if key == "advantage" else
                      ds.support(*d[:2]) if key == "support" else project.whole("jobs", may=True))
            over = all if order == "!=" else any  # none of the alternatives, or any of them
            return figure is not None and over(self.ORDERS[order](figure, value) for value in values)
        if key in ("tag", "group"):
            found = project.several(f"{key}s")
        elif key in ("area", "zone", "class", "sector"):
            found = [ds.place(d.project)[("area", "zone", "class", "sector").index(key)]]
        else:
            found = [{"activity": content["activity"], "unit": d.unit or "none"}.get(key) or project[key]]
        return any(value in values for value in found) == (order == "=")

    def selects(self, ds, d):
        return any(self.holds(ds, d, content) for content in ds.contents[d[:2]])

    def quantity(self, ds, d):
        return sum(content.whole("quantity") for content in ds.contents[d[:2]] if self.holds(ds, d, content))


# Gates: what refuses a decision by itself --------------------------------------------------------

def window(ds, d):
    row = ds.projects[d.project]
    first, last = max(row.whole("first_start"), ds.open_from), row.whole("last_start")
    return None if first <= d.start <= last else f"starts in {d.start}, not in {first} to {last}"


def completion(ds, d):
    return f"spends until {ds.last_open(d)}" if ds.last_open(d) not in ds.years else None


def eligibility(ds, d):
    rows = [row for row in ds.eligibility if row["fund"] == d.fund]
    kind, area_class = ds.projects[d.project]["kind"], ds.place(d.project)[2]

    def matches(row, content):
        by_class = area_class == "unknown" or row.get("area_class", "") in ("", area_class)
        return by_class and row.get("activity", "") in ("", content["activity"]) and row.get("kind", "") in ("", kind)

    no = [content["content"] for content in ds.contents[d[:2]] if not any(matches(row, content) for row in rows)]
    return f"{d.fund} may not pay for {'; '.join(no)}" if rows and no else None


def in_force(rows, year):
    """The row in force on the first day of the year, else the first of that year."""
    first, last = f"{year}-01-01", f"{year}-12-31"
    now = [row for row in rows if row["valid_from"] <= first <= (row.get("valid_to") or first)]
    later = sorted((row for row in rows if first < row["valid_from"] <= last), key=lambda row: row["valid_from"])
    return (now + later + [None])[0]


@lru_cache(None)
def norm_of(ds, activity, level, year):
    for territory in ["nation"] if level == "national" else ["province", "nation"]:
        row = in_force([n for n in ds.norms if (n["activity"], n["territory"]) == (activity, territory)], year)
        if row:
            return row
    return None


def norm(ds, d):
    for content in ds.contents[d[:2]]:
        row = norm_of(ds, content["activity"], ds.funds[d.fund]["level"], d.start)
        if not row:
            continue
        support, cost = content.money("support"), content.money("total_cost", may=True)
        cap, percent = row.money("cap", may=True), row.share("percent", may=True)
        if cap is not None and support > cap * content.whole("quantity"):
            return f"{content['content']}: {millions(support)} passes {content['quantity']} × {millions(cap)}"
        if None not in (percent, cost) and support * WHOLE > percent * cost:
            return f"{content['content']}: {millions(support)} passes {row['percent']} of {millions(cost)}"
    return None


def counterpart(ds, d):
    return "no counterpart is committed" if ds.projects[d.project]["counterpart_committed"] == "no" else None


def other_state_source(ds, d):
    return "another state source pays" if ds.projects[d.project]["other_state_source"] == "yes" else None


def definition(ds, d):
    project = ds.projects[d.project]
    row = in_force([row for row in ds.definitions if row["kind"] == project["kind"]], d.start)
    have = {
        "contents": len({content["activity"] for content in ds.contents[d[:2]]}),
        "beneficiaries": project.whole("beneficiaries", may=True),
        "years": len(ds.profile(d.project)),
    }
    for what, number in have.items() if row else ():
        least, most = row.whole(f"least_{what}", may=True), row.whole(f"most_{what}", may=True)
        if number is not None and (number < (least or 0) or most is not None and number > most):
            return f"{number} {what}: no {row['kind']} project"
    return None


def least_grant(row):
    select, least = row.selector(), row.money("least")

    def gate(ds, d):
        granted = ds.support(*d[:2])
        return f"{millions(granted)} is below {millions(least)}" if granted < least and select.selects(ds, d) else None
    return gate


# Rules of the facts: each takes the dataset and the decisions of the plan ------------------------

def once(ds, plan):
    for project, rows in Counter(d.project for d in plan).items():
        if rows > 1:
            yield f"{project} stands {rows} times"


def ceiling(ds, plan):
    for case, spent in tally(ds, plan, ["year", "fund"], "money").items():
        if spent > (most := ds.ceilings(*case[:2])):
            yield f"{named(case)}: {millions(spent)} of {millions(most)}"


def commitment(ds, plan):
    for project, promise in ds.commitments.items():
        if promise not in plan:
            yield f"{project} is not funded as promised: {', '.join(map(str, promise[1:]))}"


def prerequisite(ds, plan):
    taken = {d.project: d for d in plan}
    for row in ds.relations:
        if row["relation"] not in ("requires_started", "requires_completed") or row["project"] not in taken:
            continue
        d, others = taken[row["project"]], [(code, taken.get(code)) for code in row.several("others")]
        for code, other in others:
            ready = other and (other.start if row["relation"] == "requires_started" else ds.last_open(other) + 1)
            if not ready or ready > d.start:
                yield f"{d.project} starts in {d.start}: {row['relation']} {code}"


def exclusion(ds, plan):
    taken = {d.project for d in plan}
    for row in ds.relations:
        funded = [code for code in row.several("others") if code in taken]
        if row["relation"] == "excludes" and row["project"] in taken and funded:
            yield f"{row['project']} stands beside {', '.join(funded)}"
        if row["relation"] == "at_most" and len(set(funded)) > row.whole("most"):
            yield f"{', '.join(funded)}: more than {row['most']}"


def open_limit(ds, plan):
    for (unit, row), year in product(ds.units.items(), ds.years):
        most = row.whole("most_open", may=True)
        running = sum(d.unit == unit and d.start <= year <= ds.last_open(d) for d in plan)
        if most is not None and running > most:
            yield f"{unit}: {running} open in {year}, more than {most}"


def target(ds, plan, pool, row):
    select, counted = row.selector(), row.word("counted", "projects", "quantity")
    first, last = row.whole("from", may=True) or ds.years[0], row.whole("to", may=True) or ds.years[-1]

    def count(decisions):
        return sum(tally(ds, [d for d in decisions if first <= d.start <= last], [], counted, select).values())

    have, least, most = count(plan), row.whole("at_least", may=True), row.whole("at_most", may=True)
    if least is not None and have < least and count(pool):
        yield f"{row['target']}: {have} is below {least}"
    if most is not None and have > most:
        yield f"{row['target']}: {have} is above {most}"


# Rules of the policy: each takes the dataset, the plan, the admissible decisions and a row -------

def dimensions(row, column, *allowed):
    parts = row.several(column, "&")
    if not set(parts) <= set(allowed) or len(set(parts)) < len(parts):
        raise Unreadable(f"{row.where}, column {column}: “{row[column]}” may name {', '.join(allowed)}")
    return parts


def each_of(row):
    return dimensions(row, "each", "year", "fund", *PLACES)


def tally(ds, decisions, each, measure, *selectors):
    """What the decisions that all selectors select bring to each case of `each`: year, fund, group.
    Money falls in the year of payment, a count in the year of start. Cases that get nothing are absent."""
    totals = defaultdict(int)
    for d in decisions:
        group = ds.group(d, each)
        if group is None or not all(selector.selects(ds, d) for selector in selectors):
            continue
        count = selectors[0].quantity(ds, d) if measure == "quantity" else 1
        for year, part in ds.payments(d) if measure == "money" else [(d.start, count)]:
            totals[year if "year" in each else None, d.fund if "fund" in each else None, group] += part
    return {case: total for case, total in totals.items() if total}


def named(case):
    return ",".join(str(part) for part in (*case[:2], *case[2]) if part is not None) or "programme"


def size(ds, row, column, year=None, fund=None):
    """So many million đồng, or a share of the ceilings to the nearest đồng."""
    if row[column].endswith("%"):
        return nearest(row.share(column) * ds.ceilings(year, fund), WHOLE)
    return row.money(column)


def share(is_floor):
    def rule(ds, plan, pool, row):
        select, of, each = row.selector(), row.selector("of"), each_of(row)
        within, base = row.word("within", "no", "yes") == "yes", row.word("base", "spent", "ceiling")
        part = tally(ds, plan, each, "money", select, of)
        whole = tally(ds, plan, each if within else [e for e in each if e not in PLACES], "money", of)
        for case in tally(ds, pool, each, "money", select, of) if is_floor else part:
            have, total = part.get(case, 0), whole.get(case if within else (*case[:2], ()), 0)
            if base == "ceiling":
                total = ds.ceilings(*case[:2])
            beyond = have * WHOLE - row.share("share") * total
            if beyond < 0 if is_floor else beyond > 0:
                how = "below" if is_floor else "above"
                yield f"{named(case)}: {millions(have)} of {millions(total)} is {how} {row['share']}"
    return rule


def total_of(money, is_floor):
    def rule(ds, plan, pool, row):
        select, each = row.selector(), each_of(row)
        measure, show = ("money", millions) if money else (row.word("counted", "projects", "quantity"), str)
        have = tally(ds, plan, each, measure, select)
        for case in tally(ds, pool, each, measure, select) if is_floor else have:
            limit = size(ds, row, "amount", *case[:2]) if money else row.whole("count")
            found = have.get(case, 0)
            if found < limit if is_floor else found > limit:
                yield f"{named(case)}: {show(found)} is {'below' if is_floor else 'above'} {show(limit)}"
    return rule


def start_limit(ds, plan, pool, row):
    for case, starts in tally(ds, plan, ["year", *each_of(row)], "projects", row.selector()).items():
        if starts > row.whole("most"):
            yield f"{named(case)}: {starts} starts, more than {row['most']}"


def focal_points(ds, plan, pool, row):
    by, yearly, select = dimensions(row, "by", *PLACES), dimensions(row, "each", "year"), row.selector()
    most, fewest = row.whole("most", may=True), row.whole("critical_count", may=True)
    for year in ds.years if yearly else [None]:
        opened = defaultdict(list)
        for d in plan:
            if (year is None or d.start <= year <= ds.last_open(d)) and select.selects(ds, d):
                opened[ds.group(d, by)].append(d)
        opened.pop(None, None)
        if most is not None and len(opened) > most:
            yield f"{year or 'programme'}: {len(opened)} opened, more than {most}"
        critical = size(ds, row, "critical", year) if row.get("critical") else 0
        for group, members in opened.items():
            spent, case = sum(ds.spent(d, year) for d in members), named((year, None, group))
            if spent < critical:
                yield f"{case}: {millions(spent)} is below {millions(critical)}"
            if fewest is not None and len(members) < fewest:
                yield f"{case}: {len(members)} funded, fewer than {fewest}"


def top_share(ds, plan, pool, row):
    by, each = dimensions(row, "by", *PLACES), dimensions(row, "each", "year")
    select, largest = row.selector(), row.whole("largest")
    least, most = row.share("at_least", may=True), row.share("at_most", may=True)
    groups, able = (tally(ds, some, each + by, "money", select) for some in (plan, pool))
    for case, spent in tally(ds, plan, each, "money", select).items():
        of_case = [total for (year, _, _), total in groups.items() if year == case[0]]
        top = sum(sorted(of_case, reverse=True)[:largest])
        found = f"{named(case)}: {millions(top)} of {millions(spent)}"
        if least is not None and top * WHOLE < least * spent and any(year == case[0] for year, _, _ in able):
            yield f"{found} is below {row['at_least']}"
        if most is not None and top * WHOLE > most * spent:
            yield f"{found} is above {row['at_most']}"


GATES = (window, completion, eligibility, norm, counterpart, other_state_source, definition)
FACTS = (once, ceiling, commitment, prerequisite, exclusion, open_limit)
POLICY = {  # the rule, and the columns of its table beside `basis`
    "minimum_share": (share(is_floor=True), "select of base each within share"),
    "maximum_share": (share(is_floor=False), "select of base each within share"),
    "minimum_count": (total_of(money=False, is_floor=True), "select counted each count"),
    "maximum_count": (total_of(money=False, is_floor=False), "select counted each count"),
    "minimum_money": (total_of(money=True, is_floor=True), "select each amount"),
    "maximum_money": (total_of(money=True, is_floor=False), "select each amount"),
    "focal_points": (focal_points, "by select each most critical critical_count"),
    "top_share": (top_share, "by select each largest at_least at_most"),
    "start_limit": (start_limit, "select each most"),
    "least_grant": (least_grant, "select least"),
}


# The model, the plan, the audit ------------------------------------------------------------------

class Model:
    """A model folder: how benefit is measured, and the rows of each rule chosen."""

    def __init__(self, folder, ds):
        about = Row(read_toml(folder / "model.toml"))
        about.where = "model.toml"
        benefit = Row(about["benefit"])
        benefit.where = "model.toml, [benefit]"
        self.held = about.word("targets", "held", "reported") == "held"
        self.basis = benefit.word("basis", "per_support", "per_project", "outcome:jobs", "outcome:beneficiaries")
        self.strength, self.default = benefit.share("advantage_strength"), benefit["default_score"]
        self.delays = [WHOLE]  # by year of the programme
        for _ in ds.years[1:]:
            self.delays.append(nearest(self.delays[-1] * (WHOLE - benefit.share("delay_a_year")), WHOLE))
        weights = keyed(read_table(folder / "weights.csv"), "criterion")
        self.weights = {ds.criteria[code]["criterion"]: row.whole("weight") for code, row in weights.items()}
        if not sum(self.weights.values()):
            raise Unreadable(f"{folder / 'weights.csv'}: no criterion has a weight")
        self.rules = []
        for path in sorted(folder.glob("*.csv")):
            if path.stem not in (*POLICY, "weights"):
                raise Unreadable(f"{path}: there is no rule of this name to check")
            rule, columns = POLICY.get(path.stem, (None, ""))
            for number, row in enumerate(read_table(path) if rule else [], 1):
                only(row, *columns.split(), "basis")
                self.rules.append((f"{path.stem} row {number}", rule, row))

    def benefit(self, ds, d):
        """Thousandths of a point: merit × advantage × delay × size × what the variant keeps."""
        project, scores, shares = ds.projects[d.project], ds.scores.get(d.project), ds.variants[d.project]
        weighted = 0
        for code, weight in self.weights.items():
            score = scores.whole(code, may=True) if scores else None
            weighted += weight * (self.default if score is None else score)
        merit = nearest(100 * weighted, sum(self.weights.values()))
        advantage = WHOLE + nearest(self.strength * (ds.advantage(d.project) or 0), WHOLE)
        measured, unit = 1, 1
        if self.basis == "per_support":
            full = "full" if "full" in shares else max(shares, key=shares.get)
            measured, unit = ds.support(d.project, full), MILLION
        elif self.basis != "per_project":
            measured = project.whole(self.basis.removeprefix("outcome:"), may=True) or 0
        factors = merit * advantage * self.delays[d.start - ds.years[0]] * shares[d.variant] * measured
        return nearest(10 * factors, WHOLE**3 * unit)  # merit is in hundredths of a point


def only(row, *columns):
    if unknown := set(row) - set(columns):
        raise Unreadable(f"{row.where}: unknown columns {', '.join(sorted(unknown))}")


def read_plan(ds, path):
    """The rows with the decision of each, and what is wrong with those that name none."""
    pairs, wrong = [], []
    for row in read_table(path):
        only(row, *Decision._fields, "support", "benefit", *map(str, ds.years))
        unit = "" if row.get("unit") == "unknown" else row.get("unit", "")
        d = Decision(row["project"], row["variant"], row["fund"], row.whole("start"), unit)
        if cause := ds.missing(d):
            wrong.append(f"{row.where}: {cause}")
        else:
            pairs.append((row, d))
    return pairs, wrong


def figures(ds, model, pairs):
    """Amounts and benefits that are written, and are not what the dataset gives."""
    for row, d in pairs:
        right = {str(year): (ds.spent(d, year), 6) for year in ds.years}
        right |= {"support": (ds.spent(d), 6), "benefit": (model.benefit(ds, d), 3)}
        for column, (value, places) in right.items():
            written = row.figure(lambda text: scaled(text, places), column, may=True)
            if written not in (None, value):
                yield f"{d.project}, column {column}: {row[column]} is written, {plain(value, places)} is right"


def refused(ds, plan, gate):
    for d in plan:
        if d != ds.commitments.get(d.project) and (cause := gate(ds, d)):
            yield f"{d.project}: {cause}"


def audit(ds, model, path):
    """Every check with its breaches, the targets that are only reported, the decisions of the plan."""
    pairs, wrong = read_plan(ds, path)
    plan = [d for _, d in pairs]
    gates = [(gate.__name__, gate) for gate in GATES]
    gates += [(label, rule(row)) for label, rule, row in model.rules if rule is least_grant]
    pool = list(ds.commitments.values())
    for project in (code for code in ds.projects if code not in ds.commitments):
        pool += [d for d in ds.decisions(project) if not any(gate(ds, d) for _, gate in gates)]
    targets = [(f"targets row {number}", target(ds, plan, pool, row)) for number, row in enumerate(ds.targets, 1)]
    checks = [("plan", wrong), ("figures", figures(ds, model, pairs))]
    checks += [(label, refused(ds, plan, gate)) for label, gate in gates]
    checks += [(rule.__name__, rule(ds, plan)) for rule in FACTS]
    checks += [(label, rule(ds, plan, pool, row)) for label, rule, row in model.rules if rule is not least_grant]
    held, reported = (checks + targets, []) if model.held else (checks, targets)
    return *([(label, list(breaches)) for label, breaches in some] for some in (held, reported)), plan


def main():
    parser = argparse.ArgumentParser(description="Hold a plan to every rule, from the files alone.")
    for name in ("dataset", "model", "plan"):
        parser.add_argument(name, type=Path)
    parser.add_argument("--quiet", action="store_true", help="print breaches only")
    options = parser.parse_args()
    try:
        ds = Dataset(options.dataset)
        checks, reported, plan = audit(ds, Model(options.model, ds), options.plan)
    except (Unreadable, OSError, ValueError, csv.Error) as error:
        print(f"cannot be read: {error}", file=sys.stderr)
        return 2
    except KeyError as error:
        print(f"cannot be read: there is no {error}", file=sys.stderr)
        return 2
    lines = [f"{label}: {breach}" for label, breaches in checks for breach in breaches]
    breaches = len(lines)
    if not options.quiet:
        lines += [f"{label}, reported only: {miss}" for label, misses in reported for miss in misses]
        spent, ceilings = sum(map(ds.spent, plan)), ds.ceilings()
        part = plain(nearest(1000 * spent, ceilings), 1) if ceilings else 0
        found = f"{breaches} breach{'es' if breaches > 1 else ''}" if breaches else "no breach"
        money = f"spent {millions(spent)} of {millions(ceilings)} million đồng ({part}%)"
        lines.append(f"{len(checks)} checks, {found}; {money}")
    print("".join(f"{line}\n" for line in lines), end="")
    return 1 if breaches else 0


if __name__ == "__main__":
    sys.exit(main())
