"""A page of the menu as one person of the county sees it: the whole page script, so that menu and links are real."""

from __future__ import annotations

from tests.ui.seeded import Screen, app_at, names, person, submission
from ui import navigation
from ui.identity import ACCOUNT_KEY
from workflow.office import Office
from workflow.submission.snapshot import SubmissionSnapshot, open_submission

COORDINATOR, DEPARTMENT, GOVERNMENT = "jiaxian_minzheng", "jiaxian_gongan", "jiaxian_zhengfu"


class Page(Screen):
    """Opened at its address; ``query`` is what stands in it."""

    def __init__(self, office: Office, username: str, page: navigation.MenuPage, /, **query: str) -> None:
        self.office = office
        self.app = app_at(page)
        self.app.user = {ACCOUNT_KEY: str(person(office, username).account_id)}
        for name, value in query.items():
            self.app.query_params[name] = value
        self.run()

    def go(self, page: navigation.MenuPage, /, **query: str) -> None:
        """To another page of the menu."""
        if page is not navigation.WORKBENCH:
            self.app.switch_page(page.script)
        for name, value in query.items():
            self.app.query_params[name] = value
        self.run()

    def type(self, kind: str, part: str, value: object) -> None:
        """Set the one widget whose key holds ``part``, and rerun."""
        widgets = [widget for widget in self.app.get(kind) if widget.key and any(part in n for n in names(widget.key))]
        assert len(widgets) == 1, (kind, part, [widget.key for widget in self.app.get(kind)])
        widgets[0].set_value(value)
        self.run()

    def reopen(self) -> None:
        """What a reload of the browser does: a new session at the same address."""
        self.close()
        self.app.session_state.clear()
        self.run()


def opened(office: Office, username: str = COORDINATOR, county: str = "甲县") -> SubmissionSnapshot:
    """A county's submission as the store has it for this person."""
    return open_submission(office, person(office, username), submission(office, county).id)
