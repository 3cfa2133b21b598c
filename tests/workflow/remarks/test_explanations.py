"""The county explains what an automatic check found; reviewers read it, and no verdict changes for it."""

from __future__ import annotations

import pytest

from tests.workflow.office_room import (
    COORDINATOR,
    DEPARTMENT,
    GOVERNMENT,
    PREFECTURE,
    head,
    opened_by,
    person,
    put_assigned,
    put_everywhere,
    put_returned,
    write,
)
from workflow.errors import Refused
from workflow.people import Role
from workflow.remarks.explanations import EXPLANATION, explanations
from workflow.submission.exchanging import export_submission
from workflow.submission.judging import judged_at
from workflow.targets import Target

ROW, KEY = "4.2.1", "evidence_kind_differs/4.2.1"
SHARE = "has_population/3.4.4"
WORDS = {EXPLANATION: "办法以会议纪要的形式印发，原件无误。"}


@pytest.fixture
def found(office, draft) -> int:
    """The draft with a paper of another kind than asked, and a population of nobody."""
    paper = Target.evidence("G1")
    body = opened_by(office, COORDINATOR, draft).entries[paper].body
    put_everywhere(office, draft, {paper: body | {"kind": "other"}, Target.fact("population"): 0})
    return draft


def test_coordinator_and_the_row_s_department_explain_and_the_government_reads(office, found) -> None:
    put_assigned(office, found, ROW)
    before = judged_at(office, opened_by(office, COORDINATOR, found), "county")
    write(office, DEPARTMENT, found, (Target.explanation(KEY), WORDS))
    write(office, COORDINATOR, found, (Target.explanation(SHARE), WORDS))
    for who in (GOVERNMENT, DEPARTMENT):
        seen = opened_by(office, who, found)
        assert explanations(seen.entries) == {KEY: WORDS[EXPLANATION], SHARE: WORDS[EXPLANATION]}
    assert judged_at(office, opened_by(office, COORDINATOR, found), "county") == before
    assert WORDS[EXPLANATION] not in export_submission(office, COORDINATOR, found)
    write(office, DEPARTMENT, found, (Target.explanation(KEY), None))
    assert explanations(opened_by(office, GOVERNMENT, found).entries).keys() == {SHARE}


@pytest.mark.parametrize(
    ("key", "body"),
    [
        (KEY, {EXPLANATION: "属实"}),
        (KEY, {EXPLANATION: 8}),
        (KEY, {"text": WORDS[EXPLANATION]}),
        (KEY, WORDS[EXPLANATION]),
        ("evidence_kind_differs/9.9.9", WORDS),
        ("no_such_check/4.2.1", WORDS),
        ("finding_not_met/4.2.1", WORDS),
        ("4.2.1", WORDS),
    ],
)
def test_an_explanation_has_substance_and_is_of_a_check_and_a_place(office, draft, key, body) -> None:
    before = head(office)
    with pytest.raises(Refused) as caught:
        write(office, COORDINATOR, draft, (Target.explanation(key), body))
    assert caught.value.code == "malformed"
    assert head(office) == before


def test_declared_checks_are_explained_by_their_own_name_and_documents_by_number(office, found) -> None:
    for key in (SHARE, "kinds_missing/G2"):
        write(office, COORDINATOR, found, (Target.explanation(key), WORDS))
    assert len(explanations(opened_by(office, COORDINATOR, found).entries)) == 2


def test_after_a_return_every_warning_may_be_explained_and_whoever_does_reviews_no_more(office, found) -> None:
    put_returned(office, found, "3.3.2")
    write(office, COORDINATOR, found, (Target.explanation(KEY), WORDS))
    assert explanations(opened_by(office, PREFECTURE, found).entries) == {KEY: WORDS[EXPLANATION]}
    moved = person(Role.PREFECTURE_REVIEWER, name="moved-up")
    put_everywhere(office, found, {Target.explanation(SHARE): WORDS}, by=moved.username)
    assert moved.username in opened_by(office, moved, found).context.touched_by
