"""Which rules the service judges by, noted in the store: a command run with others (another ``RULES_DIR``, another
release) must not pin them to a round unseen."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from indicators.building.pinned import kept_policy
from storage import acts
from workflow.errors import Refused
from workflow.office import Office

SERVICE = "service"


def note_rules(office: Office, now: datetime) -> None:
    """Called where the service starts: an entry in the log, unless the newest one says the same."""
    there, here = _rules(office)
    if there != here:
        with office.store.write(SERVICE, now) as tx:
            tx.audit.append(acts.RULES_SERVE, "rules/-", acts.ServedDetail(rules=here))


def _rules(office: Office) -> tuple[Mapping[str, str] | None, Mapping[str, str]]:
    """What a round would keep, fingerprints by id: as the service was last started (None: never was), and here."""
    standards, policies = office.library.standards.values(), office.library.policies.values()
    here = {each.id: each.fingerprint for each in standards} | {each.id: kept_policy(each)[0] for each in policies}
    with office.store.read() as tx:
        newest = tx.audit.entries(action=acts.RULES_SERVE, limit=1)
    return newest[0].detail_as(acts.RULES_SERVE).get("rules") if newest else None, here


def difference_from_served(office: Office) -> str:
    """In a sentence what the service has otherwise; empty where it has the same rules or never ran."""
    there, here = _rules(office)
    if there is None or there == here:
        return ""
    differing = {
        "只有服务有": there.keys() - here.keys(),
        "只有本命令有": here.keys() - there.keys(),
        "内容不同": {each for each in here.keys() & there.keys() if here[each] != there[each]},
    }
    named = "；".join(f"{what}：{'、'.join(sorted(ids))}" for what, ids in differing.items() if ids)
    return f"本命令读到的规则与服务最近一次启动时所用的不同（{named}）。"


def refuse_other_rules(office: Office, *, sure: bool) -> None:
    """Before a command pins rules. Raises Refused (``other_rules``) unless the operator is ``sure``."""
    if not sure and (different := difference_from_served(office)):
        raise Refused("other_rules", different=different)
