"""Papers made beside the pages: for whoever asked alone, whole or called off, never a traceback."""

from __future__ import annotations

import io
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from PIL import Image

from templates.documents.model import RenderedDocument
from templates.documents.progress import Tell
from tests.ui.web.conftest import Papers, World
from ui.web.papers import made
from ui.web.papers.made import CANCELLED, FULL, MOST_OF_ONE, Printing, print_beside, printing_of
from workflow.errors import Refused
from workflow.papers.offered import MadePaper, offered_paper
from workflow.tables.asked import Asked


def paper(world: World, papers: Papers, who: str, ending: str = "pdf", name: str = "form") -> Printing:
    """Made to the end."""
    person = world.person(who)

    def make(tell: Tell) -> MadePaper:
        query = {"s": [str(papers.submission_id)], "level": ["county"]}
        return offered_paper(name, Asked(world.office, person, world.clock(), query, tell), ending)

    printing = print_beside(person.account_id, make)
    assert printing.wait(60)
    return printing


@pytest.fixture(autouse=True)
def clocked(monkeypatch: pytest.MonkeyPatch, world: World) -> None:
    """The world's clock here too, and nothing left of other tests."""
    monkeypatch.setattr(made, "now", world.clock)
    monkeypatch.setattr(made, "_printings", {})


def test_a_paper_is_handed_out_to_who_asked_for_it_alone_and_for_a_while(world, papers):
    printing = paper(world, papers, "jia")
    address = f"/papers/made/{printing.key}"
    jia = world.signed_in("jia")
    answer = jia.get(address)
    assert (answer.status_code, answer.content[:5]) == (200, b"%PDF-")
    assert answer.headers["cache-control"] == "no-store"
    assert "attachment" in answer.headers["content-disposition"]
    shown = jia.get(f"{address}/1.png")
    assert Image.open(io.BytesIO(shown.content)).size[0] > 500
    assert shown.headers["cache-control"] == "no-store"
    foreign = world.signed_in("jia_gov")
    missing = [jia.get(f"{address}/{page}.png") for page in (0, printing.pages + 1)]
    missing += [foreign.get(address), foreign.get(f"{address}/1.png"), jia.get("/papers/made/nothing")]
    assert {answer.status_code for answer in missing} == {404}
    assert world.browser().get(address).status_code in {303, 401}
    world.clock.pass_time(minutes=31)
    assert printing_of(printing.account_id, printing.key) is None


@pytest.mark.parametrize(
    ("who", "ending", "name"),
    [
        ("yi", "pdf", "form"),  # another county's
        ("jia", "docx", "local"),  # no such format
        ("jia", "pdf", "nonsense"),
    ],
)
def test_what_cannot_be_made_says_so_in_words(world, papers, who, ending, name):
    printing = paper(world, papers, who, ending, name)
    assert "没有" in printing.words
    assert printing.file is None
    assert world.signed_in(who).get(f"/papers/made/{printing.key}").status_code == 404


def test_a_fault_of_ours_is_logged_and_told_without_a_traceback(world, caplog):
    def broken(_: Tell) -> MadePaper:
        raise ZeroDivisionError("inside")

    printing = print_beside(1, broken)
    assert printing.wait(60)
    assert "已记入日志" in printing.words
    assert "inside" in caplog.text
    assert "inside" not in printing.words


def test_long_work_stops_where_it_tells_how_far_it_is(world):
    begun, go_on = threading.Event(), threading.Event()

    def long(tell: Tell) -> MadePaper:
        for step in range(1000):
            tell(step, 1000)
            begun.set()
            assert go_on.wait(60)
        raise AssertionError("never called off")

    printing = print_beside(1, long)
    assert begun.wait(60)
    assert (printing.running, printing.of) == (True, 1000)
    printing.cancel()
    go_on.set()
    assert printing.wait(60)
    assert printing.words == CANCELLED


def test_one_that_waits_for_its_turn_is_called_off_without_beginning(world, monkeypatch):
    go_on, begun = threading.Event(), threading.Event()
    monkeypatch.setattr(made, "_workers", ThreadPoolExecutor(1))

    def first(_: Tell) -> MadePaper:
        begun.set()
        assert go_on.wait(60)
        return MadePaper("一.xlsx", RenderedDocument(b"x"))

    def second(_: Tell) -> MadePaper:
        raise AssertionError("begun")

    working = print_beside(1, first)
    assert begun.wait(60)
    waiting = print_beside(1, second)
    waiting.cancel()
    assert waiting.wait(1)
    assert (waiting.words, waiting.running) == (CANCELLED, False)
    go_on.set()
    assert working.wait(60)
    assert working.name == "一.xlsx"


def test_the_accounts_oldest_make_room_and_too_many_are_told(world, monkeypatch):
    def small(_: Tell) -> MadePaper:
        return MadePaper("一.xlsx", RenderedDocument(b"x"))

    own = [print_beside(1, small) for _ in range(MOST_OF_ONE + 1)]
    assert [printing_of(1, printing.key) is not None for printing in own] == [False] + [True] * MOST_OF_ONE
    monkeypatch.setattr(made, "_MOST", MOST_OF_ONE)
    refused = print_beside(2, small)
    assert (refused.words, refused.running) == (FULL, False)


def test_a_level_that_has_not_given_its_opinion_is_refused(world, papers):
    query = {"s": [str(papers.submission_id)], "level": ["province"]}
    with pytest.raises(Refused) as refusal:
        offered_paper("form", Asked(world.office, world.person("jia"), world.clock(), query), "pdf")
    assert refusal.value.code == "not_given"
