"""One's own sessions: where one is signed in, and ending all of them but this one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from workflow.accounts.sign_in import Identity, is_good
from workflow.errors import Refused
from workflow.office import Office


@dataclass(frozen=True, slots=True)
class OwnSession:
    """A browser that is signed in. ``device``, ``address``: empty where not known; ``here``: the one asking."""

    device: str
    address: str
    since: datetime
    last_used: datetime
    here: bool


def own_sessions(office: Office, identity: Identity, now: datetime) -> tuple[OwnSession, ...]:
    """Every session of the account that is good now, this one first.

    Of a demonstration's account this one only: strangers share it, and their addresses are nobody's business.
    """
    with office.store.read() as tx:
        standing = tx.sessions.of_account(identity.person.account_id)
    known = [
        OwnSession(
            one.device or "", one.address or "", one.created_at, one.last_seen_at, one.token_hash == identity.token_hash
        )
        for one in standing
        if is_good(one, now)
    ]
    return tuple(sorted((one for one in known if one.here or not identity.person.demo), key=lambda one: not one.here))


def end_other_sessions(office: Office, identity: Identity, now: datetime) -> int:
    """End every session of the account but this one; how many that were good. Raises Refused: ``demo_account``."""
    if identity.person.demo:
        raise Refused("demo_account", "演示账号由众人共用，不能退出他人的登录。")
    others = sum(not one.here for one in own_sessions(office, identity, now))
    with office.store.write(identity.person.username, now) as tx:
        tx.sessions.revoke_all(identity.person.account_id, but=identity.token_hash)
    return others
