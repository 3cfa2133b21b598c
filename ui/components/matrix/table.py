"""County × indicator as one table that stays within its frame: head, first columns and sums stay in sight.

A colour and one sign a cell, its words when pointed at; a cell is a link to the row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from indicators.model import Indicator, Standard
from scoring.assessment import PASSED, VERDICTS
from scoring.submission import Level
from scoring.wording import eligibility
from ui import navigation
from ui.components import labels, places, verbatim
from ui.components.state_styles import ink
from ui.rules import library
from workflow.divisions import has_prefecture
from workflow.overview.matrix import MARKS, Layer, MatrixLine
from workflow.overview.reviews import Outcomes
from workflow.states import State, state_label

VETOES = "一票否决"
BY_COUNTY, BY_RESULT = "county", "result"
# 坏的在前
_SEVERITY = ("not_met", "present", "contradicted", "unproven", "needs_judgement", "undeclared", "unanswered")


@dataclass(frozen=True, slots=True)
class Picture:
    """What of an area's matrix is drawn: under which standard, which of its rows, in which layer, sorted by what.

    ``head``: the address by which a column sorts; ``page``: where a cell leads; ``mine``: the submissions that are the
    person's to see to.
    """

    standard: Standard
    level: Level
    rows: tuple[Indicator, ...]
    layer: Layer
    by: str
    down: bool
    head: Callable[[str], str]
    page: navigation.MenuPage | None
    mine: frozenset[int] = frozenset()

    @property
    def at(self) -> tuple[int, ...]:
        """Where its rows stand among the standard's."""
        places_of = {row.id: at for at, row in enumerate(self.standard.rows())}
        return tuple(places_of[row.id] for row in self.rows)

    def of(self, line: MatrixLine) -> Outcomes | None:
        """The county's under the standard."""
        return line.outcomes.get(self.standard.id)


def ordered(lines: Sequence[MatrixLine], picture: Picture) -> list[MatrixLine]:
    """By prefecture and code, or by the column asked for; counties without outcomes last then."""
    if picture.by in {"", BY_COUNTY}:
        return sorted(lines, key=lambda line: line.record.division_code, reverse=picture.by != "" and picture.down)
    told = [line for line in lines if picture.of(line)]
    told.sort(key=lambda line: _weight(line, picture), reverse=picture.down)
    return [*told, *(line for line in lines if not picture.of(line))]


def matrix_html(lines: Sequence[MatrixLine], everyone: Sequence[MatrixLine], picture: Picture) -> str:
    """``lines``: this page's, in order; ``everyone``: whom the sums below count."""
    wide = len(picture.rows) + 2
    body = "".join(_body(lines, picture, wide))
    return (
        '<div class="dc-matrix-frame" role="region" aria-label="矩阵" tabindex="0">'
        f'<table class="dc-table dc-matrix"><thead><tr>{_heads(picture)}</tr></thead><tbody>{body}</tbody>'
        f"<tfoot>{_sums(everyone, picture)}</tfoot></table></div>{_legend(picture)}"
    )


def section_titles(standard: Standard) -> tuple[str, ...]:
    """What the filter offers: the sections in printed order, then the vetoes."""
    return (*(section.title for section in standard.sections), *([VETOES] if standard.vetoes else ()))


def rows_within(standard: Standard, sections: Sequence[str]) -> tuple[Indicator, ...]:
    """The rows of these sections; all of them where none is chosen."""
    titles = {section.id: section.title for section in standard.sections}
    every = not sections
    indicators = tuple(row for row in standard.indicators if every or titles.get(row.section) in sections)
    return indicators + (standard.vetoes if every or VETOES in sections else ())


def _weight(line: MatrixLine, picture: Picture) -> int:
    """How badly a county stands in the column sorted by: the worst first."""
    outcomes = picture.of(line)
    if outcomes is None:
        return 0
    if picture.by == BY_RESULT:
        return -sum(outcomes.states[at] not in PASSED for at in picture.at)
    at = next((at for row, at in zip(picture.rows, picture.at, strict=True) if row.id == picture.by), None)
    state = "" if at is None else outcomes.states[at]
    return _SEVERITY.index(state) if state in _SEVERITY else len(_SEVERITY)


def _heads(picture: Picture) -> str:
    arrow = {picture.by: "↑" if picture.down else "↓"}
    county = places.link(picture.head(BY_COUNTY), f"县（市、区、旗）{arrow.get(BY_COUNTY, '')}")
    result = places.link(picture.head(BY_RESULT), f"结论{arrow.get(BY_RESULT, '')}")
    # 竖排编号：四十八列要放进一屏。
    rows = "".join(
        f'<th scope="col" title="{verbatim.markup(row.statement)}">'
        f"{places.link(picture.head(row.id), f'{row.id}{arrow.get(row.id, str())}')}</th>"
        for row in picture.rows
    )
    return f'<th scope="col">{county}</th><th scope="col">{result}</th>{rows}'


def _body(lines: Sequence[MatrixLine], picture: Picture, wide: int) -> Iterator[str]:
    """Under its prefecture where they stand by code; else each with its prefecture's name."""
    cell = _Cells(picture)
    if picture.by:
        yield from (
            _county(line, picture, cell, wide, f"<small>{verbatim.markup(line.prefecture)}</small>") for line in lines
        )
        return
    for prefecture, several in groupby(lines, key=lambda line: line.prefecture):
        here = list(several)
        words = f"{verbatim.markup(prefecture)}（{len(here)} 县）"
        yield f'<tr class="dc-matrix-group"><th scope="rowgroup">{words}</th><td colspan="{wide - 1}"></td></tr>'
        yield from (_county(line, picture, cell, wide, "") for line in here)


class _Cells:
    """The cells of one picture; what a row says in a state is put together once."""

    def __init__(self, picture: Picture) -> None:
        self._picture, self._known = picture, dict[tuple[str, str, tuple[str, ...]], str]()
        self._rows = tuple(zip(picture.rows, picture.at, strict=True))

    def __call__(self, line: MatrixLine, outcomes: Outcomes) -> Iterator[str]:
        """A county's."""
        kept = {"differing": line.differing, "doubtful": line.doubtful}.get(self._picture.layer)
        page = self._picture.page
        before = "" if page is None else f'<a class="dc-go" href="/{page.path}?s={line.record.id}&amp;row='
        for row, at in self._rows:
            state, codes = outcomes.states[at], outcomes.blocking[at]
            words = self._words(row, state, codes)
            dim = kept is not None and row.id not in kept
            look = "dc-dim" if dim else f"dc-s-{state}"
            sign = MARKS[state]
            inside = (
                f'{before}{row.id}" title="{words}">{sign}</a>' if before else f'<span title="{words}">{sign}</span>'
            )
            yield f'<td class="{look}">{inside}</td>'

    def _words(self, row: Indicator, state: str, codes: tuple[str, ...]) -> str:
        key = row.id, state, codes
        if key not in self._known:
            self._known[key] = verbatim.markup(f"{row.id} {labels.outcome_words(row, state, codes)}")
        return self._known[key]


def _county(line: MatrixLine, picture: Picture, cells: _Cells, wide: int, beside: str) -> str:
    outcomes = picture.of(line)
    name, stage = verbatim.markup(line.record.division_name), verbatim.markup(_stage(line))
    mine = ' <small title="分给您的">本人</small>' if line.record.id in picture.mine else ""
    head = f'<th scope="row" class="dc-verbatim" title="{stage}">{name}{mine}{beside}</th>'
    if outcomes is None:
        return (
            f'<tr>{head}<td colspan="{wide - 1}" class="dc-matrix-why">{stage}，{verbatim.markup(line.why)}</td></tr>'
        )
    word = eligibility(picture.level, eligible=outcomes.eligible)
    short = "符合" if outcomes.eligible else "不符"
    result = (
        f'<td class="dc-quiet" title="目前{word}">{verbatim.markup(line.why)}</td>'
        if line.why
        else f'<td style="color:{ink(good=outcomes.eligible)}" title="{word}">{short}</td>'
    )
    return f"<tr>{head}{result}{''.join(cells(line, outcomes))}</tr>"


def _stage(line: MatrixLine) -> str:
    return state_label(State(line.record.state), has_prefecture=has_prefecture(line.record.division_code))


def _sums(lines: Sequence[MatrixLine], picture: Picture) -> str:
    """Below each column, how many counties pass the row; in a layer, how many are in it."""
    told = [(line, outcomes) for line in lines if (outcomes := picture.of(line)) is not None]
    if picture.layer == "verdicts":
        name, counts = "通过的县数", [sum(out.states[at] in PASSED for _, out in told) for at in picture.at]
    else:
        name = {"differing": "有分歧的县数", "doubtful": "存疑的县数"}[picture.layer]
        counts = [sum(row.id in getattr(line, picture.layer) for line, _ in told) for row in picture.rows]
    cells = "".join(f"<td>{count}</td>" for count in counts)
    return f'<tr><th scope="row">{name}</th><td>共 {len(told)}</td>{cells}</tr>'


def _legend(picture: Picture) -> str:
    words = library().vocabulary.lists
    named = [*((v, words["verdicts"][v]) for v in VERDICTS), *words["veto_states"].items()]
    chips = "".join(
        f'<span class="dc-chip dc-s-{state}">{MARKS[state]} {verbatim.markup(word)}</span>'
        for state, word in dict(named).items()
    )
    dim = (
        ""
        if picture.layer == "verdicts"
        else "着色的是有分歧的各项，其余只留一字。"
        if picture.layer == "differing"
        else "着色的是存疑的各项，其余只留一字。"
    )
    return f'<p class="dc-legend">图例 {chips}{dim}点一格到该县该项，点列名按该列排序。</p>'
