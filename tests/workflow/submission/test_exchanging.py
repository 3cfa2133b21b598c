"""Import and export: what goes out comes back without loss, and a county's file brings no reviewer's words in."""

from __future__ import annotations

from pathlib import Path

import pytest

from scoring.exchange.reading import read_submission, read_submission_file
from scoring.exchange.writing import write_submission
from tests.workflow.office_room import (
    COORDINATOR,
    COUNTY,
    EARLIER,
    LIBRARY,
    NOW,
    OBSERVER,
    PROVINCE,
    add_round,
    head,
    opened_by,
    put_everywhere,
    put_returned,
    put_submission,
    write,
)
from workflow.content import bodies_from
from workflow.errors import Refused
from workflow.states import State
from workflow.submission.exchanging import export_submission, import_submission, plan_import
from workflow.submission.uploads import Upload, attach_file
from workflow.targets import CONTENT_KINDS, Target

SAMPLE = Path(__file__).parents[3] / "sample_submissions" / "01-fully-eligible.yaml"
SAMPLES = sorted(SAMPLE.parent.glob("*.yaml"))


def bring_in(office, number: int, text: str):
    plan = plan_import(office, COORDINATOR, number, text, "甲县.yaml")
    return plan, import_submission(office, COORDINATOR, number, plan, NOW)


@pytest.fixture
def empty(office) -> int:
    with office.store.write("scene", EARLIER) as tx:
        return put_submission(tx, COUNTY, State.DRAFT).id


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_what_entries_hold_is_the_whole_submission(office, path: Path) -> None:
    """Every fragment of every sample, findings, visits and opinions too, through the store and back."""
    given = read_submission_file(path, LIBRARY)
    with office.store.write("scene", EARLIER) as tx:
        period = {"period_first": given.round.period.first, "period_last": given.round.period.last}
        fingerprints = {s: LIBRARY.standards[s].fingerprint for s in given.round.standards}
        add_round(tx, id="sample", standards=list(given.round.standards), fingerprints=fingerprints, **period)
        record = tx.submissions.add(
            round_id="sample",
            division_code=given.division.code,
            division_name=given.division.name,
            state="province_recommended",
        )
        for (kind, key), body in bodies_from(given).items():
            tx.entries.put(record.id, kind, key, body, 0)
    for as_json in (False, True):
        text = export_submission(office, OBSERVER, record.id, as_json=as_json)
        out = read_submission(text, "out", LIBRARY)
        assert bodies_from(out) == bodies_from(given)
        assert out.division == given.division


@pytest.mark.parametrize("as_json", [False, True])
def test_an_exported_file_comes_back_without_loss(office, draft, as_json: bool) -> None:
    text = export_submission(office, COORDINATOR, draft, as_json=as_json)
    plan = plan_import(office, COORDINATOR, draft, text, "甲县.yaml")
    assert (plan.edits, plan.kept_out, plan.standing) == ((), (), ())
    before = opened_by(office, COORDINATOR, draft).content
    kinds = {(kind, key): None for kind, key in opened_by(office, COORDINATOR, draft).entries if kind in CONTENT_KINDS}
    put_everywhere(office, draft, dict.fromkeys(reversed(kinds)))
    assert opened_by(office, COORDINATOR, draft).content.answers == {}
    bring_in(office, draft, text)
    assert opened_by(office, COORDINATOR, draft).content == before


def test_findings_visits_and_opinions_of_a_file_are_kept_out(office, empty) -> None:
    plan, _ = bring_in(office, empty, SAMPLE.read_text(encoding="utf-8"))
    assert {kind for kind, _ in plan.kept_out} == {
        "finding.prefecture", "finding.province", "site_visit", "opinion.county_government", "opinion.prefecture",
        "opinion.province",
    }  # fmt: skip
    content = opened_by(office, COORDINATOR, empty).content
    assert (content.findings, content.opinions, content.site_visits) == ({}, {}, ())
    assert len(content.answers) == 45


def test_an_import_never_deletes_what_the_file_does_not_hold(office, empty) -> None:
    write(office, COORDINATOR, empty, (Target.evidence("OWN"), {"title": "自有材料"}))
    plan, _ = bring_in(office, empty, SAMPLE.read_text(encoding="utf-8"))
    assert plan.standing == (Target.evidence("OWN"),)
    assert "OWN" in opened_by(office, COORDINATOR, empty).content.evidence


def test_a_file_that_was_never_uploaded_here_is_left_out_and_named(office, empty) -> None:
    kept = attach_file(office, COORDINATOR, empty, Upload("E02", "纪要.pdf", b"%PDF-1.7\n%%EOF\n"), NOW)
    held = f'  E02: {{title: 纪要, file: 纪要.pdf, sha256: "{kept.sha256}"}}\n'
    foreign = f'  E01: {{title: 办法, file: 办法.pdf, sha256: "{"0" * 64}"}}\n'
    head_lines = SAMPLE.read_text(encoding="utf-8").partition("facts:")[0]
    plan, _ = bring_in(office, empty, f"{head_lines}evidence:\n{foreign}{held}")
    assert plan.without_file == (Target.evidence("E01"),)
    register = opened_by(office, COORDINATOR, empty).content.evidence
    assert (register["E01"].file, register["E01"].sha256) == ("办法.pdf", None)
    assert register["E02"].sha256 == kept.sha256


def other(**changes: str) -> str:
    text = SAMPLE.read_text(encoding="utf-8")
    for old, new in changes.items():
        words = {"county": 'code: "990121"', "round": 'id: "2018"', "period": 'to: "2018-06-30"'}[old]
        assert words in text
        text = text.replace(words, new, 1)
    return text


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (other(county='code: "990122"'), "other_county"),
        (other(round='id: "2019"'), "other_round"),
        (other(period='to: "2018-12-31"'), "other_period"),
        ("format: 1\nnonsense: [", "bad_file"),
        ("", "bad_file"),
        (SAMPLE.read_text(encoding="utf-8").replace("claim:", "klaim:", 1), "bad_file"),
    ],
    ids=["county", "round", "period", "broken", "empty", "unknown key"],
)
def test_another_s_file_or_a_broken_one_is_refused_and_nothing_is_written(office, empty, text: str, code: str) -> None:
    before = head(office)
    with pytest.raises(Refused) as caught:
        plan_import(office, COORDINATOR, empty, text, "甲县.yaml")
    assert caught.value.code == code
    if code == "bad_file":
        assert all(reason.startswith("甲县.yaml:") for reason in caught.value.reasons)
    assert head(office) == before


def test_an_import_is_held_to_the_same_rights_as_any_save(office, draft) -> None:
    changed = opened_by(office, COORDINATOR, draft).content
    put_returned(office, draft, "3.3.2")
    text = write_submission(changed).replace("townships: 16", "townships: 15", 1)
    assert text != write_submission(changed)
    plan = plan_import(office, COORDINATOR, draft, text, "甲县.yaml")
    with pytest.raises(Refused) as caught:
        import_submission(office, COORDINATOR, draft, plan, NOW)
    assert caught.value.code == "not_opened"


def test_a_paper_dated_after_today_does_not_come_in_by_file(office, empty) -> None:
    before = head(office)
    text = SAMPLE.read_text(encoding="utf-8").replace('date: "2018-06-12"', 'date: "2018-07-03"')
    with pytest.raises(Refused, match="的日期 2018-07-03 晚于今天"):
        bring_in(office, empty, text)
    assert head(office) == before


def test_an_identity_number_does_not_come_in_by_file(office, empty) -> None:
    text = SAMPLE.read_text(encoding="utf-8")
    text = text.replace("实施办法", "11010519491231002X", 1).replace("population: 432600", "population: 13800138000", 1)
    with pytest.raises(Refused) as caught:
        plan_import(office, COORDINATOR, empty, text, "甲县.yaml")
    assert caught.value.code == "personal_identifier"
    assert len(caught.value.reasons) == 2
    assert "11010519491231002X" not in str(caught.value)
    assert opened_by(office, COORDINATOR, empty).content.answers == {}


def test_only_who_may_read_may_export(office, draft) -> None:
    with pytest.raises(Refused) as caught:
        export_submission(office, PROVINCE, draft)
    assert caught.value.code == "not_found"


def test_what_a_bad_file_holds_is_not_repeated(office, empty) -> None:
    text = "format: 1\n11010519491231002X: 1\n13812345678: 2\n"
    with pytest.raises(Refused) as caught:
        plan_import(office, COORDINATOR, empty, text, "13912345678-440308199901101512.yaml")
    assert caught.value.code == "bad_file"
    said = str(caught.value)
    assert "▇▇" in said
    assert not [number for number in ("1101051949", "13812345678", "13912345678", "4403081999") if number in said]
