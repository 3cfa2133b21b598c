"""How fast counties are judged: `assess` with its reasons against zen-engine, rule-engine and json-logic-qubit.

``python benchmarks/judge.py [-n ROUNDS]`` judges the same 129 invented counties under the two standards with everybody
in turn, so that a busy moment of the machine meets all alike, and prints medians and ratios of processor
time; then the whole country.
Before anything is timed every engine must give the same state for every check of every county as the others do and
as `assess` does.

What is compared is unequal, and to our disadvantage: the engines only run the checks (benchmarks/engines.py), on data
laid out for them beforehand, and give a number for each. `assess` besides that weighs claims, signed nil returns,
required evidence and its dates, figures that disagree across measures and rows, gives a verdict and all reasons for
every row, states the vetoes, counts, scores, and collects warnings. Its reasons are made but not put into words: that
happens when one is shown, and is timed on a line of its own.

Exit 1 when 129 counties × 2 standards take more than 0.5 s of it. Needs ``benchmarks/requirements.txt``; a
rival that is not installed is named and left out.
"""

from __future__ import annotations

import argparse
import gc
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.counties import PERIOD, counties  # noqa: E402 - run as a script from anywhere
from benchmarks.engines import ENGINES, STATES, Engine, checks, plain_data, sizes  # noqa: E402 - as above
from indicators import load_library  # noqa: E402 - as above
from indicators.model import Standard  # noqa: E402 - as above
from scoring.assessment import Assessment, IndicatorResult, VetoResult  # noqa: E402 - as above
from scoring.judging.assess import assess  # noqa: E402 - as above
from scoring.memory import tune_gc  # noqa: E402 - as above
from scoring.submission import Submission  # noqa: E402 - as above
from scoring.yearly import full_years  # noqa: E402 - as above

BAR = 0.5  # seconds
PROVINCE = 129
COUNTRY = 2851
YEARS = tuple(str(year) for year in full_years(PERIOD))
LIBRARY = load_library()
STANDARDS = [LIBRARY.standards[name] for name in ("national-2018", "yunnan-2018")]
Judge = Callable[[], object]


def judge(submissions: Sequence[Submission]) -> list[Assessment]:
    """Ours."""
    return [assess(submission, STANDARDS, LIBRARY.schemes["equal"]) for submission in submissions]


def words(assessments: Sequence[Assessment]) -> int:
    """Every reason put into words; how many characters."""
    return sum(
        len(reason.text)
        for assessment in assessments
        for judged in assessment.standards.values()
        for row in (*judged.vetoes, *judged.indicators.values())
        for reason in row.reasons
    )


def prepared() -> dict[str, list[Engine]]:
    """Every engine that is installed, with the rules of each standard."""
    ready = {}
    for name, prepare in ENGINES.items():
        try:
            ready[name] = [prepare(checks(standard, YEARS)) for standard in STANDARDS]
        except ImportError as error:
            print(f"{name:<18} not installed ({error.name}); see benchmarks/requirements.txt")
    return ready


def agree(engines: dict[str, list[Engine]], submissions: Sequence[Submission], data: Sequence[dict[str, Any]]) -> str:
    """Raises where anybody gives another state for a check; says how many were compared.

    A row with a nil return is compared among the engines only, and so is a figure that `assess` finds to disagree with
    another: of these the engines know nothing.
    """
    compared = beyond = 0
    for submission, values, assessment in zip(submissions, data, judge(submissions), strict=True):
        for number, standard in enumerate(STANDARDS):
            answers = {name: engine[number](values) for name, engine in engines.items()}
            for place, (row, measure_id, ours) in enumerate(_states(submission, standard, assessment)):
                theirs = {name: int(states[place]) for name, states in answers.items()}
                if len(set(theirs.values()) | ({ours} if ours is not None else set())) > 1:
                    raise RuntimeError(f"{submission.division.code} {standard.id} {row} {measure_id}: {ours}, {theirs}")
                compared += 1
                beyond += ours is None
    return f"{compared} checks give the same state with everybody ({beyond} of them compared among the engines only)"


def _states(submission: Submission, standard: Standard, assessment: Assessment) -> list[tuple[str, str, int | None]]:
    """Row, measure and our state of every check in order; None where ours looks further than the figure itself."""
    judged = assessment.standards[standard.id]
    results: dict[str, IndicatorResult | VetoResult] = {
        **judged.indicators,
        **{veto.id: veto for veto in judged.vetoes},
    }
    states = []
    for row in standard.rows():
        answer = (submission.vetoes if row.consequence == "veto" else submission.answers).get(row.id)
        result = results[row.id]
        apart = {reason.measure for reason in result.reasons if reason.code == "figures_disagree"}
        for measure in result.measures:
            further = measure.id in apart or (answer is not None and answer.nil_return is not None)
            states.append((row.id, measure.id, None if further else STATES[measure.state]))
    return states


def seconds(run: Judge) -> float:
    """Processor time of one run: everybody works in one thread, and other programs do not count."""
    gc.collect()
    start = time.process_time()
    judged = run()
    spent = time.process_time() - start
    del judged  # what was made is kept by whoever asked for it; letting go of it is not judging
    return spent


def run_all(engine: Sequence[Engine], data: Sequence[dict[str, Any]]) -> None:
    """Every county under every standard."""
    for values in data:
        for judge_standard in engine:
            judge_standard(values)


def main() -> int:
    """Compare, then measure everybody in turn; 1 when ours misses the bar."""
    parser = argparse.ArgumentParser(description="Time the judging of counties against general rule engines.")
    parser.add_argument("-n", "--rounds", type=int, default=9)
    rounds = parser.parse_args().rounds
    submissions = counties(PROVINCE, STANDARDS)
    data = [plain_data(submission, STANDARDS, YEARS) for submission in submissions]
    engines = prepared()
    per_standard = [checks(standard, YEARS) for standard in STANDARDS]
    operations = sum(sum(sizes(trees)) for trees in per_standard)
    print(f"a county: {sum(map(len, per_standard))} checks of {operations} operations under {len(STANDARDS)} standards")
    print(agree(engines, submissions, data))

    assessments = judge(submissions)
    runs: dict[str, Judge] = {"ours": lambda: judge(submissions), "ours, words only": lambda: words(assessments)}
    for name, engine in engines.items():
        runs[name] = lambda engine=engine: run_all(engine, data)
    tune_gc()  # as the product does once it has started
    times: dict[str, list[float]] = {name: [] for name in runs}
    for _ in range(rounds):
        for name, run in runs.items():
            times[name].append(seconds(run))
    medians = {name: statistics.median(spent) for name, spent in times.items()}
    print(f"\n{PROVINCE} counties × {len(STANDARDS)} standards    median of {rounds}     ours / it")
    for name, median in medians.items():
        ratio = statistics.median(a / b for a, b in zip(times["ours"], times[name], strict=True))
        print(f"{name:<18} {median * 1000:20.0f} ms {ratio:13.2f}")

    country = counties(COUNTRY, STANDARDS, seed=COUNTRY)
    spent = seconds(lambda: judge(country))
    print(f"\nthe whole country, {COUNTRY} × {len(STANDARDS)}: {spent:.1f} s, {spent / COUNTRY * 1000:.1f} ms a county")
    met = medians["ours"] <= BAR
    print(f"bar: {PROVINCE} × {len(STANDARDS)} within {BAR} s: {'met' if met else 'MISSED'}")
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
