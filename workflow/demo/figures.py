"""Figures of invented counties: a sample's content told of a county of another size, and what such a county left open.

The varied content reaches what the sample reaches; `unfinished` makes of it what a county still at work has.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from random import Random
from typing import Any

from indicators.model import Measure, Standard
from workflow.targets import Target

Content = dict[Target, Any]
_REASONS = (
    "经逐项核对台账，抽查现场和档案，均已做到",
    "查阅文件、统计和活动记录，并随机走访，情况属实",
    "部门会商认定，抽查未发现遗漏",
    "按季度检查，发现的问题均已当月整改",
)
_SURNAMES, _GIVEN = "赵钱孙李周吴郑王冯陈", ("建国", "文静", "志强", "秀兰", "明德", "晓燕", "永平", "海霞")


def varied(sample: Content, standards: Sequence[Standard], rng: Random) -> Content:
    """The content of a county 0.4 to 1.9 times the sample's size, with figures of its own that still agree."""
    size = rng.uniform(0.4, 1.9)
    old = {target.key: body for target, body in sample.items() if target.kind == "fact"}
    facts = _facts(old, size, rng)
    measures = _measures(standards)
    content: Content = {}
    for target, body in sample.items():
        if target.kind == "fact":
            content[target] = facts[target.key]
        elif target.is_answer:
            told = {key: value for key, value in body.items() if key != "note" or "measures" not in body}
            figures = {
                name: _figure(figure, measures[target.key, name], (old, facts), size, rng)
                for name, figure in body.get("measures", {}).items()
            }
            judged = {
                name: {**judgement, "reason": rng.choice(_REASONS)}
                for name, judgement in body.get("judgements", {}).items()
            }
            content[target] = {
                **told,
                **({"measures": figures} if figures else {}),
                **({"judgements": judged} if judged else {}),
            }
        elif target.kind == "evidence" and "pages" in body:
            content[target] = {**body, "pages": max(1, round(body["pages"] * rng.uniform(0.6, 1.6)))}
        else:
            content[target] = body
    return content | _people(rng)


def unfinished(content: Content, standards: Sequence[Standard], rng: Random, answered: float) -> Content:
    """The content with about this share of its rows answered, some of those in doubt, short of a figure or a paper."""
    rows = [target for target in content if target.is_answer]
    left = {target for target in rows if rng.random() > answered}
    begun = {target: body for target, body in content.items() if target not in left}
    for target in (target for target in rows if target not in left):
        if rng.random() < 0.15:  # noqa: PLR2004 - about one in seven
            begun[target] = _short(begun[target], target, standards, rng)
    if answered < 0.2:  # noqa: PLR2004 - who has hardly begun has not written yet
        begun.pop(Target.form("narrative"), None)
    return begun


def _facts(old: Mapping[str, Any], size: float, rng: Random) -> dict[str, Any]:
    facts = dict(old)
    for name in ("townships", "subdistricts", "villages", "communities", "orphans"):
        facts[name] = max(2, round(old[name] * size * rng.uniform(0.8, 1.2)))
    places = facts["villages"] + facts["communities"]
    facts["villages_100_or_more"] = large = round(places * rng.uniform(0.55, 0.85))
    facts["villages_under_100"] = places - large
    facts["children_in_small_villages"] = sum(rng.randint(30, 95) for _ in range(places - large))
    facts["childrens_places"] = places
    facts["children"] = 100 * large + facts["children_in_small_villages"] + round(70_000 * size * rng.uniform(0.8, 1.2))
    facts["population"] = round(facts["children"] * rng.uniform(4.0, 4.8))
    facts["left_behind_children"] = round(facts["children"] * rng.uniform(0.03, 0.08))
    facts["children_in_difficulty"] = round(facts["children"] * rng.uniform(0.012, 0.03))
    for name, fact in old.items():
        if isinstance(fact, Mapping):
            facts[name] = {**fact, "reason": "经县教育局、县民政局、县残联会商认定"}
    return facts


def _measures(standards: Sequence[Standard]) -> dict[tuple[str, str], Measure]:
    return {
        (row.id, measure.id): measure for standard in standards for row in standard.rows() for measure in row.measures
    }


def _figure(figure: Any, measure: Measure, facts: tuple[Mapping[str, Any], ...], size: float, rng: Random) -> Any:  # noqa: ANN401 - a figure of any kind
    if measure.kind == "coverage" and measure.of:
        before, now = (sum(known[fact] for fact in measure.of) for known in facts)
        if isinstance(figure, Mapping):
            return {year: _share(count, before, now) for year, count in figure.items()}
        return _share(figure, before, now)
    if measure.kind == "coverage":
        whole = max(1, round(figure["whole"] * size))
        return {"covered": whole, "whole": whole} if figure["covered"] == figure["whole"] else figure
    if measure.kind == "rate":
        upper = measure.require is not None and measure.require.at_most is not None
        whole = max(100, round(figure["denominator"] * size * 0.6))
        share = Decimal(figure["numerator"]) / Decimal(figure["denominator"])
        better = Decimal(rng.randint(50, 95) if upper else rng.randint(100, 115)) / 100
        return {"numerator": min(whole, int(share * better * whole)), "denominator": whole}
    if measure.kind == "count":
        more = rng.randint(0, 2)
        return {year: n + more for year, n in figure.items()} if isinstance(figure, Mapping) else figure + more
    return figure


def _share(figure: int, before: int, now: int) -> int:
    """As large a part of the new whole as it was of the old one; all of it where it was all."""
    return min(now, -(-figure * now // before)) if before else now


def _people(rng: Random) -> Content:
    leader, contact = (rng.choice(_SURNAMES) + rng.choice(_GIVEN) for _ in range(2))
    return {
        Target.form("leader_name"): leader,
        Target.form("contact_name_and_title"): f"{contact}（儿童福利股股长）",
    }


def _short(body: Any, target: Target, standards: Sequence[Standard], rng: Random) -> Any:  # noqa: ANN401 - an answer
    """An answer with one thing wrong: a claim in doubt or withdrawn, a figure lacking or too low, no papers."""
    measures = _measures(standards)
    figures = dict(body.get("measures", {}))
    faults = ["unsure", "papers", *(["lacking"] if figures else [])]
    low = next((name for name in figures if measures[target.key, name].kind == "coverage"), None)
    fault = rng.choice([*faults, *(["low", "low"] if low else []), *(["not_met"] if target.kind == "answer" else [])])
    if fault == "papers":
        return {key: part for key, part in body.items() if key != "evidence"}
    if fault == "lacking":
        figures.pop(rng.choice(sorted(figures)))
    elif fault == "low" and low is not None:
        figures[low] = _lower(figures[low])
    elif target.kind == "veto":
        return {key: part for key, part in body.items() if key != "claim"}
    else:
        return {**body, "claim": fault}
    return {**body, "measures": figures}


def _lower(figure: Any) -> Any:  # noqa: ANN401 - a figure of any kind
    if isinstance(figure, Mapping):
        return {key: value if key == "whole" else _lower(value) for key, value in figure.items()}
    return figure * 3 // 5
