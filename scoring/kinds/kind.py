"""What every kind of measure has to say for itself, and where it reads figures from."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Protocol, TypeVar

from indicators.model import Measure
from scoring.context import Question
from scoring.kinds.outcomes import Outcome
from scoring.kinds.typed import Field, Path, TypedValue
from scoring.submission import FactValue, Figure, Number

KeyPath = tuple[str | int, ...]
Item = TypeVar("Item")
Name = TypeVar("Name", bound=str)


class FigureSource(Protocol):
    """The reader of the exchange file, as kinds use it: a faulty value is noted with its place and left out."""

    def fault(self, path: KeyPath, message: str, *, key: bool = False) -> None:
        """Note a problem at that place."""

    def unknown(self, name: str, path: KeyPath, known: Iterable[str], what: str, *, key: bool = True) -> None:
        """Note an identifier outside the closed set."""

    def parts(self, value: object, path: KeyPath, known: Collection[Name]) -> dict[Name, object]:
        """A mapping with these keys at most."""

    def by_year(self, value: object, path: KeyPath) -> dict[str, object]:
        """A mapping by calendar year."""

    def items(self, value: object, path: KeyPath, take: Callable[[object, KeyPath], Item | None]) -> tuple[Item, ...]:
        """A list, each entry taken by ``take``."""

    def once(self, ids: tuple[str, ...], path: KeyPath) -> tuple[str, ...]:
        """The ids, each once."""

    def text(self, value: object, path: KeyPath) -> str | None:
        """A text."""

    def yes_no(self, value: object, path: KeyPath) -> bool | None:
        """True or false."""

    def number(self, value: object, path: KeyPath, unit: str | None = None) -> Number | None:
        """A figure of 0 or more in that unit."""

    def what_it_is(self, value: object) -> str:
        """The type of a value in Chinese: 映射, 列表…"""


class KindBehaviour(ABC):
    """One kind of measure. Its figure stands under ``measures`` of an answer, or, ``by_person``, under ``judgements``.

    ``is_share``: a part of a whole, so that a whole of 0 needs a signed 无此情形.
    """

    by_person = False
    is_share = False

    @abstractmethod
    def judge(self, question: Question) -> Outcome:
        """The county's figure against what the statement asks."""

    @abstractmethod
    def threshold(self, measure: Measure, facts: Mapping[str, FactValue]) -> str:
        """What the measure asks for, in words; limits that are facts are the county's."""

    @abstractmethod
    def read(self, source: FigureSource, value: object, path: KeyPath, measure: Measure) -> Figure | None:
        """The figure from the exchange file; None where it is not of this kind's shape, which is noted."""

    @abstractmethod
    def fits(self, figure: Figure, measure: Measure) -> bool:
        """Whether a figure has the shape that the measure asks for."""

    @abstractmethod
    def fields(self, measure: Measure, years: Iterable[str]) -> tuple[Field, ...]:
        """What is to be filled in, for these calendar years where it goes by year."""

    @abstractmethod
    def figure_typed(self, measure: Measure, typed: Mapping[Path, TypedValue], stored: Figure | None) -> Figure | None:
        """The figure that was typed over the stored one, None where nothing was; raises `EntryError`."""
