"""Runs of the comparison as they are kept: what was known when, and what the plan is worth exactly."""

import json
import math

SOLVERS = {"ours": "ours", "highs": "HiGHS", "scip": "SCIP", "cpsat": "CP-SAT", "cbc": "CBC"}
THRESHOLDS = (0.01, 0.003, 0.002, 0.001)
# Seconds at which the page looks at a run.
MARKS = (10, 30, 60, 600)
# Seconds after its limit until what a run tells no longer counts.
GRACE = 1
# Seconds, and a gap, below which differences say nothing.
SHORTEST, SMALLEST = 0.001, 1e-6
# A peer's bound is false where an exact value is above it by more than this fraction.
TOLERANCE = 1e-6


def objects(text):
    """The lines of a text that are JSON objects."""
    found = []
    for line in text.splitlines():
        try:
            found.append(json.loads(line))
        except ValueError:
            continue
    return [line for line in found if isinstance(line, dict)]


def thinned(lines, limit):
    """Of the lines of a run those that the page needs, with the best plan and bound known by then: where the
    gap comes below a threshold or is a twentieth smaller, the last before each mark and before what is told
    after the limit no longer counts, and the last."""
    marks = (*MARKS, limit + GRACE)
    kept, known, gaps, last = [], (None, None), math.inf, None
    for line in lines:
        seconds = line.get("seconds")
        passed = seconds is None or any(last and last["seconds"] <= mark < seconds for mark in marks)
        if last and passed:
            kept.append(last)
            last = None
        if seconds is None:
            kept.append(line)
            continue
        both = zip((max, min), known, (line["found"], line["bound"]))
        known = [better((own for own in pair if own is not None), default=None) for better, *pair in both]
        last = {"seconds": seconds, "found": known[0], "bound": known[1]}
        gap = gap_of(*(math.nan if own is None else own for own in known))
        if gap < 0.95 * gaps or any(gap <= threshold < gaps for threshold in THRESHOLDS):
            kept.append(last)
            gaps, last = gap, None
    return kept + ([last] if last else [])


class Run:
    """A run as it was kept: what was known when, and what its plan is worth exactly."""

    def __init__(self, path):
        *lines, last = objects(path.read_text())
        self.kept = last["run"]
        self.solver, self.model, self.limit = (self.kept[name] for name in ("solver", "model", "limit"))
        self.exact = self.kept["value"] if self.kept.get("keeps") else None
        # One object of all that is told once: the size, the certified and linear bound, the end.
        self.told = {name: value for line in lines if "seconds" not in line for name, value in line.items()}
        bounds = [line["bound"] for line in lines if line.get("bound") is not None]
        self.claimed, self.is_false, self.points = min(bounds, default=math.inf), False, []
        found, bound = -math.inf, math.inf
        for line in lines:
            seconds = line.get("seconds", line.get("end", math.inf))
            if seconds <= self.limit + GRACE:
                if line["found"] is not None:
                    found = max(found, line["found"])
                if line["bound"] is not None:
                    bound = min(bound, line["bound"])
                # A log has few digits: nothing on the way is worth more than the last plan.
                known = found if self.exact is None else min(found, self.exact)
                self.points.append((seconds, known, bound))

    def at(self, seconds):
        """The value found and the bound after so many seconds."""
        allowed = seconds + GRACE if seconds >= self.limit else seconds
        known = [point[1:] for point in self.points if point[0] <= allowed]
        return known[-1] if known else (-math.inf, math.inf)

    def gap_at(self, seconds):
        """The gap after so many seconds, 1 as long as there is no plan or no bound."""
        return gap_of(*self.at(seconds))

    def time_to(self, gap):
        """Seconds until the gap was no more than this; `None` where it never was."""
        return next((point[0] for point in self.points if gap_of(*point[1:]) <= gap + 1e-9), None)

    def rank(self, gap):
        """Less is better: the time to the gap, then the gap at the end."""
        seconds = self.time_to(gap)
        return (self.is_false, math.inf if seconds is None else seconds, self.gap_at(self.limit))

    def name(self):
        """Whose run it is and on which model."""
        return SOLVERS[self.solver] + ("" if self.solver == "ours" else f" on {self.model}.mps")

    def end_in_words(self, gap):
        """The time to the gap or the gap at the limit, with its marks."""
        marks = {"t": self.model == "tightened", "c": self.kept["crashed"], "f": self.is_false,
                 "m": self.kept.get("keeps") is False, "u": "unsupported" in self.told.get("status", "")}
        seconds = self.time_to(gap)
        figure = percent(self.gap_at(self.limit)) if seconds is None else f"{seconds:.3g} s"
        return " ".join([figure, *(mark for mark, is_so in marks.items() if is_so)])


def gap_of(found, bound):
    """The gap between a value and a bound of a maximisation."""
    if not (math.isfinite(found) and math.isfinite(bound)) or bound <= 0:
        return 1.0
    return min(max(0.0, (bound - found) / bound), 1.0)


def percent(fraction):
    """A fraction as a percentage."""
    return f"{100 * fraction:.3g} %"
