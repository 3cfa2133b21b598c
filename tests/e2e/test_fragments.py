"""Over a real websocket: a change in a form runs the form alone; once anybody has saved, the whole page after it."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from benchmarks.websocket_session import Session, signed_in
from storage.clock import now
from tests.e2e.conftest import COORDINATOR, Demonstration
from tests.ui.seeded import office_at, person, submission
from ui import navigation
from ui.form_keys import FormKey
from workflow.demo.seed import DEMO_PASSWORD
from workflow.submission.snapshot import open_submission
from workflow.targets import Target

pytestmark = pytest.mark.browser
RETURNED = "bingqu_minzheng"
# Who, the page, the kind of the form's entry, the kind of the widget, what is put into it.
FORMS = (
    (COORDINATOR, navigation.LOCAL.path, "local", "text_input", "2018-05"),
    (COORDINATOR, navigation.ASSIGN.path, "assignment", "multiselect", ["1.1.1"]),
    (COORDINATOR, navigation.WORKBENCH.path, "move", "text_area", "本批次不再申报"),
    (RETURNED, navigation.WORKBENCH.path, "correction", "text_area", "两处口径不同，均属实"),
)


class Watching(Session):
    """Knows which elements a run drew."""

    def outside(self, fragment: str) -> set[str]:
        """The runs that drew what stands on the page and not in the fragment."""
        return {drawn.run for drawn in self._drawn.values() if drawn.fragment != fragment}


def saved_by_another(var: Path, username: str, county: str) -> None:
    """An entry of the county as it stood, once more, by somebody else: the other tests find what they would."""
    office = office_at(var)
    record, target = submission(office, county), Target.fact("population")
    entry = open_submission(office, person(office, username), record.id).entries[target]
    with office.store.write("colleague", now()) as tx:
        tx.entries.put(record.id, *target, entry.body, entry.version)
    office.store.close()


async def changed_twice(address: str, var: Path, form: tuple) -> dict[str, bool]:
    """What a change drew: by itself first; and after another's save with the page."""
    username, page, kind, widget_kind, value = form
    cookie = signed_in(address, username, DEMO_PASSWORD)
    async with Watching(address, page, {}, cookie) as session:

        def field():
            keys = {w.id: FormKey.parse(w.key) for w in session.widgets if w.kind == widget_kind and w.enabled}
            return next(w for w in session.widgets if (key := keys.get(w.id)) is not None and key.kind == kind)

        fragment = field().fragment
        before = session.outside(fragment)
        alone = await session.change(field(), value)
        by_itself = bool(fragment) and alone.runs == 1 and session.outside(fragment) == before
        saved_by_another(var, username, "丙区" if username == RETURNED else "甲县")
        await session.change(field(), [] if isinstance(value, list) else "")  # no draft is left behind
        return {"by itself": by_itself, "followed": session.outside(fragment).isdisjoint(before)}


def test_a_form_runs_alone_until_somebody_has_saved(own: Demonstration) -> None:
    with ThreadPoolExecutor(1) as beside:  # this thread may hold a browser, whose loop is running
        for form in FORMS:
            drew = beside.submit(asyncio.run, changed_twice(own.address, own.var, form)).result()
            assert drew == {"by itself": True, "followed": True}, form
