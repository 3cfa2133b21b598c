from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from tests.workflow.office_room import COUNTY, EARLIER, add_round, office_at, put_submission, whole_content
from workflow import passwords
from workflow.office import Office
from workflow.states import State


@pytest.fixture(autouse=True, scope="module")
def _cheap_passwords() -> Iterator[None]:
    """Only here: the real parameters take tens of milliseconds by design."""
    cheap = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "_HASHER", cheap)
        patch.setattr(passwords, "_NOBODY", cheap.hash("没有这个人"))
        patch.delenv("DATABASE_URL", raising=False)
        yield


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """An office with one open round and nothing in it."""
    made = office_at(tmp_path / "var")
    with made.store.write("system", EARLIER) as tx:
        add_round(tx)
    yield made
    made.store.close()


@pytest.fixture
def draft(office: Office) -> int:
    """甲县's draft, whole and qualified; its id."""
    with office.store.write("scene", EARLIER) as tx:
        return put_submission(tx, COUNTY, State.DRAFT, whole_content()).id
