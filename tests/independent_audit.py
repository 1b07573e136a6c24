#!/usr/bin/env python3
"""An independent check of a plan: every rule, recomputed from the files alone.

    python3 tests/independent_audit.py DATASET MODEL PLAN.csv [--quiet] [--money]

It shares nothing with the program but the files: a dataset folder, a model folder, a plan. It reads
them by the words of the manuals, uses Python's standard library only, and counts in whole đồng, basis
points and thousandths of a point. Nothing is solved; nothing is rounded but where a manual says so.

A plan is held to every gate, every rule of the facts and each row of the model's tables; its amounts and
benefits are computed anew. A floor that no admissible decision can serve does not apply, so every
candidate decision is judged as well. Soft rules are no breach: what they miss is counted at its price.
Where a `plan.json` stands beside the plan, what it says of benefit, penalty, weights, tiers, cuts, money
and refused candidates is compared. `--money` prints how the money of each fund was reckoned.

Exit code: 0 no breach; 1 one line for each breach; 2 something cannot be read.
"""

import argparse
import csv
import io
import json
import math
import operator
import re
import sys
import unicodedata
from collections import Counter, defaultdict, namedtuple
from decimal import Decimal, localcontext
from fractions import Fraction
from functools import lru_cache, partial, partialmethod
from itertools import product
from pathlib import Path

MILLION, WHOLE = 10**6, 10**4  # đồng; basis points
TABLES = set("""projects contents variants criteria scores funds eligibility ceilings areas sectors activities
    implementers norms definitions structure quotients advantage relations commitments targets mixes
    earlier_grants recognitions""".split())
PLACES = ("area", "zone", "sector", "cell", "unit")
LEVELS = ("national", "local", "combined")
Decision = namedtuple("Decision", "project variant source start unit")  # unit: "" if nobody is named
Cut = namedtuple("Cut", "project variant content asked granted")
Breach = namedtuple("Breach", "text size money", defaults=(1, False))  # size: a number, or đồng


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

    def ratio(self, column, may=False):
        """A ratio such as `1.5`, in ten-thousandths."""
        return self.figure(partial(scaled, places=4), column, may)

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
        optional = ("eligibility", "norms", "definitions", "relations", "targets", "earlier_grants", "recognitions")
        (self.eligibility, self.norms, self.definitions, self.relations, self.targets, self.earlier_grants,
         self.recognitions) = (tables.get(name, []) for name in optional)
        rows = keyed(tables["ceilings"], "fund", "year")
        self.ceiling = {(f, y): rows[f, str(y)].money("amount") for f, y in product(self.funds, self.years)}
        self.whole_ceiling = {f: rows[f, ""].money("amount") for f in self.funds if (f, "") in rows}
        self.sources = {fund: [(fund, WHOLE)] for fund in self.funds}  # by code: funds and their shares
        for row in tables.get("mixes", []):
            self.sources.setdefault(row["mix"], []).append((row["fund"], row.share("share")))
        for source, parts in self.sources.items():
            if sum(part for _, part in parts) != WHOLE or not {fund for fund, _ in parts} <= set(self.funds):
                raise Unreadable(f"mixes: the parts of {source} are not 100% of known funds")
        self.cuts = []
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
        parts = product(self.variants[project], self.sources, self.years, self.units_of(project))
        return [Decision(project, *part) for part in parts]

    def missing(self, d):
        """What no table names in a decision."""
        if d.project not in self.projects:
            return f"there is no project “{d.project}”"
        known = (self.variants[d.project], self.sources, self.years, self.units_of(d.project))
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
    def cost(self, project, variant):
        """The total cost of all contents; None if any is unknown."""
        costs = [content.money("total_cost", may=True) for content in self.contents[project, variant]]
        return None if None in costs else sum(costs)

    @lru_cache(None)
    def payments(self, d):
        """Year, fund and amount: the support over the years, then each year's part over the funds, rounded
        down to the đồng, the last taking the remainder; what lies after the programme is left out."""
        support = self.support(d.project, d.variant)
        parts = [support * percent // 100 for percent in self.profile(d.project)[:-1]]
        parts.append(support - sum(parts))
        found, of_source = [], self.sources[d.source]
        for age, part in enumerate(parts):
            of_funds = [part * share // WHOLE for _, share in of_source[:-1]]
            of_funds.append(part - sum(of_funds))
            found += [(d.start + age, fund, own) for (fund, _), own in zip(of_source, of_funds) if own]
        return [payment for payment in found if payment[0] in self.years]

    def spent(self, d, year=None, fund=None):
        return sum(part for y, f, part in self.payments(d) if year in (None, y) and fund in (None, f))

    @lru_cache(None)
    def comes_back(self, d):
        """Year, fund and amount of what is repaid: of each payment its percentage, rounded down."""
        found = []
        for year, fund, part in self.payments(d):
            rates = [whole_number(rate) for rate in self.funds[fund].several("repaid", "|")]
            found += [(year + age, fund, part * rate // 100) for age, rate in enumerate(rates, 1)]
        return [payment for payment in found if payment[0] in self.years]

    def repaid(self, d, year, fund):
        return sum(part for y, f, part in self.comes_back(d) if year in (None, y) and f == fund)

    def managed(self, fund, ceiling):
        """What managing the programme takes of a ceiling, rounded up to the đồng."""
        return -(-(self.funds[fund].share("management", may=True) or 0) * ceiling // WHOLE)

    def ceilings(self, year=None, fund=None, select=None):
        """The ceilings of a year and a fund together; None is all of them."""
        return sum(most for (f, y), most in self.ceiling.items()
                   if year in (None, y) and fund in (None, f) and (select is None or select.pays(self, f, y)))

    def cut_to_norms(self):
        """Cuts each content to the most that a norm allows in any year of the project's window and from
        any fund; promised projects keep what was promised."""
        for (project, variant), contents in self.contents.items():
            row = self.projects[project]
            window = [year for year in self.years
                      if max(row.whole("first_start"), self.open_from) <= year <= row.whole("last_start")]
            for content in contents if project not in self.commitments else ():
                most = [allowed(self, project, content, norm_of(self, content["activity"], level, year))
                        for year in window for level in {fund["level"] for fund in self.funds.values()}]
                asked = content.money("asked" if "asked" in content else "support")
                if most and None not in most and asked > max(most):
                    content["asked"], content["support"] = millions(asked), millions(max(most))
                    self.cuts.append(Cut(project, variant, content["content"], asked, max(most)))

    def score(self, project, criterion):
        """From 0 to 100; None is unknown."""
        return self.scores[project].whole(criterion, may=True) if project in self.scores else None

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
                excess[key] = Fraction(sum(weight * quotient for weight, quotient in own), weight)
        most = defaultdict(Fraction)
        for (_, sector), own in excess.items():
            most[sector] = max(most[sector], own)
        scale = lambda own, most: math.floor(max(own, 0) / most * WHOLE + Fraction(1, 2)) if most else 0
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
                quotient = (quotient - 1) / (quotient + 1)
            if not math.isnan(quotient):
                excess = quotient if kind in ("share", "symmetric") else quotient - 1
                found[place, sector] = Fraction(math.floor(excess * MILLION + 0.5), MILLION)
        return found

    def group(self, d, each):
        """The decision's places and unit among `each`; None if it lacks one."""
        area, zone, _, sector = self.place(d.project)
        of = {"area": [area], "zone": [zone], "sector": [sector], "cell": [area, sector], "unit": [d.unit or "none"]}
        group = tuple(value for dimension in each for value in of.get(dimension, []))
        return None if "none" in group else group


class Selector:
    """Tests joined by `&`; a project is selected if any of its contents satisfies them all. Tests of
    fund, level and year look at payments: what a fund pays in a year."""

    FIGURES = {"advantage": percentage, "support": amount, "jobs": whole_number, "year": whole_number}
    NAMES = ("project", "kind", "tag", "group", "activity", "zone", "area", "class", "sector", "unit",
             "beneficiary_type", "counterpart", "fund", "level")
    ORDERS = {"=": operator.eq, "!=": operator.ne, ">=": operator.ge, "<=": operator.le,
              ">": operator.gt, "<": operator.lt}

    def __init__(self, text):
        self.of_projects, self.of_payments, self.known = [], [], {}
        for part in filter(None, map(str.strip, text.split("&"))):
            found = re.fullmatch(r"(\w+)\s*(!=|>=|<=|=|>|<)(.+)", part)
            key, order, values = found.groups() if found else ("", "", "")
            values = [value.strip() for value in values.split("|")]
            of_names = key in self.NAMES and order in ("=", "!=")
            of_figures = key in self.FIGURES and (order in ("=", "!=") or len(values) == 1)
            if not (of_names or of_figures) or "" in values:
                raise Unreadable(f"“{part}” is no test of a selector")
            tests = self.of_payments if key in ("fund", "level", "year") else self.of_projects
            tests.append((key, order, [self.FIGURES.get(key, str)(value) for value in values]))

    def holds(self, ds, d, content):
        return all(self.test(ds, d, content, *test) for test in self.of_projects)

    def figure(self, found, order, values):
        over = all if order == "!=" else any  # none of the alternatives, or any of them
        return found is not None and over(self.ORDERS[order](found, value) for value in values)

    def test(self, ds, d, content, key, order, values):
        project = ds.projects[d.project]
        if key in self.FIGURES:
            figure = (ds.advantage(d.project) if key == "advantage" else
                      ds.support(*d[:2]) if key == "support" else project.whole("jobs", may=True))
            return self.figure(figure, order, values)
        if key in ("tag", "group"):
            found = project.several(f"{key}s")
        elif key in ("area", "zone", "class", "sector"):
            found = [ds.place(d.project)[("area", "zone", "class", "sector").index(key)]]
        else:
            found = [{"activity": content["activity"], "unit": d.unit or "none",
                      "counterpart": project["counterpart_committed"]}.get(key) or project[key]]
        return any(value in values for value in found) == (order == "=")

    def of_project(self, ds, d):
        """What no payment is asked for; it is the same in every year and from every fund."""
        key = (d.project, d.variant, d.unit)
        if key not in self.known:
            self.known[key] = any(self.holds(ds, d, content) for content in ds.contents[d[:2]])
        return self.known[key]

    def pays(self, ds, fund, year):
        found = {"fund": fund, "level": ds.funds[fund]["level"], "year": year}
        return all(self.figure(found[key], order, values) for key, order, values in self.of_payments)

    def selects(self, ds, d):
        """As a count does: by the year of start, and each test of fund or level by any fund that pays some
        of it; `!=` means that none of these funds is among the alternatives."""
        def holds(key, order, values):
            if key == "year":
                return self.figure(d.start, order, values)
            found = [fund if key == "fund" else ds.funds[fund]["level"] for fund, _ in ds.sources[d.source]]
            return any(value in values for value in found) == (order == "=")
        return self.of_project(ds, d) and all(holds(*test) for test in self.of_payments)

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
    kind, area_class = ds.projects[d.project]["kind"], ds.place(d.project)[2]

    def matches(row, content):
        by_class = area_class == "unknown" or row.get("area_class", "") in ("", area_class)
        return by_class and row.get("activity", "") in ("", content["activity"]) and row.get("kind", "") in ("", kind)

    for fund, _ in ds.sources[d.source]:
        rows = [row for row in ds.eligibility if row["fund"] == fund]
        no = [content["content"] for content in ds.contents[d[:2]] if not any(matches(row, content) for row in rows)]
        if rows and no:
            return f"{fund} may not pay for {'; '.join(no)}"
    return None


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


def allowed(ds, project, content, row):
    """The most that a norm allows for a content, rounded down to the đồng; None is any amount."""
    if not row:
        return None
    cap, percent = row.money("cap", may=True), row.share("percent", may=True)
    cost, found = content.money("total_cost", may=True), []
    if cap is not None:
        difficult = ds.place(project)[2] in ("difficult", "specially_difficult")
        factor = (row.ratio("difficult_factor", may=True) if difficult else None) or WHOLE
        found.append(cap * content.whole("quantity") * factor // WHOLE)
    if None not in (percent, cost):
        found.append(percent * cost // WHOLE)
    return min(found, default=None)


def norm(ds, d):
    for content, (fund, _) in product(ds.contents[d[:2]], ds.sources[d.source]):
        row = norm_of(ds, content["activity"], ds.funds[fund]["level"], d.start)
        most, support = allowed(ds, d.project, content, row), content.money("support")
        if most is not None and support > most:
            return f"{content['content']}: {millions(support)} passes the norm's {millions(most)}"
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


def least_instalment(row):
    select, least = row.selector(), row.money("least")

    def gate(ds, d):
        paid = {year: ds.spent(d, year) for year, _, _ in ds.payments(d)} if select.selects(ds, d) else {}
        small = [f"{millions(part)} in {year}" for year, part in paid.items() if part < least]
        return f"{', '.join(small)} is below {millions(least)}" if small else None
    return gate


def least_score(row):
    select, criterion, least = row.selector(), row["criterion"], row.whole("least")

    def gate(ds, d):
        score = ds.score(d.project, criterion)
        low = score is not None and score < least and select.selects(ds, d)
        return f"{criterion} of {score} is below {least}" if low else None
    return gate


def pass_mark(row):
    select, least = row.selector(), row.whole("least")
    card = dict(part.split("=") for part in row.several("weights"))

    def gate(ds, d):
        weights = {code.strip(): whole_number(weight.strip()) for code, weight in card.items()}
        weights = weights or dict.fromkeys(ds.criteria, 1)
        scores = {code: ds.score(d.project, code) for code, weight in weights.items() if weight}
        if None in scores.values() or not select.selects(ds, d):
            return None
        marked = sum(weights[code] * score for code, score in scores.items())
        return f"its scores are below {least}" if marked < least * sum(weights.values()) else None
    return gate


def fund_part(row):
    select, level = row.selector(), row.word("level", *LEVELS)
    least, most = row.share("at_least", may=True), row.share("at_most", may=True)

    def gate(ds, d):
        part = sum(share for fund, share in ds.sources[d.source] if ds.funds[fund]["level"] == level)
        outside = least is not None and part < least or most is not None and part > most
        return f"{level} money pays {plain(part, 2)}%" if outside and select.selects(ds, d) else None
    return gate


# Rules of the facts: each takes the dataset and the decisions of the plan ------------------------

def once(ds, plan):
    for project, rows in Counter(d.project for d in plan).items():
        if rows > 1:
            yield f"{project} stands {rows} times"


def ceiling(ds, plan):
    """A fund without carry-over, year by year; a ceiling of the whole programme, whatever the fund."""
    for fund, row in ds.funds.items():
        lapses = not row.get("carried_over", "")
        limits = [(y, ds.ceiling[fund, y]) for y in ds.years] if lapses else []
        limits += [(None, ds.whole_ceiling[fund])] if fund in ds.whole_ceiling else []
        for year, most in limits:
            room = most - ds.managed(fund, most) + sum(ds.repaid(d, year, fund) for d in plan)
            spent = sum(ds.spent(d, year, fund) for d in plan)
            if spent > room:
                yield f"{fund},{year or 'programme'}: {millions(spent)} of {millions(room)}"


def reckoned(ds, plan, fund):
    """The money of a fund that carries over, year by year: what it has of each year, what it spends."""
    row, left = ds.funds[fund], {}
    share, expires = row.share("carried_over"), row.whole("expires_after")
    carries = row.word("repayments_carry", "no", "yes") == "yes"
    for year in ds.years:
        own = ds.ceiling[fund, year] - ds.managed(fund, ds.ceiling[fund, year])
        repaid = sum(ds.repaid(d, year, fund) for d in plan)
        spent = sum(ds.spent(d, year, fund) for d in plan)
        left = {of: money for of, money in left.items() if year - of <= expires}
        left[year] = own + (repaid if carries else 0)
        have, need = dict(left), spent if carries else max(0, spent - repaid)
        for of in sorted(left):
            used = min(left[of], need)
            left[of], need = left[of] - used, need - used
        yield year, own, repaid, have, spent, need
        left = {of: money * share // WHOLE for of, money in left.items()}


def carry_over(ds, plan):
    for fund, row in ds.funds.items():
        for year, _, _, have, spent, beyond in reckoned(ds, plan, fund) if row.get("carried_over", "") else ():
            if beyond:
                yield f"{fund},{year}: {millions(spent)} spent, {millions(beyond)} more than there is ({have})"


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


def capacity(column, of_project):
    def rule(ds, plan):
        for (unit, row), year in product(ds.units.items(), ds.years):
            most = row.whole(column, may=True)
            running = [d for d in plan if d.unit == unit and d.start <= year <= ds.last_open(d)]
            if most is not None and (taken := sum(of_project(ds, d) for d in running)) > most:
                yield f"{unit}: {taken} in {year}, more than {most}"
    return rule


open_limit = capacity("most_open", lambda ds, d: 1)
staff_months = capacity("staff_months", lambda ds, d: ds.projects[d.project].whole("staff_months"))


def target(ds, plan, pool, row):
    select, counted = row.selector(), row.word("counted", "projects", "quantity")
    first, last = row.whole("from", may=True) or ds.years[0], row.whole("to", may=True) or ds.years[-1]

    def count(decisions):
        return sum(tally(ds, [d for d in decisions if first <= d.start <= last], [], counted, select).values())

    have, least, most = count(plan), row.whole("at_least", may=True), row.whole("at_most", may=True)
    if least is not None and have < least and count(pool):
        yield Breach(f"{row['target']}: {have} is below {least}", least - have)
    if most is not None and have > most:
        yield Breach(f"{row['target']}: {have} is above {most}", have - most)


# Rules of the policy: each takes the dataset, the plan, the admissible decisions and a row -------

def dimensions(row, column, *allowed):
    parts = row.several(column, "&")
    if not set(parts) <= set(allowed) or len(set(parts)) < len(parts):
        raise Unreadable(f"{row.where}, column {column}: “{row[column]}” may name {', '.join(allowed)}")
    return parts


def each_of(row, *allowed):
    return dimensions(row, "each", *(allowed or ("year", "fund", *PLACES)))


def cases(ds, d, each, select):
    """The cases of `each` in which a count takes a decision in: year of start, each fund that pays, group."""
    group = ds.group(d, each)
    if group is None or not select.selects(ds, d):
        return []
    funds = [fund for fund, _ in ds.sources[d.source]] if "fund" in each else [None]
    return [(d.start if "year" in each else None, fund, group) for fund in funds]


def tally(ds, decisions, each, measure, *selectors):
    """What the decisions that the selectors select bring to each case of `each`: year, fund, group. Money
    falls in the year of payment, a count (of one selector) in that of the start. Empty cases are absent."""
    totals = defaultdict(int)
    for d in decisions:
        if measure != "money":
            for case in cases(ds, d, each, selectors[0]):
                totals[case] += selectors[0].quantity(ds, d) if measure == "quantity" else 1
            continue
        group = ds.group(d, each)
        if group is None or not all(selector.of_project(ds, d) for selector in selectors):
            continue
        for year, fund, part in ds.payments(d):
            if all(selector.pays(ds, fund, year) for selector in selectors):
                totals[year if "year" in each else None, fund if "fund" in each else None, group] += part
    return {case: total for case, total in totals.items() if total}


def named(case):
    return ",".join(str(part) for part in (*case[:2], *case[2]) if part is not None) or "programme"


def size(ds, row, column, select, year=None, fund=None):
    """So many million đồng, or a share of the ceilings, selected alike, to the nearest đồng."""
    if row[column].endswith("%"):
        return nearest(row.share(column) * ds.ceilings(year, fund, select), WHOLE)
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
                total = ds.ceilings(*case[:2], of)
            beyond = have * WHOLE - row.share("share") * total
            if beyond < 0 if is_floor else beyond > 0:
                how = "below" if is_floor else "above"
                text = f"{named(case)}: {millions(have)} of {millions(total)} is {how} {row['share']}"
                yield Breach(text, Fraction(abs(beyond), WHOLE), True)
    return rule


def total_of(money, is_floor):
    def rule(ds, plan, pool, row):
        select, each = row.selector(), each_of(row)
        measure, show = ("money", millions) if money else (row.word("counted", "projects", "quantity"), str)
        have = tally(ds, plan, each, measure, select)
        for case in tally(ds, pool, each, measure, select) if is_floor else have:
            limit = size(ds, row, "amount", select, *case[:2]) if money else row.whole("count")
            found = have.get(case, 0)
            if found < limit if is_floor else found > limit:
                how = "below" if is_floor else "above"
                yield Breach(f"{named(case)}: {show(found)} is {how} {show(limit)}", abs(found - limit), money)
    return rule


def start_limit(ds, plan, pool, row):
    each = ["year", *each_of(row, "fund", *PLACES)]
    for case, starts in tally(ds, plan, each, "projects", row.selector()).items():
        if starts > row.whole("most"):
            yield Breach(f"{named(case)}: {starts} starts, more than {row['most']}", starts - row.whole("most"))


def maximum_open(ds, plan, pool, row):
    select, each, most = row.selector(), each_of(row, "fund", *PLACES), row.whole("most")
    for year in ds.years:
        running = [d for d in plan if d.start <= year <= ds.last_open(d)]
        for case, number in Counter(case for d in running for case in cases(ds, d, each, select)).items():
            if number > most:
                yield Breach(f"{year},{named(case)}: {number} open, more than {most}", number - most)


def mobilised_money(ds, plan, pool, row):
    select, each, least = row.selector(), each_of(row), row.ratio("least")
    support, other = defaultdict(int), defaultdict(int)
    for d in plan:
        for case in cases(ds, d, each, select):
            own, cost = ds.support(*d[:2]), ds.cost(*d[:2])
            support[case] += own
            other[case] += 0 if cost is None else cost - own
    for case, own in support.items():
        if (short := least * own - other[case] * WHOLE) > 0:
            text = f"{named(case)}: {millions(other[case])} beside {millions(own)} is below {row['least']}"
            yield Breach(text, Fraction(short, WHOLE), True)


def steadiness(ds, plan, pool, row):
    each, change = each_of(row, "fund", *PLACES), row.share("change")
    first = max(row.whole("from", may=True) or 0, ds.years[0] + 1)
    spent = tally(ds, plan, ["year", *each], "money", row.selector())
    for _, *case in sorted({(None, *case[1:]) for case in spent}, key=str):
        for year in range(first, ds.years[-1] + 1):
            before, now = spent.get((year - 1, *case), 0), spent.get((year, *case), 0)
            if (beyond := abs(now - before) * WHOLE - change * before) > 0:
                text = f"{named((year, *case))}: {millions(now)} after {millions(before)}"
                yield Breach(text, Fraction(beyond, WHOLE), True)


def proportional_share(ds, plan, pool, row):
    by, select, weight = row.word("by", "zone", "area"), row.selector(), row.word("weight", "people", "km2", "areas")
    able = tally(ds, [d for code in ds.projects for d in ds.decisions(code)], [by], "money", select)
    weigh = {"people": lambda area: area.whole("people"), "areas": lambda area: 1,
             "km2": lambda area: area.figure(partial(scaled, places=2), "km2")}[weight]
    weights = {}
    for _, _, (place,) in able:
        areas = [area for name, area in ds.areas.items() if place == (name if by == "area" else area["zone"])]
        weights[place] = sum(map(weigh, areas))
    whole, spent = sum(weights.values()), tally(ds, plan, [by], "money", select)
    total, admissible = sum(spent.values()), tally(ds, pool, [by], "money", select)
    least, most = row.ratio("at_least", may=True), row.ratio("at_most", may=True)
    for place, own in weights.items() if total else ():
        case = (None, None, (place,))
        have, text = spent.get(case, 0), f"{place}: {millions(spent.get(case, 0))} of {millions(total)}"
        if least is not None and case in admissible and (short := least * own // whole * total - have * WHOLE) > 0:
            yield Breach(f"{text} is too little", Fraction(short, WHOLE), True)
        largest = WHOLE if most is None else min(WHOLE, -(-most * own // whole))
        if (beyond := have * WHOLE - largest * total) > 0:
            yield Breach(f"{text} is too much", Fraction(beyond, WHOLE), True)


def grant_interval(ds, plan, pool, row):
    select, years, most = row.selector(), row.whole("years"), row.whole("most", may=True) or 1

    def starts(decisions):
        return [(ds.projects[d.project]["beneficiary"], d.start) for d in decisions if select.selects(ds, d)]

    granted, promised = starts(plan), starts(ds.commitments.values())
    earlier = [(grant["beneficiary"], grant.whole("year")) for grant in ds.earlier_grants]
    for who in sorted({who for who, _ in granted}):
        for first in range(ds.years[0] - years + 1, ds.years[-1] + 1):
            inside = lambda some: sum(w == who and first <= year < first + years for w, year in some)
            if (beyond := inside(granted) - max(most - inside(earlier), inside(promised))) > 0:
                yield Breach(f"{who}: {inside(granted)} in {first}–{first + years - 1}", beyond)


def follow_up(ds, plan, pool, row):
    select, within = row.selector(), row.whole("within")

    def follows(d, made):
        same = ds.projects[d.project]["beneficiary"] == made["beneficiary"]
        return same and 0 <= d.start - made.whole("year") <= within and select.selects(ds, d)

    def registered(d):
        project, promise = ds.projects[d.project], ds.commitments.get(d.project)
        return d == promise if promise else project.whole("first_start") <= d.start <= project.whole("last_start")

    candidates = [d for code in ds.projects for d in ds.decisions(code) if registered(d)]
    asked = [made for made in ds.recognitions if any(follows(d, made) for d in candidates)]
    least = -(-row.share("share") * len(asked) // WHOLE)
    followed = sum(any(follows(d, made) for d in plan) for made in asked)
    if followed < least and any(follows(d, made) for d in pool for made in asked):
        yield Breach(f"{followed} of {len(asked)} products are followed, fewer than {least}", least - followed)


def replication(ds, plan, pool, row):
    model, replica, by = row.selector("model"), row.selector("replica"), dimensions(row, "by", *PLACES)
    completed = row.word("after", "started", "completed") == "completed"
    models = [(ds.group(d, by), ds.last_open(d) + 1 if completed else d.start) for d in plan if model.selects(ds, d)]
    for d in plan:
        bound = replica.selects(ds, d) and not model.selects(ds, d) and d.project not in ds.commitments
        if bound and (group := ds.group(d, by)) is not None:
            if not any(own == group and ready <= d.start for own, ready in models):
                yield Breach(f"{d.project} starts in {d.start} without a model {row['after']}")


def focal_points(ds, plan, pool, row):
    by, each = dimensions(row, "by", *PLACES), each_of(row, "year", "area", "zone", "sector", "unit")
    select, most, fewest = row.selector(), row.whole("most", may=True), row.whole("critical_count", may=True)
    for year in ds.years if "year" in each else [None]:
        opened = defaultdict(lambda: defaultdict(list))
        for d in plan:
            here = year is None or d.start <= year <= ds.last_open(d)
            case, group = ds.group(d, each), ds.group(d, by)
            if here and None not in (case, group) and select.selects(ds, d):
                opened[case][group].append(d)
        critical = size(ds, row, "critical", select, year) if row.get("critical") else 0
        for case, groups in opened.items():
            name = named((year, None, case))
            if most is not None and len(groups) > most:
                yield Breach(f"{name}: {len(groups)} opened, more than {most}", len(groups) - most)
            for group, members in groups.items():
                spent = sum(tally(ds, members, ["year"], "money", select).get((y, None, ()), 0)
                            for y in ([year] if year else ds.years))
                if spent < critical:
                    text = f"{name},{named((None, None, group))}: {millions(spent)} is below {millions(critical)}"
                    yield Breach(text, critical - spent, True)
                if fewest is not None and len(members) < fewest:
                    text = f"{name},{named((None, None, group))}: {len(members)} funded, fewer than {fewest}"
                    yield Breach(text, fewest - len(members))


def top_share(ds, plan, pool, row):
    by, each = dimensions(row, "by", *PLACES), each_of(row, "year")
    select, largest = row.selector(), row.whole("largest")
    least, most = row.share("at_least", may=True), row.share("at_most", may=True)
    groups, able = (tally(ds, some, each + by, "money", select) for some in (plan, pool))
    for case, spent in tally(ds, plan, each, "money", select).items():
        of_case = [total for (year, _, _), total in groups.items() if year == case[0]]
        top = sum(sorted(of_case, reverse=True)[:largest])
        found = f"{named(case)}: {millions(top)} of {millions(spent)}"
        if least is not None and top * WHOLE < least * spent and any(year == case[0] for year, _, _ in able):
            yield Breach(f"{found} is below {row['at_least']}", Fraction(least * spent - top * WHOLE, WHOLE), True)
        if most is not None and top * WHOLE > most * spent:
            yield Breach(f"{found} is above {row['at_most']}", Fraction(top * WHOLE - most * spent, WHOLE), True)


GATES = (window, completion, eligibility, norm, counterpart, other_state_source, definition)
FACTS = {"once": once, "ceiling": ceiling, "carry_over": carry_over, "commitment": commitment,
         "prerequisite": prerequisite, "exclusion": exclusion, "open_limit": open_limit, "staff_months": staff_months}
POLICY_GATES = (least_grant, least_instalment, least_score, pass_mark, fund_part)
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
    "maximum_open": (maximum_open, "select each most"),
    "mobilised_money": (mobilised_money, "select each least"),
    "steadiness": (steadiness, "select each from change"),
    "proportional_share": (proportional_share, "by select weight at_least at_most"),
    "grant_interval": (grant_interval, "select years most"),
    "follow_up": (follow_up, "select within share"),
    "replication": (replication, "model replica by after"),
    "least_grant": (least_grant, "select least"),
    "least_instalment": (least_instalment, "select least"),
    "least_score": (least_score, "select criterion least"),
    "pass_mark": (pass_mark, "select weights least"),
    "fund_part": (fund_part, "select level at_least at_most"),
}


# The model, the plan, the audit ------------------------------------------------------------------

def centroids(ranks):
    """Rank-order centroid weights: of n criteria the one in place i weighs (1/i + … + 1/n) / n; those of
    one rank share the mean of their places. As the smallest whole numbers."""
    n = len(ranks)
    places = [sum((Fraction(1, k) for k in range(i, n + 1)), Fraction()) / n for i in range(1, n + 1)]
    order, found = sorted(ranks, key=ranks.get), {}
    for code in ranks:
        own = [place for other, place in zip(order, places) if ranks[other] == ranks[code]]
        found[code] = sum(own) / len(own)
    scale = math.lcm(*(weight.denominator for weight in found.values()))
    whole = {code: int(weight * scale) for code, weight in found.items()}
    return {code: weight // math.gcd(*whole.values()) for code, weight in whole.items()}


def eigenvector(times):
    """Weights from comparisons of pairs, in ten-thousandths, and their consistency ratio likewise."""
    codes = list(dict.fromkeys(code for pair in times for code in pair))
    n = len(codes)
    if len(times) != n * (n - 1) // 2:
        raise Unreadable("pairs.csv: not every pair is compared once")
    with localcontext() as context:
        context.prec = 60
        matrix = [[Decimal(1)] * n for _ in codes]
        for (one, other), ratio in times.items():
            i, j = codes.index(one), codes.index(other)
            matrix[i][j] = Decimal(ratio.numerator) / ratio.denominator
            matrix[j][i] = Decimal(ratio.denominator) / ratio.numerator
        vector, largest = [Decimal(1) / n] * n, Decimal(n)
        for _ in range(500):
            vector = [sum(times * part for times, part in zip(line, vector)) for line in matrix]
            largest = sum(vector)
            vector = [part / largest for part in vector]
        random_index = dict(enumerate(map(Decimal, "0 0 0.58 0.90 1.12 1.24 1.32 1.41 1.45 1.49".split()), 1))[n]
        ratio = (largest - n) / (n - 1) / random_index if n > 2 else Decimal()
        return {code: int(part * WHOLE + Decimal("0.5")) for code, part in zip(codes, vector)}, int(
            ratio * WHOLE + Decimal("0.5"))


class Model:
    """A model folder: how benefit is measured, and the rows of each rule chosen."""

    def __init__(self, folder, ds):
        about = Row(read_toml(folder / "model.toml"))
        about.where = "model.toml"
        benefit = Row(about["benefit"])
        benefit.where = "model.toml, [benefit]"
        self.held = about.word("targets", "held", "reported") == "held"
        if about.word("above_norm", "refuse", "cut") == "cut":
            ds.cut_to_norms()
        self.basis = benefit.word("basis", "per_support", "per_project", "outcome:jobs", "outcome:beneficiaries")
        self.strength, self.default = benefit.share("advantage_strength"), benefit["default_score"]
        self.delays = [WHOLE]  # by year of the programme
        for _ in ds.years[1:]:
            self.delays.append(nearest(self.delays[-1] * (WHOLE - benefit.share("delay_a_year")), WHOLE))
        self.weights, self.inconsistency = self.weighed(folder)
        if not set(self.weights) <= set(ds.criteria) or not sum(self.weights.values()):
            raise Unreadable(f"{folder}: weights of unknown criteria, or none")
        self.rules, self.tiers, self.prices = [], [], {}
        for path in sorted(folder.glob("*.csv")):
            rows = read_table(path)
            if path.stem == "tiers":
                self.tiers = sorted(rows, key=lambda row: row.whole("tier"))
            elif path.stem == "soft":
                self.prices = {key: row.figure(partial(scaled, places=3), "price")
                               for key, row in keyed(rows, "rule").items()}
            elif path.stem in POLICY:
                rule, columns = POLICY[path.stem]
                for number, row in enumerate(rows, 1):
                    only(row, *columns.split(), "basis")
                    self.rules.append((path.stem, f"{path.stem} row {number}", rule, row))
            elif path.stem not in ("weights", "ranks", "pairs"):
                raise Unreadable(f"{path}: there is no rule of this name to check")
        known = {"targets", *(f"targets[{row['target']}]" for row in ds.targets), *(name for name, *_ in self.rules)}
        if unknown := set(self.prices) - known:
            raise Unreadable(f"soft.csv: {', '.join(unknown)} is no kind of rule that is known here")

    def weighed(self, folder):
        """The weights of the criteria, from the one table that gives them."""
        given = [name for name in ("weights", "ranks", "pairs") if (folder / f"{name}.csv").exists()]
        if len(given) != 1:
            raise Unreadable(f"{folder}: {', '.join(given) or 'nothing'} gives the weights, not one table")
        rows = read_table(folder / f"{given[0]}.csv")
        if given == ["weights"]:
            return {code: row.whole("weight") for code, row in keyed(rows, "criterion").items()}, None
        if given == ["ranks"]:
            return centroids({code: row.whole("rank") for code, row in keyed(rows, "criterion").items()}), None
        return eigenvector({pair: Fraction(row["times"]) for pair, row in keyed(rows, "criterion", "over").items()})

    def price(self, name, label):
        """Thousandths of a point for a unit of breach; None is a rule that may not be broken."""
        return self.prices.get(label, self.prices.get(name))

    @lru_cache(None)
    def benefit(self, ds, d):
        """Thousandths of a point: merit × advantage × delay × size × what the variant keeps."""
        project, shares = ds.projects[d.project], ds.variants[d.project]
        weighted = sum(weight * self.score(ds, d.project, code) for code, weight in self.weights.items())
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

    def score(self, ds, project, criterion):
        found = ds.score(project, criterion)
        return self.default if found is None else found

    def reached(self, ds, plan, row):
        """What a plan comes to in a tier, and the decimals of its unit."""
        select, measure = row.selector(), row["measure"]
        if measure == "support":
            return sum(tally(ds, plan, [], "money", select).values()), 6
        if measure == "count":
            return sum(tally(ds, plan, [], "projects", select).values()), 0
        if measure == "benefit":
            return sum(self.benefit(ds, d) for d in plan if select.selects(ds, d)), 3
        criterion = measure.removeprefix("score:")
        if criterion == measure or criterion not in ds.criteria:
            raise Unreadable(f"{row.where}: {measure} is no measure of a tier")
        money = ((d, sum(tally(ds, [d], [], "money", select).values())) for d in plan)
        return sum(self.score(ds, d.project, criterion) * spent for d, spent in money), 6


def only(row, *columns):
    if unknown := set(row) - set(columns):
        raise Unreadable(f"{row.where}: unknown columns {', '.join(sorted(unknown))}")


def read_plan(ds, path):
    """The decisions with the rows of each, one a fund, and what is wrong with rows that name none."""
    rows_of, wrong = defaultdict(list), []
    for row in read_table(path):
        only(row, *Decision._fields, "fund", "support", "benefit", *map(str, ds.years))
        unit = "" if row.get("unit") == "unknown" else row.get("unit", "")
        d = Decision(row["project"], row["variant"], row.get("source") or row["fund"], row.whole("start"), unit)
        if cause := ds.missing(d):
            wrong.append(f"{row.where}: {cause}")
        elif row["fund"] not in dict(ds.sources[d.source]):
            wrong.append(f"{row.where}: {row['fund']} is no fund of {d.source}")
        elif row["fund"] in (other["fund"] for other in rows_of[d]):
            wrong.append(f"{row.where}: {d.project} and {row['fund']} stand twice")
        else:
            rows_of[d].append(row)
    return {d: rows for d, rows in rows_of.items() if rows}, wrong


def figures(ds, model, rows_of):
    """Amounts and benefits that are written, and are not what the dataset gives."""
    for d, rows in rows_of.items():
        unpaid = {fund for _, fund, _ in ds.payments(d)} - {row["fund"] for row in rows}
        if unpaid:
            yield f"{d.project}: there is no row of {', '.join(sorted(unpaid))}"
        for row in rows:
            right = {str(year): ds.spent(d, year, row["fund"]) for year in ds.years}
            right["support"] = ds.spent(d, None, row["fund"])
            for column, value in right.items():
                if row.money(column, may=True) not in (None, value):
                    yield f"{d.project}, column {column}: {row[column]} is written, {millions(value)} is right"
        written = [row.figure(partial(scaled, places=3), "benefit", may=True) for row in rows]
        if None not in written and sum(written) != model.benefit(ds, d):
            yield f"{d.project}: a benefit of {plain(sum(written), 3)} is written, " \
                  f"{plain(model.benefit(ds, d), 3)} is right"


def refused(ds, plan, gate):
    for d in plan:
        if d != ds.commitments.get(d.project) and (cause := gate(ds, d)):
            yield f"{d.project}: {cause}"


class Audit:
    """Every check of a plan with its breaches; what soft rules miss and cost; what is only reported."""

    def __init__(self, ds, model, path):
        self.rows_of, wrong = read_plan(ds, path)
        self.plan = list(self.rows_of)
        gates = [(gate.__name__, gate.__name__, gate) for gate in GATES]
        gates += [(name, label, rule(row)) for name, label, rule, row in model.rules if rule in POLICY_GATES]
        self.pool, self.shut = list(ds.commitments.values()), set()
        for project in (code for code in ds.projects if code not in ds.commitments):
            found = [d for d in ds.decisions(project) if not any(gate(ds, d) for _, _, gate in gates)]
            self.pool += found
            self.shut |= set() if found else {project}
        self.checks = [("plan", wrong), ("figures", list(figures(ds, model, self.rows_of)))]
        self.checks += [(label, list(refused(ds, self.plan, gate))) for _, label, gate in gates]
        self.checks += [(name, list(rule(ds, self.plan))) for name, rule in FACTS.items()]
        self.soft, self.reported, cost = [], [], Fraction()
        rows = [(name, label, rule, row) for name, label, rule, row in model.rules if rule not in POLICY_GATES]
        rows += [("targets", f"targets[{row['target']}]", target, row) for row in ds.targets]
        for name, label, rule, row in rows:
            breaches, price = list(rule(ds, self.plan, self.pool, row)), model.price(name, label)
            if price is not None:
                self.soft += [(label, breach.text) for breach in breaches]
                cost += sum(Fraction(price * math.ceil(breach.size), MILLION if breach.money else 1)
                            for breach in breaches)
            elif name == "targets" and not model.held:
                self.reported += [(label, breach.text) for breach in breaches]
            else:
                self.checks.append((label, [breach.text for breach in breaches]))
        self.penalty = math.ceil(cost)
        self.benefit = sum(model.benefit(ds, d) for d in self.plan)
        if (beside := path.with_suffix(".json")).exists():
            self.checks.append((beside.name, list(compared(ds, model, self, json.loads(read_text(beside))))))


def compared(ds, model, audit, said):
    """What plan.json says that is not so."""
    def differs(name, written, value, places):
        if scaled(written.removeprefix("-"), places) * (-1 if written.startswith("-") else 1) != value:
            yield f"{name}: {written} is written, {value} × 10^-{places} is right"

    yield from differs("benefit", said["benefit"], audit.benefit, 3)
    yield from differs("penalty", said["penalty"], audit.penalty, 3)
    yield from differs("objective", said["objective"], audit.benefit - audit.penalty, 3)
    weights = {part["criterion"]: part["weight"] for part in said["weights"]["criteria"]}
    if weights != model.weights:
        yield f"weights: {weights} is written, {model.weights} is right"
    if (ratio := said["weights"]["consistency_ratio"]) is not None:
        yield from differs("consistency ratio", ratio, model.inconsistency, 4)
    tiers = (said["tiers"] or {}).get("of", [])
    if len(tiers) != len(model.tiers):
        yield f"{len(tiers)} tiers are written, {len(model.tiers)} are right"
    for tier, row in zip(tiers, model.tiers):
        reached, places = model.reached(ds, audit.plan, row)
        found, slack = scaled(tier["found"], places), row.share("slack", may=True) or 0
        yield from differs(f"tier {row['tier']}, held", tier["held"], -(-found * (WHOLE - slack) // WHOLE), places)
        if reached < scaled(tier["held"], places):
            yield f"tier {row['tier']}: {plain(reached, places)} is reached, {tier['held']} is held"
    cuts = [Cut(c["project"], c["variant"], c["content"], amount(c["asked"]), amount(c["granted"])) for c in said["cuts"]]
    for cut in set(cuts) ^ set(ds.cuts):
        yield f"{'written' if cut in cuts else 'missing'}: {cut}"
    for fund in said["money"]:
        code = fund["fund"]
        for year in fund["years"]:
            own, of_year = (code, year["year"]), f"{code},{year['year']}"
            yield from differs(f"{of_year}, ceiling", year["ceiling"], ds.ceiling[own], 6)
            spent = sum(ds.spent(d, own[1], code) for d in audit.plan)
            yield from differs(f"{of_year}, spent", year["spent"], spent, 6)
            repaid = sum(ds.repaid(d, own[1], code) for d in audit.plan)
            yield from differs(f"{of_year}, repaid", year["repaid"], repaid, 6)
    for project in sorted({row["project"] for row in said["not_admissible"]} ^ audit.shut):
        yield f"{project}: {'refused here only' if project in audit.shut else 'refused in plan.json only'}"


def reckoning(ds, plan):
    """How the money of each fund was reckoned, in lines."""
    for fund, row in ds.funds.items():
        if row.get("carried_over", ""):
            for year, own, repaid, have, spent, beyond in reckoned(ds, plan, fund):
                there = " + ".join(f"{millions(money)} of {of}" for of, money in have.items())
                yield f"{fund},{year}: own {millions(own)}, repaid {millions(repaid)}; there is {there}; " \
                      f"spent {millions(spent)}, beyond {millions(beyond)}"
        else:
            for year in ds.years:
                most, repaid = ds.ceiling[fund, year], sum(ds.repaid(d, year, fund) for d in plan)
                yield f"{fund},{year}: ceiling {millions(most)}, management {millions(ds.managed(fund, most))}, " \
                      f"repaid {millions(repaid)}; spent {millions(sum(ds.spent(d, year, fund) for d in plan))}"


def main():
    parser = argparse.ArgumentParser(description="Hold a plan to every rule, from the files alone.")
    for name in ("dataset", "model", "plan"):
        parser.add_argument(name, type=Path)
    parser.add_argument("--quiet", action="store_true", help="print breaches only")
    parser.add_argument("--money", action="store_true", help="print how the money of each fund was reckoned")
    options = parser.parse_args()
    try:
        ds = Dataset(options.dataset)
        audit = Audit(ds, Model(options.model, ds), options.plan)
    except (Unreadable, OSError, ValueError, csv.Error) as error:
        print(f"cannot be read: {error}", file=sys.stderr)
        return 2
    except KeyError as error:
        print(f"cannot be read: there is no {error}", file=sys.stderr)
        return 2
    lines = [f"{label}: {breach}" for label, breaches in audit.checks for breach in breaches]
    breaches = len(lines)
    if options.money:
        lines += reckoning(ds, audit.plan)
    if not options.quiet:
        lines += [f"{label}, at a price: {miss}" for label, miss in audit.soft]
        lines += [f"{label}, reported only: {miss}" for label, miss in audit.reported]
        spent, ceilings = sum(map(ds.spent, audit.plan)), ds.ceilings()
        part = plain(nearest(1000 * spent, ceilings), 1) if ceilings else 0
        found = f"{breaches} breach{'es' if breaches > 1 else ''}" if breaches else "no breach"
        money = f"spent {millions(spent)} of {millions(ceilings)} million đồng ({part}%)"
        gain = f"benefit {plain(audit.benefit, 3)}, penalty {plain(audit.penalty, 3)}"
        lines.append(f"{len(audit.checks)} checks, {found}; {money}; {gain}")
    print("".join(f"{line}\n" for line in lines), end="")
    return 1 if breaches else 0


if __name__ == "__main__":
    sys.exit(main())
