"""``storage verify``: a kept verdict that is not what judging gives is named, and the exit code is 1."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from sqlalchemy import Text, Update, func, type_coerce, update

from storage.__main__ import COMMANDS, REFUSALS
from storage.care.integrity import inspect_store
from storage.cli import run
from storage.database.tables import entries
from storage.database.tables import verdicts as table
from storage.records import KeptVerdicts
from tests.workflow.office_room import COUNTY, EARLIER, NOW, add_round, office_at, put_submission, whole_content
from workflow.states import State
from workflow.verdicts.rejudging import rejudge

HERE = (table.c.level == "county") & (table.c.standard == "yunnan-2018")


def replaced(old: str, new: str) -> Update:
    """The kept verdicts with one text for another."""
    exact = type_coerce(table.c.verdicts, Text)
    return update(table).where(HERE).values(verdicts=func.replace(exact, old, new, type_=Text))


def given(**values: object) -> Update:
    """The kept row with other values."""
    return update(table).where(HERE).values(**values)


TAMPERED = {
    "a row": (
        replaced('"3.3.2":"met"', '"3.3.2":"not_met"'),
        "申报 1（甲县）县级结论 yunnan-2018 3.3.2：保存的是 not_met，重新判断为 met",
    ),
    "a veto": (
        replaced('"V1":"clear"', '"V1":"present"'),
        "申报 1（甲县）县级结论 yunnan-2018 V1：保存的是 present，重新判断为 clear",
    ),
    "a row taken out": (
        replaced('"3.3.2":"met",', ""),
        "申报 1（甲县）县级结论 yunnan-2018 3.3.2：保存的是 无，重新判断为 met",
    ),
    "a row put in": (
        replaced('"V1":"clear"', '"V1":"clear","9.9.9":"met"'),
        "9.9.9：保存的是 met，重新判断为 无",
    ),
    "a reason": (given(blocking={"3.3.2": ["evidence_missing"]}), "3.3.2：保存的原因与重新判断的不同"),
    "the whole": (given(eligible=False), "保存的总结论或得分与重新判断的不同"),
    "the points": (given(score=[44, 45]), "保存的总结论或得分与重新判断的不同"),
    "an entry": (
        update(entries)
        .where(entries.c.kind == "answer", entries.c["key"] == "3.3.2")
        .values(body={"claim": "not_met"}),
        "3.3.2：保存的是 met，重新判断为 not_met",
    ),
    "another shape": (given(verdicts=[]), "申报 1 yunnan-2018：保存的结论不成样子"),
}


@pytest.fixture(scope="module")
def judged(tmp_path_factory) -> Path:
    """A store with one county handed up, and its verdicts, made once."""
    var = tmp_path_factory.mktemp("judged") / "var"
    office = office_at(var)
    with office.store.write("system", EARLIER) as tx:
        add_round(tx)
        put_submission(tx, COUNTY, State.SUBMITTED, whole_content())
    assert rejudge(office, lambda: NOW) == 1
    office.store.close()
    return var


@pytest.fixture
def var(judged, tmp_path) -> Path:
    """A copy of it."""
    return Path(shutil.copytree(judged, tmp_path / "var"))


def storage(capsys, *arguments) -> tuple[int, str, str]:
    code = run([str(argument) for argument in arguments], COMMANDS, REFUSALS)
    said = capsys.readouterr()
    assert "Traceback" not in said.err
    return code, said.out, said.err


def tamper(var, act: Update) -> None:
    office = office_at(var)
    with office.store.engine.begin() as connection:
        assert connection.execute(act).rowcount == 1
    office.store.close()


@pytest.mark.parametrize(("act", "words"), TAMPERED.values(), ids=TAMPERED)
def test_a_verdict_that_was_tampered_with_is_named(capsys, var, act, words) -> None:
    tamper(var, act)
    code, _, err = storage(capsys, "verify", "--var", var)
    assert code == 1
    assert words in err


def test_before_nothing_is_named_and_other_programs_are_told_the_same_words(capsys, var) -> None:
    assert storage(capsys, "verify", "--var", var)[0] == 0
    act, words = TAMPERED["a row"]
    tamper(var, act)
    code, out, _ = storage(capsys, "verify", "--json", "--var", var)
    assert code == 1
    assert any(words in fault for fault in json.loads(out)["faults"])


def test_what_waits_to_be_judged_anew_is_no_fault_and_judge_sees_to_it(capsys, var) -> None:
    tamper(var, given(code="0" * 64, eligible=False))
    assert storage(capsys, "verify", "--var", var)[0] == 0
    said = storage(capsys, "judge", "--var", var)[1]
    assert "已重新判断 1 件申报" in said
    assert "总结论 尚不符合→符合" in said
    assert "没有要重新判断的" in storage(capsys, "judge", "--var", var)[1]
    assert storage(capsys, "verify", "--var", var)[0] == 0
    office = office_at(var)
    with office.store.read() as tx:
        kept = [one for one in tx.verdicts.of(1) if one.standard == "yunnan-2018"]
    assert all(isinstance(one, KeptVerdicts) and one.code != "0" * 64 for one in kept)
    assert [one.eligible for one in kept if one.level == "county"] == [True]
    office.store.close()


def test_rules_that_cannot_be_read_are_said_and_the_rest_is_looked_at(capsys, var, tmp_path, monkeypatch) -> None:
    broken = tmp_path / "rules"
    broken.mkdir()
    monkeypatch.setenv("RULES_DIR", str(broken))
    code, _, err = storage(capsys, "verify", "--var", var)
    assert code == 1
    assert "结论没有核对，因为读不出规则" in err


def test_the_store_s_own_inspection_asks_what_it_is_given(var) -> None:
    office = office_at(var)
    assert inspect_store(office.store).faults == ()
    assert inspect_store(office.store, [lambda _store: iter(["某处不符"])]).faults == ("某处不符",)

    def unreadable(_store):
        yield "先说一处"
        raise ValueError("读不出")

    assert inspect_store(office.store, [unreadable]).faults == ("先说一处", "数据库：读不出")
    office.store.close()
