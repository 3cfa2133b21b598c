"""No list judges: workbench and matrix are read from what is kept, in as many queries for forty as for four."""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from dataclasses import replace

import pytest
from sqlalchemy import event

from scoring.judging import assess as judging
from scoring.submission import LEVELS
from tests.demonstration import PROVINCE_DAY as TODAY
from tests.workflow.office_room import office_at
from workflow import office as office_module
from workflow.accounts.accounts import person_of
from workflow.office import Office
from workflow.overview.matrix import matrix
from workflow.overview.pending import pending
from workflow.overview.worklist import worklist
from workflow.stamped_cache import StampedCache
from workflow.verdicts import keeping
from workflow.verdicts.reading import REJUDGING
from workflow.verdicts.rejudging import outdated
from workflow.verdicts.verifying import verdict_faults


@pytest.fixture(scope="module")
def province(seeded_province, tmp_path_factory):
    """Some fifty counties; these tests only look."""
    office = office_at(shutil.copytree(seeded_province, tmp_path_factory.mktemp("lists") / "var"))
    yield office
    office.store.close()


def someone(office: Office, username: str):
    with office.store.read() as tx:
        return person_of(tx.accounts.by_username(username))


@pytest.fixture
def judgings(monkeypatch):
    """Everything that is judged while a test runs."""
    judged = []
    real = judging.assess_levels
    for module in (judging, office_module):
        monkeypatch.setattr(module, "assess_levels", lambda *given: judged.append(given) or real(*given))
    return judged


def test_the_counter_counts(province, judgings) -> None:
    assert list(verdict_faults(province)) == []
    assert len(judgings) > 30
    assert outdated(province) == ()


@pytest.mark.parametrize("username", ["yanshisheng", "yanshizhou", "guanchayuan", "shi990300"])
def test_no_list_judges(province, judgings, username) -> None:
    who = someone(province, username)
    assert worklist(province, who, TODAY)
    for level in LEVELS:
        picture = matrix(province, who, "demo", level)
        assert picture is not None
        assert picture.without(REJUDGING) == ()
    assert pending(province, who, "demo", TODAY)
    assert judgings == []


@contextmanager
def statements(office: Office):
    """The statements that a block sends."""
    sent: list[str] = []

    def note(_connection, _cursor, statement, *_):
        sent.append(statement)

    event.listen(office.store.engine, "before_cursor_execute", note)
    yield sent
    event.remove(office.store.engine, "before_cursor_execute", note)


@pytest.mark.parametrize(("what", "most", "again"), [("worklist", 16, 5), ("matrix", 14, 6)])
def test_a_list_asks_as_often_for_forty_counties_as_for_four(province, what, most, again) -> None:
    """And the second time it reads only what was written to since."""
    counted = []
    for username in ("shi990300", "yanshisheng"):
        office, who = replace(province, reviews=StampedCache(64)), someone(province, username)
        for _ in range(2):
            with statements(office) as sent:
                assert worklist(office, who, TODAY) if what == "worklist" else matrix(office, who, "demo")
            counted.append(len(sent))
    assert max(counted[::2]) <= most
    assert max(counted[1::2]) <= again


def test_the_matrix_is_what_judging_each_county_gives(province) -> None:
    for level in LEVELS:
        picture = matrix(province, someone(province, "yanshisheng"), "demo", level)
        assert picture.told
        for line in picture.told:
            with province.store.read() as tx:
                content = keeping.content_of(province, tx, line.record, picture.round)
            judged = province.judge(content, picture.round, level)
            assert judged.eligible == line.eligible
            for standard in picture.standards:
                kept = zip((row.id for row in standard.rows()), line.outcomes[standard.id].states, strict=True)
                given = judged.standards[standard.id]
                assert dict(kept) == {result.id: result.outcome for result in given.results}
