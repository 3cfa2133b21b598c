"""What stays together on a page, whatever the document: the same for every renderer that has pages."""

from __future__ import annotations

from collections.abc import Sequence

from templates.documents.model import Bars, Block, Fields, Heading, PageBreak, Prose, Signatures, Small, Table

_ANNOUNCED = (Table, Fields, Bars)  # the words above announce it
_WORDS = (Prose, Small)


def stays_with_next(blocks: Sequence[Block]) -> tuple[bool, ...]:
    """Of each block, whether its last lines (a table's last row) stand on one page with the next one's first.

    What closes a text (落款, places to sign, a heading of theirs) never stands on a page without some of that text.
    """
    told: list[bool] = []
    following, closing = None, False
    before = (None, *blocks[:-1]) if blocks else ()
    for block, above in zip(reversed(blocks), reversed(before), strict=True):
        announces = isinstance(block, _WORDS) and isinstance(following, _ANNOUNCED)
        remark = isinstance(block, Small) and isinstance(above, Heading)  # it belongs to the heading
        stays = isinstance(block, Heading) or closing or announces or remark
        told.append(stays and following is not None and not isinstance(following, PageBreak))
        closing = _closes(block) or (closing and isinstance(block, Heading))
        following = block
    return tuple(reversed(told))


def _closes(block: Block) -> bool:
    return isinstance(block, Signatures) or (isinstance(block, Prose) and block.align == "right")
