"""What compare.py measured: its instances with their runs, and the page about them."""

import math
import os
import platform
import re
import sys
from pathlib import Path
from statistics import geometric_mean, median

from runs import SHORTEST, SMALLEST, SOLVERS, THRESHOLDS, TOLERANCE, Run, objects, percent


def ratio_of_times(run, own, other):
    """Ours by the other's, where what was not reached counts as the limit; `None` where neither was."""
    if own is None and other is None:
        return None
    own, other = (run.limit if seconds is None else seconds for seconds in (own, other))
    return max(own, SHORTEST) / max(other, SHORTEST)


class Case:
    """An instance with its runs. What compares asks for a run of ours, one of a peer, and a plan."""

    def __init__(self, instance, runs, gap):
        self.instance, self.runs, self.gap = instance, runs, gap
        self.is_knapsack = instance.family in ("mkp", "mmkp")
        self.exact = max((run.exact for run in runs if run.exact is not None), default=-math.inf)
        for run in runs:
            run.is_false = run.at(run.limit)[1] < self.exact - TOLERANCE * abs(self.exact)
        self.ours = self.of("ours")
        self.peers = [run for run in runs if run.solver != "ours" and not run.is_false]
        self.has_plan = any(run.points and run.points[-1][1] > -math.inf for run in runs)
        self.best = min(self.peers if self.has_plan else [], key=lambda run: run.rank(gap), default=None)

    def of(self, solver):
        """The better run of one solver."""
        own = [run for run in self.runs if run.solver == solver]
        return min(own, key=lambda run: run.rank(self.gap), default=None)

    def times(self):
        """The ratio of the times to the gap, ours by the best peer's; `None` where neither reaches it."""
        return ratio_of_times(self.ours, self.ours.time_to(self.gap), self.best.time_to(self.gap))

    def gaps(self, seconds):
        """The ratio of the gaps after so many seconds, each counted as no less than was asked for."""
        own, other = (max(run.gap_at(seconds), self.gap, SMALLEST) for run in (self.ours, self.best))
        return own / other

    def losses(self):
        """What a peer does better here, in words."""
        told, times = [], self.times()
        ends = [f"{run.name()} {run.end_in_words(self.gap)}" for run in (self.best, self.ours)]
        if times is not None and times > 1:
            told.append(f"slower to the gap: {' against '.join(ends)}")
        if times is None and self.best.gap_at(self.best.limit) < self.ours.gap_at(self.ours.limit):
            told.append(f"a larger gap at the limit: {' against '.join(ends)}")
        owner = next((run for run in self.runs if run.exact == self.exact), None)
        if owner and (self.ours.exact is None or self.ours.exact < self.exact):
            lost = percent(1 - (self.ours.exact or 0) / self.exact)
            told.append(f"a worse plan, by {lost}, than that of {owner.name()}")
        return told + ([f"ours crashed: {self.ours.kept['crashed']}"] if self.ours.kept["crashed"] else [])


def load(asked):
    """The instances asked for that have runs of the solvers asked for, with them."""
    cases = []
    for instance in asked.suite:
        runs = map(Run, sorted((asked.out / "runs").glob(f"{instance.name}.*.jsonl")))
        runs = [run for run in runs if run.solver in asked.solvers]
        if any(run.kept[name] != getattr(asked, name) for run in runs for name in ("gap", "threads", "seed")):
            raise SystemExit(f"{instance.name} was measured with another gap, threads or seed")
        cases += [Case(instance, runs, asked.gap)] if runs else []
    return cases


def faults(cases):
    """What must never be: a bound of ours below a value, a plan of ours that is not as we say."""
    told = []
    for case in (case for case in cases if case.ours):
        run, name = case.ours, case.instance.name
        bounds = {"certified": run.told.get("certified"), "claimed": run.claimed}
        told += [f"{name}: our {what} bound {bound} is below the value {case.exact}"
                 for what, bound in bounds.items() if bound is not None and bound < case.exact]
        found = run.told.get("found")
        if found is not None and (run.exact is None or run.exact != found):
            words = {own: run.kept.get(own) for own in ("value", "keeps", "evaluation")}
            told.append(f"{name}: our plan of {found} is not confirmed: {words}")
    return told


# The page ------------------------------------------------------------------------------------------

def to_thresholds(cases, rivals):
    """Ours by the fastest of `rivals(case)` at each threshold that ours or one of them reaches."""
    ratios = []
    for case in (case for case in cases if rivals(case)):
        for threshold in (own for own in THRESHOLDS if own >= case.gap):
            times = [run.time_to(threshold) for run in rivals(case)]
            fastest = min((seconds for seconds in times if seconds is not None), default=None)
            ratios.append(ratio_of_times(case.ours, case.ours.time_to(threshold), fastest))
    return [ratio for ratio in ratios if ratio is not None]


def bare(case):
    """The run of HiGHS on plain.mps, in a list."""
    return [run for run in case.peers if (run.solver, run.model) == ("highs", "plain")]


def mean(ratios):
    """The geometric mean in words."""
    return f"{geometric_mean(ratios):.3f} (of {len(ratios)})" if ratios else "nothing to compare"


def share(ratios):
    """The share of ratios in which we are not slower."""
    return sum(ratio <= 1 for ratio in ratios) / len(ratios)


def changes(asked):
    """For each changed ceiling the time to a plan as good as the cold solve's last, by the time of that."""
    ratios = []
    for path in sorted((asked.out / "changed").glob("*.jsonl")):
        for line in objects(path.read_text()):
            cold, warm = line["cold"], line["warm"]
            if cold:
                # What was not reached counts as ten times as long.
                reached = warm is not None and warm[1] >= cold[1]
                ratios.append(max(warm[0], SHORTEST) / max(cold[0], SHORTEST) if reached else 10.0)
    return ratios


def targets(cases, own, changed):
    """Each target, its figure, whether it is met. `cases` have ours and a peer, `own` at least ours."""
    plain, best = to_thresholds(cases, bare), to_thresholds(cases, lambda case: [case.best])
    programmes = [case for case in cases if not case.is_knapsack]
    own_plain, own_best = to_thresholds(programmes, bare), to_thresholds(programmes, lambda case: [case.best])
    provinces = [case for case in own if case.instance.family == "province-300" and case.ours.limit >= 30]
    early = [case.ours.gap_at(30) for case in provinces]
    bare_early = [run.gap_at(30) for case in provinces for run in bare(case)]
    lasting = [case for case in cases if case.ours.limit >= 60]
    tight_cases = [case for case in lasting if case.instance.family.startswith("tight")]
    tight = [case.gaps(60) for case in tight_cases]
    bare_tight = [case.ours.gap_at(60) / run.gap_at(60) for case in tight_cases for run in bare(case)]
    plans = [(case.ours.at(10)[0], max((run.at(60)[0] for run in case.peers if run.exact is not None),
                                       default=-math.inf)) for case in lasting]
    plans = [mine >= theirs for mine, theirs in plans if max(mine, theirs) > -math.inf]
    nation = [case.ours.gap_at(600) for case in own if case.instance.name == "nation-100000-s1"]
    bounds = [(case.ours.told.get("certified"), case.ours.told.get("linear")) for case in own]
    bounds = [certified / linear - 1 for certified, linear in bounds if certified is not None and linear]
    rows = [
        ("1. Time to 1, 0.3, 0.2, 0.1 % against bare HiGHS: not slower on 90 %, mean at most 0.5", plain,
         lambda: f"{percent(share(plain))}, {mean(plain)}" + (
             f"; on programmes alone {percent(share(own_plain))}, {mean(own_plain)}" if own_plain else ""),
         lambda: share(plain) >= 0.9 and geometric_mean(plain) <= 0.5),
        ("2. The same against the best peer of each instance: mean at most 0.7", best,
         lambda: f"{mean(best)}; on programmes alone {mean(own_best)}; "
         "against the fastest of all peers at each threshold "
         + mean(to_thresholds(cases, lambda case: case.peers)), lambda: geometric_mean(best) <= 0.7),
        ("3. Gap at 30 s on province-300: median at most 0.10 %", early,
         lambda: percent(median(early)) + (f"; bare HiGHS {percent(median(bare_early))}" if bare_early else ""),
         lambda: median(early) <= 0.001 + 1e-9),
        ("4. Gap at 60 s on tight, by the best peer's: mean at most 0.6", tight,
         lambda: mean(tight) + (f"; by that of bare HiGHS {mean(bare_tight)}" if bare_tight else ""),
         lambda: geometric_mean(tight) <= 0.6),
        ("5. Plan after 10 s not worse than any peer's after 60 s: on 90 %", plans,
         lambda: f"{percent(sum(plans) / len(plans))} of {len(plans)}",
         lambda: sum(plans) >= 0.9 * len(plans)),
        ("6. nation-100000: a gap of 0.5 % in 10 minutes", nation,
         lambda: percent(nation[0]), lambda: nation[0] <= 0.005),
        ("7. After one ceiling moves by 5 %: time to a plan as good as a cold solve's, by its time: median at most 0.2",
         changed, lambda: f"{median(changed):.3f} (of {len(changed)})", lambda: median(changed) <= 0.2),
        ("8. Certified bound at most 0.01 % above the linear one", bounds,
         lambda: f"at most {percent(max(bounds))}", lambda: max(bounds) <= 1e-4),
    ]
    return [(words, figure() if values else "–",
             ("met" if is_met() else "not met") if values else "not measured")
            for words, values, figure, is_met in rows]


def table(head, rows):
    """A table of Markdown, with an empty line after it."""
    lines = [head, ["---"] * len(head), *rows]
    return ["| " + " | ".join(map(str, line)) + " |" for line in lines] + [""]


def points(value):
    """A value in points, as text."""
    return f"{value / 1000:,.1f}" if value is not None and math.isfinite(value) else "–"


def machine():
    """Cores, memory and processor, as text."""
    told = [Path("/proc/meminfo"), Path("/proc/cpuinfo")]
    text = "\n".join(path.read_text() for path in told if path.exists())
    memory, processor = re.search(r"MemTotal: +(\d+)", text), re.search(r"model name\s*: (.*)", text)
    memory = f"{int(memory[1]) / 2**20:.1f} GiB" if memory else "unknown"
    return f"{os.cpu_count()} cores, {memory} of memory, {processor[1] if processor else platform.machine()}"


def page(everything, asked):
    """The report in Markdown."""
    solved = [case for case in everything if case.ours]
    cases = [case for case in solved if case.best]
    lost = [f"- {case.instance.name}: {'; '.join(case.losses())}." for case in cases if case.losses()]
    lines = ["<!-- Written by benches/peers/compare.py --report. -->", "# Beside other solvers", ""]
    lines += [f"## Where we lose: {len(lost)} of {len(cases)} instances", "", *lost, "", "## Targets", ""]
    lines += table(["target", "figure", "verdict"], targets(cases, solved, changes(asked)))
    rows = []
    for case in everything:
        size = (case.ours or case.runs[0]).told
        ends = [case.of(name) for name in asked.solvers]
        bound = min((run.at(run.limit)[1] for run in case.runs if not run.is_false), default=None)
        ratio = "–"
        if case in cases:
            times = case.times()
            ratio = f"{case.gaps(case.ours.limit):.2f} of gaps" if times is None else f"{times:.2f}"
        rows.append([case.instance.name, f"{size.get('decisions', '?')} × {size.get('rows', '?')}",
                     *(run.end_in_words(case.gap) if run else "–" for run in ends),
                     points(case.exact), points(bound), ratio])
    names = [SOLVERS[name] for name in asked.solvers]
    limits = sorted({run.limit for case in everything for run in case.runs})
    limits = ", ".join(f"{limit:g} s" for limit in limits)
    lines += ["## Instances", "", f"Seconds to a gap of {percent(asked.gap)}, or the gap at the limit "
              f"({limits}); the better of both models for a peer. Marks: t on tightened.mps; m its plan "
              "misses a row exactly, so its values are claims; f a bound below an exact value, left out of "
              "comparisons; c crashed; u unsupported. Values in points, sizes decisions × rows, ratios ours "
              "by the best peer's.", ""]
    lines += table(["instance", "size", *names, "best found", "best bound", "ratio"], rows)
    times = [case.times() for case in cases if case.times() is not None]
    gaps = [case.gaps(case.ours.limit) for case in cases if case.times() is None]
    plain = to_thresholds(cases, bare)
    lines += ["Geometric means of the ratios: times to the gap " + mean(times) + "; gaps at the limit where "
              "nobody reached it " + mean(gaps) + ". Thresholds at which we are not slower than bare HiGHS: "
              + (percent(share(plain)) if plain else "not measured") + ".", "", "## Seconds to each gap", ""]
    head = [f"{who} {percent(threshold)}" for who in ("ours", "HiGHS plain") for threshold in THRESHOLDS]
    rows = []
    for case in cases:
        runs = [case.ours, *bare(case)]
        times = [run.time_to(threshold) for run in runs for threshold in THRESHOLDS]
        times += [None] * (len(head) - len(times))
        rows.append([case.instance.name, *("–" if own is None else f"{own:.3g}" for own in times)])
    lines += table(["instance", *head], rows) + ["## Bounds of ours", ""]
    rows = []
    for case in solved:
        certified, linear = case.ours.told.get("certified"), case.ours.told.get("linear")
        claimed = case.ours.at(case.ours.limit)[1]
        over = [percent(certified / own - 1) if certified and own else "–" for own in (linear, claimed)]
        rows.append([case.instance.name, points(certified), points(linear), points(claimed), *over])
    lines += table(["instance", "certified", "linear", "claimed", "over linear", "over claimed"], rows)
    odd = [f"- {case.instance.name}, {run.name()}: {words}." for case in everything for run in case.runs
           for words in oddities(run)]
    odd += [f"- {case.instance.name}: nobody has a plan (" + "; ".join(
        f"{run.name()}: {run.told.get('status', 'none')}" for run in case.runs) + ")."
        for case in everything if not case.has_plan]
    kept = [run.kept for case in everything for run in case.runs]
    versions = sorted({own["version"] for own in kept if own["version"]})
    dates = sorted(own["date"] for own in kept)
    words = [Path(word).name if Path(word).is_absolute() else word for word in sys.argv[1:]]
    return "\n".join([*lines, "## Oddities", "", *(odd or ["None."]), "", "## How it was measured", "",
        f"- {'; '.join(versions)}.", f"- {machine()}; {' to '.join(dates[:1] + dates[-1:])}.",
        f"- `compare.py {' '.join(words)}`, {asked.threads} threads (SCIP is sequential), seed {asked.seed}.",
        "- Measured in pieces: on each instance all solvers one after another, an instance at a time.",
        "- Times are from when a solver has the model; CBC, a process of its own, reads it within them.",
        f"- In ratios, times below {SHORTEST} s and gaps below the one asked for count as those.", ""])


def oddities(run):
    """What a reader should know of a run, in words."""
    if run.kept["crashed"]:
        yield f"crashed ({run.kept['crashed']})"
    if run.kept.get("keeps") is False:
        claimed, exactly = points(run.told.get("found")), points(run.kept["value"])
        yield f"its plan misses a row; claimed {claimed}, exactly {exactly}"
    if run.is_false:
        yield f"its bound {points(run.at(run.limit)[1])} is below an exact value"
    if "unsupported" in run.told.get("status", ""):
        yield run.told["status"]
    if "evaluation" in run.kept:
        yield f"its plan could not be evaluated ({run.kept['evaluation']})"
