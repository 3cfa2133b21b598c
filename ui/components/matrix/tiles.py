"""The counties as tiles, a line of them for each prefecture, coloured by stage: in place of a map."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from ui import navigation
from ui.components import places, verbatim
from ui.components.matrix.pictures import NOT_STARTED, STAGE_TONES
from workflow.divisions import has_prefecture, prefecture_name
from workflow.overview.matrix import AreaMatrix
from workflow.permissions import UNRELEASED
from workflow.states import State, state_label


class _Tile(NamedTuple):
    code: str
    name: str
    stage: str
    tone: str
    address: str


def tiles(area: AreaMatrix, page: navigation.MenuPage | None) -> str:
    """HTML; a tile leads to the county's submission, where there is something of it to read."""
    every = sorted(_tiles(area, page))
    lines = "".join(
        f'<tr><th scope="row">{verbatim.markup(prefecture)}</th><td>{"".join(map(_tile, several))}</td></tr>'
        for prefecture, several in groupby(every, key=lambda tile: prefecture_name(tile.code))
    )
    legend = "".join(
        f'<span class="dc-chip {f"dc-s-{tone}" if tone else "dc-none"}">{verbatim.markup(stage)}</span>'
        for stage, tone in dict(sorted(((tile.stage, tile.tone) for tile in every), key=_by_order)).items()
    )
    return f'<table class="dc-table dc-tiles"><tbody>{lines}</tbody></table><p class="dc-legend">图例 {legend}</p>'


def _tiles(area: AreaMatrix, page: navigation.MenuPage | None) -> Iterator[_Tile]:
    for line in area.lines:
        record, state = line.record, State(line.record.state)
        stage = state_label(state, has_prefecture=has_prefecture(record.division_code))
        readable = page is not None and state not in UNRELEASED
        address = places.address(page, {"s": str(record.id)}) if page is not None and readable else ""
        yield _Tile(record.division_code, record.division_name, stage, STAGE_TONES[state], address)
    for place in area.missing:
        yield _Tile(place.code, place.name, NOT_STARTED, "", "")


def _tile(tile: _Tile) -> str:
    words, name = verbatim.markup(f"{tile.name} {tile.stage}"), verbatim.markup(tile.name)
    look = f"dc-tile dc-s-{tile.tone}" if tile.tone else "dc-tile"
    if not tile.address:
        return f'<span class="{look}" title="{words}">{name}</span>'
    return f'<a class="dc-go {look}" href="{verbatim.markup(tile.address)}" title="{words}">{name}</a>'


def _by_order(one: tuple[str, str]) -> int:
    return [*STAGE_TONES.values()].index(one[1]) if one[1] else -1
