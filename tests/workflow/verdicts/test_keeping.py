"""Verdicts kept with the data: after every way of writing they are what judging anew gives."""

from __future__ import annotations

import ast
from datetime import date
from pathlib import Path

import pytest

from scoring.submission import LEVELS
from tests.workflow.office_room import (
    ADMINISTRATOR,
    COORDINATOR,
    COUNTY,
    DUE,
    GOVERNMENT,
    GOVERNMENT_OPINION,
    NOW,
    PREFECTURE,
    PROVINCE,
    move,
    opened_by,
    person,
    put_at,
    put_everywhere,
    put_submission,
    record_of,
    review_content,
    whole_content,
    write,
)
from workflow.errors import Refused
from workflow.office import Office
from workflow.people import Role
from workflow.permissions import UNRELEASED
from workflow.procedure.situation import RequestedItem
from workflow.rounds.rounds import change_round, start_submission
from workflow.states import State
from workflow.submission.exchanging import export_submission, import_submission, plan_import
from workflow.targets import CONTENT_KINDS, REVIEW_KINDS, Target
from workflow.verdicts.judging_code import APART, PACKAGES, judging_code
from workflow.verdicts.keeping import JUDGED_KINDS, keep_anew, levels_kept
from workflow.verdicts.reading import kept_verdicts
from workflow.verdicts.rejudging import outdated
from workflow.verdicts.verifying import verdict_faults

ROOT = Path(__file__).parents[3]


def sound(office: Office) -> bool:
    """Whether everything kept is current and what judging anew gives."""
    assert outdated(office) == ()
    assert list(verdict_faults(office)) == []
    return True


def verdict(office: Office, number: int, row_id: str, level: str = "county") -> set[str]:
    with office.store.read() as tx:
        kept = kept_verdicts(office, tx, [tx.submissions.get(number)], {r.id: r for r in tx.rounds.all()}, level)
    return set(kept[number].of_row(row_id).values())


@pytest.fixture
def kept(office: Office) -> int:
    """甲县's whole draft, with what judging it gives."""
    with office.store.write("scene", NOW) as tx:
        record = put_submission(tx, COUNTY, State.DRAFT, whole_content())
        keep_anew(office, tx, record, tx.rounds.get("2018"))
    return record.id


def test_a_save_keeps_what_it_changes(office, kept) -> None:
    assert verdict(office, kept, "3.3.2") == {"met"}
    write(office, COORDINATOR, kept, (Target.answer("3.3.2"), None))
    assert verdict(office, kept, "3.3.2") == {"unanswered"}
    assert sound(office)


def test_a_fact_changes_the_rows_that_read_it(office, kept) -> None:
    townships = opened_by(office, COORDINATOR, kept).content.facts["townships"]
    write(office, COORDINATOR, kept, (Target.fact("townships"), townships + 5))
    assert verdict(office, kept, "1.1.2") != {"met"}
    assert sound(office)


def test_another_cut_off_judges_anew(office, kept) -> None:
    """The county's own: the latest of the round's deadline and the days its returns gave, written into its file."""
    check = {"title": "户籍登记比对证明", "kind": "statement", "date": "2018-07-28"}
    put_everywhere(office, kept, {Target.evidence("E90"): check})
    body = dict(opened_by(office, COORDINATOR, kept).entries[Target.veto("V3")].body)
    write(office, COORDINATOR, kept, (Target.veto("V3"), {**body, "evidence": {"household_check": ["E90"]}}))
    assert 'apply_by: "2018-07-15"' in export_submission(office, COORDINATOR, kept)
    assert verdict(office, kept, "V3") == {"unproven"}
    change_round(office, ADMINISTRATOR, "2018", NOW, "上级通知改动期限", apply_by=date(2018, 7, 28))
    assert verdict(office, kept, "V3") == {"clear"}
    assert sound(office)
    change_round(office, ADMINISTRATOR, "2018", NOW, "上级通知改动期限", apply_by=date(2018, 7, 15))
    assert verdict(office, kept, "V3") == {"unproven"}
    put_at(office, kept, State.SUBMITTED)
    move(
        office,
        PREFECTURE,
        kept,
        "prefecture_return",
        items=(RequestedItem("V3", "请重新出具数据比对证明"),),
        due=date(2018, 7, 27),
    )
    assert verdict(office, kept, "V3") == {"unproven"}
    move(office, PREFECTURE, kept, "prefecture_extend", due=date(2018, 7, 28), reason="补充材料还要多几天时间")
    assert verdict(office, kept, "V3") == {"clear"}
    assert 'apply_by: "2018-07-28"' in export_submission(office, COORDINATOR, kept)
    change_round(office, ADMINISTRATOR, "2018", NOW, "上级通知改动期限", apply_by=None)
    assert verdict(office, kept, "V3") == {"clear"}
    assert sound(office)


def test_what_is_not_judged_changes_no_verdict(office, kept) -> None:
    with office.store.read() as tx:
        before = tx.verdicts.of(kept)
    write(office, COORDINATOR, kept, (Target.form("narrative"), "另写一段。"))
    write(office, COORDINATOR, kept, (Target.assignment("3.3.2"), {"units": ["甲县财政局"]}))
    with office.store.read() as tx:
        assert tx.verdicts.of(kept) == before
    assert sound(office)
    assert JUDGED_KINDS < CONTENT_KINDS | REVIEW_KINDS
    assert {"form", "local", "site_visit"}.isdisjoint(JUDGED_KINDS)


def test_from_the_first_day_to_the_return_everything_kept_is_what_judging_gives(office) -> None:
    neighbour, government = (person(role, "990122") for role in (Role.COUNTY_COORDINATOR, Role.COUNTY_GOVERNMENT))
    number = start_submission(office, neighbour, "2018", NOW).id
    assert verdict(office, number, "3.3.2") == {"unanswered"}
    write(office, neighbour, number, *whole_content("990122").items())
    assert sound(office)
    move(office, neighbour, number, "hand_over")
    write(office, government, number, *GOVERNMENT_OPINION.items())
    assert {one.level for one in stored(office, number)} == {"county"}
    move(office, government, number, "release")
    assert {one.level for one in stored(office, number)} == set(LEVELS)
    assert sound(office)
    findings = {target: body for target, body in review_content("prefecture").items() if target.is_finding}
    write(office, PREFECTURE, number, *findings.items())
    assert verdict(office, number, "3.3.2", "prefecture") == {"met"}
    move(
        office,
        PREFECTURE,
        number,
        "prefecture_return",
        items=(RequestedItem("3.3.2", "请补充分月的结算明细"),),
        due=DUE,
    )
    assert sound(office)
    answer = dict(opened_by(office, neighbour, number).entries[Target.answer("3.3.2")].body)
    saved = write(office, neighbour, number, (Target.answer("3.3.2"), {**answer, "claim": "unsure"}))
    assert saved.voided == (("prefecture", "3.3.2"),)
    assert verdict(office, number, "3.3.2", "prefecture") == {"unanswered"}
    assert verdict(office, number, "3.3.1", "prefecture") == {"met"}
    assert sound(office)
    move(office, government_of_returned(office, number), number, "withdraw", reason="本县本批次不再申报示范县")
    assert {one.level for one in stored(office, number)} == {"county"}
    assert sound(office)


def government_of_returned(office: Office, number: int):
    return person(Role.COUNTY_GOVERNMENT, record_of(office, number).division_code)


def stored(office: Office, number: int):
    with office.store.read() as tx:
        return tx.verdicts.of(number)


def test_an_imported_file_is_judged_like_any_save(office, kept) -> None:
    text = export_submission(office, COORDINATOR, kept)
    for target in (Target.answer("3.3.2"), Target.veto("V1")):
        write(office, COORDINATOR, kept, (target, None))
    assert verdict(office, kept, "V1") == {"undeclared"}
    import_submission(office, COORDINATOR, kept, plan_import(office, COORDINATOR, kept, text, "x.yaml"), NOW)
    assert verdict(office, kept, "V1") == {"clear"}
    assert sound(office)


def test_a_refused_save_leaves_the_verdicts_too(office, kept) -> None:
    before = stored(office, kept)
    with pytest.raises(Refused, match="填报内容只能"):
        write(office, GOVERNMENT, kept, (Target.answer("3.3.2"), None))
    assert stored(office, kept) == before


@pytest.mark.parametrize("state", State)
def test_review_levels_are_kept_of_what_was_handed_up(state) -> None:
    assert levels_kept(state) == (("county",) if state in UNRELEASED else LEVELS)


def test_a_save_of_one_row_writes_one_statement_of_verdicts(office, kept) -> None:
    written = []

    def note(_connection, _cursor, statement, *_):
        if "verdicts" in statement:
            written.append(statement.split()[0].lower())

    from sqlalchemy import event  # noqa: PLC0415 - only here

    event.listen(office.store.engine, "before_cursor_execute", note)
    write(office, COORDINATOR, kept, (Target.answer("3.3.2"), None))
    assert written == ["select", "insert"]
    written.clear()
    write(office, COORDINATOR, kept, (Target.form("narrative"), "又一段。"))
    assert written == []
    event.remove(office.store.engine, "before_cursor_execute", note)


def modules_read(module: str, seen: set[str]) -> set[str]:
    """Every module of ours that importing this one imports."""
    for path in (ROOT / f"{module.replace('.', '/')}.py", ROOT / module.replace(".", "/") / "__init__.py"):
        if path.is_file() and module not in seen:
            seen.add(module)
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                names = (
                    [node.module, *(f"{node.module}.{one.name}" for one in node.names)]
                    if isinstance(node, ast.ImportFrom) and node.module
                    else [one.name for one in node.names]
                    if isinstance(node, ast.Import)
                    else []
                )
                for name in names:
                    if name.partition(".")[0] in {"scoring", "indicators"}:
                        modules_read(name, seen)
    return seen


def test_the_judging_code_s_digest_takes_in_whatever_judging_reads(monkeypatch) -> None:
    read = modules_read("scoring.judging.assess", set())
    assert len(read) > 20
    rules_reader = {"indicators"}  # the package's own door, which judging does not go through
    outside = {name for name in read if name.rpartition(".")[0] not in PACKAGES and name not in PACKAGES}
    assert outside <= rules_reader
    assert not {name for name in read if name.rpartition(".")[2] in APART}
    assert judging_code() == judging_code()
    assert len(judging_code()) == 64
    others = set()
    for left_out, rest in (("PACKAGES", PACKAGES[:-1]), ("WORDS", ())):
        judging_code.cache_clear()
        monkeypatch.setattr(f"workflow.verdicts.judging_code.{left_out}", rest)
        others.add(judging_code())
        monkeypatch.undo()
    judging_code.cache_clear()
    assert len({*others, judging_code()}) == 3


def test_a_province_sees_its_own_level_of_what_waits_for_it(office) -> None:
    with office.store.write("scene", NOW) as tx:
        bodies = {**whole_content(), **GOVERNMENT_OPINION, **review_content("prefecture")}
        record = put_submission(tx, COUNTY, State.PREFECTURE_RECOMMENDED, bodies)
        keep_anew(office, tx, record, tx.rounds.get("2018"))
    assert verdict(office, record.id, "3.3.2", "province") == {"needs_judgement"}
    write(
        office,
        PROVINCE,
        record.id,
        (Target.finding("province", "3.3.2"), review_content("province")[Target.finding("province", "3.3.2")]),
    )
    assert verdict(office, record.id, "3.3.2", "province") == {"met"}
    assert sound(office)
