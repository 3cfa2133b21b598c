"""What kinds answered by numbers have in common: their thresholds in words, one number or two, by year or once."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Mapping

from indicators.model import Measure
from scoring.conditions import is_number
from scoring.kinds.figure_text import read_figure
from scoring.kinds.kind import FigureSource, KeyPath, KindBehaviour
from scoring.kinds.typed import EntryError, Field, Path, TypedValue
from scoring.submission import TOTAL, FactValue, Figure, Number, NumberFigure
from scoring.wording import plain, resolve, unit_label

_EITHER = "“{label}”各年度的数和合计只填一样；已经分出年度的，请删去合计"
_PER = {"year": "每年", "week": "每周", None: ""}


def own_unit(measure: Measure) -> str | None:
    """The unit of the numbers given; a threshold in percent says nothing of it."""
    return measure.unit or (measure.whole.unit if measure.whole else None)


def _label(year: str, label: str) -> str:
    return f"{label}合计（分不出年度的只填这里）" if year == TOTAL else f"{year}年{label}"


class NumericKind(KindBehaviour):
    """A figure of one number or of two parts; by calendar year where the measure is yearly."""

    whole_without_limits = ""
    number_hint = "应写一个数字"

    @abstractmethod
    def read_once(self, source: FigureSource, value: object, path: KeyPath, measure: Measure) -> NumberFigure | None:
        """The figure of one year, or of the whole period."""

    def fits_once(self, figure: object, measure: Measure) -> bool:
        """Whether this is the figure of one year, or of the whole period."""
        return is_number(figure)

    def parts(self, measure: Measure) -> tuple[Field, ...]:
        """The fields of one year, or of the whole period."""
        limit_unit = measure.require.unit if measure.require else None
        return (Field((), "number", measure.label, measure.unit or limit_unit),)

    def of_parts(self, numbers: Mapping[str, Number | None], measure: Measure) -> NumberFigure | None:
        """The figure of the numbers typed, by the last step of their path; ``measure``: shares need it."""
        return numbers.get("")

    def threshold(self, measure: Measure, facts: Mapping[str, FactValue]) -> str:
        """The limits, “如实填报” where there are none."""
        require = measure.require
        unit = unit_label((require.unit if require else None) or measure.unit)
        words = []
        for bound, word in ((require.at_least, "不低于"), (require.at_most, "不高于")) if require else ():
            number = resolve(bound, facts)
            if number is not None:
                words.append(f"{word}{plain(number)}{unit}")
        if self.whole_without_limits and not require:
            words.append(self.whole_without_limits)
        if measure.each:
            per = _PER[measure.each.per]
            times = unit_label(measure.unit) or ("次" if measure.each.per else "")
            words.append(f"每一个{per}不少于{plain(measure.each.at_least)}{times}")
        return ("每年" if measure.per == "year" else "") + "，".join(words) if words else "如实填报"

    def year_example(self, measure: Measure) -> str:
        """How figures by year are written in the exchange file."""
        return '{"2017": 2, "2018": 1}'

    def read(self, source: FigureSource, value: object, path: KeyPath, measure: Measure) -> Figure | None:
        """By calendar year where the measure is yearly."""
        if not measure.yearly:
            return self.read_once(source, value, path, measure)
        if not isinstance(value, dict):
            source.fault(path, f"“{measure.label}”按年度填报，应写作 {self.year_example(measure)}")
            return None
        figures: dict[str, NumberFigure] = {}
        for year, inner in self._years(source, value, path, measure).items():
            figure = self.read_once(source, inner, (*path, year), measure)
            if figure is not None:
                figures[year] = figure
        return figures

    def _years(
        self, source: FigureSource, value: dict[str, object], path: KeyPath, measure: Measure
    ) -> dict[str, object]:
        """The figures by year, or the total alone."""
        if value.get(TOTAL) is None:
            return source.by_year({year: inner for year, inner in value.items() if year != TOTAL}, path)
        if len([inner for inner in value.values() if inner is not None]) > 1:
            source.fault((*path, TOTAL), _EITHER.format(label=measure.label), key=True)
            return {}
        return {TOTAL: value[TOTAL]}

    def read_number(self, source: FigureSource, value: object, path: KeyPath, measure: Measure) -> Number | None:
        """A figure of one number."""
        if isinstance(value, dict | list):
            source.fault(path, f"“{measure.label}”{self.number_hint}，而不是{source.what_it_is(value)}")
            return None
        return source.number(value, path, own_unit(measure))

    def fits(self, figure: Figure, measure: Measure) -> bool:
        """Every year where it is yearly."""
        if measure.yearly:
            return isinstance(figure, Mapping) and all(self.fits_once(of_year, measure) for of_year in figure.values())
        return self.fits_once(figure, measure)

    def fields(self, measure: Measure, years: Iterable[str]) -> tuple[Field, ...]:
        """The parts, for each year where it is yearly; `TOTAL` among the years is the total in their place."""
        parts = self.parts(measure)
        if not measure.yearly:
            return parts
        return tuple(
            Field((year, *part.path), part.form, _label(year, part.label), part.unit)
            for year in years
            for part in parts
        )

    def figure_typed(self, measure: Measure, typed: Mapping[Path, TypedValue], stored: Figure | None) -> Figure | None:
        """Years that the form does not show are kept."""
        numbers = self._numbers(measure, typed)
        if not measure.yearly:
            return self.of_parts({path[-1] if path else "": number for path, number in numbers.items()}, measure)
        shown_years = dict.fromkeys(path[0] for path in typed)
        by_year: dict[str, NumberFigure] = (
            {year: figure for year, figure in stored.items() if year not in shown_years}
            if isinstance(stored, Mapping)
            else {}
        )
        for year in shown_years:
            parts = {path[1] if len(path) > 1 else "": number for path, number in numbers.items() if path[0] == year}
            figure = self.of_parts(parts, measure)
            if figure is not None:
                by_year[year] = figure
        if TOTAL in by_year and len(by_year) > 1:
            raise EntryError([f"{_EITHER.format(label=measure.label)}。"], [path for path in typed if path[0] == TOTAL])
        return dict(sorted(by_year.items())) or None

    def _numbers(self, measure: Measure, typed: Mapping[Path, TypedValue]) -> dict[Path, Number | None]:
        numbers: dict[Path, Number | None] = {}
        problems: list[str] = []
        paths: list[Path] = []
        years = tuple(dict.fromkeys(path[0] for path in typed if path)) if measure.yearly else ()
        fields = {field.path: field for field in self.fields(measure, years)}
        for path, text in typed.items():
            field = fields.get(path)
            try:
                unit = own_unit(measure) if field is None else field.unit
                numbers[path] = read_figure(text, unit) if isinstance(text, str) else None
            except ValueError as unreadable:
                problems.append(f"{measure.label if field is None else field.label}：{unreadable}。")
                paths.append(path)
        if problems:
            raise EntryError(problems, paths)
        return numbers
