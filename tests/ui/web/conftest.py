"""The whole web layer around a stand-in for Streamlit, on a store of its own with a few people."""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from PIL import Image
from starlette.applications import Starlette
from starlette.responses import JSONResponse
from starlette.routing import Mount
from starlette.testclient import TestClient
from starlette.types import Receive, Scope, Send

from storage import open_store
from tests.ui.made import LIBRARY
from ui import typed
from ui.office import replace_office
from ui.web.stack import MIDDLEWARE, ROUTES
from workflow.accounts.accounts import person_of
from workflow.accounts.passwords import hash_password
from workflow.office import Office
from workflow.people import Person, Role
from workflow.rounds.rounds import NewRound, add_round, start_submission
from workflow.submission.uploads import Upload, attach_file

BASE = "http://127.0.0.1:8501"
OWN = {"Origin": BASE, "Sec-Fetch-Site": "same-origin"}
PASSWORD = "青山-绿水-2018"  # noqa: S105 - of people made up for a test
PEOPLE: dict[str, tuple[Role, str]] = {
    "jia": (Role.COUNTY_COORDINATOR, "990121"),
    "jia_gov": (Role.COUNTY_GOVERNMENT, "990121"),
    "yi": (Role.COUNTY_COORDINATOR, "990122"),
    "zhou": (Role.PREFECTURE_REVIEWER, "990100"),
    "admin": (Role.ADMINISTRATOR, "000000"),
}


class Clock:
    """The instant the web layer believes it is."""

    def __init__(self) -> None:
        self.instant = datetime(2018, 6, 1, 8, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.instant

    def pass_time(self, **duration: int) -> None:
        """Let time go by."""
        self.instant += timedelta(**duration)


@dataclass
class Behind:
    """Stands for Streamlit: tells over HTTP which headers reach it, echoes what a websocket says."""

    heard: list[bytes] = field(default_factory=list)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = {name.decode(): value.decode("latin-1") for name, value in scope["headers"]}
        if scope["type"] == "http":
            await JSONResponse({"behind": scope["path"], "headers": headers})(scope, receive, send)
            return
        assert (await receive())["type"] == "websocket.connect"
        await send({"type": "websocket.accept"})
        while (message := await receive())["type"] == "websocket.receive":
            self.heard.append(message["bytes"])
            await send({"type": "websocket.send", "text": headers.get("x-dc-account", "")})


@dataclass
class World:
    """The store, the clock, what stands behind the gate, and browsers to come with."""

    office: Office
    clock: Clock
    behind: Behind
    app: Starlette

    def browser(self, base: str = BASE) -> TestClient:
        """A browser with an empty cookie jar."""
        return TestClient(self.app, base_url=base, follow_redirects=False)

    def signed_in(self, username: str) -> TestClient:
        """A browser in which somebody has signed in."""
        browser = self.browser()
        answer = sign_in(browser, username)
        assert answer.status_code == 303, answer.text
        return browser

    def account(self, username: str):
        with self.office.store.read() as tx:
            return tx.accounts.by_username(username)

    def person(self, username: str) -> Person:
        return person_of(self.account(username))

    def change(self, username: str, **changes) -> None:
        """Change an account as an administrator elsewhere would."""
        with self.office.store.write("system", self.clock()) as tx:
            tx.accounts.change(self.account(username).id, **changes)


def sign_in(browser: TestClient, username: str, password: str = PASSWORD, *, headers=None, **fields: str):
    """Send the form."""
    data = {"username": username, "password": password, **fields}
    return browser.post("/login", data=data, headers=OWN if headers is None else headers)


@pytest.fixture(scope="session")
def filled(tmp_path_factory) -> Path:
    """A store with the people above, made once."""
    var = tmp_path_factory.mktemp("filled") / "var"
    hashed = hash_password(PASSWORD)
    with open_store(var=var) as store, store.write("system", Clock().instant) as tx:
        for username, (role, code) in PEOPLE.items():
            tx.accounts.add(
                username=username,
                display_name=f"{username}<b>&单位",
                password_hash=hashed,
                role=role.value,
                division_code=code,
                must_change_password=False,
            )
    return var


@pytest.fixture
def world(filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    """A fresh copy of the store, with everything before and behind the gate."""
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.delenv("COOKIE_SECURE", raising=False)
    shutil.copytree(filled, tmp_path / "var")
    clock = Clock()
    for module in (
        "sign_in.gate",
        "sign_in.watched_socket",
        "sign_in.routes",
        "papers.submission",
        "papers.chasing",
        "drafts",
    ):
        monkeypatch.setattr(f"ui.web.{module}.now", clock)
    behind = Behind()
    with open_store(var=tmp_path / "var") as store:
        office = Office(store, LIBRARY)
        replace_office(office)
        typed.forget_everything()
        yield World(office, clock, behind, Starlette(routes=[*ROUTES, Mount("/", app=behind)], middleware=MIDDLEWARE))
        replace_office(None)


def picture() -> bytes:
    """A small JPEG."""
    stream = io.BytesIO()
    Image.new("RGB", (8, 8), "white").save(stream, "JPEG")
    return stream.getvalue()


@dataclass(frozen=True)
class Papers:
    """A submission of 甲县 with one file."""

    submission_id: int
    sha256: str


@pytest.fixture
def papers(world: World) -> Papers:
    """甲县's self-assessment, just begun, with a photo whose name is not ASCII."""
    begun = world.clock()
    new = NewRound("2018", "演示批次", ("national-2018",), date(2017, 1, 1), date(2018, 6, 30))
    add_round(world.office, None, new, begun, demo=True)
    jia = world.person("jia")
    submission = start_submission(world.office, jia, "2018", begun)
    record = attach_file(world.office, jia, submission.id, Upload("E01", '文件"一".jpg', picture()), begun)
    return Papers(submission.id, record.sha256)
