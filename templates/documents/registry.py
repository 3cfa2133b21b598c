"""How a document is known on the command line and in the app: name, title, endings, what it is made from."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from templates.documents.model import Ending, RenderedDocument

MadeFrom = Literal["file", "rules", "nothing", "store"]
MADE_FROM: dict[MadeFrom, str] = {"file": "申报文件", "rules": "规则", "nothing": "不需要", "store": "数据目录"}


@dataclass(frozen=True, slots=True)
class DocumentKind:
    """``name``: the contract's. ``endings``: the first is the usual one. ``arguments`` declares its own options.

    ``make`` finds them parsed; it may raise UsageError, ProblemsError, TypefaceError. ``about``: what its messages
    call what it was made from.
    """

    name: str
    title: str
    endings: tuple[Ending, ...]
    made_from: MadeFrom
    arguments: Callable[[ArgumentParser], None]
    make: Callable[[Namespace, Ending], RenderedDocument]
    about: Callable[[Namespace], str]

    def as_json(self) -> dict[str, object]:
        """For other programs."""
        return {
            "name": self.name,
            "title": self.title,
            "endings": list(self.endings),
            "made_from": self.made_from,
        }
