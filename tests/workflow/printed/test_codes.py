"""The check code on a printed form: what it covers, and what the store says of it to whoever holds the paper."""

from __future__ import annotations

from datetime import timedelta

import pytest

from scoring.exchange.reading import submission_reader
from scoring.judging.assess import assess_by_round
from templates.application_form.form import render_form
from tests.workflow.office_room import COORDINATOR, COUNTY, GOVERNMENT, NOW, opened_by, write
from workflow.errors import Refused
from workflow.printed.codes import WINDOW, WRONG_CODES, Standing, check_printed
from workflow.submission.exchanging import export_submission
from workflow.submission.printing import print_form
from workflow.targets import Target

NARRATIVE, ADDRESS = Target.form("narrative"), "10.0.0.9"


def code_of(office, submission_id, who=COORDINATOR):
    return print_form(office, who, submission_id, NOW)[1].code


def asked(office, code, division=COUNTY, now=NOW):
    return check_printed(office, code, division, ADDRESS, now)


def test_a_paper_agrees_until_what_it_shows_changes_and_again_when_that_is_undone(office, draft) -> None:
    before = opened_by(office, COORDINATOR, draft).entries[NARRATIVE].body
    first = code_of(office, draft)
    assert asked(office, f" {first[:4]} {first[4:8]} {first[8:16].lower()} ") is Standing.AGREES
    assert asked(office, first) is Standing.AGREES
    write(office, COORDINATOR, draft, (NARRATIVE, "改了"))
    second = code_of(office, draft)
    assert (asked(office, first), asked(office, second)) == (Standing.NEWER, Standing.AGREES)
    write(office, COORDINATOR, draft, (NARRATIVE, before))
    assert (asked(office, first), asked(office, second)) == (Standing.AGREES, Standing.NEWER)


def test_a_code_that_was_never_printed_or_is_another_countys_does_not_agree(office, draft) -> None:
    code = code_of(office, draft)
    assert asked(office, code, "990122") is Standing.UNKNOWN
    assert asked(office, code[:15] + ("0" if code[15] != "0" else "1")) is Standing.UNKNOWN
    assert asked(office, code[::-1]) is Standing.UNKNOWN


def test_papers_with_an_opinion_and_without_both_agree_and_higher_levels_change_neither(office, draft) -> None:
    plain = code_of(office, draft)
    with office.store.write("system", NOW) as tx:
        tx.entries.put(draft, *Target.opinion("county_government"), {"text": "同意推荐。"}, 0)
    given = code_of(office, draft, GOVERNMENT)
    assert given != plain == code_of(office, draft)  # the coordinator sees no opinion yet
    with office.store.write("system", NOW) as tx:
        tx.entries.put(draft, *Target.opinion("prefecture"), {"text": "不同意。"}, 0)
        tx.entries.put(draft, *Target.finding("prefecture", "1.1.1"), {"finding": "not_met", "reason": "没有"}, 0)
    assert asked(office, plain) is Standing.AGREES
    assert asked(office, given) is Standing.AGREES
    assert print_form(office, GOVERNMENT, draft, NOW, "county")[1].code == given


@pytest.mark.parametrize(
    ("code", "division"), [("", COUNTY), ("XYZ", COUNTY), ("A" * 17, COUNTY), ("A" * 16, "99"), ("A" * 16, "九九")]
)
def test_what_is_no_code_is_told_and_not_counted(office, draft, code, division) -> None:
    for _ in range(WRONG_CODES + 1):
        with pytest.raises(Refused) as refused:
            asked(office, code, division)
        assert refused.value.code == "malformed"


def test_guessing_is_stopped_for_a_while_and_stops_nobody_from_signing_in(office, draft) -> None:
    code = code_of(office, draft)
    for number in range(WRONG_CODES):
        assert asked(office, f"{number:016X}") is Standing.UNKNOWN
    with pytest.raises(Refused) as refused:
        asked(office, code)
    assert refused.value.code == "throttled"
    assert check_printed(office, code, COUNTY, "10.0.0.10", NOW) is Standing.AGREES
    assert asked(office, code, now=NOW + WINDOW + timedelta(seconds=1)) is Standing.AGREES
    with office.store.read() as tx:
        assert tx.attempts.failures_of_address(ADDRESS, NOW - WINDOW) == 0


def test_a_paper_printed_from_an_exported_file_agrees_too(office, draft, tmp_path) -> None:
    exported = tmp_path / "county.yaml"
    exported.write_text(export_submission(office, COORDINATOR, draft), encoding="utf-8")
    content = submission_reader(exported)(office.library)
    form = render_form(content, assess_by_round(content, office.library, "county"))
    assert asked(office, form.code) is Standing.AGREES
