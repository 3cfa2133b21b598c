"""What a level wrote and sealed on its own network is not undone by a package from the other."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.workflow.office_room import COORDINATOR, GOVERNMENT, NOW, PREFECTURE, move, opened_by, record_of, write
from tests.workflow.offline.two_networks import PDF, packed, taken, taken_up
from tests.workflow.story_steps import find_all, give_opinion
from workflow.errors import Refused
from workflow.office import Office
from workflow.people import Person
from workflow.states import State
from workflow.submission.uploads import Upload, attach_file
from workflow.targets import Target

OURS, THEIRS = Target.scan("county_government"), Target.scan("prefecture")
LATER = NOW + timedelta(hours=1)


def seal(office: Office, who: Person, number: int, scan: Target, more: bytes = b"") -> str:
    """Attach a scan; its SHA-256."""
    kept = attach_file(office, who, number, Upload("", "盖章.pdf", PDF + more, scan), NOW)
    write(office, who, number, (scan, {"file": kept.name, "sha256": kept.sha256}), now=LATER)
    return kept.sha256


def recommended(above: Office, number: int) -> None:
    """By the prefecture, up there."""
    find_all(above, PREFECTURE, number, "prefecture")
    give_opinion(above, PREFECTURE, number, "prefecture")
    move(above, PREFECTURE, number, "prefecture_recommend")


def sealed_at(office: Office, who: Person, number: int) -> dict[Target, str]:
    entries = opened_by(office, who, number).entries
    return {scan: entries[scan].body["sha256"] for scan in (OURS, THEIRS) if scan in entries}


def test_scans_attached_on_both_networks_meet_and_neither_is_lost(office, above, released: int) -> None:
    number = taken_up(office, above, released)
    old = packed(office, COORDINATOR, released)
    first = seal(office, GOVERNMENT, released, OURS)
    recommended(above, number)
    taken(office, packed(above, PREFECTURE, number))
    assert sealed_at(office, GOVERNMENT, released) == {OURS: first}
    second = seal(above, PREFECTURE, number, THEIRS, b"%2")
    taken(above, packed(office, COORDINATOR, released))
    taken(office, packed(above, PREFECTURE, number))
    assert sealed_at(office, GOVERNMENT, released) == sealed_at(above, PREFECTURE, number) == {
        OURS: first, THEIRS: second
    }  # fmt: skip
    with pytest.raises(Refused, match="以前制作的"):
        taken(above, old)


def test_an_older_package_of_the_same_way_takes_no_scan_off(office, above, released: int) -> None:
    number = taken_up(office, above, released)
    old = packed(office, COORDINATOR, released)
    first = seal(office, GOVERNMENT, released, OURS)
    for content in (packed(office, COORDINATOR, released), old):
        taken(above, content)
        assert sealed_at(above, PREFECTURE, number) == {OURS: first}


def test_a_decision_on_an_opinion_rewritten_since_is_refused(office, above, released: int) -> None:
    number = taken_up(office, above, released)
    move(office, GOVERNMENT, released, "release_take_back", reason="意见有误，收回重新出具")
    opinion = Target.opinion("county_government")
    body = {**opened_by(office, GOVERNMENT, released).entries[opinion].body, "text": "经研究，暂不同意推荐本县。"}
    write(office, GOVERNMENT, released, (opinion, body), now=LATER)
    move(office, GOVERNMENT, released, "release", now=LATER)
    recommended(above, number)
    with pytest.raises(Refused, match="不是本网这一份"):
        taken(office, packed(above, PREFECTURE, number))
    assert record_of(office, released).state == State.SUBMITTED
    assert opened_by(office, GOVERNMENT, released).entries[opinion].body == body


def test_words_of_a_level_come_back_to_its_network_as_they_went(office, above, released: int) -> None:
    number = taken_up(office, above, released)
    recommended(above, number)
    taken(office, packed(above, PREFECTURE, number))
    finding = Target.finding("prefecture", "1.1.1")
    changed = {**opened_by(office, COORDINATOR, released).entries[finding].body, "reason": "改动过的理由，不是原话"}
    with office.store.write("admin", LATER) as tx:
        tx.entries.put(released, *finding, changed, tx.entries.get(released, *finding).version)
    with pytest.raises(Refused, match="1 处和本网出具的不同"):
        taken(above, packed(office, COORDINATOR, released))


def test_an_opinion_written_anew_loses_the_scan_of_the_old_one(office, draft: int) -> None:
    move(office, COORDINATOR, draft, "hand_over")
    give_opinion(office, GOVERNMENT, draft, "county_government")
    seal(office, GOVERNMENT, draft, OURS)
    opinion = Target.opinion("county_government")
    body = {**opened_by(office, GOVERNMENT, draft).entries[opinion].body, "text": "同意推荐本县，另有一点说明如下。"}
    write(office, GOVERNMENT, draft, (opinion, body), now=LATER)
    snapshot = opened_by(office, GOVERNMENT, draft)
    assert OURS not in snapshot.entries
    assert snapshot.content.opinions["county_government"].scan is None
