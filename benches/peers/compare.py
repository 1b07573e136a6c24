"""Our engine beside HiGHS, SCIP, CP-SAT and CBC: same instances, threads, gap and time limit.

    compare.py [--only NAME-GLOB ...] [--solvers ours,highs,scip,cpsat,cbc] [--out FOLDER]
               [--time 60] [--gap 0.001] [--threads 2]      measures what is not there yet
    compare.py --report [--page FILE]                       writes the page of what is there
    compare.py --list                                       the instances, and how many runs are there

Before: `cargo build --release`, the same with `--example ours`; highspy, pyscipopt and ortools in the Python
that runs this; cbc on the path. On each instance all solvers run one after another, peers on plain.mps and
on tightened.mps. A run is kept in FOLDER/runs, by default in benches/peers/measured, and not repeated: the
whole takes hours, and is measured in pieces. After a change of the engine all of it is measured anew, in an
empty folder. Values are thousandths of a point, times seconds of the wall, gaps (bound - found) / bound.
"""

import argparse
import datetime
import fnmatch
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections import namedtuple
from pathlib import Path

from report import faults, load, page
from runs import SOLVERS, Run, objects, thinned

ROOT = Path(__file__).resolve().parents[2]
MODELS = ("plain", "tightened")
# Seconds after its limit until a run is killed.
PATIENCE = 60
# Profile, projects, seeds, seconds where the limit is its own.
GENERATED = [("province", 100, 1, None), ("province", 300, 3, None), ("province", 900, 1, None)]
GENERATED += [("province", 3000, 1, None), ("nation", 30000, 1, 120), ("nation", 100000, 1, 600)]
GENERATED += [("tight", size, 3, None) for size in (100, 200, 400)]
POLICY = Path("models/directive-20")
# Tables of that policy that speak of one province: thirty focal points, four sectors in a district, the
# ten largest, one model in a district, ten pilots at a time. For a nation, whose zones are 34 provinces with 20
# sectors and up to 3,000 candidates each, the figures are this suite's own.
NATION = {"focal_points.csv": "by,select,each,most,critical,critical_count,basis\n"
                              "zone&sector,sector!=none,,340,0.05%,,\nsector,sector!=none,zone,12,,,\n",
          "top_share.csv": "by,select,each,largest,at_least,at_most,basis\n"
                           "zone&sector,sector!=none,,100,60%,,\n",
          "maximum_count.csv": "select,counted,each,count,basis\n"
                               "activity=demonstration_model&tag=new_technology,,zone,10,\n"
                               "activity=demonstration_model&tag=new_product,,zone,10,\n",
          "maximum_open.csv": "select,each,most,basis\nkind=pilot,unit,40,\n"}

# `words` tell `ours` where an instance is; `recipe` tells how it is generated, where it is.
Instance = namedtuple("Instance", "name family words recipe limit", defaults=((), None))


def suite(out, public):
    """Every instance; those of the folder of public instances where it is there."""
    made = []
    for profile, size, seeds, limit in GENERATED:
        for seed in range(1, seeds + 1):
            family, name = f"{profile}-{size}", f"{profile}-{size}-s{seed}"
            recipe = ("--profile", profile, "--projects", size, "--seed", seed, "--out")
            folder = out / "instances" / name
            policy = folder / "policy" if profile == "nation" else POLICY
            words = ("--dataset", folder / "dataset", "--model", policy)
            made.append(Instance(name, family, words, recipe, limit))
    for name in ("son-la", "vinh-long", "hoa-binh", "published"):
        made.append(Instance(name, "datasets", ("--dataset", f"datasets/{name}", "--model", POLICY)))
    for file in sorted(public.glob("mkp/*")):
        made.append(Instance(f"mkp-{file.stem}-1", "mkp", ("--mkp", file, "--number", 1)))
    return made + [Instance(f"mmkp-{file.name}", "mmkp", ("--mmkp", file))
                   for file in sorted(public.glob("mmkp/I0[1-6]"))]


# Where a ceiling is changed, by so many per cent, and the seconds of each solve.
CHANGED, CHANGE, CHANGE_TIME = ("province-300-s?", "tight-200-s?", "vinh-long", "hoa-binh"), 5, 10


# Measuring -----------------------------------------------------------------------------------------

def execute(words, seconds=None):
    """Exit code, output and last words of a command; it and all it started are killed after `seconds`."""
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        process = subprocess.Popen([str(word) for word in words], cwd=ROOT, stdin=subprocess.DEVNULL,
                                   stdout=output, stderr=errors, start_new_session=True,
                                   env=os.environ | {"RUST_BACKTRACE": "0"})
        try:
            code = process.wait(seconds)
        except subprocess.TimeoutExpired:
            code = "killed"
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
        texts = []
        for file in (output, errors):
            file.seek(0)
            texts.append(file.read().decode(errors="replace").strip())
    lines = [line for text in texts for line in text.splitlines() if not line.startswith("note:")]
    last = lines[-1].strip()[:200] if lines else "nothing"
    return code, texts[0], f"{code}: " + re.sub(r"/\S*/", "", last)  # no folder of this machine


class Unprepared(Exception):
    """An instance that could not be generated or exported."""


def prepare(instance, asked):
    """Generates and exports an instance where that is not done yet; the folder of its models."""
    folder = asked.out / "instances" / instance.name
    steps = {"models": [asked.ours, *instance.words, "--export"]}
    if instance.recipe:
        steps = {"dataset": [asked.binaries / "trongdiem", "generate", *instance.recipe], **steps}
    policy, part = folder / "policy", folder / "policy.part"
    if policy in instance.words and not policy.exists():
        shutil.copytree(ROOT / POLICY, part, dirs_exist_ok=True)
        for table, text in NATION.items():
            (part / table).write_text(text)
        part.rename(policy)
    for name, words in steps.items():
        if not (folder / name).exists():
            part = folder / f"{name}.part"
            shutil.rmtree(part, ignore_errors=True)
            folder.mkdir(parents=True, exist_ok=True)
            code, _, last = execute([*words, part])
            if code != 0:
                raise Unprepared(f"{instance.name} could not be prepared, {words[0].name} ended with {last}")
            part.rename(folder / name)
    return folder / "models"


def engine():
    """The last commit of what is measured, with a mark where it was changed since."""
    parts = ["--", "src", "Cargo.toml", "Cargo.lock", "benches/peers/ours.rs"]
    commit = execute(["git", "log", "-1", "--format=%h", *parts])[1]
    return commit + ("-dirty" if execute(["git", "status", "--porcelain", *parts])[1] else "")


def measure(instance, solver, model, models, asked):
    """One run, kept with what its plan is worth exactly; nothing where it is there already."""
    limit = instance.limit or asked.time
    settings = {"limit": limit, "gap": asked.gap, "threads": asked.threads, "seed": asked.seed}
    path = asked.out / "runs" / f"{instance.name}.{solver}.{model}.jsonl"
    if path.exists():
        if not settings.items() <= Run(path).kept.items():
            raise SystemExit(f"{path.name} was measured with other settings: take another --out")
        return
    ours, solution = [asked.ours, *instance.words], path.with_suffix(".solution")
    peer = [sys.executable, Path(__file__).with_name("peer.py"), solver, models / f"{model}.mps"]
    solution.unlink(missing_ok=True)
    words = ["--time", limit, "--gap", asked.gap, "--threads", asked.threads, "--seed", asked.seed]
    words = [*(ours if solver == "ours" else peer), *words, "--solution", solution]
    code, output, last = execute(words, limit + PATIENCE)
    lines = objects(output)
    end = next((line for line in lines if "end" in line), None)
    kept = {"solver": solver, "model": model, **settings, "exit": code, "crashed": None if end else last,
            "version": (end or {}).get("version"), "date": str(datetime.date.today())}
    if solver == "ours":
        kept["version"] = f"{execute([asked.binaries / 'trongdiem', '--version'])[1]} {engine()}"
    if solution.exists():
        _, told, last = execute([*ours, "--evaluate", solution])
        kept |= next((line for line in objects(told) if "keeps" in line), {"evaluation": last})
    part = path.with_suffix(".part")
    part.write_text("".join(json.dumps(line) + "\n" for line in [*thinned(lines, limit), {"run": kept}]))
    part.rename(path)
    print(f"{instance.name}, {Run(path).name()}: {Run(path).end_in_words(asked.gap)}", flush=True)


def change(instance, asked):
    """One instance with a ceiling changed, cold and from its plan; nothing where it is there already."""
    path = asked.out / "changed" / f"{instance.name}.jsonl"
    if path.exists() or not any(fnmatch.fnmatch(instance.name, glob) for glob in CHANGED):
        return
    words = ["--change", CHANGE, "--time", CHANGE_TIME, "--gap", asked.gap, "--threads", asked.threads]
    code, output, last = execute([asked.ours, *instance.words, *words])
    if code != 0:
        raise SystemExit(f"{instance.name}, a ceiling changed: {last}")
    path.parent.mkdir(exist_ok=True)
    part = path.with_suffix(".part")
    part.write_text(output)
    part.rename(path)
    print(f"{instance.name}: a ceiling changed", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, default=ROOT / "benches/peers/measured",
                        help="where instances and runs are kept")
    parser.add_argument("--only", nargs="+", default=["*"], metavar="NAME-GLOB")
    parser.add_argument("--solvers", default=",".join(SOLVERS))
    parser.add_argument("--time", type=float, default=60, help="seconds; nation has limits of its own")
    parser.add_argument("--gap", type=float, default=0.001, help="fraction of the bound to stop at")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--instances", type=Path, default=Path("../shared/data/instances"))
    parser.add_argument("--binaries", type=Path, default=Path("target/release"))
    parser.add_argument("--page", type=Path, default=Path("benches/PEERS.md"))
    parser.add_argument("--report", action="store_true", help="measure nothing, write the page")
    parser.add_argument("--list", action="store_true", help="measure nothing, list the instances")
    asked = parser.parse_args()
    asked.out = asked.out.resolve()
    asked.binaries, asked.ours = ROOT / asked.binaries, ROOT / asked.binaries / "examples/ours"
    asked.solvers = asked.solvers.split(",")
    if not set(asked.solvers) <= set(SOLVERS):
        parser.error(f"--solvers: any of {', '.join(SOLVERS)}")
    asked.suite = [instance for instance in suite(asked.out, (ROOT / asked.instances).resolve())
                   if any(fnmatch.fnmatch(instance.name, glob) for glob in asked.only)]
    (asked.out / "runs").mkdir(parents=True, exist_ok=True)
    if asked.list:
        for instance in asked.suite:
            print(instance.name, len(list((asked.out / "runs").glob(f"{instance.name}.*.jsonl"))), "runs")
        return
    told = []
    for instance in [] if asked.report else asked.suite:
        try:
            models = prepare(instance, asked)
        except Unprepared as reason:
            told.append(str(reason))
            continue
        if "ours" in asked.solvers:
            change(instance, asked)
        for solver in asked.solvers:
            for model in ("own",) if solver == "ours" else MODELS:
                measure(instance, solver, model, models, asked)
    cases = load(asked)
    if asked.report:
        (ROOT / asked.page).write_text(page(cases, asked))
    told += faults(cases)
    if told:
        raise SystemExit("\n".join(["Not as it must be:", *told]))


if __name__ == "__main__":
    main()
