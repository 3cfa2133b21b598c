"""补正: a return is answered item by item, by a change or by a word of explanation, before it may go back."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from scoring.submission import Finding, Opinion
from storage.records import ReturnItem
from tests.workflow.moving_scene import R, S, Scene, row_of
from tests.workflow.office_room import (
    ADMINISTRATOR,
    COORDINATOR,
    DEPARTMENT,
    DUE,
    GOVERNMENT,
    LIBRARY,
    NOW,
    PREFECTURE,
    move,
    opened_by,
    person,
    put_everywhere,
    write,
)
from tests.workflow.upgraded import REIMBURSEMENT, repin_round, upgraded, with_standards, without_reimbursement
from workflow.errors import Refused
from workflow.procedure.reviewing import changed_since, corrections_made
from workflow.remarks.explanations import EXPLANATION
from workflow.targets import Target

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
ITEMS = (ReturnItem(1, "3.3.2", "请补充分月明细"), ReturnItem(2, "form/narrative", "与5.2.1不一致，请核对"))


@pytest.fixture
def returned(scene) -> Scene:
    """甲县 with a return of two items, nothing done about either."""
    at = scene(row_of("hand_over", S.RETURNED), return_open=False)
    with at.office.store.write(PREFECTURE.username, NOW - DAY) as tx:
        tx.returns.add(at.id, level="prefecture", items=ITEMS, due=DUE)
    return at


def explain(at: Scene, number: int, words: str | None, who=COORDINATOR) -> None:
    body = None if words is None else {EXPLANATION: words}
    write(at.office, who, at.id, (Target("correction", f"1/{number}"), body))


def state_of(at: Scene) -> list[tuple[bool, bool, str]]:
    found = opened_by(at.office, COORDINATOR, at.id).corrections
    return [(one.met, bool(one.changed), one.explanation) for one in found]


def test_a_return_is_not_handed_over_while_an_item_is_neither_changed_nor_explained(returned: Scene) -> None:
    with pytest.raises(Refused) as caught:
        returned.go()
    assert caught.value.code == "return_items_met"
    first, second = caught.value.reasons
    assert "第 1 项（指标 3.3.2）" in first
    assert "第 2 项（申报表“基本情况及主要工作”）" in second


def test_what_is_mended_by_a_clock_set_back_to_before_the_return_is_mended(returned: Scene) -> None:
    narrative, back = Target.form("narrative"), NOW - 2 * DAY
    entries = opened_by(returned.office, COORDINATOR, returned.id).entries
    former, new = entries[narrative].body, Target.evidence("E99")
    document = next(entry.body for target, entry in entries.items() if target.kind == "evidence")
    write(returned.office, COORDINATOR, returned.id, (new, document), now=back)
    assert new in opened_by(returned.office, COORDINATOR, returned.id).context.open_targets
    write(returned.office, COORDINATOR, returned.id, (narrative, "核对后的情况。"), now=back)
    assert state_of(returned)[1] == (True, True, "")
    found = changed_since(returned.office, COORDINATOR, returned.id)
    assert {change.target: change.before for change in found}[narrative] == former


def test_one_item_changed_and_the_other_explained_may_go(returned: Scene) -> None:
    write(returned.office, COORDINATOR, returned.id, (Target.form("narrative"), "核对后的情况。"))
    with pytest.raises(Refused, match="第 1 项"):
        returned.go()
    explain(returned, 1, "已核对，分月明细在E05第3页，无须改动。")
    assert state_of(returned) == [(True, False, "已核对，分月明细在E05第3页，无须改动。"), (True, True, "")]
    assert returned.go().state == S.AWAITING_GOVERNMENT.value


def test_a_change_put_back_as_it_was_is_no_change(returned: Scene) -> None:
    before = opened_by(returned.office, COORDINATOR, returned.id).entries[Target.form("narrative")].body
    for text in ("改动", before):
        write(returned.office, COORDINATOR, returned.id, (Target.form("narrative"), text))
    assert state_of(returned)[1] == (False, False, "")


def test_mending_what_the_row_reads_or_cites_mends_the_item(returned: Scene) -> None:
    opened = opened_by(returned.office, COORDINATOR, returned.id)
    cited = next(e for ids in opened.content.answers["3.3.2"].evidence.values() for e in ids)
    body = dict(opened.entries[Target.evidence(cited)].body) | {"pages": 99}
    write(returned.office, COORDINATOR, returned.id, (Target.evidence(cited), body))
    assert state_of(returned)[0] == (True, True, "")


def test_an_explanation_taken_back_no_longer_counts(returned: Scene) -> None:
    explain(returned, 1, "证明已在材料中，无须改动。")
    explain(returned, 1, None)
    assert state_of(returned)[0] == (False, False, "")


UNSEEN = ("\u200b", "\u3164", "\u2060 \u00ad", "。", "……")


@pytest.mark.parametrize("words", ["", " \n ", "嗯", "已按要求办理了，没有问题", *UNSEEN])
def test_an_empty_explanation_is_refused(returned: Scene, words: str) -> None:
    with pytest.raises(Refused) as caught:
        explain(returned, 1, words)
    assert caught.value.code == "malformed"


@pytest.mark.parametrize("words", UNSEEN)
def test_an_explanation_of_old_that_nobody_can_read_meets_no_item(returned: Scene, words: str) -> None:
    put_everywhere(returned.office, returned.id, {Target("correction", "1/1"): {EXPLANATION: words}})
    assert not state_of(returned)[0][0]
    with pytest.raises(Refused, match="第 1 项"):
        returned.go()


@pytest.mark.parametrize("note", [" ", "\u200b", "\u3164", "。"])
def test_a_note_nobody_can_read_is_no_change(returned: Scene, note: str) -> None:
    body = opened_by(returned.office, COORDINATOR, returned.id).entries[Target.answer("3.3.2")].body
    write(returned.office, COORDINATOR, returned.id, (Target.answer("3.3.2"), dict(body) | {"note": note}))
    assert state_of(returned)[0] == (False, False, "")


def test_an_explanation_holds_no_personal_identifier(returned: Scene) -> None:
    with pytest.raises(Refused) as caught:
        explain(returned, 1, "联系家长13812345678核实")
    assert caught.value.code == "personal_identifier"


def test_a_department_explains_its_own_rows_only(returned: Scene) -> None:
    with pytest.raises(Refused) as caught:
        explain(returned, 1, "证明已在材料中，无须改动。", DEPARTMENT)
    assert caught.value.code == "not_assigned"
    put_everywhere(returned.office, returned.id, {Target.assignment("3.3.2"): {"units": [DEPARTMENT.unit]}})
    explain(returned, 1, "证明已在材料中，无须改动。", DEPARTMENT)
    with pytest.raises(Refused):
        explain(returned, 2, "证明已在材料中，无须改动。", DEPARTMENT)


def test_the_reviewer_reads_the_explanation_after_the_county_has_sent_it_back(returned: Scene) -> None:
    explain(returned, 1, "无须改动，明细齐全。")
    write(returned.office, COORDINATOR, returned.id, (Target.form("narrative"), "核对后的情况。"))
    returned.go()
    opinion = {"text": "同意推荐。", "date": "2018-07-02", "by": "甲县人民政府"}
    write(returned.office, GOVERNMENT, returned.id, (Target.opinion("county_government"), opinion))
    move(returned.office, GOVERNMENT, returned.id, "release")
    ((one, found),) = corrections_made(returned.office, PREFECTURE, returned.id)
    assert one.closed_at is not None
    assert [(c.item.row_id, bool(c.changed), c.explanation, c.by) for c in found] == [
        ("3.3.2", False, "无须改动，明细齐全。", COORDINATOR.username),
        ("form/narrative", True, "", ""),
    ]


def test_an_explanation_never_leaves_by_the_exchange_file_nor_voids_a_finding(returned: Scene) -> None:
    before = opened_by(returned.office, COORDINATOR, returned.id).content
    explain(returned, 1, "证明已在材料中，无须改动。")
    assert opened_by(returned.office, COORDINATOR, returned.id).content == before


def test_who_wrote_the_county_government_s_opinion_or_an_explanation_filled_in(scene) -> None:
    at = scene(row_of("release", S.AWAITING_GOVERNMENT))
    opinion = {"text": "同意推荐本县。", "date": "2018-07-02", "by": "甲县人民政府"}
    write(at.office, GOVERNMENT, at.id, (Target.opinion("county_government"), opinion))
    move(at.office, GOVERNMENT, at.id, "release")
    same = person(R.PREFECTURE_REVIEWER, name=GOVERNMENT.username)
    assert GOVERNMENT.username in opened_by(at.office, same, at.id).context.touched_by
    with pytest.raises(Refused) as caught:
        write(
            at.office,
            same,
            at.id,
            (Target.finding("prefecture", "1.1.1"), {"finding": "not_met", "reason": "没有附文件正文"}),
        )
    assert caught.value.code == "own_work"


def repins(at: Scene) -> Scene:
    """The same scene after an administrator took rules that no longer ask the reimbursement of 3.3.2."""
    later = upgraded(at.office, with_standards(*(without_reimbursement(one) for one in LIBRARY.standards)))
    repin_round(later, ADMINISTRATOR, "2018", "部里更正", NOW - MINUTE)
    return replace(at, office=later)


def test_what_a_change_of_rules_takes_out_is_not_the_county_s_mending(returned: Scene) -> None:
    explain(returned, 2, "证明已在材料中，无须改动。")
    later = repins(returned)
    answer = opened_by(later.office, COORDINATOR, later.id).entries[Target.answer("3.3.2")]
    assert answer.updated_by == ADMINISTRATOR.username
    assert REIMBURSEMENT not in answer.body["measures"]
    assert state_of(later)[0] == (False, False, "")
    with pytest.raises(Refused, match="第 1 项"):
        later.go()
    write(later.office, COORDINATOR, later.id, (Target.answer("3.3.2"), dict(answer.body) | {"note": "已核对"}))
    assert state_of(later)[0] == (True, True, "")


def test_what_the_county_mended_before_the_rules_changed_stays_mended(returned: Scene) -> None:
    body = opened_by(returned.office, COORDINATOR, returned.id).entries[Target.answer("3.3.2")].body
    mended = (Target.answer("3.3.2"), dict(body) | {"note": "已核对"})
    write(returned.office, COORDINATOR, returned.id, mended, now=NOW - 2 * MINUTE)
    assert state_of(repins(returned))[0] == (True, True, "")


def test_who_only_changed_the_rules_has_filled_in_nothing(returned: Scene) -> None:
    later = repins(returned)
    assert ADMINISTRATOR.username not in opened_by(later.office, COORDINATOR, later.id).context.touched_by


@pytest.mark.parametrize("reason", UNSEEN)
def test_rules_are_not_changed_nor_a_county_withdrawn_for_a_reason_nobody_can_read(
    returned: Scene, reason: str
) -> None:
    with pytest.raises(Refused, match="理由"):
        repin_round(returned.office, ADMINISTRATOR, "2018", reason, NOW)
    with pytest.raises(Refused, match="理由没有写"):
        move(returned.office, GOVERNMENT, returned.id, "withdraw", reason=reason)


def test_what_the_notice_did_not_name_is_unrequested_until_the_level_has_looked_at_it(returned: Scene) -> None:
    entries = opened_by(returned.office, COORDINATOR, returned.id).entries
    named = (Target.answer("3.3.2"), Target.form("narrative"))
    beside = (Target.answer("1.1.1"), Target.form("unit_name"))
    unused = Target.evidence("E98")
    bodies = {t: dict(entries[t].body) | {"note": "改过"} if t.is_answer else "改过的内容" for t in (*named, *beside)}
    put_everywhere(returned.office, returned.id, bodies | {unused: {"title": "没有引用的材料"}})
    found = {change.target: change for change in changed_since(returned.office, COORDINATOR, returned.id)}
    assert set(found) == {*named, *beside, unused}
    assert {target for target, change in found.items() if change.is_unrequested} == set(beside)
    content = opened_by(returned.office, COORDINATOR, returned.id).content
    answer, form = (found[target] for target in beside)
    looked = replace(
        content, findings={"prefecture": {"1.1.1": Finding("met")}}, opinions={"prefecture": Opinion("好")}
    )
    none = replace(content, findings={}, opinions={})
    for change in (answer, form):
        assert not change.is_seen(none, "prefecture")
        assert change.is_seen(looked, "prefecture")
        assert not change.is_seen(looked, "province")
