"""A county's figures in words, as they were entered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from indicators.model import Indicator, Measure
from scoring.submission import TOTAL
from storage.canonical import Json

_NAMES = {"covered": "其中", "whole": "总数", TOTAL: "合计"}


def figure_words(measure: Measure | None, figure: Json) -> str:
    """A figure as it was entered: 救助支付金额 812000，自负费用总额 1100000."""
    if isinstance(figure, Mapping):
        parts = {"numerator": measure and measure.numerator, "denominator": measure and measure.denominator}
        words = []
        for key, value in figure.items():
            part = parts.get(key)
            name = part.label if part else _NAMES.get(key, f"{key}年")
            words.append(f"{name} {figure_words(measure, value)}")
        return "，".join(words)
    if isinstance(figure, Sequence) and not isinstance(figure, str):
        items = measure.items if measure else {}
        return "、".join(items.get(item, str(item)) for item in figure) or "以上均没有"
    if isinstance(figure, bool):
        return "是" if figure else "否"
    return str(figure)


def judgement_word(row: Indicator, measure: Measure, fulfilled: bool | None) -> str:
    """做到, 没有做到; for a veto, whether the circumstance its last quoted words name is there: 未造成恶劣影响."""
    if fulfilled is None:
        return "未判断"
    if row.consequence != "veto":
        return "做到" if fulfilled else "没有做到"
    circumstance = measure.quotes[-1] if measure.quotes else "存在该情形"
    return f"未{circumstance}" if fulfilled else circumstance


def figures_told(row: Indicator, asked: Iterable[Measure], figures: Mapping[str, Json]) -> str:
    """Every one of a row: 已救助人数 12. ``asked``: the row's measures under every standard."""
    measures = {measure.id: measure for measure in asked}
    words = []
    for measure_id, figure in figures.items():
        measure = measures.get(measure_id)
        judged = measure is not None and measure.kind == "judgement" and not isinstance(figure, Mapping)
        said = (
            judgement_word(row, measure, figure if isinstance(figure, bool) else None)
            if judged and measure is not None
            else figure_words(measure, figure)
        )
        words.append(f"{measure.label if measure else measure_id} {said}")
    return "；".join(words)
