"""Every page of every role over a store full of hostile text: shown as it was written, and nothing of it lives."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from google.protobuf.message import Message
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Block

from storage.clock import now
from tests.ui.county.pages import Page
from tests.ui.hostile_store import HOSTILE, OUTSIDE, spoil
from tests.ui.seeded import office_at, person, submission
from ui import navigation
from ui.components import verbatim
from ui.office import replace_office
from workflow.office import Office
from workflow.people import Role
from workflow.submission.exchanging import export_submission

pytestmark = pytest.mark.day_shown

PEOPLE = {
    Role.COUNTY_COORDINATOR: ("jiaxian_minzheng", "甲县"),
    Role.COUNTY_DEPARTMENT: ("jiaxian_gongan", "甲县"),
    Role.COUNTY_GOVERNMENT: ("yixian_zhengfu", "乙县"),
    Role.PREFECTURE_REVIEWER: ("yanshizhou", "丁市"),
    Role.PROVINCE_REVIEWER: ("yanshisheng", "戊县"),
    Role.OBSERVER: ("guanchayuan", "丁市"),
    Role.ADMINISTRATOR: ("guanliyuan", ""),
}
VIEWS = ("row", "table", "agree", "remarks", "visits", "changes", "opinion", "decide", "local", "print")
_WITH_VIEWS = {navigation.APPRAISAL.path, navigation.FIELD.path, navigation.READING.path}
# What markdown, LaTeX, emoji names and HTML look like while they are alive; escaped, each has a backslash or joiner.
_ALIVE = re.compile(
    r"<(?:img|script|svg)\b|\]\(http|(?<!\\)\$\\frac|:red\[|:smile:|:material/|(?<!\\)`码|\n *\| a|" + "\u202e"
)
# Texts no element parses: what a person types into, values and options of fields (`verbatim.plain`).
_UNPARSED = {
    "id",
    "default",
    "value",
    "set_value",
    "options",
    "raw_values",
    "columns",
    "form_id",
    "unique_id",
    "user_key",
}
_PARSED_OPTIONS = {"Radio", "ButtonGroup", "Option"}


class _Living(HTMLParser):
    """Elements and attributes that hostile text would have made."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.living: list[str] = []
        self.feed(source)

    def handle_starttag(self, tag, attrs):
        for name, value in attrs:
            if name.startswith("on") or (name in {"href", "src"} and OUTSIDE in (value or "")):
                self.living.append(f"{tag} {name}={value}")
        if tag in {"script", "img", "iframe"} or (tag == "svg" and "onload" in dict(attrs)):
            self.living.append(tag)


def _strings(message: Message) -> Iterator[tuple[str, str, str]]:
    for field, value in message.ListFields():
        several = value if field.is_repeated else [value]
        for part in several if not isinstance(several, dict) else several.values():
            if isinstance(part, Message):
                yield from _strings(part)
            elif isinstance(part, str):
                yield message.DESCRIPTOR.name, field.name, part


def _elements(block: Block) -> Iterator[Message]:
    for child in block.children.values():
        if child.proto is not None:
            yield child.proto
        if isinstance(child, Block):
            yield from _elements(child)


def _faults(app: AppTest) -> list[str]:
    faults: list[str] = []
    for message in _elements(app._tree):
        for kind, name, text in _strings(message):
            if kind == "Html":
                faults += _Living(text).living + (["Html bidi"] if "\u202e" in text else [])
            elif name == "options" and kind not in _PARSED_OPTIONS:
                faults += [f"{kind}.{name}: bidi" for _ in "x" if "\u202e" in text]
            elif (name not in _UNPARSED or kind in _PARSED_OPTIONS) and name != "id" and _ALIVE.search(text):
                faults.append(f"{kind}.{name}: {text[:90]!r}")
    for frame in app.dataframe:
        faults += ["cell: bidi" for _ in "x" if "\u202e" in frame.value.to_csv()]
    return faults


@pytest.fixture(scope="module")
def spoilt(seeded: Path, tmp_path_factory) -> Path:
    """The demonstration's data folder, every free text in it hostile; closed."""
    var = tmp_path_factory.mktemp("hostile") / "var"
    shutil.copytree(seeded, var)
    office = office_at(var)
    spoil(office)
    office.store.close()
    return var


@pytest.fixture
def office(spoilt: Path) -> Iterator[Office]:
    """An office on it; the crawl only reads."""
    made = office_at(spoilt)
    replace_office(made)
    yield made
    replace_office(None)
    made.store.close()


@pytest.mark.parametrize("role", PEOPLE)
def test_every_page_of_the_role_shows_it_as_it_was_written(office, role):
    username, county = PEOPLE[role]
    record = submission(office, county) if county else None
    query = {"s": str(record.id), "row": "3.3.2"} if record else {}
    seen: set[str] = set()
    faults: dict[str, list[str]] = {}
    page = Page(office, username, navigation.WORKBENCH)
    for menu_page in navigation.pages_for(role):
        for view in VIEWS if menu_page.path in _WITH_VIEWS else ("",):
            page.app.query_params.clear()
            page.go(menu_page, **query, **({"view": view} if view else {}))
            if found := _faults(page.app):
                faults[f"{menu_page.title} {view}"] = found
            if verbatim.markup(HOSTILE) in page.html or verbatim.plain(HOSTILE)[:40] in page.text:
                seen.add(menu_page.path)
    assert faults == {}
    if role is not Role.ADMINISTRATOR:
        assert {menu_page.path for menu_page in navigation.pages_for(role)} & {
            "assess",
            "appraisal",
            "assessment",
            "reading",
        } <= seen
    else:
        assert {"rounds", "accounts"} <= seen
    assert PEOPLE.keys() == set(Role)


@pytest.fixture
def own_copy(spoilt: Path, tmp_path: Path) -> Iterator[Office]:
    """An office on a copy of it, to be written in."""
    shutil.copytree(spoilt, tmp_path / "var")
    made = office_at(tmp_path / "var")
    replace_office(made)
    yield made
    replace_office(None)
    made.store.close()


def _shown(page: Page, *words: str) -> None:
    assert _faults(page.app) == []
    for sentence in words:
        assert sentence in page.text, sentence
    assert verbatim.markup(HOSTILE) in page.html


def test_a_conflict_shows_both_hostile_texts_as_they_were_written(own_copy):
    first, second = (Page(own_copy, "jiaxian_minzheng", navigation.APPLICATION) for _ in range(2))
    first.type("text_area", "form-narrative-", f"一{HOSTILE}")
    second.type("text_area", "form-narrative-", f"二{HOSTILE}")
    first.press("save-form")
    second.press("save-form")
    _shown(second, "您的另一窗口已先保存", "您填写的")


def test_a_refusal_names_a_hostile_file_as_it_was_named(own_copy):
    page = Page(own_copy, "jiaxian_minzheng", navigation.REGISTER)
    page.type("text_input", "evidence-+-title", HOSTILE)
    page.field("selectbox", "evidence-+-kind").select("document")
    page.app.get("file_uploader")[0].upload("![](x) $\\frac12$ :red[红].pdf", b"MZ\x90\x00" * 9, "application/pdf")
    page.run()
    page.press("save-document")
    assert "不予接受" in page.text
    assert _faults(page.app) == []


def test_the_plan_of_an_import_shows_hostile_texts_and_files_never_uploaded(own_copy):
    record = submission(own_copy, "甲县")
    given = export_submission(own_copy, person(own_copy, "jiaxian_minzheng"), record.id)
    page = Page(own_copy, "jiaxian_minzheng", navigation.REGISTER)
    page.type("text_input", "evidence-+-title", "另一件")
    page.field("selectbox", "evidence-+-kind").select("document")
    page.press("save-document")
    lines = given.replace("evidence:\n", f'evidence:\n  "X1": {{title: 材料, sha256: "{"0" * 64}"}}\n', 1)
    assert lines != given
    plan = Page(own_copy, "jiaxian_minzheng", navigation.EXCHANGE)
    plan.app.get("file_uploader")[0].upload("甲县.yaml", lines.encode(), "application/yaml")
    plan.run()
    assert "附件本身没有上传到本申报" in plan.text
    assert "材料 X1" in plan.text
    assert _faults(plan.app) == []
    with own_copy.store.write("scene", now()) as tx:
        standing = tx.entries.get(record.id, "form", "narrative")
        tx.entries.put(record.id, "form", "narrative", "他人改过的", standing.version)
    plan.run()
    _shown(plan, "将写入")


@pytest.mark.parametrize("page", [navigation.WORKBENCH, navigation.ASSESS])
def test_a_hostile_return_and_its_explanation_are_shown_as_they_were_written(own_copy, page):
    query = {} if page is navigation.WORKBENCH else {"row": "3.3.2"}
    _shown(Page(own_copy, "bingqu_minzheng", page, **query), "县级说明", "退回补正")


def _careless(hostile: str) -> None:
    import streamlit as st  # noqa: PLC0415 - AppTest runs the source of this function alone

    st.html(f"<p>{hostile}</p>")
    st.info(hostile)
    st.radio("一", [hostile])
    st.selectbox("二", ["\u202e"])
    with st.expander(hostile):
        st.button("三", help=hostile)
    st.dataframe({"四": ["\u202e"]})


def test_the_crawl_would_notice_a_careless_page():
    app = AppTest.from_function(_careless, kwargs={"hostile": HOSTILE}).run()
    assert not app.exception
    found = "\n".join(_faults(app))
    kinds = ("img src=http", "svg onload", "Html bidi", "Alert.body", "Radio.options", "Selectbox.options: bidi")
    for kind in (*kinds, "Expandable.label", "Button.help", "cell: bidi"):
        assert kind in found, found
