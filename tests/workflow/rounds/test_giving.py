"""What prefecture and province give once: who may, what becomes of what counties typed, of verdicts and findings."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from tests.workflow.office_room import (
    ADMINISTRATOR,
    COORDINATOR,
    COUNTY,
    DIRECT,
    EARLIER,
    NEIGHBOUR,
    NOW,
    PREFECTURE,
    PROVINCE,
    add_round,
    good_finding,
    head,
    open_return,
    opened_by,
    person,
    put_everywhere,
    put_submission,
    whole_content,
    write,
)
from workflow.errors import Refused
from workflow.people import Role
from workflow.rounds.giving import Gift, doubted, give, to_give
from workflow.rounds.rounds import close_round, start_submission
from workflow.states import State
from workflow.submission.exchanging import export_submission, plan_import
from workflow.submission.judging import judged_at
from workflow.targets import Target
from workflow.verdicts.reading import kept_verdicts
from workflow.verdicts.verifying import verdict_faults

RATE, OWN_RATE = "province_dropout_rate", "prefecture_dropout_rate"
LOW = Decimal("0.01")


def kept_of_row(office, submission_id: int, row: str = "3.4.1") -> set[str]:
    with office.store.read() as tx:
        record = tx.submissions.get(submission_id)
        return set(
            kept_verdicts(office, tx, [record], {r.id: r for r in tx.rounds.all()})[submission_id].of_row(row).values()
        )


def test_what_is_given_stands_beside_what_the_county_typed_and_judges_it_anew(office, draft) -> None:
    typed = opened_by(office, COORDINATOR, draft).content.facts[RATE]
    pupils = {"numerator": 1, "denominator": 400}  # 0.25 %
    answer = whole_content()[Target.answer("3.4.1")]
    figures = {**answer["measures"], "dropout_rate_within_province": pupils}
    write(office, COORDINATOR, draft, (Target.answer("3.4.1"), {**answer, "measures": figures}))
    assert kept_of_row(office, draft) == {"met"}
    assert give(office, PROVINCE, "2018", {RATE: Gift(LOW)}, NOW) == 1
    snapshot = opened_by(office, COORDINATOR, draft)
    assert snapshot.content.facts[RATE] == LOW
    assert snapshot.entries[Target.fact(RATE)].body == typed
    assert kept_of_row(office, draft) == {"contradicted"}
    assert list(verdict_faults(office)) == []
    assert f"{RATE}: 0.01" in export_submission(office, COORDINATOR, draft)
    assert give(office, PROVINCE, "2018", {RATE: Gift(None, 1)}, NOW) == 1
    assert opened_by(office, COORDINATOR, draft).content.facts[RATE] == typed
    assert kept_of_row(office, draft) == {"met"}


def test_a_county_is_not_asked_for_what_is_given_and_may_not_write_it(office, draft) -> None:
    put_everywhere(office, draft, {Target.fact(RATE): None})
    give(office, PROVINCE, "2018", {RATE: Gift(Decimal("0.6"))}, NOW)
    snapshot = opened_by(office, COORDINATOR, draft)
    assert all(
        result.outcome == "met"
        for s in judged_at(office, snapshot, "county").standards.values()
        for result in s.results
        if result.id == "3.4.1"
    )
    with pytest.raises(Refused) as refused:
        write(office, COORDINATOR, draft, (Target.fact(RATE), Decimal("0.7")))
    assert refused.value.code == "given_above"
    text = export_submission(office, COORDINATOR, draft).replace(f"{RATE}: 0.6", f"{RATE}: 0.7")
    plan = plan_import(office, COORDINATOR, draft, text, "x.yaml")
    assert (plan.edits, plan.kept_out) == ((), (Target.fact(RATE),))
    write(office, COORDINATOR, draft, (Target.fact(OWN_RATE), Decimal("0.7")))  # nobody has given that one yet


@pytest.mark.parametrize("who", [COORDINATOR, ADMINISTRATOR, PREFECTURE, person(Role.OBSERVER)])
def test_only_the_level_the_rules_name_gives_a_fact(office, draft, who) -> None:
    before = head(office)
    with pytest.raises(Refused) as refused:
        give(office, who, "2018", {RATE: Gift(LOW)}, NOW)
    assert refused.value.code == "wrong_role"
    assert (head(office), RATE in {f for one in to_give(office, who) for f in one.facts}) == (before, False)


def test_nobody_gives_what_the_county_is_asked_for(office, draft) -> None:
    with pytest.raises(Refused) as refused:
        give(office, PROVINCE, "2018", {"population": Gift(1)}, NOW)
    assert refused.value.code == "wrong_role"


@pytest.mark.parametrize("rate", [Decimal("100.01"), Decimal(-1), Decimal("NaN"), Decimal("Infinity")])
def test_no_share_beyond_the_whole_is_given(office, draft, rate) -> None:
    with pytest.raises(Refused) as refused:
        give(office, PROVINCE, "2018", {RATE: Gift(rate)}, NOW)
    assert refused.value.places == ((None, (RATE,)),)


@pytest.mark.parametrize(("who", "fact"), [(PROVINCE, RATE), (PREFECTURE, OWN_RATE)])
def test_what_every_county_would_be_warned_of_is_told_to_whoever_gives_it(office, draft, who, fact) -> None:
    (one,) = to_give(office, who)
    told = [doubted(office, one.round, {fact: rate}) for rate in (None, Decimal("0.62"), Decimal(20), Decimal(62))]
    assert told[:3] == [(), (), ()]
    assert "是否多乘了100" in "".join(told[3])
    give(office, who, "2018", {fact: Gift(Decimal(62))}, NOW)  # told, not refused
    assert opened_by(office, COORDINATOR, draft).content.facts[fact] == Decimal(62)


def test_each_division_gives_to_its_own_counties(office, draft) -> None:
    with office.store.write("scene", EARLIER) as tx:
        direct = put_submission(tx, DIRECT, State.DRAFT, whole_content(DIRECT)).id
    give(office, PREFECTURE, "2018", {OWN_RATE: Gift(LOW)}, NOW)
    elsewhere = person(Role.PREFECTURE_REVIEWER, "990200")
    give(office, elsewhere, "2018", {OWN_RATE: Gift(Decimal(9))}, NOW)
    assert opened_by(office, COORDINATOR, draft).content.facts[OWN_RATE] == LOW
    there = opened_by(office, person(Role.COUNTY_COORDINATOR, DIRECT), direct)
    assert OWN_RATE not in there.content.facts
    late = start_submission(office, person(Role.COUNTY_COORDINATOR, NEIGHBOUR), "2018", NOW)
    assert opened_by(office, person(Role.COUNTY_COORDINATOR, NEIGHBOUR), late.id).content.facts[OWN_RATE] == LOW


def test_two_of_one_office_do_not_write_over_each_other(office, draft) -> None:
    give(office, PROVINCE, "2018", {RATE: Gift(LOW)}, NOW)
    with pytest.raises(Refused) as refused:
        give(office, PROVINCE, "2018", {RATE: Gift(Decimal("0.5"))}, NOW)
    assert refused.value.code == "given_otherwise"
    assert to_give(office, PROVINCE)[0].facts[RATE][1].value == LOW


@pytest.mark.parametrize(
    ("state", "falls"),
    [(State.SUBMITTED, True), (State.PROVINCE_RECOMMENDED, False), (State.DECLINED, False)],
)
def test_a_finding_on_what_reads_it_falls_until_the_county_is_finished(office, state, falls) -> None:
    findings = {Target.finding("prefecture", row): good_finding(row) for row in ("3.4.1", "3.4.2")}
    with office.store.write("scene", EARLIER) as tx:
        record = put_submission(tx, COUNTY, state, {**whole_content(), **findings})
    give(office, PROVINCE, "2018", {RATE: Gift(LOW)}, NOW)
    with office.store.read() as tx:
        standing = {(entry.kind, entry.key) for entry in tx.entries.all(record.id)}
    assert (("finding.prefecture", "3.4.1") in standing, ("finding.prefecture", "3.4.2") in standing) == (
        not falls,
        True,
    )
    assert (("given", RATE) in standing) is falls


def test_a_county_that_mends_may_mend_what_the_average_turns(office) -> None:
    with office.store.write("scene", EARLIER) as tx:
        record = put_submission(tx, COUNTY, State.RETURNED, whole_content())
        open_return(tx, record.id, "1.1.1")
    answer = Target.answer("3.4.1")
    assert not opened_by(office, COORDINATOR, record.id).may_edit(answer)
    give(office, PROVINCE, "2018", {RATE: Gift(LOW)}, NOW + timedelta(hours=1))
    assert opened_by(office, COORDINATOR, record.id).may_edit(answer)


def test_nothing_is_given_in_a_round_that_is_over(office, draft) -> None:
    close_round(office, ADMINISTRATOR, "2018", NOW)
    with pytest.raises(Refused) as refused:
        give(office, PROVINCE, "2018", {RATE: Gift(LOW)}, NOW)
    assert (refused.value.code, to_give(office, PROVINCE)) == ("round_closed", ())


def test_the_demonstration_gives_nothing_in_a_real_round(office, draft) -> None:
    with office.store.write("scene", EARLIER) as tx:
        real = add_round(tx, id="real", title="真实批次", demo=False)
    with pytest.raises(Refused) as refused:
        give(office, PROVINCE, real, {RATE: Gift(LOW)}, NOW)
    assert refused.value.code == "demo_mixed"
