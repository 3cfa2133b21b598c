"""What holds of the judging whatever a county writes: the samples, changed at random, under the real standards."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from indicators import load_library
from indicators.model import SHARE_SCALES
from scoring.assessment import PASSED
from scoring.exchange.reading import read_submission, read_submission_file
from scoring.exchange.writing import submission_data, to_json, write_submission, write_submission_json
from scoring.judging.assess import assess, assess_levels
from scoring.judging.cross_checks import at_odds
from scoring.submission import LEVELS, Covered, EvidenceItem, Judgement, Part
from scoring.wording import resolve
from tests.scoring.filling import fill

LIBRARY = load_library()
STANDARDS = tuple(LIBRARY.standards.values())
SCHEME = LIBRARY.schemes["equal"]
SAMPLES = tuple(
    read_submission_file(path, LIBRARY)
    for path in sorted((Path(__file__).parents[3] / "sample_submissions").glob("*.yaml"))
)
ELIGIBLE = (fill(STANDARDS), *(sample for sample in SAMPLES if sample.division.name in {"甲县", "庚县", "辛区"}))
NUMBERS = {"count", "coverage", "rate", "zero"}
# Worst first; a row that passes is better than any that does not.
ORDER = ("undeclared", "present", "unanswered", "not_met", "contradicted", "unproven", "needs_judgement")

# No deadline and no complaint of slowness: the machine may be busy. Always the same examples.
PROPERTY = settings(derandomize=True, max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def _standards(submission):
    return [LIBRARY.standards[standard] for standard in submission.round.standards]


def _judged(submission, level="county"):
    return assess(submission, _standards(submission), SCHEME, level)


def _outcomes(submission, level="county"):
    """(standard, row) -> verdict or state."""
    return {
        (standard, result.id): result.outcome
        for standard, judged in _judged(submission, level).standards.items()
        for result in judged.results
    }


# --- changes to a submission -----------------------------------------------------------------------------------------


def _asked(submission):
    """(place, row id, measure) of every figure given, under the first standard that asks for it."""
    found = {}
    for standard in _standards(submission):
        for place, rows in (("answers", standard.indicators), ("vetoes", standard.vetoes)):
            for row in rows:
                answer = getattr(submission, place).get(row.id)
                for measure in row.measures if answer else ():
                    if measure.id in answer.measures:
                        found.setdefault((place, row.id, measure.id), (place, row.id, measure))
    return list(found.values())


def _with_answer(submission, place, row_id, **changes):
    answers = getattr(submission, place)
    return replace(submission, **{place: {**answers, row_id: replace(answers[row_id], **changes)}})


def _with_figure(submission, place, row_id, measure, figure):
    answer = getattr(submission, place)[row_id]
    return _with_answer(submission, place, row_id, measures={**answer.measures, measure.id: figure})


def _pair(draw, most):
    """Two whole numbers up to ``most``, the smaller first; often at the ends, where thresholds are."""
    number = st.integers(0, most) | st.sampled_from((0, min(1, most), max(0, most - 1), most))
    return sorted((draw(number), draw(number)))


def _worse_and_better(draw, measure, figure, facts):
    """Two figures for the measure within its whole, of which the second says more has been done."""
    if isinstance(figure, Mapping):
        pairs = {year: _worse_and_better(draw, measure, one, facts) for year, one in figure.items()}
        return tuple({year: pair[side] for year, pair in pairs.items()} for side in (0, 1))
    if measure.kind == "yes_no":
        return sorted((draw(st.booleans()), draw(st.booleans())))
    if measure.kind in ("all_of", "some_of"):
        items = list(measure.items)
        better = draw(st.lists(st.sampled_from(items), unique=True))
        return tuple(draw(st.lists(st.sampled_from(better), unique=True)) if better else ()), tuple(better)
    if measure.kind == "rate":
        less, more = _pair(draw, int(figure.denominator))
        parts = [Part(number, figure.denominator) for number in (less, more)]
        return parts if measure.require.at_least else parts[::-1]
    if measure.kind == "coverage" and not measure.of:
        return [Covered(number, figure.whole) for number in _pair(draw, int(figure.whole))]
    if measure.kind == "coverage":
        return _pair(draw, int(sum(facts[fact] for fact in measure.of)))
    pair = _pair(draw, 12)
    return pair[::-1] if measure.kind == "zero" else pair


@st.composite
def better_figures(draw):
    """An eligible county with some figures changed, and the same with better ones in their place."""
    worse = better = draw(st.sampled_from(ELIGIBLE))
    for place, row_id, measure in draw(st.lists(st.sampled_from(_asked(worse)), min_size=1, max_size=6)):
        figure = getattr(worse, place)[row_id].measures[measure.id]
        if measure.kind == "count" and measure.require is None:
            continue  # only recorded: neither more nor less is better
        pair = _worse_and_better(draw, measure, figure, worse.facts)
        worse, better = (
            _with_figure(one, place, row_id, measure, given) for one, given in zip((worse, better), pair, strict=True)
        )
    return worse, better


def _proofs(submission):
    """Everything that proves something: a citation, a nil return, a document of the register, its date."""
    for place in ("answers", "vetoes"):
        for row_id, answer in getattr(submission, place).items():
            yield from (
                ("cited", place, row_id, need, document)
                for need in answer.evidence
                for document in answer.evidence[need]
            )
            if answer.nil_return is not None:
                yield ("nil_return", place, row_id)
    yield from ((what, name) for name in submission.evidence for what in ("document", "date"))


def _without(submission, proof):
    """The submission without that proof; one that is gone already is no change."""
    what, *at = proof
    if what == "cited":
        place, row_id, need, document = at
        evidence = getattr(submission, place)[row_id].evidence
        left = tuple(one for one in evidence[need] if one != document)
        return _with_answer(submission, place, row_id, evidence={**evidence, need: left})
    if what == "nil_return":
        return _with_answer(submission, *at, nil_return=None)
    register = dict(submission.evidence)
    if what == "date":
        register[at[0]] = replace(register.get(at[0], EvidenceItem()), date=None)
        return replace(submission, evidence=register) if at[0] in submission.evidence else submission
    register.pop(at[0], None)
    for place, row_id, need, document in [p[1:] for p in _proofs(submission) if p[0] == "cited" and p[4] == at[0]]:
        submission = _without(submission, ("cited", place, row_id, need, document))
    for _, place, row_id in [p for p in _proofs(submission) if p[0] == "nil_return"]:
        if getattr(submission, place)[row_id].nil_return == at[0]:
            submission = _with_answer(submission, place, row_id, nil_return=None)
    return replace(submission, evidence=register)


@st.composite
def counties(draw):
    """A sample with figures, judgements, claims, facts and proofs changed."""
    county = draw(st.sampled_from((*ELIGIBLE[:1], *(sample for sample in SAMPLES if sample.evidence))))
    for place, row_id, measure in draw(st.lists(st.sampled_from(_asked(county)), max_size=4)):
        figure = getattr(county, place)[row_id].measures[measure.id]
        if isinstance(figure, Mapping) or _whole_known(measure, figure, county.facts):
            county = _with_figure(
                county,
                place,
                row_id,
                measure,
                draw(st.sampled_from(_worse_and_better(draw, measure, figure, county.facts))),
            )
    for row_id in draw(st.lists(st.sampled_from(list(county.answers)), max_size=3)):
        answer = county.answers[row_id]
        judgement = st.builds(Judgement, st.none() | st.booleans(), st.none() | st.text(max_size=20).map(_writable))
        county = _with_answer(
            county,
            "answers",
            row_id,
            claim=draw(st.sampled_from((None, "met", "not_met", "unsure", "not_applicable"))),
            note=draw(st.none() | st.text(max_size=20).map(_writable)),
            judgements={key: draw(judgement) for key in answer.judgements},
        )
    # A document that lost its date still stands cited, and proves nothing.
    for name in draw(st.lists(st.sampled_from(list(county.evidence)), max_size=4)):
        county = _without(county, ("date", name))
    for proof in draw(st.lists(st.sampled_from(list(_proofs(county))), max_size=4)):
        county = _without(county, proof)
    return county


def _whole_known(measure, figure, facts):
    if isinstance(figure, Part):
        return figure.denominator is not None
    return figure.whole is not None if isinstance(figure, Covered) else all(fact in facts for fact in measure.of)


def _writable(text):
    """NUL is the one character of `st.text` that no file can carry; it is told visibly on writing."""
    return text.replace("\0", "")


# --- properties ------------------------------------------------------------------------------------------------------


def test_the_counties_they_start_from_are_eligible():
    assert len(ELIGIBLE) >= 4
    assert [county.division.name for county in ELIGIBLE if not _judged(county).eligible] == []


@PROPERTY
@given(better_figures())
def test_a_better_figure_never_costs_a_row_or_the_county_its_eligibility(counties_):
    worse, better = counties_
    assume(not any(at_odds(better, standard, only_blocking=True) for standard in _standards(better)))
    before, after = _outcomes(worse), _outcomes(better)
    lost = {at: (before[at], after[at]) for at in before if before[at] in PASSED and after[at] not in PASSED}
    assert lost == {}


@PROPERTY
@given(counties(), st.data())
def test_less_proof_never_gives_a_better_verdict(county, data):
    proofs = list(_proofs(county))
    assume(proofs)
    less = county
    for proof in data.draw(st.lists(st.sampled_from(proofs), min_size=1, max_size=30, unique=True)):
        less = _without(less, proof)
    for level in LEVELS:
        before, after = _outcomes(county, level), _outcomes(less, level)
        gained = {at: (before[at], after[at]) for at in before if _rank(after[at]) > _rank(before[at])}
        # A nil return beside cases is a false statement: withdrawing it is what the reason advises.
        denied = {at for at in gained if before[at] == "contradicted" and county.answers[at[1]].nil_return is not None}
        assert gained.keys() - denied == set()


def _rank(outcome):
    return len(ORDER) if outcome in PASSED else ORDER.index(outcome)


@PROPERTY
@given(counties(), st.randoms(use_true_random=False))
def test_the_order_of_keys_changes_nothing(county, random):
    shuffled = read_submission(to_json(_shuffled(submission_data(county), random)), "json", LIBRARY)
    assert shuffled == county
    one, other = (assess_levels(each, _standards(each), SCHEME, LEVELS) for each in (county, shuffled))
    for level in LEVELS:
        assert other[level].standards == one[level].standards
        # By code: a warning about several documents names them in the register's order.
        assert sorted(w.code for w in other[level].warnings) == sorted(w.code for w in one[level].warnings)


def _shuffled(value, random):
    if not isinstance(value, dict):
        return value
    keys = list(value)
    random.shuffle(keys)
    return {key: _shuffled(value[key], random) for key in keys}


@PROPERTY
@given(counties(), st.sampled_from(LEVELS))
def test_two_standards_judge_as_each_does_alone(county, level):
    together = assess(county, STANDARDS, SCHEME, level).standards
    for standard in STANDARDS:
        alone = replace(county, round=replace(county.round, standards=(standard.id,)))
        assert assess(alone, [standard], SCHEME, level).standards == {standard.id: together[standard.id]}


SHARES = [
    (standard, row, measure)
    for standard in STANDARDS
    for row in standard.indicators
    for measure in row.measures
    if measure.kind in ("rate", "coverage")
    and not measure.yearly
    and measure.same_figures_as is None
    and (measure.require is None or measure.require.unit in SHARE_SCALES)
]


@st.composite
def shares(draw):
    """A share near its threshold: which one, the part, the whole and the province's dropout rate."""
    number = draw(st.sampled_from(range(len(SHARES))))
    standard, _, measure = SHARES[number]
    facts = dict(fill(standard).facts)
    if measure.kind == "rate":
        facts["province_dropout_rate"] = draw(st.decimals("0.01", "3", places=draw(st.integers(0, 4))))
    whole = draw(st.integers(1, 300_000))
    bound = _bound(measure, facts)
    part = int(bound * whole / 100) + draw(st.integers(-2, 2))
    return number, min(max(part, 0), whole), whole, facts.get("province_dropout_rate")


def _bound(measure, facts):
    require = measure.require
    return Decimal(100) if require is None else Decimal(resolve(require.at_least or require.at_most, facts))


@PROPERTY
@given(shares())
def test_the_digits_of_a_share_stand_to_its_threshold_as_the_verdict_says(share):
    number, part, whole, province = share
    standard, row, measure = SHARES[number]
    facts = {**fill(standard).facts, "province_dropout_rate": province}
    figure = Part(part, whole) if measure.kind == "rate" else Covered(part, whole)
    if measure.of:
        figure, facts = part, {**facts, **dict.fromkeys(measure.of, 0), measure.of[0]: whole}
    county = _with_figure(replace(fill(standard), facts=facts), "answers", row.id, measure, figure)
    results = assess(county, [standard], SCHEME).standards[standard.id].indicators[row.id].measures
    judged = next(one for one in results if one.id == measure.id)
    assume(judged.figure is not None and "%" in judged.figure)  # neither unasked nor at odds with another whole
    shown = Decimal(judged.figure.rpartition("（")[2].rstrip("）").removesuffix("%"))
    bound = _bound(measure, facts)
    most = measure.require is not None and measure.require.at_least is None
    assert (judged.state == "holds") == (shown <= bound if most else shown >= bound), (judged.figure, bound)
    assert (shown == bound) == (part * 100 == bound * whole), (judged.figure, bound)


@PROPERTY
@given(counties())
def test_what_is_written_is_read_back(county):
    assert read_submission(write_submission(county), "yaml", LIBRARY) == county
    assert read_submission(write_submission_json(county), "json", LIBRARY) == county
