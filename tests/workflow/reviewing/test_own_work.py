"""Nobody reviews where they filled in: whatever they once wrote there, and whatever a reviewer does."""

from __future__ import annotations

from datetime import date

import pytest

from tests.workflow.office_room import (
    COUNTY,
    DUE,
    EARLIER,
    NOW,
    copied,
    good_finding,
    head,
    move,
    person,
    put_everywhere,
    put_submission,
    record_of,
    whole_content,
    write,
)
from workflow.errors import Refused
from workflow.people import Role
from workflow.procedure.confirming import TOGETHER, Confirmation, confirm
from workflow.procedure.situation import RequestedItem
from workflow.states import State
from workflow.targets import NEW, Target

REASON = "多项指标与佐证材料对不上"
ONCE = {
    "material registered": Target.evidence("E901"),
    "a row divided": Target.assignment("3.3.2"),
    "a row sent back": Target.sent_back("3.3.2"),
    "a warning explained": Target.explanation("evidence_undated/3.3.2"),
}
ACTS = {
    "finding": lambda office, who, number: write(
        office, who, number, (Target.finding("prefecture", "3.3.2"), good_finding("3.3.2"))
    ),
    "doubt": lambda office, who, number: write(
        office, who, number, (Target.doubt("prefecture", "3.3.2"), {"reason": REASON, "settles": "分月结算明细"})
    ),
    "note": lambda office, who, number: write(
        office, who, number, (Target.note("prefecture", f"{NEW}3.3.2"), {"text": REASON, "row": "3.3.2"})
    ),
    "opinion": lambda office, who, number: write(
        office, who, number, (Target.opinion("prefecture"), {"text": "同意推荐。", "date": "2018-07-02"})
    ),
    "many at once": lambda office, who, number: confirm(
        office, who, number,
        Confirmation("prefecture", ("1.1.1",), TOGETHER[:1], date(2018, 7, 2), record_of(office, number).version), NOW,
    ),
    "return": lambda office, who, number: move(
        office, who, number, "prefecture_return", items=(RequestedItem("3.3.2", "请补充分月的结算明细"),), due=DUE
    ),
    "refusal": lambda office, who, number: move(office, who, number, "prefecture_decline", reason=REASON),
}  # fmt: skip


@pytest.fixture(scope="module")
def office(begun, tmp_path_factory):
    made = copied(begun(with_draft=False), tmp_path_factory.mktemp("own") / "var")
    with made.store.write("scene", EARLIER) as tx:
        put_submission(tx, COUNTY, State.SUBMITTED, whole_content())
    yield made
    made.store.close()


@pytest.mark.parametrize("what", ONCE)
def test_who_once_wrote_there_reviews_nothing_of_it(office, what) -> None:
    with office.store.read() as tx:
        number = tx.submissions.all()[0].id
    moved = person(Role.PREFECTURE_REVIEWER, name=f"moved-{list(ONCE).index(what)}")
    put_everywhere(office, number, {ONCE[what]: {"title": "材料"}}, by=moved.username)
    put_everywhere(office, number, {ONCE[what]: None})  # the county's others have taken it out since
    before = head(office)
    for act in ACTS.values():
        with pytest.raises(Refused, match="您参与过本县的填报") as caught:
            act(office, moved, number)
        assert caught.value.code in {"own_work", "not_own_work"}
    assert head(office) == before
