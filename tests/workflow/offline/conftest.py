from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.workflow.office_room import (
    COORDINATOR,
    GOVERNMENT,
    GOVERNMENT_OPINION,
    NOW,
    copied,
    move,
    opened_by,
    put_everywhere,
    write,
)
from tests.workflow.offline.two_networks import DIGEST, PDF, taken_up
from workflow.office import Office
from workflow.submission.uploads import Upload, attach_file
from workflow.targets import Target


@pytest.fixture
def above(begun: Callable[[bool], Path], tmp_path: Path) -> Iterator[Office]:
    """The other network: the same round, nothing in it."""
    made = copied(begun(False), tmp_path / "above")  # noqa: FBT003 - the fixture's own question
    yield made
    made.store.close()


@pytest.fixture
def released(office: Office, draft: int) -> int:
    """甲县's submission with a file that two documents name, sent up."""
    return send_up(office, draft)


@pytest.fixture(scope="session")
def both_made(begun: Callable[[bool], Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """甲县's submission sent up on its own network and taken in on the other: two stores, made once."""
    folder = tmp_path_factory.mktemp("both")
    below = copied(begun(True), folder / "below")  # noqa: FBT003 - the fixture's own question
    above = copied(begun(False), folder / "above")  # noqa: FBT003 - the same
    with below.store.read() as tx:
        number = tx.submissions.all()[0].id
    taken_up(below, above, send_up(below, number))
    for office in (below, above):
        office.store.close()
    return folder


@pytest.fixture
def both(both_made: Path, tmp_path: Path) -> Iterator[tuple[Office, Office]]:
    """The county's network and the one above it, both knowing what was sent up."""
    made = copied(both_made / "below", tmp_path / "below"), copied(both_made / "above", tmp_path / "above")
    yield made
    for office in made:
        office.store.close()


def send_up(office: Office, draft: int) -> int:
    """Two documents name one file; handed over and released."""
    first, second = sorted(opened_by(office, COORDINATOR, draft).content.evidence)[:2]
    attach_file(office, COORDINATOR, draft, Upload(first, "办法.pdf", PDF), NOW)
    entries = opened_by(office, COORDINATOR, draft).entries
    named = [Target.evidence(name) for name in (first, second)]
    file = {"file": "办法.pdf", "sha256": DIGEST}
    write(office, COORDINATOR, draft, *((target, dict(entries[target].body) | file) for target in named))
    move(office, COORDINATOR, draft, "hand_over")
    put_everywhere(office, draft, GOVERNMENT_OPINION)
    move(office, GOVERNMENT, draft, "release")
    return draft
