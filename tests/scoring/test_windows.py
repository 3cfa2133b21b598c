"""The days of a paper in words, as who chooses one reads them."""

from __future__ import annotations

from datetime import date

import pytest

from indicators import load_library
from scoring.days import Month
from scoring.submission import EvidenceItem, Period, Round
from scoring.windows import days_asked, years_told

_NATIONAL = load_library().standards["national-2018"]
_ROUND = Round("2018", (_NATIONAL.id,), Period(date(2017, 7, 1), date(2018, 6, 30)), date(2018, 7, 15))
_SAID = {
    ("required", "in_period"): "日期应在申报期（2017-07-01至2018-06-30）内",
    ("required", "in_force"): "日期应不晚于截止日（2018-07-15），并仍然有效",
    ("required", "at_end"): "日期应在2018-03-30至2018-07-15之间",
    ("veto", "at_end"): "日期应在2018-05-30至2018-07-15之间",
}


def test_every_document_of_the_standard_says_its_own_days():
    for row in _NATIONAL.rows():
        for paper in row.evidence:
            assert days_asked(_NATIONAL, row, paper, _ROUND) == _SAID[row.consequence, paper.dated], (row.id, paper.id)


@pytest.mark.parametrize(
    ("dated", "said"),
    [
        (date(2018, 6, 20), "近2年：2016-06-21至2018-06-20"),
        (date(2020, 2, 29), "近2年：2018-03-01至2020-02-29"),
        (date(2, 6, 20), "近2年：0001-06-21至0002-06-20"),
        (Month(2018, 6), "近2年：2016-06-02至2018-06-30"),
        (
            None,
            "近2年：自所附“公安、信访、网信等部门近两年无此类事件的情况说明”的日期往前推算，附上并保存后列出起止日期",
        ),
    ],
)
def test_the_two_years_of_a_veto_run_back_from_its_proof(dated, said):
    row = _NATIONAL.row("V1")
    told = years_told(
        row, row.measure("extreme_events"), {"no_incident_statement": ("E1",)}, {"E1": EvidenceItem("说明", date=dated)}
    )
    assert told == said


def test_other_figures_have_no_years_to_tell():
    row = _NATIONAL.row("V2")
    assert years_told(row, row.measures[0], {}, {}) is None
