"""分工: who of an office has which county is theirs to see to; nobody is given what they may not review."""

from __future__ import annotations

import pytest

from storage.care.integrity import inspect_store
from tests.workflow.office_room import (
    ADMINISTRATOR,
    COORDINATOR,
    COUNTY,
    DIRECT,
    EARLIER,
    NEIGHBOUR,
    NOW,
    OBSERVER,
    PROVINCE,
    copied,
    head,
    put_everywhere,
    put_submission,
    review_content,
    whole_content,
    write,
)
from workflow.accounts.accounts import NewAccount, add_account, disable_account, person_of
from workflow.accounts.handing_over import hand_over
from workflow.errors import Refused
from workflow.log.audit_log import AuditQuery, act_label, audit_page
from workflow.overview.worklist import WorkView, narrowed, worklist
from workflow.overview.workload import Load, desk
from workflow.people import Role
from workflow.reviewing.assigning import assign, hand_over_reviews
from workflow.states import State
from workflow.targets import Target
from workflow.verdicts.keeping import keep_anew

WHY = "调往社会救助科，九月起不再参加评审"


@pytest.fixture
def office(begun, tmp_path):
    """甲县 found but for five rows, 乙县 untouched, 戊县 of no prefecture; li, wang and zhao of one prefecture."""
    made = copied(begun(with_draft=False), tmp_path / "var")
    found = review_content("prefecture")
    left = {Target.finding("prefecture", row) for row in ("1.1.1", "1.1.2", "5.1.1", "V1", "V2")}
    bodies = {key: body for key, body in found.items() if key.is_finding and key not in left}
    with made.store.write("scene", EARLIER) as tx:
        records = [
            put_submission(tx, COUNTY, State.SUBMITTED, whole_content() | bodies),
            put_submission(tx, NEIGHBOUR, State.SUBMITTED, whole_content(NEIGHBOUR)),
            put_submission(tx, DIRECT, State.SUBMITTED, whole_content(DIRECT)),
        ]
        for record in records:
            keep_anew(made, tx, record, tx.rounds.get("2018"))
    for name, division in (("li", "990100"), ("wang", "990100"), ("zhao", "990100"), ("other", "990200")):
        add_account(made, None, NewAccount(name, f"{name}某", Role.PREFECTURE_REVIEWER, division), EARLIER)
    add_account(made, None, NewAccount("sheng", "省厅", Role.PROVINCE_REVIEWER, "990000"), EARLIER)
    yield made
    made.store.close()


def who(office, name: str):
    with office.store.read() as tx:
        return person_of(tx.accounts.by_username(name))


def ids(office) -> list[int]:
    with office.store.read() as tx:
        return [tx.submissions.find("2018", code).id for code in (COUNTY, NEIGHBOUR, DIRECT)]


def shares(office, name: str = "zhao") -> list[dict[str, str]]:
    return [dict(line.shares) for line in sorted(worklist(office, who(office, name), NOW), key=lambda o: o.record.id)]


def mine(office, name: str) -> list[str]:
    lines = worklist(office, who(office, name), NOW)
    return [one.record.division_code for one in narrowed(lines, WorkView(only=frozenset({"mine"})))]


def test_counties_and_sections_are_whose_they_are_given_to(office) -> None:
    first, second, _ = ids(office)
    li = who(office, "li")
    assert assign(office, li, [first, second], "li", NOW) == 2
    assert assign(office, li, [first], "wang", NOW, sections=["5", "vetoes"]) == 1
    assert assign(office, li, [first], "wang", NOW, sections=["5"]) == 0, "nothing new"
    assert shares(office) == [{"": "li", "5": "wang", "vetoes": "wang"}, {"": "li"}]
    assert (mine(office, "li"), mine(office, "wang"), mine(office, "zhao")) == ([COUNTY, NEIGHBOUR], [COUNTY], [])
    loads = desk(office, li, NOW).loads
    assert loads["wang"] == Load(parts=2, waiting=1, rows=12 + 3, found=12 + 3 - 3)
    assert loads["li"] == Load(counties=2, waiting=2, rows=33 + 48, found=33 - 2)
    assert (loads["zhao"], loads[""]) == (Load(), Load())
    assign(office, li, [first], "li", NOW, sections=["5", "vetoes"])
    assert shares(office)[0] == {"": "li"}, "a part of whoever has the county needs no saying"
    assign(office, li, [first], None, NOW)
    assert shares(office)[0] == {}
    assert desk(office, li, NOW).loads[""].counties == 1
    assert assign(office, who(office, "sheng"), ids(office), "sheng", NOW) == 3
    assert shares(office)[1] == {"": "li"}, "each level its own"
    assert inspect_store(office.store).faults == ()


def test_what_is_given_is_no_right(office) -> None:
    first, *_ = ids(office)
    assign(office, who(office, "li"), [first], "li", NOW)
    found = Target.finding("prefecture", "1.1.1"), {"finding": "met", "date": "2018-07-02"}
    assert not write(office, who(office, "wang"), first, found).unchanged


@pytest.mark.parametrize(
    "case",
    [
        (COORDINATOR, "li", "first", (), "wrong_role"),
        (OBSERVER, "li", "first", (), "wrong_role"),
        (ADMINISTRATOR, "li", "first", (), "wrong_role"),
        (PROVINCE, "li", "first", (), "bad_account"),
        ("other", "other", "first", (), "not_found"),
        ("li", "other", "first", (), "bad_account"),
        ("li", "nobody", "first", (), "bad_account"),
        ("li", "wang", "third", (), "not_found"),
        ("li", "wang", "none", (), "malformed"),
        ("li", "wang", "first", ("9",), "malformed"),
        ("li", "zhao", "first", (), "bad_account"),
    ],
)
def test_dividing_is_refused_with_the_reason_and_writes_nothing(office, case) -> None:
    by, to, which, sections, code = case
    disable_account(office, ADMINISTRATOR, "zhao", NOW)
    every = dict(zip(("first", "second", "third"), ids(office), strict=True))
    person, before = who(office, by) if isinstance(by, str) else by, head(office)
    with pytest.raises(Refused) as caught:
        assign(office, person, [every[which]] if which in every else [], to, NOW, sections=sections)
    assert caught.value.code == code
    assert all(reason.endswith("。") for reason in caught.value.reasons)
    assert head(office) == before


def test_nobody_is_given_what_they_filled_in_or_are_named_in(office) -> None:
    first, second, _ = ids(office)
    li = who(office, "li")
    put_everywhere(office, first, {Target.evidence("E77"): {"title": "材料"}}, by="wang")
    put_everywhere(office, second, {Target.form("contact_name_and_title"): "zhao某，科员"})
    for number, name in ((first, "wang"), (second, "zhao")):
        with pytest.raises(Refused) as caught:
            assign(office, li, [first, second], name, NOW)
        assert caught.value.code == "own_work"
        assert ("甲县" if number == first else "乙县") in str(caught.value)
    assign(office, li, [second], "wang", NOW)
    assign(office, li, [first], "li", NOW)
    with pytest.raises(Refused, match="wang某参与过甲县的填报"):
        hand_over_reviews(office, li, "li", "wang", NOW, why=WHY)


def test_a_closed_round_is_divided_no_more(office) -> None:
    first, *_ = ids(office)
    with office.store.write("system", NOW) as tx:
        tx.rounds.close("2018")
    with pytest.raises(Refused, match="已经结束"):
        assign(office, who(office, "li"), [first], "li", NOW)


def test_everything_of_somebody_is_handed_over_with_a_reason_and_told_in_the_log(office) -> None:
    first, second, _ = ids(office)
    li = who(office, "li")
    assign(office, li, [first], "wang", NOW)
    assign(office, li, [second], "wang", NOW, sections=["1"])
    disable_account(office, ADMINISTRATOR, "wang", NOW)
    assert not desk(office, li, NOW).holders["wang"].here, "the office is told what is left lying"
    refused = ("走了", "li", "malformed"), (WHY * 300, "zhao", "too_long"), (WHY, "wang", "bad_account")
    for why, to, code in (*refused, (WHY, "other", "bad_account")):
        with pytest.raises(Refused) as caught:
            hand_over_reviews(office, li, "wang", to, NOW, why=why)
        assert caught.value.code == code
    assert hand_over_reviews(office, li, "wang", "zhao", NOW, why=WHY) == 2
    assert shares(office) == [{"": "zhao"}, {"1": "zhao"}]
    assert "wang" not in desk(office, li, NOW).holders
    with pytest.raises(Refused, match="不用移交"):
        hand_over_reviews(office, li, "wang", "zhao", NOW, why=WHY)
    lines = audit_page(office, ADMINISTRATOR, AuditQuery(submission_id=second, action="submission.assign")).lines
    assert [act_label(line) for line in lines] == ["评审分工"] * 2
    assert lines[0].who == "li某（li）"
    assert lines[0].more == f"市级分工；领导协调机制：wang某（wang） → zhao某（zhao）；理由：{WHY}"


def test_who_takes_over_an_account_has_what_it_had(office) -> None:
    first, *_ = ids(office)
    assign(office, who(office, "li"), [first], "wang", NOW)
    hand_over(office, ADMINISTRATOR, "wang", "zhao", NOW)
    assert shares(office)[0] == {"": "zhao"}
    assert mine(office, "zhao") == [COUNTY]
    assert "wang" not in desk(office, who(office, "li"), NOW).holders
