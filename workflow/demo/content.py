"""The demo's contents: sample submissions moved into the demo round's years and to their division, nothing else.

The samples are written for 2017-01-01 to 2018-06-30. All dates, years of figures and years in the texts move by the
same whole number of years, so that what agreed before still agrees; numbers of real policy documents stay.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from scoring.submission import FORM_LABELS, Submission
from workflow.content import bodies_from
from workflow.targets import Target

SAMPLE_YEAR = 2018  # 样例申报期止于2018年6月30日
_TOLD = timedelta(days=60)  # 演示中各县的经过都在最近这些天里
_YEAR = re.compile(r"(?<![0-9])(201[5-9]|202[01])(?=年|〔|〕|—|-|～|至|学年)")
# 真实政策文件的文号（国发〔2016〕36号）不随演示改年；各县自编的（甲民发〔2017〕27号）要改。
_REAL_NUMBER = re.compile(r"(?:国发|国办发|(?<![甲乙丙丁戊己庚辛壬癸子演])(?:民函|民发|云教))〔$")
_DATE = re.compile(r"(20[0-9]{2})-([0-9]{2}-[0-9]{2})")
_FIGURE_YEAR = re.compile(r"20[0-9]{2}")


@dataclass(frozen=True, slots=True)
class DemoPeriod:
    """The demo round's period: from 1 January to 30 June of the next year, as the sample's."""

    first: date
    last: date

    @property
    def shift(self) -> int:
        """By how many years the samples move."""
        return self.last.year - SAMPLE_YEAR


def demo_period(today: date) -> DemoPeriod:
    """The latest such period that was over when the demo's counties began to fill in, for no paper is dated after the
    day it is registered: one full calendar year and a half that has begun the next."""
    begun = today - _TOLD
    year = begun.year if (begun.month, begun.day) > (6, 30) else begun.year - 1
    return DemoPeriod(date(year - 1, 1, 1), date(year, 6, 30))


def sample_content(sample: Submission, period: DemoPeriod, names: Mapping[str, str]) -> dict[Target, Any]:
    """A sample's content (no findings, visits, opinions) in the demo's years, ``names`` put in the place of its own.

    Of answers to local documents only the reasons move: the dates those documents print stay, and with them the
    county's dates of what was due then.
    """
    return {
        target: _moved(body, 0 if target.kind == "local" and not _reasoned(body) else period.shift, names)
        for target, body in bodies_from(sample).items()
        if target.is_content
    }


def sample_reviews(sample: Submission, period: DemoPeriod) -> dict[Target, Any]:
    """A sample's findings and visits in the demo's years."""
    return {
        target: _moved(body, period.shift, {})
        for target, body in bodies_from(sample).items()
        if target.is_finding or target.kind == "site_visit"
    }


def with_whole_form(content: dict[Target, Any]) -> dict[Target, Any]:
    """The content with every field of the form; one that is newer than the sample says its own name."""
    newer = {Target.form(name): label for name, label in FORM_LABELS.items()}
    return {**newer, **content}


def renamed(value: Any, names: Mapping[str, str]) -> Any:  # noqa: ANN401 - any part of the file
    """The value with other names in its texts."""
    if isinstance(value, str):
        for old, new in names.items():
            value = value.replace(old, new)
        return value
    if isinstance(value, Mapping):
        return {key: renamed(inner, names) for key, inner in value.items()}
    return [renamed(inner, names) for inner in value] if isinstance(value, list | tuple) else value


def _reasoned(body: Any) -> bool:  # noqa: ANN401 - an entry's body
    """Whether a person's words are all the text in it."""
    return isinstance(body, Mapping) and "reason" in body


def _moved(value: Any, shift: int, names: Mapping[str, str]) -> Any:  # noqa: ANN401 - any part of the file
    if isinstance(value, str):
        return shift_years(renamed(value, names), shift)
    if isinstance(value, Mapping):
        return {
            str(int(key) + shift) if _FIGURE_YEAR.fullmatch(key) else key: _moved(inner, shift, names)
            for key, inner in value.items()
        }
    return [_moved(inner, shift, names) for inner in value] if isinstance(value, list | tuple) else value


def shift_years(text: str, shift: int) -> str:
    """The text with its dates and years moved; 02-29 becomes 02-28 where the new year has none."""
    exact = _DATE.fullmatch(text)
    if exact is not None:
        year, rest = int(exact[1]) + shift, exact[2]
        leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
        return f"{year}-{'02-28' if rest == '02-29' and not leap else rest}"
    return _YEAR.sub(lambda match: _moved_year(match, shift), text)


def _moved_year(match: re.Match[str], shift: int) -> str:
    real = _REAL_NUMBER.search(match.string[max(0, match.start() - 6) : match.start()])
    return match[1] if real else str(int(match[1]) + shift)
