"""Laying out the 申报表: what goes on which page. Nothing is drawn here, so 共 y 页 is known before the first line."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from scoring.submission import (
    FORM_FIELDS,
    REVIEW_LEVELS,
    Division,
    Level,
    Opinion,
    OpinionLevel,
    Period,
    Round,
    Submission,
)
from templates.application_form.layout import Box, Cell, FormLayout
from templates.application_form.opinion import part_opinion
from templates.text import cleaning
from templates.text.setting import SetLine, Setter

# The opinions that are printed at each level, in the order of the boxes (民函〔2018〕4号 附件2).
OPINIONS_AT: dict[Level, tuple[OpinionLevel, ...]] = {
    "county": ("county_government",),
    "prefecture": ("county_government", "prefecture"),
    "province": ("county_government", "prefecture", "province"),
}
_SEAL_LINES = 2
NOBODY = Submission(Round("", (), Period(date.min, date.max)), Division("", ""))  # of whom an empty form is


@dataclass(slots=True)
class SetCell:
    """A field of the grid; ``continued`` = number of the 附页 where its text is repeated whole, 0 if it fits."""

    cell: Cell
    lines: list[SetLine]
    continued: int = 0


@dataclass(slots=True)
class SetRow:
    """A row of the grid at its final height."""

    height: float
    cells: list[SetCell]


@dataclass(slots=True)
class SetBox:
    """A large box with the lines that fit; ``continued`` as for a cell; ``date`` as printed, None = left blank.

    ``conclusion``: of an opinion that goes on, what stands after the note that says so.
    """

    box: Box
    lines: list[SetLine]
    continued: int = 0
    date: str | None = None
    conclusion: list[SetLine] = field(default_factory=list)


@dataclass(slots=True)
class ExtraSheet:
    """One 附页: its subject and its lines. It bears no seal: the box it goes on from does."""

    subject: str
    lines: list[SetLine]


@dataclass(slots=True)
class FormPlan:
    """The whole form, laid out."""

    rows: list[SetRow]
    narrative: SetBox
    narrative_top: float
    opinions: list[SetBox]
    extra: list[ExtraSheet] = field(default_factory=list)


def highest_level(submission: Submission) -> Level:
    """The level of the highest opinion present: what a form is printed at unless told otherwise."""
    for level in reversed(REVIEW_LEVELS):
        opinion = submission.opinions.get(level)
        if opinion is not None and cleaning.clean(opinion.text).strip():
            return level
    return "county"


def printed_date(value: date | None) -> str | None:
    """2018年6月12日, as official papers write it: no leading zeros."""
    return f"{value.year}年{value.month}月{value.day}日" if value else None


def opinion_capacity(layout: FormLayout) -> int:
    """How many lines an opinion has above its seal."""
    room = layout.opinion_height - 2 * layout.pad - (1 + _SEAL_LINES) * layout.type.leading
    return int(room // layout.type.leading)


def opinion_lines(text: str, layout: FormLayout, setter: Setter) -> int:
    """How many lines an opinion takes as it prints."""
    return len(setter.prose(text, layout.type.body, layout.inner_width))


class _Planner:
    """Lays one form out, page by page."""

    def __init__(self, submission: Submission, layout: FormLayout, setter: Setter) -> None:
        self.submission = submission
        self.layout = layout
        self.setter = setter
        self.extra: list[ExtraSheet] = []
        self.carried: list[SetLine] = []  # whole texts of cells that were too long for the grid
        frame = layout.continuation.frame_bottom - layout.continuation.frame_top - 2 * layout.pad
        self.sheet_lines = int(frame // layout.type.leading)

    def rows(self) -> list[SetRow]:
        """The grid. A row grows with its cells up to ``cell_lines``; a longer text goes on an 附页 whole."""
        return [self._row(row.height, row.cells) for row in self.layout.rows]

    def _row(self, height: float, cells: tuple[Cell, ...]) -> SetRow:
        kind, layout = self.layout.type, self.layout
        set_cells = []
        for cell in cells:
            width = cell.width - 2 * layout.cell_pad
            if cell.field is None:
                lines = [
                    line for text in cell.label for line in self.setter.cell(text, kind.label, cell.width, centred=True)
                ]
                set_cells.append(SetCell(cell, lines))
                continue
            declared, text = FORM_FIELDS[cell.field], getattr(self.submission.form, cell.field)
            if declared.phone:
                text = cleaning.half_width_figures(text)
            lines = self.setter.cell(text, kind.label, width)
            set_cell = SetCell(cell, lines)
            if len(lines) > layout.cell_lines:
                set_cell.lines = lines[: layout.cell_lines - 1]
                set_cell.continued = 1 + len(self.carried) // self.sheet_lines
                self._carry(declared.label, text)
            height = max(height, min(len(lines), layout.cell_lines) * kind.label_leading + 2 * layout.cell_pad)
            set_cells.append(set_cell)
        return SetRow(height, set_cells)

    def _carry(self, name: str, text: str | None) -> None:
        kind, width = self.layout.type, self.layout.inner_width
        self.carried += self.setter.cell(f"{name}：", kind.body, width, centred=False)
        self.carried += self._prose(cleaning.one_line(text))

    def narrative(self, room: float) -> SetBox:
        """The big box: as many lines as fit above its note; the rest goes to the 附页."""
        kind, layout = self.layout.type, self.layout
        lines = self._prose(getattr(self.submission.form, layout.narrative.key))
        capacity = max(0, int((room - 2 * layout.pad - kind.leading - kind.note * 1.6) // kind.leading))
        box = SetBox(layout.narrative, lines[:capacity])
        rest = lines[capacity:]
        flow = list(self.carried)
        if rest:
            if self.carried:
                title = f"{layout.narrative.name}（续）："
                flow += self.setter.cell(title, kind.body, layout.inner_width, centred=False)
            box.continued = 1 + len(flow) // self.sheet_lines
            flow += rest
        subject = f"{layout.narrative.name}（续）" if rest else "申报表（续）"
        for start in range(0, len(flow), self.sheet_lines):
            self.extra.append(ExtraSheet(subject, flow[start : start + self.sheet_lines]))
        return box

    def opinion(self, box: Box, opinion: Opinion | None) -> SetBox:
        """An opinion's box; of one that does not fit the conclusion stays, the rest goes on a sheet of its own."""
        if opinion is None:
            return SetBox(box, [])
        day, capacity = printed_date(opinion.date), opinion_capacity(self.layout)
        lines = self._prose(opinion.text)
        if len(lines) <= capacity:
            return SetBox(box, lines, date=day)
        parted = part_opinion(opinion.text, capacity - 1, self._prose)
        continued = len(self.extra) + 1
        for start in range(0, len(parted.rest), self.sheet_lines):
            self.extra.append(ExtraSheet(f"{box.name}（续）", parted.rest[start : start + self.sheet_lines]))
        return SetBox(box, parted.reasons, continued, day, parted.conclusion)

    def _prose(self, text: str | None) -> list[SetLine]:
        return self.setter.prose(text, self.layout.type.body, self.layout.inner_width)


def plan_form(submission: Submission, level: Level, layout: FormLayout, setter: Setter) -> FormPlan:
    """Lay out the form at a level: boxes above it stay empty."""
    planner = _Planner(submission, layout, setter)
    rows = planner.rows()
    narrative_top = layout.page.top + layout.grid_top + sum(row.height for row in rows)
    narrative = planner.narrative(layout.page.bottom - narrative_top)
    printed: dict[str, Opinion] = {
        key: submission.opinions[key] for key in OPINIONS_AT[level] if key in submission.opinions
    }
    opinions = [planner.opinion(box, printed.get(box.key)) for box in layout.opinions]
    return FormPlan(rows, narrative, narrative_top, opinions, planner.extra)
