"""What a page printed: the file behind its link."""

from __future__ import annotations

import re
from typing import Protocol

from streamlit.testing.v1 import AppTest

from ui.identity import ACCOUNT_KEY
from ui.web.papers.made import Printing, printing_of


class Shown(Protocol):
    """A running page."""

    app: AppTest

    @property
    def html(self) -> str:
        """All HTML on it."""


def printed(screen: Shown) -> Printing:
    """What the page made last."""
    (key,) = re.findall('/papers/made/([^"/]+)"', screen.html)
    made = printing_of(int(screen.app.user[ACCOUNT_KEY]), key)
    assert made is not None
    return made


def file_of(printing: Printing) -> bytes:
    """The file itself."""
    assert printing.file is not None, printing.words
    printing.file.seek(0)
    return printing.file.read()
