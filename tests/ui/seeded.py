"""The demonstration's store, made once and copied for each test, and a screen of it as one person sees it."""

from __future__ import annotations

import html
import re
from pathlib import Path

from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from storage import open_store
from storage.records import SubmissionRecord
from tests.ui.made import LIBRARY
from ui.form_keys import FormKey
from ui.identity import ACCOUNT_KEY
from ui.navigation import MenuPage
from ui.web.sign_in import live
from workflow.accounts.accounts import person_of
from workflow.office import Office
from workflow.people import Person

ROOT = Path(__file__).parents[2]
MAIN = ROOT / "ui" / "main.py"
_SAYING = ("subheader", "caption", "info", "error", "warning", "success", "markdown")
_LABELLED = (
    "button", "radio", "selectbox", "text_input", "text_area", "multiselect", "checkbox", "date_input", "number_input",
)  # fmt: skip


def office_at(var: Path) -> Office:
    """An office on a copy of the seeded store."""
    return Office(open_store(None, var), LIBRARY)


def app_at(page: MenuPage) -> AppTest:
    """The whole page script, its first run at the page's address: `switch_page` would ask for one at the workbench."""
    app = AppTest.from_file(str(MAIN), default_timeout=300)
    app._page_hash = calc_hash(page.path)  # as `st.Page` has it
    return app


def person(office: Office, username: str) -> Person:
    """A demo account's person."""
    with office.store.read() as tx:
        account = tx.accounts.by_username(username)
    assert account is not None, username
    return person_of(account)


def submission(office: Office, county: str) -> SubmissionRecord:
    """The county's submission as it stands."""
    with office.store.read() as tx:
        return next(record for record in tx.submissions.all() if record.division_name == county)


def names(key: str) -> tuple[str, ...]:
    """What a test may call a widget by: its key; a form's field also ``kind|key|path|of|it`` and ``kind-key-field``."""
    field = FormKey.parse(key)
    if field is None:
        return (key,)
    parts = (field.kind, field.key, field.field)
    return key, "|".join((field.kind, field.key, *field.field.split("/"))), "-".join(parts)


class Screen:
    """One screen's script under AppTest, run for one person."""

    def __init__(self, office: Office, username: str, screen: str, **query: str) -> None:
        self.office = office
        self.app = AppTest.from_file(str(ROOT / "ui" / "screens" / f"{screen}.py"), default_timeout=300)
        self.app.user = {ACCOUNT_KEY: str(person(office, username).account_id)}
        for name, value in query.items():
            self.app.query_params[name] = value
        self.run()

    def run(self) -> None:
        """Rerun; a page that raises fails the test. Its window is open as long as the test runs."""
        self.app.run()
        account = self.app.user.get(ACCOUNT_KEY) if self.app.user else None
        if "tab" in self.app.session_state and account and self.app.session_state["tab"] not in live.tabs(int(account)):
            live.register(live.Connection(int(account), "", self.app.session_state["tab"]))
        assert not self.app.exception, [(widget.message, widget.stack_trace) for widget in self.app.exception]

    def close(self) -> None:
        """Its window is closed."""
        for connection in tuple(live._open):
            if connection.tab == self.app.session_state["tab"]:
                live.unregister(connection)

    @property
    def html(self) -> str:
        """All HTML on the page."""
        return "\n".join(str(widget.proto.body) for widget in self.app.get("html"))

    @property
    def text(self) -> str:
        """What the page says, tags and entities resolved, tables included."""
        words = [str(widget.value) for kind in _SAYING for widget in self.app.get(kind)]
        words += [widget.label for kind in _LABELLED for widget in self.app.get(kind)]
        words += [widget.value.to_csv() for widget in self.app.dataframe]
        return "\n".join([*words, html.unescape(re.sub(r"<[^>]+>", " ", re.sub(r"</?mark[^>]*>", "", self.html)))])

    @property
    def at_fault(self) -> set[str]:
        """The fields marked because the last press was refused for what stands in them."""
        told = " ".join(re.findall(r'data-told="([^"]*)"', self.html)).split()
        return {names(key)[1] for key in told}

    def field(self, kind: str, ending: str):
        """The widget whose key ends so."""
        widgets = [widget for widget in self.app.get(kind) if widget.key and _ends(widget.key, ending)]
        assert len(widgets) == 1, (kind, ending, [widget.key for widget in self.app.get(kind)])
        return widgets[0]

    def has(self, kind: str, ending: str) -> bool:
        """Whether there is such a widget."""
        return any(widget.key and _ends(widget.key, ending) for widget in self.app.get(kind))

    def press(self, ending: str) -> None:
        """Press a button."""
        self.field("button", ending).click()
        self.run()

    def fill(self, kind: str, ending: str, value: object) -> None:
        """Set a widget and rerun, as leaving a field does."""
        self.field(kind, ending).set_value(value)
        self.run()

    def view(self, name: str) -> None:
        """Choose a view of a reviewer's page."""
        self.app.button_group[0].set_value(name)
        self.run()


def _ends(key: str, ending: str) -> bool:
    return any(name.endswith(ending) for name in names(key))
