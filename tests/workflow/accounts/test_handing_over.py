"""交接: another account of the same office goes on; the leaver's is shut, its drafts stay unseen."""

from __future__ import annotations

import pytest

from storage.care.integrity import inspect_store
from tests.workflow.office_room import ADMINISTRATOR, COORDINATOR, COUNTY, NOW, PROVINCE, head, opened_by, write
from ui.form_keys import FormKey
from workflow.accounts import sign_in
from workflow.accounts.accounts import NewAccount, add_account, disable_account, person_of, reset_password
from workflow.accounts.handing_over import hand_over, successors
from workflow.department_list import read_departments
from workflow.drafting.drafts import DraftChange, keep
from workflow.drafting.others import drafting_in, left_behind
from workflow.drafting.scopes import for_submission
from workflow.errors import Refused
from workflow.log.audit_words import AuditReader
from workflow.people import Role
from workflow.submission.snapshot import open_submission
from workflow.targets import Target

TYPED = "没有保存的一句话"


@pytest.fixture
def people(office):
    """wang leaves; li sits in the same department, zhao in another, qian is the government's."""
    with office.store.read() as tx:
        ours, theirs = [one.name for one in read_departments(tx, COUNTY).departments][:2]
    roles = {"wang": ours, "li": ours, "zhao": theirs, "qian": None}
    for name, unit in roles.items():
        role = Role.COUNTY_GOVERNMENT if unit is None else Role.COUNTY_DEPARTMENT
        add_account(office, None, NewAccount(name, name, role, COUNTY, unit), NOW)
    return lambda name: person_of(account(office, name))


def account(office, name: str):
    with office.store.read() as tx:
        return tx.accounts.by_username(name)


def begin(office, who, draft: int) -> None:
    key = FormKey(for_submission(draft), "answer", "1.1.1", 0, 0, "note")
    assert keep(office, who, "tab", [DraftChange(key, TYPED)], NOW) == ()


def test_the_successor_goes_on_and_the_leaver_is_shut(office, draft, people) -> None:
    target = Target.evidence("E901")
    write(office, people("wang"), draft, (target, {"title": "登记表"}))
    begin(office, people("wang"), draft)
    assert open_submission(office, people("li"), draft).why_not(target) is not None
    entered = sign_in.sign_in(office, "wang", reset_password(office, ADMINISTRATOR, "wang", NOW), "127.0.0.1", NOW)
    hand_over(office, COORDINATOR, "wang", "li", NOW)
    assert account(office, "wang").disabled
    assert sign_in.identify(office, entered.token, NOW) is None
    successor = people("li")
    assert successor.predecessors == ("wang",)
    assert open_submission(office, successor, draft).why_not(target) is None
    assert [(one.who, one.target) for one in left_behind(office, successor, draft)] == [
        ("wang", Target.answer("1.1.1"))
    ]
    assert left_behind(office, people("zhao"), draft) == ()
    assert drafting_in(office, COORDINATOR, open_submission(office, COORDINATOR, draft).record) == ()
    with office.store.read() as tx:
        reader = AuditReader(tx, office.library)
        lines = [reader.line(entry) for entry in tx.audit.entries(limit=8)]
    assert any("接手自" in line.more for line in lines)
    assert not any(TYPED in f"{line.what}{line.more}" for line in lines)
    assert inspect_store(office.store).faults == ()


def test_work_taken_over_is_handed_on(office, draft, people) -> None:
    add_account(office, None, NewAccount("sun", "sun", Role.COUNTY_DEPARTMENT, COUNTY, people("wang").unit), NOW)
    hand_over(office, None, "wang", "li", NOW)
    hand_over(office, None, "li", "sun", NOW)
    assert people("sun").predecessors == ("wang", "li")
    assert opened_by(office, people("sun"), draft)


def test_only_an_open_account_of_the_same_office_follows(office, people) -> None:
    assert [one.username for one in successors(office, COORDINATOR, "wang")] == ["li"]
    before = head(office)
    for to in ("zhao", "wang"):
        with pytest.raises(Refused) as caught:
            hand_over(office, COORDINATOR, "wang", to, NOW)
        assert caught.value.code == "bad_account"
    for by, leaving, code in (
        (COORDINATOR, "qian", "no_account"),
        (PROVINCE, "wang", "no_account"),
        (people("li"), "wang", "wrong_role"),
        (COORDINATOR, "nobody", "no_account"),
    ):
        with pytest.raises(Refused) as caught:
            hand_over(office, by, leaving, "li", NOW)
        assert caught.value.code == code
    assert head(office) == before
    disable_account(office, None, "li", NOW)
    assert successors(office, COORDINATOR, "wang") == ()
