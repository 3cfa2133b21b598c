from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.workflow.moving_scene import Scene, division_of, made_scene, made_templates
from tests.workflow.office_room import (
    COUNTY,
    EARLIER,
    NOW,
    add_round,
    copied,
    office_at,
    put_submission,
    whole_content,
)
from tests.workflow.signing import COUNTY_PERSON, GOOD
from workflow.accounts.accounts import add_account, change_own_password, person_of
from workflow.office import Office
from workflow.procedure.transitions import Transition
from workflow.states import State


@pytest.fixture(autouse=True, scope="module")
def _no_shared_database() -> Iterator[None]:
    """The embedded store, whatever the machine is set to."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("DATABASE_URL", raising=False)
        yield


@pytest.fixture(scope="session")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Callable[[bool], Path]:
    """A store with one open round and nothing else in it, or 甲县's draft; each is made once."""
    folder = tmp_path_factory.mktemp("begun")

    def made(with_draft: bool) -> Path:
        var = folder / ("draft" if with_draft else "round")
        if not var.exists():
            office = office_at(var)
            with office.store.write("system", EARLIER) as tx:
                add_round(tx)
            if with_draft:
                with office.store.write("scene", EARLIER) as tx:
                    put_submission(tx, COUNTY, State.DRAFT, whole_content())
            office.store.close()
        return var

    return made


@pytest.fixture
def office(begun: Callable[[bool], Path], tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Office]:
    """An office with one open round and nothing in it, or the draft where the test asks for that too."""
    made = copied(begun("draft" in request.fixturenames), tmp_path / "var")
    yield made
    made.store.close()


@pytest.fixture
def draft(office: Office) -> int:
    """甲县's draft, whole and qualified; its id."""
    with office.store.read() as tx:
        return tx.submissions.all()[0].id


@pytest.fixture(scope="session")
def whole_counties(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """For each kind of county a store with a submission that wants nothing, made once."""
    return made_templates(tmp_path_factory.mktemp("template"))


@pytest.fixture
def scene(whole_counties: dict[str, Path], tmp_path: Path) -> Iterator[Callable[..., Scene]]:
    """Makes the scene of a row; closes its store."""
    made: list[Scene] = []

    def make(row: Transition, *, return_open: bool | None = None) -> Scene:
        var = tmp_path / f"scene{len(made)}"
        made.append(made_scene(whole_counties[division_of(row)], var, row, return_open=return_open))
        return made[-1]

    yield make
    for one in made:
        one.office.store.close()


@pytest.fixture
def zhang(office: Office):
    """Somebody who has a password of their own."""
    account, first = add_account(office, None, COUNTY_PERSON, NOW)
    change_own_password(office, person_of(account), first, GOOD, NOW)
    return account
