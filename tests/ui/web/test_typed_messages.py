"""The gate keeps what is typed before anything else may happen to the message that says it."""

from __future__ import annotations

import asyncio
import threading
import time
from decimal import Decimal

import pytest
from starlette.websockets import WebSocketDisconnect
from streamlit.proto.BackMsg_pb2 import BackMsg

from storage.errors import SaveFailed
from tests.ui.web.conftest import OWN
from tests.ui.web.typing import OTHER_TAB, TAB, message, note_of
from ui import typed
from ui.form_keys import for_submission
from ui.web.sign_in import live
from ui.web.sign_in.messages import MOST_PARSED, by_a_person, form_values, parsed
from workflow.drafting.drafts import drafts_of, drop
from workflow.states import State

SOCKET = "ws://127.0.0.1:8501/_stcore/stream"
ROW = ("answer", "3.3.2")


def connect(browser, tab: str | None = TAB):
    return browser.websocket_connect(SOCKET if tab is None else f"{SOCKET}?tab={tab}")


def drafts(world, submission_id: int, who: str = "jia", tab: str = TAB) -> dict[str, object]:
    draft = drafts_of(world.office, world.person(who), for_submission(submission_id)).of(*ROW, tab)
    return {} if draft is None else dict(draft.fields)


def say(socket, *messages: bytes) -> None:
    for one in messages:
        socket.send_bytes(one)
        socket.receive_text()


def test_every_kind_of_field_is_read_and_no_button():
    key = note_of(1)
    values = {"a": "文字", "b": True, "c": 12, "d": 1.5, "e": ["甲", "乙"], "f": None, "g": b"", "h": float("inf")}
    sent = parsed(message({key._replace(field=name): value for name, value in values.items()} | {"note-r1": "别的"}))
    assert form_values(sent) == {
        str(key._replace(field=name)): value
        for name, value in {
            "a": "文字", "b": True, "c": 12, "d": Decimal("1.5"), "e": ["甲", "乙"], "f": None, "h": None,
        }.items()
    }  # fmt: skip
    assert by_a_person(sent)


@pytest.mark.parametrize("data", [b"", b"not a message \xff", b"\x00" * (MOST_PARSED + 1)])
def test_what_is_no_message_of_ours_says_nothing(data):
    assert form_values(parsed(data)) == {}
    assert not by_a_person(parsed(data))
    assert not by_a_person(BackMsg(app_heartbeat=True))


def test_a_changed_value_is_in_the_store_before_the_message_goes_on(world, papers):
    seen: list[dict[str, object]] = []
    passing = world.behind

    class Behind:
        async def __call__(self, scope, receive, send):
            async def look():
                found = await receive()
                if found["type"] == "websocket.receive":
                    seen.append(await asyncio.to_thread(drafts, world, papers.submission_id))
                return found

            await passing(scope, look, send)

    world.app.router.routes[-1].app = Behind()
    key = note_of(papers.submission_id)
    with connect(world.signed_in("jia")) as socket:
        say(socket, message({key: "核对", key._replace(field="claim"): "达标"}), message({}), message({key: "核对过"}))
    assert seen == [{"note": "核对", "claim": "达标"}] * 2 + [{"note": "核对过", "claim": "达标"}]


def test_a_field_left_by_a_tap_elsewhere_runs_the_whole_page(world, papers):
    """Streamlit's page sends both as one message for the field's fragment, where nobody hears of the tap."""
    bound: list[str] = []
    passing = world.behind

    class Behind:
        async def __call__(self, scope, receive, send):
            async def look():
                found = await receive()
                if found["type"] == "websocket.receive":
                    bound.append(parsed(found["bytes"]).rerun_script.fragment_id)
                return found

            await passing(scope, look, send)

    world.app.router.routes[-1].app = Behind()
    key, form = note_of(papers.submission_id), {"fragment_id": "form"}
    with connect(world.signed_in("jia")) as socket:
        say(socket, message({"chooser": ["3.3.2"]}))
        say(socket, message({key: "一", "chooser": ["3.3.2"]}, **form))
        say(socket, message({key: "二", "chooser": ["3.3.2"], "next": b""}, **form))
        say(socket, message({key: "三", "chooser": ["3.3.3"]}, **form))
        say(socket, message({key: "三", "chooser": ["3.3.3"], "save": b""}, **form))
        say(socket, message({key: "四", "chooser": ["3.3.3"]}, **form))
    assert bound == ["", "form", "", "", "form", "form"]
    assert drafts(world, papers.submission_id) == {"note": "四"}


def test_only_what_changes_is_written(world, papers, monkeypatch):
    key = note_of(papers.submission_id)
    account = world.account("jia").id
    typed.baseline(account, TAB, str(key), "原来的话")
    with connect(world.signed_in("jia")) as socket:
        say(socket, message({key: "原来的话"}))
        assert drafts(world, papers.submission_id) == {}
        say(socket, message({key: "改过的话"}))
        assert drafts(world, papers.submission_id) == {"note": "改过的话"}
        monkeypatch.setattr("ui.typed._keep", pytest.fail)
        say(socket, message({key: "改过的话"}), message({key: "改过的话"}, is_auto_rerun=True))


def test_a_message_older_than_the_save_revives_nothing(world, papers):
    key = note_of(papers.submission_id)
    with connect(world.signed_in("jia")) as socket:
        say(socket, message({key: "话"}))
        person = world.person("jia")
        drop(world.office, person, for_submission(papers.submission_id), [ROW], tab=TAB, now=world.clock())
        say(socket, message({key: "晚到的话"}))
        assert drafts(world, papers.submission_id) == {}
        say(socket, message({key._replace(generation=1): "新一轮的话"}))
    assert drafts(world, papers.submission_id) == {"note": "新一轮的话"}


def test_two_tabs_and_two_people_are_kept_apart(world, papers):
    key = note_of(papers.submission_id)
    with connect(world.signed_in("jia")) as one, connect(world.signed_in("jia"), OTHER_TAB) as two:
        say(one, message({key: "甲"}))
        say(two, message({key: "乙"}))
        assert live.tabs(world.account("jia").id) == {TAB, OTHER_TAB}
        with connect(world.signed_in("yi")) as stranger:
            say(stranger, message({key: "外县的人"}))
    assert drafts(world, papers.submission_id) == {"note": "甲"}
    assert drafts(world, papers.submission_id, tab=OTHER_TAB) == {"note": "乙"}
    assert drafts(world, papers.submission_id, "yi") == {}
    assert live.tabs(world.account("jia").id) == frozenset()


@pytest.mark.parametrize("tab", [None, "short", "UPPERCASE00001", "x" * 33, "%27or1=1--00000", "tab000000001%00"])
def test_a_window_that_does_not_name_itself_as_ours_do_has_none(world, papers, tab):
    with connect(world.signed_in("jia"), tab) as socket:
        say(socket, message({note_of(papers.submission_id): "话"}))
    assert drafts(world, papers.submission_id, tab=typed.NO_TAB) == {"note": "话"}


def test_the_tab_reaches_the_script_as_the_gate_read_it(world):
    heard: list[list[tuple[bytes, bytes]]] = []
    passing = world.behind

    async def look(scope, receive, send):
        heard.append([pair for pair in scope["headers"] if pair[0].startswith(b"x-dc-")])
        await passing(scope, receive, send)

    world.app.router.routes[-1].app = look
    claimed = {"X-Dc-Tab": "somebodyelse", "X-DC-Account": "999"}
    with world.signed_in("jia").websocket_connect(f"{SOCKET}?tab={TAB}", headers=claimed):
        pass
    account = str(world.account("jia").id).encode()
    assert heard == [[(b"x-dc-account", account), (b"x-dc-tab", TAB.encode())]]


def test_a_store_that_fails_does_not_stop_the_message_and_the_text_is_kept_at_the_next(world, papers, monkeypatch):
    key = note_of(papers.submission_id)

    def full(*_args, **_more):
        raise SaveFailed("未暂存：磁盘空间不足")

    with connect(world.signed_in("jia")) as socket:
        with monkeypatch.context() as patch:
            patch.setattr("workflow.drafting.drafts.keep", full)
            say(socket, message({key: "磁盘满时写的"}))
        assert drafts(world, papers.submission_id) == {}
        say(socket, message({key: "磁盘满时写的"}))
    assert drafts(world, papers.submission_id) == {"note": "磁盘满时写的"}


def test_a_busy_store_holds_no_message_up_for_long(world, papers, monkeypatch):
    """The draft is written as soon as the store is free again, in the order in which the values were heard."""
    monkeypatch.setattr("ui.web.sign_in.watched_socket._DRAFT_SECONDS", 0.2)
    key = note_of(papers.submission_id)
    free, taken = threading.Event(), threading.Event()

    def occupy() -> None:
        with world.office.store.write("somebody", world.clock()):
            taken.set()
            free.wait(20)

    long_save = threading.Thread(target=occupy)
    with connect(world.signed_in("jia")) as socket:
        say(socket, message({}))  # the session is touched now, and not again within the minute
        long_save.start()
        taken.wait()
        try:
            say(socket, *(message({key: f"第{number}次"}) for number in range(5)))
            assert long_save.is_alive()  # nobody has waited for its end
        finally:
            free.set()
            long_save.join()
        last = time.monotonic() + 60
        while drafts(world, papers.submission_id) != {"note": "第4次"} and time.monotonic() < last:
            time.sleep(0.05)
    assert drafts(world, papers.submission_id) == {"note": "第4次"}


def test_what_an_ended_session_says_is_not_kept(world, papers):
    browser = world.signed_in("jia")
    with connect(browser) as socket:
        say(socket, message({}))
        cookie = {"Cookie": f"dc_session={browser.cookies['dc_session']}"}
        world.browser().post("/logout", headers={**OWN, **cookie})
        socket.send_bytes(message({note_of(papers.submission_id): "话"}))
        with pytest.raises(WebSocketDisconnect):
            socket.receive_text()
    assert drafts(world, papers.submission_id) == {}


def test_five_megabytes_and_an_identity_number_are_refused_and_the_rest_is_kept(world, papers):
    key = note_of(papers.submission_id)
    numbers = " ".join(f"11010119900307001{check}" for check in "0123456789X")  # one has the right check digit
    fields = {"big": "长" * 1_700_000, "id": numbers, "note": "好的话"}
    with connect(world.signed_in("jia")) as socket:
        say(socket, message({key._replace(field=name): text for name, text in fields.items()}))
    assert drafts(world, papers.submission_id) == {"note": "好的话"}
    told = typed.refusals(world.account("jia").id, TAB)
    assert {refused.field for refused in told} == {"big", "id"}
    assert "公民身份号码" in told[key._replace(field="id")]


def test_a_county_that_may_not_be_read_takes_no_draft(world, papers):
    assert papers.submission_id
    with connect(world.signed_in("zhou")) as socket:  # not released to the prefecture yet
        say(socket, message({note_of(papers.submission_id): "话"}))
    assert drafts(world, papers.submission_id, "zhou") == {}
    with world.office.store.read() as tx:
        assert tx.submissions.get(papers.submission_id).state == State.DRAFT.value
