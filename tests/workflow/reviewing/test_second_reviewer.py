"""认定与推荐意见由两人分别办理: who found on rows gives no opinion of the level and does not recommend."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.workflow.office_room import (
    ADMINISTRATOR,
    COUNTY,
    DUE,
    EARLIER,
    NOW,
    copied,
    good_finding,
    head,
    move,
    opened_by,
    put_submission,
    record_of,
    review_content,
    whole_content,
    write,
)
from workflow.accounts.accounts import NewAccount, add_account, person_of
from workflow.errors import Refused
from workflow.log.audit_log import AuditQuery, audit_page
from workflow.overview.worklist import worklist
from workflow.people import Role
from workflow.procedure.moving import offers
from workflow.procedure.situation import RequestedItem
from workflow.rounds.rounds import change_round
from workflow.states import State
from workflow.targets import Target
from workflow.verdicts.keeping import keep_anew

OPINION = (
    Target.opinion("prefecture"),
    {"text": "经基础评价，各项均达标，同意推荐。", "date": "2018-07-02", "by": "演示州民政局"},
)
LATER = NOW + timedelta(hours=1)
WHY = "省厅要求认定和推荐由两人分别办理"


@pytest.fixture(scope="module")
def template(begun, tmp_path_factory):
    """甲县 found on every row by li; wang sits beside."""
    var = tmp_path_factory.mktemp("two") / "var"
    made = copied(begun(with_draft=False), var)
    found = {target: body for target, body in review_content("prefecture").items() if target.is_finding}
    for name in ("li", "wang"):
        add_account(made, None, NewAccount(name, f"{name}某", Role.PREFECTURE_REVIEWER, "990100"), EARLIER)
    with made.store.write("scene", EARLIER) as tx:
        record = put_submission(tx, COUNTY, State.SUBMITTED, whole_content())
        tx.acting("li", EARLIER).entries.add_all(record.id, {tuple(target): body for target, body in found.items()})
        keep_anew(made, tx, record, tx.rounds.get("2018"))
    made.store.close()
    return var


@pytest.fixture
def office(template, tmp_path):
    made = copied(template, tmp_path / "var")
    yield made
    made.store.close()


def who(office, name: str):
    with office.store.read() as tx:
        return person_of(tx.accounts.by_username(name))


def want_two(office, *, wanted: bool = True) -> None:
    change_round(office, ADMINISTRATOR, "2018", NOW, WHY, second_reviewer=wanted)


def waiting(office, name: str) -> list[str]:
    (line,) = worklist(office, who(office, name), NOW)
    return [one.code for one in line.waiting]


def test_the_opinion_and_the_recommendation_are_another_s(office) -> None:
    want_two(office)
    li, wang = who(office, "li"), who(office, "wang")
    assert (waiting(office, "li"), waiting(office, "wang")) == ([], ["opinion"])
    before = head(office)
    with pytest.raises(Refused) as caught:
        write(office, li, 1, OPINION)
    assert (caught.value.code, head(office)) == ("own_findings", before)
    assert "两人分别办理" in str(caught.value)
    write(office, wang, 1, OPINION)
    assert (waiting(office, "li"), waiting(office, "wang")) == ([], ["decide"])
    with pytest.raises(Refused) as caught:
        move(office, li, 1, "prefecture_recommend")
    assert (caught.value.code, len(caught.value.reasons)) == ("not_own_findings", 1)
    assert "本级认定由li某（li）作出：您作出过认定，不能办理推荐" in str(caught.value)
    move(office, wang, 1, "prefecture_recommend")
    assert record_of(office, 1).state == State.PREFECTURE_RECOMMENDED


def test_who_found_but_once_is_one_of_them(office) -> None:
    want_two(office)
    wang = who(office, "wang")
    write(office, wang, 1, OPINION)
    write(office, wang, 1, (Target.finding("prefecture", "1.1.1"), good_finding("1.1.1") | {"date": "2018-07-01"}))
    (offer,) = (one for one in offers(office, wang, 1, NOW) if one.transition.move == "prefecture_recommend")
    assert [reason.partition("：")[2][:6] for reason in offer.obstacles] == ["您作出过认定", "推荐意见由w"]
    assert "li某（li）" in offer.obstacles[0]
    assert "wang某（wang）" in offer.obstacles[0]


def test_who_found_stays_one_of_them_whoever_writes_over_it(office) -> None:
    want_two(office)
    li, wang = who(office, "li"), who(office, "wang")
    found = {t: entry.body for t, entry in opened_by(office, li, 1).entries.items() if t.is_finding}
    write(office, wang, 1, *((target, {**body, "date": "2018-07-01"}) for target, body in found.items()))
    assert opened_by(office, li, 1).context.finders["prefecture"] == {"li", "wang"}
    assert (waiting(office, "li"), waiting(office, "wang")) == ([], [])
    with pytest.raises(Refused, match="两人分别办理"):
        write(office, li, 1, OPINION)
    with office.store.write("scene", LATER) as tx:  # sent back, mended and sent up again: a new appraisal
        for state, name in ((State.RETURNED, "scene"), (State.SUBMITTED, "release")):
            version = tx.submissions.get(1).version
            tx.moves.add(1, move=name, to_state=state.value, expected_version=version)
    assert opened_by(office, li, 1).context.finders["prefecture"] == {"wang"}
    assert (waiting(office, "li"), waiting(office, "wang")) == (["opinion"], [])


def test_an_opinion_from_before_the_round_wanted_two_counts_no_more(office) -> None:
    write(office, who(office, "li"), 1, OPINION)
    assert opened_by(office, who(office, "li"), 1).context.finders == {}
    want_two(office)
    with pytest.raises(Refused, match=r"推荐意见由li某（li）填写，不能作数.*增设一个评审账号"):
        move(office, who(office, "wang"), 1, "prefecture_recommend")
    want_two(office, wanted=False)
    move(office, who(office, "li"), 1, "prefecture_recommend")
    told = [line.more for line in audit_page(office, ADMINISTRATOR, AuditQuery(action="round.change")).lines]
    assert told[-1] == f"认定与推荐意见由两人分别办理：否 → 是；理由：{WHY}"


def test_taking_a_return_back_writes_no_opinion(office) -> None:
    want_two(office)
    li, wang = who(office, "li"), who(office, "wang")
    write(office, wang, 1, OPINION)
    items = (RequestedItem("3.3.2", "请补充救助支付凭证和汇总表"),)
    move(office, li, 1, "prefecture_return", items=items, due=DUE)
    move(office, li, 1, "prefecture_take_back", reason="核对以后不用补正，材料都在")
    move(office, wang, 1, "prefecture_recommend")
    assert record_of(office, 1).state == State.PREFECTURE_RECOMMENDED
