"""The questions of `trongdiem sensitivity` beside a loop of cold HiGHS solves, and against exact values.

    compare.py --out FOLDER --projects [--only NAME ...]   certain projects: ours, and cold solves of a sample
    compare.py --out FOLDER --judgement                    a thousand judgements beside one plan
    compare.py --out FOLDER --budgets                      Petersen's problems: true values of other budgets
    compare.py --out FOLDER --report [--page FILE]         writes the page of what is there

Before: `cargo build --release`, the same with `--example budgets`; highspy in the Python that runs this. A
measurement is kept in FOLDER as JSON and not repeated. The cold loop asks each question of the same model
written as .mps, with the same cutoff: the value asked for is a row, and the solve ends with the first plan.
It is asked of a sample of the questions by seed; its whole time is the mean of the sample times the number of
questions, on as many threads as ours.
"""

import argparse
import csv
import json
import random
import subprocess
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[2]
POLICY = "models/directive-20"
# Name, how it is generated (or which dataset it is), seconds for each of our first and second searches.
PROJECTS = {
    "son-la": ("datasets/son-la", None, (0.5, 3)),
    "province-300": (None, ("--profile", "province", "--projects", "300", "--seed", "1"), (0.5, 3)),
    "province-900": (None, ("--profile", "province", "--projects", "900", "--seed", "1"), (0, 1.4)),
}
WITHIN = 0.01
THREADS = 2
SEEDS = (1, 2, 3, 4, 5)
# Seconds that one cold solve may take; one that needs more counts as so much.
COLD_LIMIT = 60
PETERSEN = ("pet2", "pet3", "pet4", "pet5", "pet6", "pet7")
STEPS = (-5, -1, 1, 5)


def timed(words):
    """Seconds and output of a command of the program."""
    begun = time.monotonic()
    done = subprocess.run([str(word) for word in words], cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise SystemExit(f"{' '.join(map(str, words))} ended with {done.returncode}:\n{done.stderr[-800:]}")
    return time.monotonic() - begun, done.stdout


def dataset(asked, name):
    """The folder of a dataset, generated where it is not there yet."""
    folder, recipe, _ = PROJECTS[name]
    if folder:
        return ROOT / folder
    made = asked.out / name
    if not made.exists():
        timed([asked.binary, "generate", *recipe, "--out", made])
    return made


def kept(asked, name, measure):
    """A measurement that is there already, or one made now."""
    path = asked.out / f"{name}.json"
    if not path.exists():
        part = path.with_suffix(".part")
        part.write_text(json.dumps(measure(), indent=1))
        part.rename(path)
        print(f"{name}: measured", flush=True)
    return json.loads(path.read_text())


# Certain projects ----------------------------------------------------------------------------------

def first_plan(asked, folder, gap):
    """Seconds until a plan is proven within a gap, alone on the machine's threads: the median of several seeds,
    since when a search comes upon a good plan is chance."""
    words = [asked.example, "--dataset", folder, "--model", POLICY, "--gap", gap, "--time", 600, "--threads", THREADS]
    seconds = []
    for seed in SEEDS:
        _, output = timed([*words, "--seed", seed])
        lines = [json.loads(line) for line in output.splitlines() if line.startswith("{")]
        seconds.append(max(line.get("seconds", line.get("end", 0)) for line in lines))
    return median(seconds)


def columns_of_projects(map_file):
    """The columns of each project's decisions, by its code."""
    columns = {}
    with open(map_file, encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["what"] == "decision":
                columns.setdefault(row["label"].split(",")[0], []).append(row["name"])
    return columns


def cold(question):
    """One cold solve: seconds, and whether a plan of the value exists (None where the limit ended it)."""
    import highspy

    model, columns, is_funded, wanted, seed = question
    begun = time.monotonic()
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    solver.readModel(str(model))
    program = solver.getLp()
    place = {name: at for at, name in enumerate(program.col_names_)}
    own = [place[name] for name in columns]
    if is_funded:
        solver.addRow(1.0, 1.0, len(own), own, [1.0] * len(own))
    else:
        for at in own:
            solver.changeColBounds(at, 0.0, 0.0)
    costs = [(at, cost) for at, cost in enumerate(program.col_cost_) if cost]
    # Costs are minus the benefit; both sides in points keep the row's coefficients small.
    solver.addRow(wanted / 1000, highspy.kHighsInf, len(costs), [at for at, _ in costs], [-cost / 1000 for _, cost in costs])
    solver.setOptionValue("mip_max_improving_sols", 1)
    solver.setOptionValue("threads", 1)
    solver.setOptionValue("random_seed", seed)
    solver.setOptionValue("time_limit", float(COLD_LIMIT))
    solver.run()
    status, found = solver.getModelStatus(), solver.getInfo().primal_solution_status
    if status in (highspy.HighsModelStatus.kNotset, highspy.HighsModelStatus.kSolveError):
        raise RuntimeError(f"HiGHS did not run: {solver.modelStatusToString(status)}")
    answer = None
    if found == highspy.SolutionStatus.kSolutionStatusFeasible:
        answer = True
    elif status == highspy.HighsModelStatus.kInfeasible:
        answer = False
    return time.monotonic() - begun, answer


def thousandths(points):
    """Decimal points as exact thousandths."""
    whole, _, part = points.partition(".")
    return int(whole) * 1000 + int(part.ljust(3, "0") or 0)


def reaches(reach, wanted):
    """What we say of a question: True, False, or None where it is open."""
    if not reach["plans"]:
        return False
    if reach["least"] is not None and thousandths(reach["least"]) >= wanted:
        return True
    if reach["most"] is not None and thousandths(reach["most"]) < wanted:
        return False
    return None


def ours(asked, folder, first, each):
    """Our answers with the time of the whole command, its own plan among it."""
    words = [asked.binary, "sensitivity", "projects", folder, POLICY, "--within", f"{WITHIN:.0%}", "--gap", "0.6%",
             "--each", f"{each}s", "--first", f"{first}s", "--threads", THREADS, "--format", "json"]
    return timed(words)


def projects(asked, name):
    """Certain projects of one dataset: ours whole, cold solves of a sample."""
    folder = dataset(asked, name)
    first, each = PROJECTS[name][2]
    plan = first_plan(asked, folder, 0.003)
    seconds, output = ours(asked, folder, first, each)
    told = json.loads(output)
    found = thousandths(told["optimum"]["least"])
    wanted = -(-found * (100 - round(WITHIN * 100)) // 100)
    model = asked.out / f"{name}.mps"
    timed([asked.binary, "formulate", folder, POLICY, "--to", model])
    columns = columns_of_projects(f"{model}.names.csv")
    candidates = [own for own in told["projects"] if own["project"] in columns]
    every = [(own, side) for own in candidates for side in ("with", "without")]
    sample = random.Random(1).sample(every, min(asked.sample, len(every)))
    questions = [(model, columns[own["project"]], side == "with", wanted, at) for at, (own, side) in enumerate(sample)]
    # Processes of their own: HiGHS keeps its scheduler, with its number of threads, through a fork.
    with ProcessPoolExecutor(THREADS, mp_context=get_context("spawn")) as pool:
        answers = list(pool.map(cold, questions))
    compared = [(reaches(own[side], wanted), answer) for (own, side), (_, answer) in zip(sample, answers)]
    mean = sum(seconds for seconds, _ in answers) / len(answers)
    return {
        "candidates": len(told["projects"]), "admissible": len(candidates), "questions": len(every),
        "one_plan": plan, "ours": seconds, "first": first, "each": each,
        "undetermined": sum(own["certain"][0] == "undetermined" for own in told["projects"]),
        "sample": len(sample), "cold_mean": mean, "cold_loop": mean * len(every) / THREADS,
        "cold_open": sum(answer is None for _, answer in answers),
        "ours_open_in_sample": sum(own is None for own, _ in compared),
        "contradictions": sum(None not in pair and pair[0] != pair[1] for pair in compared),
    }


# Judgement -----------------------------------------------------------------------------------------

def judgement(asked):
    """A thousand judgements at 300 candidates beside one plan proven within 0.3 %."""
    folder = dataset(asked, "province-300")
    plan = first_plan(asked, folder, 0.003)
    words = [asked.binary, "sensitivity", "judgement", folder, POLICY, "--weights", "20%", "--samples", 1000, "--gap",
             "0.6%", "--each", "1s", "--threads", THREADS, "--format", "json"]
    seconds, output = timed(words)
    told = json.loads(output)
    return {"one_plan": plan, "ours": seconds, "samples": told["samples"], "mean_gap": told["mean_gap"],
            "different": told["different_best_plans"]}


# Petersen's problems -------------------------------------------------------------------------------

def problem(path):
    """Profits, weights by budget, and budgets of a problem of the OR-Library's layout."""
    numbers = []
    for word in path.read_text().split():
        try:
            numbers.append(float(word))
        except ValueError:
            break
    items, budgets = int(numbers[0]), int(numbers[1])
    rest = numbers[3:]
    profits, rest = rest[:items], rest[items:]
    weights = [rest[row * items:(row + 1) * items] for row in range(budgets)]
    return profits, weights, rest[items * budgets:items * budgets + budgets]


def exact_value(profits, weights, budgets):
    """The optimum and the prices of the linear relaxation, by HiGHS bare."""
    import highspy

    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("mip_rel_gap", 0.0)
    for profit in profits:
        solver.addCol(-profit, 0.0, 1.0, 0, [], [])
    for row, budget in zip(weights, budgets):
        terms = [(at, weight) for at, weight in enumerate(row) if weight]
        solver.addRow(-highspy.kHighsInf, budget, len(terms), [at for at, _ in terms], [own for _, own in terms])
    solver.run()
    prices = [-own for own in solver.getSolution().row_dual]
    for at in range(len(profits)):
        solver.changeColIntegrality(at, highspy.HighsVarType.kInteger)
    solver.run()
    return -solver.getInfo().objective_function_value, prices


def budgets(asked):
    """The true value of each budget a little less and more: ours against HiGHS on the numbers themselves."""
    compared, differing, misled, largest = 0, [], 0, None
    for name in PETERSEN:
        path = asked.instances / f"mkp/{name}.dat"
        _, output = timed([asked.budgets, path, *STEPS])
        profits, weights, own = problem(path)
        base, prices = exact_value(profits, weights, own)
        for line in csv.DictReader(output.splitlines()):
            budget, step = int(line["budget"]), int(line["percent"])
            changed = list(own)
            changed[budget] += step * own[budget] / 100
            value, _ = exact_value(profits, weights, changed)
            compared += 1
            if abs(value - float(line["value"])) > 1e-6:
                differing.append([name, budget, step, value, float(line["value"])])
            predicted = prices[budget] * step * own[budget] / 100
            off = abs(predicted - (value - base))
            if predicted > 0.5 and abs(value - base) < 1e-6:
                misled += 1
            if largest is None or off > largest[-1]:
                largest = [name, budget, step, predicted, value - base, off]
    return {"compared": compared, "differing": differing, "priced_but_worth_nothing": misled, "furthest": largest}


# The page ------------------------------------------------------------------------------------------

def page(asked):
    """The page of what is there."""
    def read(name):
        path = asked.out / f"{name}.json"
        return json.loads(path.read_text()) if path.exists() else None

    lines = ["# What a question costs", "",
             "Written by `benches/sensitivity/compare.py` from one run; its head says how. Times are seconds of the wall on "
             f"{THREADS} threads, ratios of one run on one machine.", ""]
    rows = [(name, own) for name in PROJECTS if (own := read(f"projects-{name}"))]
    lost = [f"- `{name}`: {own['undetermined']} of {own['candidates']} candidates stay undetermined "
            f"({own['undetermined'] / own['candidates']:.0%}; wanted: at most 10 %)."
            for name, own in rows if own["undetermined"] * 10 > own["candidates"]]
    lost += [f"- `{name}`: {own['ours'] / own['one_plan']:.0f} times one plan (wanted: at most 30)."
             for name, own in rows if own["ours"] > 30 * own["one_plan"]]
    lost += [f"- `{name}`: {own['cold_loop'] / own['ours']:.1f} times as fast as cold solves (wanted: at least 20)."
             for name, own in rows if own["cold_loop"] < 20 * own["ours"]]
    absent = [name for name in PROJECTS if not any(name == own for own, _ in rows)]
    absent += [] if read("judgement") else ["judgement"]
    lost += [f"- Not measured yet: {', '.join(absent)}."] if absent else []
    lines += ["## Where we fall short", "", *(lost or ["Nowhere in what was measured."]), ""]
    lines += [f"## Certain projects within {WITHIN:.0%}", "",
              "Cold solves: HiGHS bare on the same model, one question after another, each with the value asked for as a row and "
              f"ended by its first plan or after {COLD_LIMIT} s; a sample by seed, times the number of questions.", "",
              "| dataset | candidates | questions | one plan (0.3 %, median of 5) | ours | ours / one plan | undetermined | cold loop | cold / ours "
              "| open in the sample: cold, ours | contradictions |",
              "|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|"]
    for name, own in rows:
        lines.append(f"| {name} | {own['candidates']} | {own['questions']} | {own['one_plan']:.1f} | {own['ours']:.0f} | "
                     f"{own['ours'] / own['one_plan']:.1f} | {own['undetermined']} ({own['undetermined'] / own['candidates']:.0%}) | "
                     f"{own['cold_loop']:.0f} | {own['cold_loop'] / own['ours']:.1f} | {own['cold_open']}, "
                     f"{own['ours_open_in_sample']} of {own['sample']} | {own['contradictions']} |")
    if own := read("judgement"):
        lines += ["", "## Judgement at 300 candidates", "",
                  f"{own['samples']} judgements (each weight within 20 % of its own) took {own['ours']:.0f} s, "
                  f"{own['ours'] / own['one_plan']:.0f} times one plan proven within 0.3 % ({own['one_plan']:.1f} s, median of 5); wanted: at most 200 "
                  f"times. On average each is within {own['mean_gap']} of its best; plans that are best in some: {own['different']}."]
    if own := read("budgets"):
        name, budget, step, predicted, true, _ = own["furthest"]
        lines += ["", "## Petersen's problems: what a budget is truly worth", "",
                  f"Every budget of {', '.join(PETERSEN)} 1 % and 5 % less and more: {own['compared']} values, of which "
                  f"{len(own['differing'])} differ from those of HiGHS on the numbers themselves. Prices of the linear relaxation "
                  f"promise more than half a point for {own['priced_but_worth_nothing']} increases that bring nothing; furthest off "
                  f"at budget {budget + 1} of {name}, {step:+} %: {predicted:+.1f} promised, {true:+.1f} true."]
    return "\n".join(lines) + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, required=True, help="where measurements are kept")
    parser.add_argument("--only", nargs="+", default=list(PROJECTS), choices=list(PROJECTS))
    parser.add_argument("--sample", type=int, default=40, help="questions asked of cold solves")
    parser.add_argument("--instances", type=Path, default=ROOT / "../shared/data/instances")
    parser.add_argument("--binaries", type=Path, default=ROOT / "target/release")
    parser.add_argument("--page", type=Path, default=ROOT / "benches/SENSITIVITY.md")
    for name in ("projects", "judgement", "budgets", "report"):
        parser.add_argument(f"--{name}", dest=f"do_{name}", action="store_true")
    asked = parser.parse_args()
    asked.out = asked.out.resolve()
    asked.out.mkdir(parents=True, exist_ok=True)
    asked.binary = asked.binaries / "trongdiem"
    asked.example, asked.budgets = asked.binaries / "examples/ours", asked.binaries / "examples/budgets"
    if asked.do_budgets:
        kept(asked, "budgets", lambda: budgets(asked))
    if asked.do_projects:
        for name in asked.only:
            kept(asked, f"projects-{name}", lambda name=name: projects(asked, name))
    if asked.do_judgement:
        kept(asked, "judgement", lambda: judgement(asked))
    if asked.do_report:
        asked.page.write_text(page(asked))


if __name__ == "__main__":
    main()
