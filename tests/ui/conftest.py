"""The page script under AppTest, with a county loaded."""

from __future__ import annotations

import html
import re
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from streamlit.components.v2 import manifest_scanner

from scoring.exchange.writing import write_submission
from scoring.submission import Submission
from storage.clock import now
from tests.ui.made import county
from tests.ui.seeded import app_at, names, office_at
from ui import typed
from ui.identity import ACCOUNT_KEY
from ui.navigation import JUDGE
from ui.office import replace_office
from ui.web.sign_in import live
from workflow.accounts.accounts import NewAccount, add_account
from workflow.office import Office
from workflow.people import Role

_SAYING = ("subheader", "caption", "info", "error", "warning", "success")
_LABELLED = ("button", "radio", "selectbox", "text_input", "text_area", "multiselect", "checkbox")


@cache
def _plain_office() -> tuple[Office, int]:
    """An office with nothing in its store but one observer: the 试算 pages need somebody signed in and no more."""
    office = office_at(Path(tempfile.mkdtemp(prefix="plain-office-")))
    new = NewAccount("guest", "观察员", Role.OBSERVER, "000000")
    account, _ = add_account(office, None, new, now(), demo=True)
    return office, account.id


@pytest.fixture(autouse=True, scope="session")
def _one_scan() -> Iterator[None]:
    """Every AppTest reads the metadata of all installed packages, looking for components: once a run is enough."""
    with pytest.MonkeyPatch.context() as patch:
        scanned = cache(manifest_scanner.scan_component_manifests)
        patch.setattr(manifest_scanner, "scan_component_manifests", scanned)
        yield


class Screen:
    """A running page of 试算: what it says, and what a person does on it."""

    def __init__(self) -> None:
        self.office, account_id = _plain_office()
        self.app = app_at(JUDGE)
        self.app.user = {ACCOUNT_KEY: str(account_id)}
        self.run()

    def run(self) -> None:
        """Rerun; a page that raises fails the test."""
        replace_office(self.office)
        self.app.run()
        assert not self.app.exception, [widget.message for widget in self.app.exception]

    @property
    def workspace(self):
        """The session's workspace."""
        return self.app.session_state["workspace"]

    @property
    def html(self) -> str:
        """All HTML on the page."""
        return "\n".join(str(widget.proto.body) for widget in self.app.get("html"))

    @property
    def text(self) -> str:
        """What the page says, tags and entities resolved."""
        words = [str(widget.value) for kind in _SAYING for widget in self.app.get(kind)]
        words += [widget.label for kind in _LABELLED for widget in self.app.get(kind)]
        return "\n".join([*words, html.unescape(re.sub(r"<[^>]+>", " ", self.html))])

    def load(self, submission: Submission | str, name: str = "county.yaml") -> None:
        """Upload a county's file on the first page."""
        content = submission if isinstance(submission, str) else write_submission(submission)
        self.app.get("file_uploader")[0].upload(name, content.encode(), "application/yaml")
        self.run()

    def go(self, script: str) -> None:
        """Go to another page of the menu."""
        self.app.switch_page(script)
        self.run()

    def open_row(self, row_id: str) -> None:
        """Go to an indicator's page."""
        self.workspace.row = row_id
        self.go("screens/trial/indicator.py")

    def field(self, kind: str, key: str):
        """The widget whose key is ``key`` or starts with it."""
        widgets = [
            widget
            for widget in self.app.get(kind)
            if widget.key and any(name.startswith(key) for name in names(widget.key))
        ]
        assert len(widgets) == 1, (kind, key, [widget.key for widget in self.app.get(kind)])
        return widgets[0]

    def press(self, key: str) -> None:
        """Press a button."""
        self.field("button", key).click()
        self.run()


@pytest.fixture
def screen() -> Screen:
    """The first page with nothing loaded."""
    return Screen()


@pytest.fixture
def loaded(screen: Screen) -> Screen:
    """The first page with 甲县 loaded, everything met."""
    screen.load(county())
    return screen


@pytest.fixture(autouse=True)
def _nothing_typed() -> Iterator[None]:
    """Each test begins as after a start of the process, with no window open."""
    typed.forget_everything()
    yield
    live._open.clear()
