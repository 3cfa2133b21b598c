"""A clerk at a browser who fills in a sample submission, and how much of it had to be typed, chosen, saved, opened.

`benchmarks/whole_fill.py` lets them work.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Locator, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from indicators.model import Indicator, Measure
from scoring.entry.answer import asked_once, typed_from
from scoring.entry.register import typed_evidence, typed_fact
from scoring.kinds.registry import kind_of
from scoring.submission import FORM_LABELS, Answer, Judged, Submission
from tests.e2e.conftest import Visit
from ui import navigation
from ui.components.labels import row_name, word
from workflow.words.figures import judgement_word

TYPED, CHOSEN, PROPOSED = "键入", "选取", "照建议未改"
_NAMELESS = 3  # every third scan
_TRIES, _LOOKED_FOR = 4, 14


@dataclass
class Count:
    """What a person did. ``inputs``: by what it was and how (typed, chosen, proposed)."""

    inputs: Counter[tuple[str, str]] = field(default_factory=Counter)
    saves: int = 0
    loads: int = 0
    pressed_again: int = 0

    def number(self, *, what: str = "", how: str = "") -> int:
        """Inputs of one sort, done in one way; all of them without either."""
        return sum(n for (w, h), n in self.inputs.items() if what in {"", w} and how in {"", h})

    def add(self, other: Count) -> None:
        """Somebody else's too."""
        self.inputs += other.inputs
        self.saves += other.saves
        self.loads += other.loads
        self.pressed_again += other.pressed_again


@dataclass
class Clerk:
    """One person's browser, and what they had to do in it. ``what``: the sort of input they are at."""

    visit: Visit
    address: str
    rows: Mapping[str, Indicator]
    sample: Submission
    count: Count = field(default_factory=Count)
    what: str = ""

    def _did(self, how: str) -> None:
        self.count.inputs[self.what, how] += 1

    def open(self, page: navigation.MenuPage, **query: str) -> None:
        """A page of the menu, or a place on it."""
        asked = "&".join(f"{name}={value}" for name, value in query.items())
        self.visit.page.goto(f"{self.address}/{page.path}{'?' + asked if asked else ''}")
        expect(self.visit.page.locator(".dc-masthead")).to_be_visible(timeout=30_000)
        self.visit.settle()
        self.count.loads += 1

    def type(self, kind: str, key: str, name: str, value: str) -> None:
        """Into a field that does not hold it yet."""
        self._fill(self.visit.field(kind, key, name).locator("input, textarea").first, value)

    def click(self, kind: str, key: str, name: str, words: str) -> None:
        """A radio button by its words, a tick without."""
        place = self.visit.field(kind, key, name)
        target = place.get_by_text(words, exact=True) if words else place.locator("label").first
        target.last.click()
        self.visit.settle()
        self._did(CHOSEN)

    def choose(self, kind: str, key: str, name: str, words: str, *, several: bool = False) -> None:
        """An option of a list; one of several looked for as people do, by typing some of it."""
        looked_for = words[:_LOOKED_FOR] if several else ""
        self._option(self.visit.field(kind, key, name), words, looked_for)

    def save(self, button: str, told: str) -> None:
        """Press it, and wait until the page says so: what is pressed and left at once may not have been done."""
        page = self.visit.page
        self.visit.settle()
        seen = page.get_by_text(told).or_(page.get_by_text("没有保存，原因见下")).first
        for _ in range(_TRIES):  # a press on a button that moves just then is none
            page.get_by_role("button", name=button, exact=True).first.click()
            try:
                seen.wait_for(timeout=15_000)
                break
            except PlaywrightTimeout:
                self.visit.settle()  # on a busy machine it is still being done
                if seen.is_visible():
                    break
                self.count.pressed_again += 1
        self.visit.settle()
        if page.get_by_text("没有保存，原因见下").count():
            raise RuntimeError(page.locator(".dc-slips").last.inner_text())
        self.count.saves += 1

    def facts(self) -> None:
        """县情."""
        self.open(navigation.FACTS)
        self.what = "县情"
        for name, value in self.sample.facts.items():
            place = self.visit.field("fact", name, "value")
            if not place.count():  # another standard's
                continue
            if isinstance(value, Judged):
                self.click("fact", name, "value", "是" if value.value else "否")
                self.type("fact", name, "reason", value.reason or "")
            elif isinstance(value, bool):
                self.choose("fact", name, "value", "是" if value else "否")
            elif isinstance(value, str):
                self.choose("fact", name, "value", "县")
            else:
                self.type("fact", name, "value", str(typed_fact(value).value))
        self.save("保存县情", "已保存：县情数据")

    def split(self) -> None:
        """分工: the proposals as they stand."""
        self.open(navigation.ASSIGN)
        self.visit.page.get_by_role("button").filter(has_text="未分配的各项按建议分配").first.click()
        expect(self.visit.page.get_by_text("有建议的各项均已分配")).to_be_visible(timeout=60_000)
        self.visit.settle()
        self.count.saves += 1

    def form(self) -> None:
        """申报表."""
        self.open(navigation.APPLICATION)
        self.what = "申报表栏目"
        for name in FORM_LABELS:
            self.type("form", name, "value", getattr(self.sample.form, name) or FORM_LABELS[name])
        self.save("保存申报表栏目", "已保存：申报表栏目")

    def register(self, documents: Sequence[str], row_ids: Sequence[str], folder: Path) -> None:
        """Their scans at once, then what the pages do not say. ``row_ids``: the rows they answer."""
        named = {}
        for number, document in enumerate(documents, start=1):
            title = self.sample.evidence[document].title or ""
            stem = f"扫描件{number:03d}" if number % _NAMELESS == 0 else title.replace("/", "")
            path = folder / f"{stem}.pdf"
            path.write_bytes(b"%PDF-1.7\n1 0 obj <<>> endobj\n%" + document.encode() + b"\n%%EOF\n")
            named[path.name] = document
        self.open(navigation.REGISTER)
        page = self.visit.page
        page.get_by_test_id("stFileUploaderDropzoneInput").last.set_input_files([folder / name for name in named])
        self.what = "选一批文件"
        self._did(CHOSEN)
        self.visit.settle()
        page.get_by_role("button", name=f"读取所选的 {len(named)} 个文件", exact=True).click()
        expect(page.get_by_text(f"已读取、还没有登记的 {len(named)} 件")).to_be_visible(timeout=120_000)
        self.visit.settle()
        issuers = Counter(self.sample.evidence[one].issuer or "" for one in documents)
        (shared, _), self.what = issuers.most_common(1)[0], "材料：整批共同的责任者、保管单位"
        self._fill(self._shared("issuer"), shared)
        if self._shared("holder").input_value():
            self._did(PROPOSED)
        stands = shared
        while named:
            cards = page.locator("[class*='st-key-batch-']")
            shown = [cards.nth(at).locator("a").first.inner_text() for at in range(cards.count())]
            for at, name in enumerate(shown):
                self._describe(cards.nth(at), named.pop(name), row_ids, stands)
            left = f"还没有登记的 {len(named)} 件" if named else "已保存：材料"
            self.save(f"保存这 {len(shown)} 件材料", left)
            stands = ""  # what comes next has it in its fields

    def _shared(self, column: str) -> Locator:
        return self.visit.field("evidence", "+several", column).locator("input").first

    def _describe(self, card: Locator, document: str, row_ids: Sequence[str], shared: str) -> None:
        """``shared``: the issuer that an empty field stands for."""
        cells = typed_evidence(self.sample.evidence[document]).cells
        self.what = "材料：题名"
        self._fill(_line_of(card, "题名"), cells["title"])
        self.visit.settle()
        self.what = "材料：用于"
        for row_id, label in self._used_for(document, row_ids):
            self._option(card.get_by_test_id("stMultiSelect"), f"{row_id} {label}", f"{row_id} {label}"[:_LOOKED_FOR])
        self.what = "材料：种类"
        kind = word("evidence_kinds", cells["kind"])
        if card.get_by_test_id("stSelectbox").count():
            if card.get_by_text(f"题名（{kind}）").or_(card.get_by_text(f"“用于”（{kind}）")).count():
                self._did(PROPOSED)
            else:
                self._option(card.get_by_test_id("stSelectbox"), kind)
        else:
            expect(card.get_by_text(f"{kind}（照“用于”）")).to_be_visible()
        for label, column in (("文号", "document_number"), ("责任者", "issuer"), ("日期", "date")):
            self.what = f"材料：{label}"
            box = _line_of(card, label)
            if column != "issuer":
                if cells[column]:
                    self._fill(box, cells[column])
            elif box.input_value() != cells[column] and (box.input_value() or cells[column] != shared):
                self._fill(box, cells[column])

    def _used_for(self, document: str, row_ids: Sequence[str]) -> Iterator[tuple[str, str]]:
        for row_id in row_ids:
            row = self.rows[row_id]
            given = (self.sample.vetoes.get(row_id) or self.sample.answers[row_id]).evidence
            yield from ((row_id, one.label) for one in row.evidence if document in given.get(one.id, ()))

    def _fill(self, box: Locator, value: str) -> None:
        if box.input_value() == value:
            self._did(PROPOSED)
            return
        box.fill(value)
        box.press("Tab")
        self.visit.page.wait_for_timeout(100)
        self._did(TYPED)

    def _option(self, place: Locator, words: str, looked_for: str = "") -> None:
        box = place.locator("input").first
        if not looked_for and box.input_value() == words:
            self._did(PROPOSED)
            return
        option = self.visit.page.get_by_role("option", name=words, exact=not looked_for).first
        for _ in range(_TRIES):  # a run of the page that comes late closes the list
            box.click()
            if looked_for:
                box.fill(looked_for)
            try:
                option.click(timeout=3000)
                break
            except PlaywrightTimeout:
                self.visit.page.keyboard.press("Escape")
                self.visit.settle()
                if place.get_by_text(words).count() or box.input_value() == words:  # chosen, and the answer came late
                    break
        else:
            raise RuntimeError(f"{words} cannot be chosen")
        if looked_for:
            self.visit.page.keyboard.press("Escape")
        self.visit.settle()
        self._did(CHOSEN)

    def answer(self, row_id: str, button: str) -> None:
        """The row that is open."""
        row = self.rows[row_id]
        kind = "veto" if row.consequence == "veto" else "answer"
        answer = (self.sample.vetoes if kind == "veto" else self.sample.answers)[row_id]
        self.what = "各项：自评、申明"
        self.click(kind, row_id, "claim", "不存在" if kind == "veto" else "达标")
        for measure in asked_once(row.measures):
            self._measure(kind, row_id, measure, answer)
        wanted = {requirement.id for requirement in row.evidence}
        for requirement, documents in answer.evidence.items():
            for document in documents if requirement in wanted else ():
                self.what, title = "各项：选已登记的材料", self.sample.evidence[document].title or ""
                if not self.visit.field(kind, row_id, f"e/{requirement}").get_by_text(title).count():
                    self.choose(kind, row_id, f"e/{requirement}", title, several=True)
        self.save(button, f"已保存：{row_name(row)}的填报")

    def _measure(self, kind: str, row_id: str, measure: Measure, answer: Answer) -> None:
        if kind_of(measure).by_person:
            if (judged := answer.judgements.get(measure.id)) is not None:
                words, self.what = judgement_word(self.rows[row_id], measure, judged.fulfilled), "各项：由人判断的"
                self.click(kind, row_id, f"j/{measure.id}", words)
                self.what = "各项：判断理由"
                self.type(kind, row_id, f"j/{measure.id}/reason", judged.reason or "")
            return
        figure = answer.measures.get(measure.id)
        if figure is None or measure.same_figures_as is not None:
            return
        self.what = "各项：是或否"
        if isinstance(figure, bool):
            self.click(kind, row_id, f"m/{measure.id}", "是" if figure else "否")
            return
        if isinstance(figure, tuple):
            self.what = "各项：清单勾选"
            for name in self._ticks(measure, figure):
                self.click(kind, row_id, f"m/{measure.id}/{name}", "")
            return
        self.what = "各项：数"
        typed = typed_from(answer, (measure,), sorted(figure) if isinstance(figure, Mapping) else ()).figures
        for path, value in typed[measure.id].items():
            if value:
                self.type(kind, row_id, "/".join(("m", measure.id, *path)), str(value))

    def _ticks(self, measure: Measure, figure: tuple[str, ...]) -> Iterator[str]:
        place = self.visit.page.locator(f"[class*='st-key-row-items-{measure.id}']")
        if set(figure) == set(measure.items) and place.get_by_text("全部都有").count():
            yield "all"
        else:
            yield from (f"i/{item}" for item in figure)

    def answer_all(self, row_ids: Sequence[str]) -> None:
        """These rows; by the button to the next one not done where that leads to one of them."""
        left = list(row_ids)
        while left:
            at = self._row_shown()
            if at not in left:
                at = left[0]
                self.open(navigation.ASSESS, row=at)
            left.remove(at)
            onward = self.visit.page.get_by_role("button", name="保存，到下一未完成项", exact=True)
            self.answer(at, "保存，到下一未完成项" if left and onward.count() else "保存修改")
            self.count.loads += bool(left)

    def _row_shown(self) -> str:
        title = self.visit.page.locator(".dc-row-title")
        words = title.inner_text() if title.count() else ""
        return next((row_id for row_id in self.rows if row_id in words), "")


def _line_of(card: Locator, label: str) -> Locator:
    """The field of a card whose label begins so: what is chosen for it may hold the same words."""
    return card.locator(f"input[aria-label^='{label}']").first
