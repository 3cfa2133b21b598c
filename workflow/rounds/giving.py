"""Facts that a prefecture or a province gives once for all its counties in a round: what the rules say it gives.

The round keeps what each division gave; every submission under way holds it as an entry of its own, in the place of
what its county typed, so that versions, history, returns and findings follow as from any change of a fact.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from indicators.model import Fact, Standard
from scoring.facts_open import facts_at_odds
from scoring.submission import Division, FactValue, Period, Round, Submission
from storage.records import Given, RoundRecord, SubmissionRecord
from storage.repositories.entries import EntryChange
from storage.store import Transaction
from workflow.content import bodies_of
from workflow.divisions import place, prefecture_of, province_of, within
from workflow.errors import Refused
from workflow.office import Office
from workflow.people import REVIEWER_LEVELS, Person
from workflow.permissions import giver_refusal, rows_reading
from workflow.states import State
from workflow.targets import Target
from workflow.verdicts.rejudging import rejudge

_FINISHED = frozenset({State.PROVINCE_RECOMMENDED, State.DECLINED})
_HUNDRED = 100


@dataclass(frozen=True, slots=True)
class ToGive:
    """A round, and the facts a person gives in it: each with what was given last, None where nothing was."""

    round: RoundRecord
    facts: Mapping[str, tuple[Fact, Given | None]]


@dataclass(frozen=True, slots=True)
class Gift:
    """A fact's figure, None to take it back, and the version the person saw (0 = nobody had given it)."""

    value: Decimal | int | None
    seen: int = 0


def to_give(office: Office, person: Person) -> tuple[ToGive, ...]:
    """The running rounds in which this person's level gives something, the newest first."""
    own = place(person.division_code)
    level = REVIEWER_LEVELS.get(person.role)
    if own is None or level is None:
        return ()
    with office.store.read() as tx:
        running = [one for one in tx.rounds.all() if one.closed_at is None and one.demo == own.demo]
    found = []
    for round_record in running:
        if office.has_rules(round_record):
            facts = [fact for fact in _given_facts(office.standards(round_record)) if fact.given_by == level]
            given = round_record.given.get(own.code, {})
            if facts:
                found.append(ToGive(round_record, {fact.id: (fact, given.get(fact.id)) for fact in facts}))
    return tuple(found)


def doubted(office: Office, round_record: RoundRecord, values: Mapping[str, FactValue | None]) -> tuple[str, ...]:
    """What the standards' checks would warn every county of, were these given: for the giver to look at first."""
    standards = office.standards(round_record)
    period = Period(round_record.period_first, round_record.period_last)
    pinned = Round(round_record.id, tuple(standard.id for standard in standards), period)
    given = {fact: value for fact, value in values.items() if value is not None}
    whoever = Submission(pinned, Division("", ""), facts={"has_prefecture": True, **given})
    return facts_at_odds(whoever, standards)


def give(office: Office, person: Person, round_id: str, gifts: Mapping[str, Gift], now: datetime) -> int:
    """Give these facts, by id, to the counties of one's division; how many submissions are judged anew.

    A finding on a row that reads a changed fact falls; what is recommended or declined stays as it was judged. Raises
    Refused: ``wrong_role``, ``no_round``, ``round_closed``, ``repinning``, ``demo_mixed``, ``malformed``,
    ``given_otherwise``.
    """
    with office.store.write(person.username, now) as tx:
        round_record = tx.rounds.get(round_id)
        if round_record is None:
            raise Refused("no_round", round_id=round_id)
        if round_record.closed_at is not None:
            raise Refused("round_closed")
        if round_record.repinning is not None:
            raise Refused("repinning")
        standards = office.standards(round_record)
        _refuse(person, standards, gifts)
        own = place(person.division_code)
        if own is None or own.demo != round_record.demo:
            raise Refused("demo_mixed")
        standing = round_record.given.get(person.division_code, {})
        nothing = Given(None, 0, "", now)
        if any(gift.seen != standing.get(fact, nothing).version for fact, gift in gifts.items()):
            raise Refused("given_otherwise")
        changed = {f: gift.value for f, gift in gifts.items() if gift.value != standing.get(f, nothing).value}
        for fact, value in changed.items():
            round_record = tx.rounds.give(round_id, person.division_code, fact, value)
        judged = 0
        for record in tx.submissions.all(round_id=round_id) if changed else ():
            if within(person.division_code, record.division_code) and bring_given(tx, record, round_record, standards):
                tx.verdicts.drop(record.id, [(kept.level, kept.standard) for kept in tx.verdicts.of(record.id)])
                judged += 1
    if judged:
        rejudge(office, lambda: now)
    return judged


def bring_given(
    tx: Transaction, record: SubmissionRecord, round_record: RoundRecord, standards: Iterable[Standard]
) -> bool:
    """Write into a submission what is given to its county now; whether it changes what is judged."""
    if State(record.state) in _FINISHED:
        return False
    standards = tuple(standards)
    standing = {Target.of(entry): entry for entry in tx.entries.all(record.id)}
    bodies = bodies_of(standing.values())
    written: dict[Target, Decimal | int | None] = {}
    reading: set[str] = set()
    for fact in _given_facts(standards):
        value, target = _given_to(record.division_code, fact, round_record), Target.given(fact.id)
        if value == bodies.get(target):
            continue
        written[target] = value
        own = bodies.get(target.stated)
        if (own if value is None else value) != bodies.get(target, own):
            reading |= rows_reading(fact.id, standards)
    fallen = dict.fromkeys(target for target in standing if target.is_finding and target.key in reading)
    changes = [
        EntryChange(*target, body, standing[target].version if target in standing else 0, removed=body is None)
        for target, body in {**written, **fallen}.items()
    ]
    if changes:
        tx.entries.write(record.id, changes)
    return bool(reading)


def given_in(round_record: RoundRecord, county: str, standards: Iterable[Standard]) -> dict[Target, Decimal | int]:
    """The entries of what is given to a county now."""
    given = {fact.id: _given_to(county, fact, round_record) for fact in _given_facts(standards)}
    return {Target.given(fact): value for fact, value in given.items() if value is not None}


def _given_to(county: str, fact: Fact, round_record: RoundRecord) -> Decimal | int | None:
    giver = province_of(county) if fact.given_by == "province" else prefecture_of(county)
    given = round_record.given.get(giver.code, {}).get(fact.id) if giver is not None else None
    return None if given is None else given.value


def _given_facts(standards: Iterable[Standard]) -> tuple[Fact, ...]:
    found = {fact.id: fact for standard in standards for fact in standard.facts.values() if fact.given_by is not None}
    return tuple(found.values())


def _refuse(person: Person, standards: Iterable[Standard], gifts: Mapping[str, Gift]) -> None:
    known = {fact.id: fact for standard in standards for fact in standard.facts.values()}
    if unknown := gifts.keys() - known.keys():
        raise Refused("malformed", f"本批次的标准没有县情“{min(unknown)}”。请刷新页面后重试。")
    refusal = giver_refusal(person, [known[fact] for fact in gifts])
    if refusal is not None:
        raise refusal
    for fact, value in ((fact, gift.value) for fact, gift in gifts.items()):
        most = _HUNDRED if known[fact].unit == "percent" else None
        if value is not None and (not Decimal(value).is_finite() or value < 0 or (most is not None and value > most)):
            limits = "应在0到100之间" if most else "不能小于0"
            sentence = f"县情“{known[fact].label}”：{limits}。请核对后重新填写。"
            raise Refused("malformed", sentence, places=[(None, (fact,))])
