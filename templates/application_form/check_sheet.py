"""核对页: what a reader needs to check a printed form against the system. Ours, and says so; not part of the 申报表."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from scoring.assessment import Assessment
from scoring.submission import Level, Submission
from scoring.wording import LEVEL_NAMES, eligibility
from templates.application_form.digest import check_code
from templates.application_form.pages import OFFICIAL_PAGES, FormInk
from templates.application_form.plan import printed_date
from templates.application_form.qr import QrMark
from templates.text import cleaning
from templates.text.sheet import points

_SIZE, _LEADING = 12.0, 19.0
_QR = points(30)
_NOTE = "本页由申报工具生成，供核对用，不是申报表正表的内容，不随正表盖章。"


def missing_in_words(missing: tuple[str, ...]) -> str:
    """The characters no font has, as code points: what cannot be printed can still be named."""
    return "、".join(f"U+{ord(ch):04X}" for ch in missing)


@dataclass(frozen=True, slots=True)
class CheckFacts:
    """What the sheet tells: the form's content and judgement, its level, its digest, the day it was printed if told."""

    submission: Submission
    assessment: Assessment
    level: Level
    code: str
    printed_on: date | None


def _entries(facts: CheckFacts, extra: int, missing: tuple[str, ...]) -> Iterator[tuple[str, list[str]]]:
    submission, assessment, code = facts.submission, facts.assessment, facts.code
    period = submission.round.period
    yield "校验码", [check_code(code)]
    yield "完整校验码", [code[:32], code[32:]]
    yield (
        "批次",
        [
            f"{cleaning.one_line(submission.round.id)}（申报期{printed_date(period.first)}至{printed_date(period.last)}）",
        ],
    )
    yield "行政区划", [f"{submission.division.name}（{submission.division.code}）"]
    yield "打印级别", [f"{LEVEL_NAMES[facts.level]}：打印该级及以下各级推荐意见，其余意见栏留空"]
    for name, judged in assessment.standards.items():
        verdict = eligibility(judged.level, eligible=judged.eligible)
        yield "依据标准", [f"{name}：{verdict}（{LEVEL_NAMES[judged.level]}判定）"]
        yield "标准指纹", [judged.fingerprint[:32], judged.fingerprint[32:]]
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
