"""核对页: what a reader needs to check a printed form against the system. Ours, and says so; not part of the 申报表."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from indicators.model import Standard
from scoring.assessment import Assessment
from scoring.local.wording import moment
from scoring.submission import Level, Submission
from scoring.wording import LEVEL_NAMES, eligibility
from templates.application_form.digest import check_code
from templates.application_form.pages import OFFICIAL_PAGES, FormInk
from templates.application_form.plan import printed_date
from templates.application_form.qr import QrMark
from templates.text import cleaning
from templates.text.sheet import points

_SIZE, _LEADING, _SMALL = 12.0, 19.0, 7.5
_QR = points(30)
_NOTE = "本页由申报工具生成，供核对用，不是申报表正表的内容，不随正表盖章。"


def missing_in_words(missing: tuple[str, ...]) -> str:
    """The characters no font has, as code points: what cannot be printed can still be named."""
    return "、".join(f"U+{ord(ch):04X}" for ch in missing)


@dataclass(frozen=True, slots=True)
class OfficeNames:
    """What an office calls the round and, by id, the standards; ids stand for those that are not told."""

    round_title: str | None = None
    standards: Mapping[str, str] = field(default_factory=dict)


NO_NAMES = OfficeNames()


@dataclass(frozen=True, slots=True)
class CheckFacts:
    """What the sheet tells: the form's content and judgement, its level, its digest, the day it was printed if told."""

    submission: Submission
    assessment: Assessment
    level: Level
    code: str
    printed_on: date | None
    names: OfficeNames
    check_at: str | None = None


def office_names(standards: Iterable[Standard], round_title: str | None = None) -> OfficeNames:
    """Each standard by title and edition: 《……指导标准》（民政部，2018年1月）."""
    return OfficeNames(round_title, {one.id: _edition(one) for one in standards})


def _edition(standard: Standard) -> str:
    issuer, others, _ = standard.issuer.partition("、")
    return f"《{cleaning.one_line(standard.title)}》（{issuer}{'等' if others else ''}，{moment(standard.date)}）"


def _entries(facts: CheckFacts, extra: int, missing: tuple[str, ...]) -> Iterator[tuple[str, list[str]]]:
    submission, assessment, names = facts.submission, facts.assessment, facts.names
    period = submission.round.period
    yield "校验码", [check_code(facts.code)]
    if facts.check_at:
        yield "核对", [f"扫右侧二维码，或打开 {facts.check_at} 输入校验码和行政区划代码"]
    title = cleaning.one_line(names.round_title or submission.round.id)
    yield "批次", [f"{title}（申报期{printed_date(period.first)}至{printed_date(period.last)}）"]
    yield "行政区划", [f"{submission.division.name}（{submission.division.code}）"]
    yield "打印级别", [f"{LEVEL_NAMES[facts.level]}：打印该级及以下各级推荐意见，其余意见栏留空"]
    for name, judged in assessment.standards.items():
        verdict = eligibility(judged.level, eligible=judged.eligible)
        yield "依据标准", [f"{names.standards.get(name, name)}：{verdict}（{LEVEL_NAMES[judged.level]}判定）"]
    together = eligibility(assessment.level, eligible=assessment.eligible)
    yield "结论", [f"按以上全部标准，{together}" if assessment.eligible else f"{together}，正表印为草稿"]
    yield "页数", [f"正表 {OFFICIAL_PAGES} 页，附页 {extra} 页"]
    yield "缺字", [f"以“〓”印出：{missing_in_words(missing)}" if missing else "无"]
    day = printed_date(facts.printed_on)
    if day:
        yield "打印日期", [day]


def draw_check_sheet(ink: FormInk, mark: QrMark, facts: CheckFacts) -> None:
    """Draw the sheet on the current page."""
    sheet, layout, setter = ink.sheet, ink.layout, ink.setter
    page, faces = layout.page, setter.faces
    top = page.top
    sheet.word(ink.marked("核对页"), faces.sans, layout.type.heading, page.left, top + layout.type.heading * 0.88)
    top += points(11)
    mark.draw(page.right - _QR, page.height - top - _QR, _QR)
    label_width, gap = points(26), points(4)
    missing = tuple(setter.missing)
    entries = _entries(facts, len(ink.plan.extra), missing)
    for label, texts in entries:
        beside_mark = top < page.top + points(11) + _QR
        width = page.text_width - label_width - (_QR + gap if beside_mark else 0)
        lines = [line for text in texts for line in setter.cell(text, _SIZE, width, centred=False)]
        sheet.word(label, faces.sans, _SIZE, page.left, top + (_LEADING - _SIZE) / 2 + _SIZE * 0.88)
        sheet.lines(lines, page.left + label_width, top, _LEADING)
        top += len(lines) * _LEADING + points(3)
        right = page.right - (_QR + gap if beside_mark and top < page.top + points(11) + _QR else 0)
        sheet.rule(page.left, top - points(1.5), right, top - points(1.5), 0.25)
    sheet.word(_NOTE, faces.serif, layout.type.note, page.left, page.bottom)
    small = [line for text in _digests(facts) for line in setter.cell(text, _SMALL, page.text_width, centred=False)]
    sheet.lines(small, page.left, page.bottom + points(3), _SMALL * 1.4)


def _digests(facts: CheckFacts) -> Iterator[str]:
    """What nobody reads and a program compares."""
    yield f"完整校验码 {facts.code}"
    for name, judged in facts.assessment.standards.items():
        yield f"标准指纹 {name} {judged.fingerprint}"
