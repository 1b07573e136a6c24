"""One run of one peer: HiGHS, SCIP, CP-SAT or CBC on one .mps file, told as it goes.

    peer.py SOLVER FILE.mps --time 60 --gap 0.001 --threads 2 --seed 1 --solution FILE

The file minimises minus the benefit; everything told here is of the maximisation, in thousandths of
a point. Lines of JSON: `{"seconds", "found", "bound"}` whenever a better plan or bound is known,
last `{"end", "found", "bound", "status", "version"}`. Seconds are of the wall, from when the
solver has the model; CBC, a process of its own, reads it within them. The decisions taken (columns x.. above
0.5) go to the file of the solution, separated by spaces; without a plan no file is written.
Every solver runs with its defaults beside what is asked here.
"""

import argparse
import json
import math
import os
import pty
import re
import subprocess
import time

# Solvers write what they do not know as an infinity of their own; no benefit is as large as this.
UNKNOWN = 1e18
# The finest grain of a continuous column, of its unit, that CP-SAT is given.
FINEST_GRAIN = 10**6
# Sums of CP-SAT must stay within 64 bits.
LARGEST_SUM = 2**62


class Trajectory:
    """What is known so far, told line by line. Arguments are costs, as in the file."""

    def __init__(self):
        self.started = time.monotonic()
        self.found = None
        self.bound = None
        self.is_over = False

    def seconds(self):
        """Seconds of the wall since the solver has the model."""
        return time.monotonic() - self.started

    def tell(self, cost=None, least_cost=None):
        """Tells a plan of this cost, and that none costs less than `least_cost`, where new."""
        found, bound = benefit(cost), benefit(least_cost)
        is_better = found is not None and (self.found is None or found > self.found)
        known = max(own for own in (found, self.found, -math.inf) if own is not None)
        is_bound = bound is not None and bound >= known * (1 - 1e-6)  # else what CBC says of a node
        is_tighter = is_bound and (self.bound is None or bound < self.bound)
        if self.is_over or not (is_better or is_tighter):
            return
        self.found = found if is_better else self.found
        self.bound = bound if is_tighter else self.bound
        seconds = round(self.seconds(), 5)
        line = {"seconds": seconds, "found": self.found, "bound": self.bound}
        print(json.dumps(line), flush=True)

    def end(self, status, version):
        """The last line."""
        self.is_over = True
        seconds = round(self.seconds(), 5)
        line = {"end": seconds, "found": self.found, "bound": self.bound}
        print(json.dumps(line | {"status": str(status), "version": version}), flush=True)


def benefit(cost):
    """The benefit of a cost in thousandths of a point; `None` for what a solver does not know."""
    if cost is None or not math.isfinite(cost) or abs(cost) >= UNKNOWN:
        return None
    return -cost


def of_the_plan(gap):
    """The gap as a fraction of the plan found instead of the bound: most solvers count so."""
    return gap / (1 - gap)


def write_solution(path, columns):
    """Writes the names of decisions with a value above 0.5, of pairs of name and value."""
    taken = [name for name, value in columns if name.startswith("x") and value > 0.5]
    with open(path, "w", encoding="utf-8") as file:
        file.write(" ".join(taken))


def run_highs(asked):
    """HiGHS: its callbacks at better plans and at each check for interruption tell both bounds."""
    import highspy

    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    solver.readModel(asked.file)
    trajectory = Trajectory()
    solver.setOptionValue("time_limit", left(asked, trajectory))
    solver.setOptionValue("mip_rel_gap", of_the_plan(asked.gap))
    solver.setOptionValue("threads", asked.threads)
    solver.setOptionValue("random_seed", asked.seed)

    def hear(event):
        known = event.data_out
        trajectory.tell(known.mip_primal_bound, known.mip_dual_bound)

    solver.cbMipImprovingSolution += hear
    solver.cbMipInterrupt += hear
    solver.run()
    information, status = solver.getInfo(), solver.getModelStatus()
    has_plan = information.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
    if status != highspy.HighsModelStatus.kInfeasible:
        cost = information.objective_function_value if has_plan else None
        trajectory.tell(cost, information.mip_dual_bound)
    if has_plan:
        values = solver.getSolution().col_value
        write_solution(asked.solution, zip(solver.getLp().col_names_, values))
    trajectory.end(solver.modelStatusToString(status), f"HiGHS {solver.version()}")


def run_scip(asked):
    """SCIP: its events at better plans, better bounds (those of the root too) and solved nodes.

    It is sequential: `--threads` does nothing to it.
    """
    from pyscipopt import SCIP_EVENTTYPE, Eventhdlr, Model

    names = ("BESTSOLFOUND", "DUALBOUNDIMPROVED", "FIRSTLPSOLVED", "LPSOLVED", "NODESOLVED")
    kinds = [getattr(SCIP_EVENTTYPE, name) for name in names if hasattr(SCIP_EVENTTYPE, name)]

    class Listener(Eventhdlr):
        def eventinit(self):
            for kind in kinds:
                self.model.catchEvent(kind, self)

        def eventexit(self):
            for kind in kinds:
                self.model.dropEvent(kind, self)

        def eventexec(self, event):
            trajectory.tell(self.model.getPrimalbound(), self.model.getDualbound())

    model = Model()
    model.hideOutput()
    model.readProblem(asked.file)
    trajectory = Trajectory()
    model.setParam("timing/clocktype", 2)  # of the wall
    model.setParam("limits/time", left(asked, trajectory))
    model.setParam("limits/gap", of_the_plan(asked.gap))
    model.setParam("randomization/randomseedshift", asked.seed)
    model.includeEventhdlr(Listener(), "trajectory", "tells better plans and bounds")
    model.optimize()
    status = model.getStatus()
    if model.getNSols() > 0:
        best = model.getBestSol()
        columns = [(column.name, model.getSolVal(best, column)) for column in model.getVars()]
        write_solution(asked.solution, columns)
        trajectory.tell(cost=model.getSolObjVal(best))
    if status != "infeasible":
        trajectory.tell(least_cost=model.getDualbound())
    version = (model.getMajorVersion(), model.getMinorVersion(), model.getTechVersion())
    trajectory.end(status, "SCIP {}.{}.{}".format(*version))


class Unsupported(Exception):
    """The file says something that the solver cannot be given."""


def run_cpsat(asked):
    """CP-SAT: its callbacks at better plans and at better bounds."""
    import ortools
    from ortools.linear_solver.python import model_builder
    from ortools.sat.python import cp_model

    read = model_builder.Model()
    if not read.import_from_mps_file(asked.file):
        raise SystemExit("CP-SAT could not read the file")
    version = f"CP-SAT of OR-tools {ortools.__version__}"
    try:
        model = whole_model(read.helper, cp_model.CpModel())
    except Unsupported as reason:
        Trajectory().end(f"unsupported: {reason}", version)
        return
    trajectory = Trajectory()

    class Listener(cp_model.CpSolverSolutionCallback):
        def on_solution_callback(self):
            trajectory.tell(self.objective_value, self.best_objective_bound)

    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = left(asked, trajectory)
    solver.parameters.relative_gap_limit = of_the_plan(asked.gap)
    solver.parameters.num_workers = asked.threads
    solver.parameters.random_seed = asked.seed
    solver.best_bound_callback = lambda bound: trajectory.tell(least_cost=bound)
    status = solver.solve(model, Listener())
    if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        trajectory.tell(solver.objective_value, solver.best_objective_bound)
        values = solver.response_proto.solution
        names = (read.helper.var_name(column) for column in range(read.num_variables))
        write_solution(asked.solution, zip(names, values))
    trajectory.end(solver.status_name(status), version)


def whole_model(read, model):
    """The model of CP-SAT, which knows whole numbers alone, for one as it was read.

    A continuous column is counted in grains, so many to its unit that a corner of its rows is whole
    when the decisions are; rows with such columns are multiplied by that number.
    """
    columns = range(read.num_variables())
    rows = [
        (
            read.constraint_var_indices(row),
            [whole(value) for value in read.constraint_coefficients(row)],
            read.constraint_lower_bound(row),
            read.constraint_upper_bound(row),
        )
        for row in range(read.num_constraints())
    ]
    is_whole = [read.var_is_integral(column) for column in columns]
    lower = [read.var_lower_bound(column) for column in columns]
    upper = [read.var_upper_bound(column) for column in columns]
    limit_columns(rows, lower, upper)
    sizes = {abs(c) for own, cs, _, _ in rows for at, c in zip(own, cs) if not is_whole[at]}
    grain = min(math.lcm(*sizes), FINEST_GRAIN)
    for column in columns:
        unit = 1 if is_whole[column] else grain
        if not math.isfinite(lower[column]) or not math.isfinite(upper[column]):
            raise Unsupported(f"column {read.var_name(column)} has no limit")
        lower[column] = math.ceil(lower[column] * unit)
        upper[column] = math.floor(upper[column] * unit)
        model.proto.variables.add().domain.extend([lower[column], upper[column]])
    for own, coefficients, least, most in rows:
        unit = grain if any(not is_whole[at] for at in own) else 1
        sides = [whole(side * unit) for side in (least, most) if math.isfinite(side)]
        scaled = [c * (unit if is_whole[at] else 1) for at, c in zip(own, coefficients)]
        reach = sum(abs(c) * max(abs(lower[at]), abs(upper[at])) for at, c in zip(own, scaled))
        if max(reach, *map(abs, sides), 0) > LARGEST_SUM:
            raise Unsupported("a row is too large for 64 bits")
        linear = model.proto.constraints.add().linear
        linear.vars.extend(own)
        linear.coeffs.extend(scaled)
        bottom = sides[0] if math.isfinite(least) else -(2**63)
        linear.domain.extend([bottom, sides[-1] if math.isfinite(most) else 2**63 - 1])
    costs = [whole(read.var_objective_coefficient(column)) for column in columns]
    unit = grain if any(cost and not own for cost, own in zip(costs, is_whole)) else 1
    objective = model.proto.objective
    priced = [column for column in columns if costs[column]]
    objective.vars.extend(priced)
    objective.coeffs.extend([costs[at] * (unit if is_whole[at] else 1) for at in priced])
    objective.offset = read.objective_offset() * unit
    objective.scaling_factor = 1 / unit
    fault = model.validate()
    if fault:
        raise Unsupported(fault.splitlines()[0])
    return model


def whole(value):
    """A coefficient that must be a whole number."""
    if value != round(value):
        raise Unsupported(f"{value} is not a whole number")
    return round(value)


def limit_columns(rows, lower, upper):
    """Lowers the upper limits of columns that have none to what their rows leave them."""

    def has_open(row):
        return any(math.isinf(upper[at]) for at in row[0])

    left_open = [row for row in rows if has_open(row)]
    is_done = not left_open
    while not is_done:
        is_done = True
        for own, coefficients, least, most in left_open:
            for sign, side in ((1, most), (-1, -least)):
                if not math.isfinite(side):
                    continue
                terms = [(at, sign * c) for at, c in zip(own, coefficients)]
                floor = [c * (lower[at] if c > 0 else upper[at]) for at, c in terms]
                smallest = math.fsum(floor)
                for (at, c), part in zip(terms, floor):
                    room = side - (smallest - part)
                    if c > 0 and math.isinf(upper[at]) and math.isfinite(room):
                        upper[at] = max(lower[at], room / c)
                        is_done = False
        left_open = [row for row in left_open if has_open(row)]


NUMBER = r"(-?[\d.]+(?:e[+-]?\d+)?)"
# What CBC's log says of plans and of bounds, by the name of what the number is.
CBC_SAYS = [
    re.compile(rf"Continuous objective value is (?P<bound>{NUMBER})"),
    re.compile(rf"Mini branch and bound improved solution from \S+ to (?P<found>{NUMBER})"),
    re.compile(rf"Integer solution of (?P<found>{NUMBER}) found"),
    re.compile(rf"cuts changed objective from \S+ to (?P<bound>{NUMBER})"),
    re.compile(rf"(?P<found>{NUMBER}) best solution, best possible (?P<bound>{NUMBER})"),
    re.compile(rf"best objective (?P<found>{NUMBER}) \(best possible (?P<bound>{NUMBER})\)"),
    re.compile(rf"Search completed - best objective (?P<found>{NUMBER})"),
    re.compile(rf"^Objective value: +(?P<found>{NUMBER})"),
    re.compile(rf"^Lower bound: +(?P<bound>{NUMBER})"),
]


def run_cbc(asked):
    """CBC in a process of its own: its log is read line by line as it is written.

    CBC writes lines at once only to a terminal, so it is given one. Its log has six to eight
    digits: a number is taken at the worst that it may stand for.
    """
    trajectory = Trajectory()
    words = ["cbc", asked.file, "-threads", asked.threads if asked.threads > 1 else 0]
    words += ["-sec", asked.time, "-timeMode", "elapsed", "-ratio", asked.gap]
    words += ["-randomSeed", asked.seed, "-randomCbcSeed", asked.seed]
    words += ["-solve", "-solution", asked.solution]
    reader, writer = pty.openpty()
    command = [str(word) for word in words]
    cbc = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=writer, stderr=writer)
    os.close(writer)
    version, result, last, has_plan = "CBC", "", "", True
    for line in lines_of_terminal(reader):
        last = line or last
        if line.startswith("Version:"):
            version = f"CBC {line.split()[1]}"
        if line.startswith(("Result - ", "Problem is ")):
            result = line.removeprefix("Result - ").split(" - ")[0]
        if "No feasible solution" in line or "infeasible" in result:
            has_plan = False
        for said in filter(None, (pattern.search(line) for pattern in CBC_SAYS)):
            found, bound = said.groupdict().get("found"), said.groupdict().get("bound")
            cost = float(found) + half_a_digit(found) if found and has_plan else None
            least_cost = float(bound) - half_a_digit(bound) if bound else None
            trajectory.tell(cost, least_cost)
    exit_code = cbc.wait()
    if exit_code != 0 or not result:
        raise SystemExit(f"CBC ended with {exit_code}, saying: {last}")
    if result == "Optimal solution found" and trajectory.found is not None:
        # It leaves out what is better by no more than the gap, so it proves no more than that.
        trajectory.tell(least_cost=-trajectory.found / (1 - asked.gap))
    keep_cbc_solution(asked.solution, has_plan)
    trajectory.end(result, version)


def half_a_digit(text):
    """What a number may be off as it was rounded to these digits; 0 for what is not rounded."""
    if "e" not in text:
        return 0
    digits, exponent = text.split("e")
    return 0.5 * 10.0 ** (int(exponent) - len(digits.partition(".")[2]))


def lines_of_terminal(reader):
    """The lines written to a terminal, until its other end is closed."""
    rest = b""
    while True:
        try:
            piece = os.read(reader, 65536)
        except OSError:  # how Linux says that the other end is closed
            piece = b""
        *lines, rest = (rest + piece).split(b"\n")
        for line in lines:
            yield line.decode(errors="replace").strip()
        if not piece:
            os.close(reader)
            return


def keep_cbc_solution(path, has_plan):
    """Rewrites CBC's solution (position, name, value, reduced cost) as names, or removes it."""
    if not os.path.exists(path):
        return
    with open(path, encoding="utf-8") as file:
        head, *lines = file.read().splitlines() or [""]
    if not has_plan or "infeasible" in head.lower() or "no integer solution" in head:
        os.remove(path)
        return
    fields = (line.replace("**", " ").split() for line in lines)
    write_solution(path, [(field[1], float(field[2])) for field in fields if len(field) > 2])


def left(asked, trajectory):
    """The seconds that are left of the time asked for."""
    return max(asked.time - trajectory.seconds(), 0.01)


RUNS = {"highs": run_highs, "scip": run_scip, "cpsat": run_cpsat, "cbc": run_cbc}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("solver", choices=RUNS)
    parser.add_argument("file", help="a model in free MPS that minimises")
    parser.add_argument("--time", type=float, default=60, help="seconds of the wall")
    parser.add_argument("--gap", type=float, default=0.001, help="fraction of the bound to stop at")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--solution", required=True, help="where the decisions taken are written")
    asked = parser.parse_args()
    RUNS[asked.solver](asked)


if __name__ == "__main__":
    main()
