"""The register read by itself: each thing amiss is told once, to whoever sees the assessment's warnings."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from indicators import load_library
from scoring.days import Month
from scoring.judging.assess import assess
from scoring.judging.old_veto_proofs import old_veto_proofs
from scoring.judging.register_warnings import CODES_OF_THE_REGISTER
from scoring.submission import Answer, EvidenceItem
from tests.scoring.filling import fill

LIBRARY = load_library()
NATIONAL = LIBRARY.standards["national-2018"]
STANDARDS = [NATIONAL, LIBRARY.standards["yunnan-2018"]]
DAY = date(2018, 6, 15)


def _told(register: dict[str, EvidenceItem], answers: dict[str, Answer] | None = None) -> list[tuple[str, str]]:
    submission = replace(fill(STANDARDS), answers=answers or {}, vetoes={}, evidence=register)
    warnings = assess(submission, STANDARDS, LIBRARY.schemes["equal"]).warnings
    return [(reason.code, reason.text) for reason in warnings if reason.code in CODES_OF_THE_REGISTER]


def _paper(number: str | None = None, digest: str | None = None, kind: str | None = "document") -> EvidenceItem:
    return EvidenceItem(title="通知", kind=kind, document_number=number, sha256=digest, date=DAY)


@pytest.mark.parametrize(
    ("register", "said"),
    [
        ({"E1": _paper("甲政发〔2018〕1号"), "E2": _paper("甲政发〔2018〕2号"), "E3": _paper(), "E4": _paper()}, []),
        ({"E1": _paper("甲政发〔2018〕1号"), "E2": _paper("甲政发[２０１８] 1号")}, ["材料 E1、E2文号相同"]),
        ({"E1": _paper(digest="0" * 64), "E2": _paper(digest="0" * 64)}, ["材料 E1、E2是同一份文件"]),
        (
            {"E1": _paper("甲政发〔2018〕1号", "0" * 64), "E2": _paper("甲政发〔2018〕1号", "0" * 64)},
            ["材料 E1、E2是同一份文件"],
        ),
        ({"E1": _paper(kind=None), "E2": _paper(), "E3": _paper(kind=None)}, ["材料 E1、E3没有登记种类"]),
        ({f"E{n}": _paper(kind=None) for n in range(9)}, ["E7 等9份没有登记种类"]),
    ],
    ids=["nothing", "number", "bytes", "both", "kinds", "many without a kind"],
)
def test_a_paper_registered_twice_or_without_its_kind_is_told_once(register, said):
    told = _told(register)
    assert len(told) == len(said)
    for (_, text), words in zip(told, said, strict=True):
        assert words in text


def _cited(**requirements: str) -> dict[str, Answer]:
    """Row and requirement, joined by two underscores, by the document that is cited there."""
    answers: dict[str, Answer] = {}
    for place, document in requirements.items():
        row, requirement = place.removeprefix("r").split("__")
        row = ".".join(row)
        former = answers.get(row, Answer(claim="met"))
        answers[row] = replace(former, evidence={**former.evidence, requirement: (document,)})
    return answers


TWO = {"r331__medical_insurance_document": "E1", "r332__settlement_summary": "E1"}


@pytest.mark.parametrize(
    ("cited", "register", "told"),
    [
        (TWO, {"E1": _paper()}, None),
        (
            TWO | {"r113__county_minutes": "E1"},
            {"E1": _paper()},
            "用于3处，各处所要的材料种类不同（文件、会议纪要、统计表）",
        ),
        (TWO | {"r333__rehabilitation_statistics": "E1"}, {"E1": _paper()}, None),
        (TWO | {"r512__section_approval": "E1"}, {"E1": _paper()}, None),  # what is asked there may be a 文件 as well
        (
            TWO | {"r113__county_minutes": "E2"},
            {"E1": _paper(digest="0" * 64), "E2": _paper(digest="0" * 64)},
            "材料 E1、E2“通知”用于3处",
        ),
    ],
    ids=["two kinds", "three kinds", "three places, two kinds", "a kind that serves as well", "the same bytes"],
)
def test_one_paper_for_three_kinds_of_requirements_is_told_once(cited, register, told):
    found = [text for code, text in _told(register, _cited(**cited)) if code == "paper_for_many_kinds"]
    assert [told in text for text in found] == ([] if told is None else [True])


def test_one_paper_for_everything_is_told_once_however_many_rows_rest_on_it():
    """Case 08: the notice of the county's mechanism for 76 places of nine kinds."""
    filled = fill(STANDARDS)
    answers = {
        row: replace(answer, evidence=dict.fromkeys(answer.evidence, ("E1",))) for row, answer in filled.answers.items()
    }
    found = [text for code, text in _told({"E1": _paper()}, answers) if code == "paper_for_many_kinds"]
    assert len(found) == 1


@pytest.mark.parametrize(
    ("dated", "told"),
    [
        (DAY - timedelta(days=31), False),
        (DAY - timedelta(days=32), True),
        (Month(2018, 5), False),
        (Month(2018, 4), True),
        (None, False),  # it proves nothing, and the row says so
    ],
)
def test_who_signs_is_told_of_veto_proofs_more_than_a_month_old(dated, told):
    filled = fill(NATIONAL)
    (good,) = filled.vetoes["V2"].evidence["guardianship_check"]
    register = {key: replace(item, date=DAY) for key, item in filled.evidence.items()}
    check = replace(filled.vetoes["V2"], evidence={"guardianship_check": ("E1",)})
    county = replace(
        filled,
        vetoes={**filled.vetoes, "V2": check},
        evidence={**register, "E1": replace(register[good], title="比对证明", date=dated)},
    )
    found = [proof.row.id for proof in old_veto_proofs(county, STANDARDS[:1] * 2, DAY)]
    assert found == (["V2"] if told else [])
    present = replace(county, vetoes={**county.vetoes, "V2": replace(check, claim="present")})
    assert not list(old_veto_proofs(present, [NATIONAL], DAY))
