"""The least a county's file holds, and how these tests read one."""

from __future__ import annotations

from indicators import load_library
from scoring.exchange.reading import read_submission

HEAD = """\
format: 1
round: {id: "2018", standards: [national-2018], period: {from: "2017-01-01", to: "2018-06-30"}}
division: {code: "990121", name: 甲县}
"""


def read(text, name="甲县.yaml"):
    return read_submission(text, name, load_library())
