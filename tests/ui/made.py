"""A county made up for the screens' tests: every measure of both standards answered so that everything is met."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal

from indicators import load_library
from indicators.model import Fact, Indicator, Measure, Standard
from scoring.submission import (
    FORM_FIELDS,
    Answer,
    Covered,
    Division,
    EvidenceItem,
    FactValue,
    Figure,
    Form,
    Judged,
    Judgement,
    Part,
    Period,
    Round,
    Submission,
)

LIBRARY = load_library()
STANDARDS = tuple(LIBRARY.standards.values())
PERIOD = Period(date(2017, 1, 1), date(2018, 6, 30))
YEARS = ("2017", "2018")
FACTS: dict[str, FactValue] = {
    "county_kind": "county",
    "applies_as": "demonstration",
    "population": 430_000,
    "townships": 8,
    "subdistricts": 2,
    "villages": 96,
    "communities": 10,
    "villages_100_or_more": 86,
    "villages_under_100": 20,
    "childrens_places": 106,
    "province_dropout_rate": Decimal("1.8"),
    "prefecture_dropout_rate": Decimal("1.6"),
}
DOCUMENT = EvidenceItem(
    title="甲县困境儿童医疗救助办法",
    document_number="甲政发〔2018〕9号",
    issuer="甲县人民政府",
    date=date(2018, 6, 15),
    pages=12,
    holder="县民政局",
)
FORM = Form(
    **{name: field.label for name, field in FORM_FIELDS.items()}
    | {"unit_name": "甲县民政局", "leader_phone": "0800-0000001", "narrative": "一、基本情况\n甲县共有8个乡镇。"}
)


def county(**changed: object) -> Submission:
    """甲县 with every row claimed and proven under every installed standard; keywords replace parts of it."""
    facts = {fact.id: _fact(fact) for standard in STANDARDS for fact in standard.facts.values()} | FACTS
    answers: dict[str, Answer] = {}
    vetoes: dict[str, Answer] = {}
    for row in (row for standard in STANDARDS for row in standard.rows()):
        group = vetoes if row.consequence == "veto" else answers
        group[row.id] = _answer(row, group.get(row.id), facts)
    made = Submission(
        round=Round("2018", tuple(standard.id for standard in STANDARDS), PERIOD),
        division=Division("990121", "甲县"),
        facts={fact: value for fact, value in facts.items() if value is not None},
        form=FORM,
        answers=answers,
        vetoes=vetoes,
        evidence={"E01": DOCUMENT},
    )
    return replace(made, **changed)


def with_answer_to(submission: Submission, row_id: str, **changed: object) -> Submission:
    """The county with parts of one answer replaced."""
    return replace(submission, answers={**submission.answers, row_id: replace(submission.answers[row_id], **changed)})


def rows() -> list[tuple[Standard, Indicator]]:
    """Every row of every standard."""
    return [(standard, row) for standard in STANDARDS for row in standard.rows()]


def measures() -> Iterable[Measure]:
    """Every measure of every standard."""
    return (measure for _, row in rows() for measure in row.measures)


def _fact(fact: Fact) -> FactValue | None:
    return {"number": 20, "yes_no": True, "judged": Judged(value=True, reason="走访核实"), "choice": None}[fact.kind]


def _answer(row: Indicator, before: Answer | None, facts: dict[str, FactValue | None]) -> Answer:
    answer = before or Answer(claim="clear" if row.consequence == "veto" else "met")
    figures, judgements = dict(answer.measures), dict(answer.judgements)
    for measure in row.measures:
        if measure.kind == "judgement":
            judgements[measure.id] = Judgement(fulfilled=True, reason="有文件和会议纪要")
        elif measure.same_figures_as is None:
            figures[measure.id] = figure(measure, facts)
    evidence = dict(answer.evidence) | {requirement.id: ("E01",) for requirement in row.evidence}
    return replace(answer, measures=figures, judgements=judgements, evidence=evidence)


def figure(measure: Measure, facts: dict[str, FactValue | None]) -> Figure:
    """A figure that meets the measure."""
    least = measure.require.at_least.number if measure.require and measure.require.at_least else None
    value: Figure
    if measure.kind == "yes_no":
        value = True
    elif measure.kind in {"all_of", "some_of"}:
        value = tuple(measure.items)
    elif measure.kind == "rate":
        value = Part(812_000, 1_100_000) if least else Part(1, 1000)
    elif measure.kind == "coverage":
        whole = sum(int(facts[fact]) for fact in measure.of)
        value = Covered(3, 3) if measure.whole else whole
    elif measure.kind == "zero":
        value = 0
    else:
        value = least or 4
    return dict.fromkeys(YEARS, value) if measure.yearly else value
