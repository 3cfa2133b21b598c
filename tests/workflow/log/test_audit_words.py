"""操作日志 says what an act was, not only how it was stored: what fell with the rules nobody deleted."""

from __future__ import annotations

import pytest

from indicators.building.pinned import kept_text
from storage.records import AuditEntry
from tests.workflow.office_room import (
    ADMINISTRATOR,
    COORDINATOR,
    COUNTY,
    DUE,
    EARLIER,
    LIBRARY,
    NOW,
    PREFECTURE,
    STANDARDS,
    move,
    open_return,
    opened_by,
    put_at,
    put_submission,
    review_content,
    whole_content,
    write,
)
from tests.workflow.upgraded import repin_round, stricter, upgraded, with_standards, without_reimbursement
from workflow.log.audit_log import AuditQuery, act_label, audit_page
from workflow.log.audit_words import AuditLine
from workflow.procedure.situation import RequestedItem
from workflow.states import State
from workflow.submission.uploads import Upload, attach_file
from workflow.targets import Target

REASON = "部里更正了医疗救助的比例"


@pytest.fixture
def kept(office):
    """The round has kept what it pins; the county's clerk has an account."""
    with office.store.write("system", EARLIER) as tx:
        for one in STANDARDS:
            standard = LIBRARY.standards[one]
            tx.pinned_standards.keep(one, standard.fingerprint, kept_text(standard))
        who = COORDINATOR
        tx.accounts.add(
            username=who.username,
            display_name=who.display_name,
            password_hash="",
            role=who.role.value,
            division_code=who.division_code,
        )
    return office


def put(office, state: State) -> int:
    with office.store.write("scene", EARLIER) as tx:
        record = put_submission(tx, COUNTY, state, whole_content() | review_content("prefecture"))
        if state is State.RETURNED:
            open_return(tx, record.id)
    return record.id


def lines(office, submission_id: int, action: str) -> tuple[AuditLine, ...]:
    return audit_page(office, ADMINISTRATOR, AuditQuery(submission_id=submission_id, action=action)).lines


def test_a_finding_that_fell_with_the_rules_is_voided_with_their_reason(kept) -> None:
    county = put(kept, State.SUBMITTED)
    later = upgraded(kept, with_standards(stricter()))
    repin_round(later, ADMINISTRATOR, "2018", REASON, NOW)
    (line,) = lines(later, county, "entry.remove")
    assert (act_label(line), line.what) == ("作废认定", "市级认定 3.3.2")
    assert line.more == f"因换用现行规则，理由：{REASON}；第 2 版"


def test_figures_that_the_rules_no_longer_ask_are_taken_out_with_their_reason(kept) -> None:
    county = put(kept, State.SUBMITTED)
    later = upgraded(kept, with_standards(*(without_reimbursement(one) for one in STANDARDS)))
    repin_round(later, ADMINISTRATOR, "2018", REASON, NOW)
    saved = lines(later, county, "entry.put")
    taken = [one for one in saved if act_label(one) == "移出填报"]
    assert [one.what for one in taken] == ["指标 3.3.2"]
    assert REASON in taken[0].more
    assert {act_label(one) for one in saved if one not in taken} == {"保存内容"}


def test_a_finding_that_fell_with_the_county_s_own_change_is_voided_by_it(kept) -> None:
    county = put(kept, State.RETURNED)
    answer = dict(opened_by(kept, COORDINATOR, county).entries[Target.answer("3.3.2")].body) | {"note": "已补充"}
    write(kept, COORDINATOR, county, (Target.answer("3.3.2"), answer))
    (line,) = lines(kept, county, "entry.remove")
    assert (act_label(line), line.what) == ("作废认定", "市级认定 3.3.2")
    assert line.more.startswith("因县里改动了所填内容")


def test_what_somebody_took_out_is_deleted(kept) -> None:
    county = put(kept, State.DRAFT)
    write(kept, COORDINATOR, county, (Target.answer("2.1.2"), None))
    found: list[AuditEntry] = [one.entry for one in lines(kept, county, "entry.remove") if act_label(one) == "删除内容"]
    assert [one.subject for one in found] == ["answer/2.1.2"]


def test_an_administrator_reads_no_words_about_a_county_s_content(office, draft) -> None:
    said = "花名册与系统相差三人"
    attach_file(office, COORDINATOR, draft, Upload("E01", f"{said}.pdf", b"%PDF-1.7\n%%EOF\n"), NOW)
    put_at(office, draft, State.SUBMITTED)
    asked = (RequestedItem("3.3.2", said), RequestedItem("1.1.1", said))
    move(office, PREFECTURE, draft, "prefecture_return", reason=f"{said}，另有两项", items=asked, due=DUE)
    move(office, PREFECTURE, draft, "prefecture_take_back", reason=f"{said}的一项已核对属实")
    page = audit_page(office, ADMINISTRATOR, AuditQuery(submission_id=draft))
    told = repr(page)
    assert said not in told
    assert "市级退回，列明 2 项" in told
    (notice,) = (entry for entry in page.entries if entry.action == "return.open")
    assert notice.detail["items"] == [[1, "3.3.2", ""], [2, "1.1.1", ""]]
    with office.store.read() as tx:
        stored = tx.audit.entries(submission_id=draft, action="return.open")
    assert said in repr(stored), "the log itself keeps every word"
