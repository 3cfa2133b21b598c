"""交接: somebody leaves, and another account of the same office goes on with what was theirs.

Rows are given to offices and roles to accounts of an office, so the successor has them already; what the leaver
registered becomes the successor's to mend. The leaver's account is shut. Of what the leaver typed and did not save the
successor is told where it lies, never a word of it.
"""

from __future__ import annotations

from datetime import datetime

from storage.records import Account
from workflow.accounts.accounts import actor_of, managed_account
from workflow.errors import Refused
from workflow.office import Office
from workflow.people import Person, Role
from workflow.permissions import refuse_strangers


def successors(office: Office, by: Person | None, username: str) -> tuple[Account, ...]:
    """The accounts that could go on with that one's work: of the same office and role, and open."""
    refuse_strangers(by)
    with office.store.read() as tx:
        leaver = managed_account(tx, by, username)
        beside = tx.accounts.all(division_prefix=leaver.division_code)
    return tuple(account for account in beside if account.id != leaver.id and _could_follow(leaver, account))


def hand_over(office: Office, by: Person | None, leaving: str, to: str, now: datetime) -> None:
    """``to`` goes on where ``leaving`` stopped; ``leaving`` is disabled, its sessions end. Both stand in the log.

    Raises Refused: ``wrong_role``, ``no_account``, ``own_account``, ``demo_account``, ``bad_account`` (not of the same
    office and role, or shut).
    """
    refuse_strangers(by)
    with office.store.write(actor_of(by), now) as tx:
        leaver, successor = managed_account(tx, by, leaving), managed_account(tx, by, to)
        if by is not None and by.account_id == leaver.id:
            raise Refused("own_account", "不能交接自己的账号。请由其他管理员办理。")
        if leaver.demo or successor.demo:
            raise Refused("demo_account", act="交接")
        if leaver.id == successor.id or not _could_follow(leaver, successor):
            raise Refused(
                "bad_account",
                f"账号“{successor.username}”不能接手：须与“{leaver.username}”是同一行政区划、同一部门、同一角色，"
                "不是同一账号，且没有停用。请另选，或先新增账号。",
            )
        names = dict.fromkeys((*successor.taken_over, *leaver.taken_over, leaver.username))
        tx.accounts.change(successor.id, predecessors=" ".join(name for name in names if name != successor.username))
        if not leaver.disabled:
            tx.accounts.change(leaver.id, disabled=True)
        tx.sessions.revoke_all(leaver.id)


def _could_follow(leaver: Account, successor: Account) -> bool:
    def office_of(account: Account) -> tuple[str, Role, str]:
        return account.division_code, Role(account.role), (account.unit or "").strip()

    return office_of(leaver) == office_of(successor) and not successor.disabled
