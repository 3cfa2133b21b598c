"""What other rules change in a row is told in a line: the threshold, the words, what is newly asked."""

from __future__ import annotations

from dataclasses import replace

import pytest

from indicators.comparing.row_difference import standard_difference
from indicators.comparing.told import revised_rows
from indicators.model import EvidenceRequirement, Measure
from indicators.model.rule_changes import where_they_differ
from tests.workflow.office_room import LIBRARY, STANDARDS
from tests.workflow.upgraded import asked_yes_or_no, stricter, with_standards, without_row

ROW = "3.3.2"


def revised_in(old, new, standard_ids):
    pairs = ((old.standards[one], new.standards[one]) for one in standard_ids)
    return tuple(revised_rows([standard_difference(*pair, new.vocabulary) for pair in pairs]))


def revisions(*standards):
    (row,) = revised_in(LIBRARY, with_standards(*standards), STANDARDS)
    assert (row.row, row.fate) == (ROW, "changed")
    return row.revisions


def with_row(change, standard_id: str = "national-2018"):
    standard = LIBRARY.standards[standard_id]
    rows = tuple(change(row) if row.id == ROW else row for row in standard.indicators)
    return replace(standard, indicators=rows)


def test_the_same_rules_revise_nothing():
    assert revised_in(LIBRARY, LIBRARY, STANDARDS) == ()


def test_a_threshold_is_told_with_both_its_limits_and_the_standard_it_moved_in():
    (one,) = revisions(stricter(least=80))
    assert (one.part, one.old, one.new) == ("threshold", "不低于70%", "不低于80%")
    assert one.standards == ("全国标准",)


def test_what_changes_alike_in_every_standard_names_none():
    def told(row):
        return replace(row, statement=row.statement + "并公开。")

    (one,) = revisions(*(with_row(told, standard) for standard in STANDARDS))
    assert (one.part, one.standards) == ("statement", ())
    assert one.new.endswith("并公开。")
    assert len(one.new) < len("……") + 20


def test_an_indicator_that_came_or_went_is_no_changed_one():
    without = with_standards(*(without_row(one, "2.1.2") for one in STANDARDS))
    assert [(one.row, one.fate) for one in revised_in(without, LIBRARY, STANDARDS)] == [("2.1.2", "added")]
    assert [(one.row, one.fate) for one in revised_in(LIBRARY, without, STANDARDS)] == [("2.1.2", "removed")]


def test_a_measure_and_a_required_document_that_are_new_are_told_and_an_optional_one_is_not():
    measure = Measure("visits", "count", "走访次数", ())
    papers = (
        EvidenceRequirement("visit_record", "走访记录", "document", required=True, dated="in_force"),
        EvidenceRequirement("photos", "走访照片", "document", required=False, dated="in_force"),
    )
    found = revisions(
        with_row(lambda row: replace(row, measures=(*row.measures, measure), evidence=(*row.evidence, *papers)))
    )
    assert [(one.part, one.label, one.old) for one in found] == [
        ("measure", "走访次数", ""),
        ("evidence", "走访记录", ""),
    ]


def test_a_figure_asked_in_another_form_is_not_told_as_a_threshold():
    assert [one.part for one in revisions(asked_yes_or_no("national-2018"))] == ["measure"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("每年召开两次会议", "每年召开四次会议", ("每年召开两次会议", "每年召开四次会议")),
        ("一", "一二", ("一", "一二")),
        ("甲" * 30 + "七" + "乙" * 30, "甲" * 30 + "八" + "乙" * 30, None),
        ("", "丙" * 200, ("", "丙" * 60 + "……")),
    ],
)
def test_of_two_texts_what_differs_is_shown_with_a_little_around_it(old, new, said):
    shown = where_they_differ(old, new)
    assert shown == (said or (f"……{'甲' * 10}七{'乙' * 10}……", f"……{'甲' * 10}八{'乙' * 10}……"))
