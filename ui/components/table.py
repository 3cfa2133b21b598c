"""A table of the product's own: plain HTML whose words wrap, which Streamlit's do not."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from ui.components import verbatim


def table(heads: Iterable[str], lines: Iterable[str], look: str = "") -> str:
    """``lines``: of `line`; ``look``: classes besides the one every table has."""
    head = "".join(f"<th>{name}</th>" for name in heads)
    body = f"<thead><tr>{head}</tr></thead><tbody>{''.join(lines)}</tbody>"
    return f'<table class="{" ".join(filter(None, ("dc-table", look)))}">{body}</table>'


def line(words: Iterable[object], unbroken: Collection[int] = ()) -> str:
    """Words as anybody typed them; ``unbroken``: the places of those that stay in one line."""
    kept = ' style="white-space:nowrap"'
    cells = (f"<td{kept if at in unbroken else ''}>{verbatim.markup(str(of))}</td>" for at, of in enumerate(words))
    return f"<tr>{''.join(cells)}</tr>"
