"""A round keeps the local documents it began with: what a county answered goes on meaning the same promise."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from storage.care.integrity import inspect_store
from tests.workflow.office_room import (
    ADMINISTRATOR,
    COORDINATOR,
    COUNTY,
    EARLIER,
    LIBRARY,
    NOW,
    STANDARDS,
    opened_by,
    put_submission,
    whole_content,
    write,
)
from tests.workflow.upgraded import repin_round, upgraded
from workflow.round_policies import keep_for_older_rounds
from workflow.rounds.contents import read_many
from workflow.rounds.repinning import preview_repin
from workflow.rounds.rounds import NewRound, add_round
from workflow.rounds.rules_served import SERVICE
from workflow.states import State
from workflow.targets import Target
from workflow.verdicts.rejudging import outdated
from workflow.verdicts.verifying import verdict_faults

XUCHANG = "xuchang-2017-38"
GRANT = "senior_grant"  # 金额，县里须填
LATER = "2019"


def document(**grant):
    """The document of 许昌 with another promise."""
    policy = LIBRARY.policies[XUCHANG]

    def clause(one):
        return replace(one, commitments=tuple(replace(c, **grant) if c.id == GRANT else c for c in one.commitments))

    return replace(policy, clauses=tuple(clause(one) for one in policy.clauses))


def with_policies(**changes):
    """Today's library with these documents; None = no longer installed."""
    policies = {**LIBRARY.policies, **{one.replace("_", "-"): policy for one, policy in changes.items()}}
    return replace(LIBRARY, policies={one: policy for one, policy in policies.items() if policy is not None})


HIGHER = with_policies(xuchang_2017_38=document(value=9999))
GONE = with_policies(xuchang_2017_38=None)


@pytest.fixture
def under_way(office):
    """A round opened through the use case, and a county that answered one promise."""
    period = (date(2018, 1, 1), date(2019, 6, 30))
    made = add_round(office, ADMINISTRATOR, NewRound(LATER, "次年批次", STANDARDS, *period), EARLIER)
    assert made.policies.keys() == LIBRARY.policies.keys()
    with office.store.write("scene", EARLIER) as tx:
        bodies = whole_content() | {Target("local", f"{XUCHANG}/{GRANT}"): 2000}
        county = put_submission(tx, COUNTY, State.DRAFT, bodies, round_id=LATER).id
    return office, county


def promised(office, county):
    opened = opened_by(office, COORDINATOR, county)
    return office.rules_of(opened.round).policies[XUCHANG].commitment(GRANT).value


@pytest.mark.parametrize("installed", [HIGHER, GONE])
def test_a_document_changed_or_taken_away_stays_in_the_round_as_it_was(under_way, installed):
    office, county = under_way
    before = LIBRARY.policies[XUCHANG].commitment(GRANT).value
    later = upgraded(office, installed)
    assert promised(later, county) == before
    opened = opened_by(later, COORDINATOR, county)
    assert not later.follows_installed(opened.round)
    assert opened.content.local.answers[XUCHANG][GRANT] == 2000
    write(later, COORDINATOR, county, (Target("local", f"{XUCHANG}/{GRANT}"), 2100))
    assert opened_by(later, COORDINATOR, county).content.local.answers[XUCHANG][GRANT] == 2100


def test_a_document_installed_since_is_there_and_makes_the_round_no_other(under_way):
    office, county = under_way
    new = replace(LIBRARY.policies[XUCHANG], id="new-2019", title="新文件")
    later = upgraded(office, with_policies(new_2019=new))
    opened = opened_by(later, COORDINATOR, county)
    assert later.rules_of(opened.round).policies["new-2019"] is new
    assert later.follows_installed(opened.round)


def test_taking_the_installed_rules_takes_the_documents_with_them(under_way):
    office, county = under_way
    later = upgraded(office, HIGHER)
    found = preview_repin(later, ADMINISTRATOR, LATER)
    assert found.policies == (LIBRARY.policies[XUCHANG].number,)
    assert (found.refusals, found.voided, found.taken_out, found.counts.changed) == ((), 0, 0, 0)
    before = _content(later, county)
    changed = repin_round(later, ADMINISTRATOR, LATER, "文件更正", NOW)
    assert later.follows_installed(changed)
    assert promised(later, county) == 9999
    # The rows' verdicts stay as they were kept: local documents decide none.
    assert _content(later, county).answers == before.answers
    assert outdated(later) == ()
    assert list(verdict_faults(later)) == []
    assert inspect_store(later.store).faults == ()


def _content(office, county):
    """The content that workbenches and matrices are given, kept between two looks."""
    with office.store.read() as tx:
        return read_many(office, tx, [tx.submissions.get(county)])[0].content


def test_a_round_from_before_documents_were_kept_goes_by_the_installed_ones(office):
    with office.store.write("scene", EARLIER) as tx:
        county = put_submission(tx, COUNTY, State.DRAFT, whole_content()).id
    later = upgraded(office, HIGHER)
    assert promised(later, county) == 9999
    assert later.follows_installed(opened_by(later, COORDINATOR, county).round)


def test_such_a_round_keeps_those_it_goes_by_when_the_service_starts(office):
    with office.store.write("scene", EARLIER) as tx:
        county = put_submission(tx, COUNTY, State.DRAFT, whole_content()).id
    before = LIBRARY.policies[XUCHANG].commitment(GRANT).value
    keep_for_older_rounds(office.store, office.library, SERVICE, NOW)
    later = upgraded(office, HIGHER)
    keep_for_older_rounds(later.store, later.library, SERVICE, NOW)  # the next start changes nothing
    assert promised(later, county) == before
    assert not later.follows_installed(opened_by(later, COORDINATOR, county).round)
    with later.store.read() as tx:
        (told,) = tx.audit.entries(action="round.keep_policies")
    assert (told.actor, set(told.detail["policies"]["to"])) == (SERVICE, set(LIBRARY.policies))
    assert inspect_store(later.store).faults == ()


def test_a_document_taken_away_does_not_undo_the_choice_of_the_others(office):
    chosen = {Target.local_policies(): [XUCHANG, "youyang-2017-24"]}
    with office.store.write("scene", EARLIER) as tx:
        county = put_submission(tx, COUNTY, State.DRAFT, whole_content() | chosen).id
    assert opened_by(upgraded(office, GONE), COORDINATOR, county).content.local.policies == ("youyang-2017-24",)
    assert opened_by(office, COORDINATOR, county).content.local.policies == (XUCHANG, "youyang-2017-24")
