"""The plan of a visit, apart from its record: where to go, who goes, which rows to look at, and a random sample.

The sample is drawn once: its seed is kept with the plan and cannot be exchanged for a luckier one, and anybody can draw
the same rows from it again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256

from storage.canonical import Json
from workflow.targets import ONLY, Path, Target

LARGEST_SEED = 999_999
_FIELDS = frozenset({"date", "places", "people", "rows", "sample", "note"})
_SAMPLE = frozenset({"size", "seed", "rows"})
_LISTS = ("places", "people", "rows")


@dataclass(frozen=True, slots=True)
class Sample:
    """``size`` rows drawn by ``seed`` (None: not drawn yet)."""

    size: int = 0
    seed: int | None = None
    rows: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class VisitPlan:
    """``people``: by office and post. ``rows``: to be looked at besides those the sheet lists by itself."""

    date: date | None = None
    places: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()
    sample: Sample = field(default_factory=Sample)
    note: str = ""


def sampled(row_ids: Sequence[str], size: int, seed: int) -> tuple[str, ...]:
    """``size`` of the rows, in the order given; the same seed gives the same, and a larger size only adds to them."""
    drawn = sorted(row_ids, key=lambda row_id: sha256(f"{seed}/{row_id}".encode()).digest())[:size]
    return tuple(row_id for row_id in row_ids if row_id in drawn)


def drawn(row_ids: Sequence[str], size: int, seed: int) -> Sample:
    """The sample of that size by that seed."""
    return Sample(size, seed, sampled(row_ids, size, seed))


def read_plan(body: Json) -> VisitPlan:
    """A plan from its entry's body; an empty one where there is none."""
    stored = body if isinstance(body, Mapping) else {}
    places, people, rows = (tuple(map(str, _items(stored.get(name)))) for name in _LISTS)
    given = stored.get("sample")
    sample = given if isinstance(given, Mapping) else {}
    size, seed = sample.get("size"), sample.get("seed")
    taken = Sample(
        size if isinstance(size, int) else 0,
        seed if isinstance(seed, int) else None,
        tuple(map(str, _items(sample.get("rows")))),
    )
    return VisitPlan(_day(stored.get("date")), places, people, rows, taken, str(stored.get("note") or ""))


def plan_body(plan: VisitPlan) -> dict[str, Json]:
    """The body of its entry."""
    sample = plan.sample
    parts: dict[str, Json] = {
        "date": plan.date.isoformat() if plan.date else None,
        "places": list(plan.places),
        "people": list(plan.people),
        "rows": list(plan.rows),
        "sample": {"size": sample.size, "seed": sample.seed, "rows": list(sample.rows)} if sample.size else None,
        "note": plan.note.strip(),
    }
    return {name: part for name, part in parts.items() if part}


def plan_faults(target: Target, body: Json, stands: Json, row_ids: Sequence[str]) -> Iterator[tuple[Path, str]]:
    """What keeps a plan from being kept: the field, and the sentence. ``stands``: the plan there is; ``row_ids``: every
    row of the round in printed order, of which the sample is drawn."""
    if not target.is_visit_plan:
        return
    if target.key != ONLY or not _is_shaped(body):
        yield (), "实地评估计划：内容与要求的形式不符。请刷新页面后重试。"
        return
    plan, before = read_plan(body), read_plan(stands).sample
    if isinstance(body, Mapping) and body.get("date") is not None and plan.date is None:
        yield ("date",), "实地评估计划的日期无效。请重新选取。"
    yield from _unknown(plan.rows, row_ids)
    sample = plan.sample
    if sample.seed is not None and not (0 < sample.size <= len(row_ids) and 0 <= sample.seed <= LARGEST_SEED):
        yield ("sample", "size"), f"实地评估计划：抽查项数须为 0 至 {len(row_ids)}。请改正。"
    elif before.seed is not None and sample.seed != before.seed:
        told = f"实地评估计划：随机抽查的种子（{before.seed}）只抽一次，不能换。要多查几项的，请改抽查项数。"
        yield ("sample", "size"), told
    elif sample.seed is not None and sample.rows != sampled(row_ids, sample.size, sample.seed):
        yield ("sample", "size"), "实地评估计划：抽查的指标与种子抽出的不符。请刷新页面后重试。"
    elif before.size > sample.size:
        told = f"实地评估计划：已经抽出 {before.size} 项，只能增加，不能减少。确有一项不看的，请在现场情况里写明。"
        yield ("sample", "size"), told


def never_taken_out(target: Target) -> str:
    """Why a plan cannot be taken out; empty for anything else."""
    return "实地评估计划可以修改，不能删去：抽查只抽一次。" if target.is_visit_plan else ""


def _unknown(rows: Sequence[str], row_ids: Collection[str]) -> Iterator[tuple[Path, str]]:
    unknown = [row_id for row_id in rows if row_id not in row_ids]
    if unknown or len(set(rows)) != len(rows):
        named = f"没有编号为“{unknown[0]}”的指标" if unknown else "有的指标列了两次"
        yield ("rows",), f"实地评估计划：{named}。请从列表中选取。"


def _is_shaped(body: Json) -> bool:
    if not isinstance(body, Mapping) or not set(body) <= _FIELDS:
        return False
    sample = body.get("sample", {"size": 1, "seed": 1, "rows": []})
    if not isinstance(sample, Mapping) or set(sample) != _SAMPLE:
        return False
    numbers = (sample["size"], sample["seed"])
    whole = all(isinstance(number, int) and not isinstance(number, bool) for number in numbers)
    texts = all(_texts(body.get(name, [])) for name in _LISTS) and _texts(sample["rows"])
    return whole and texts and isinstance(body.get("note", ""), str)


def _texts(value: Json) -> bool:
    return isinstance(value, list | tuple) and all(isinstance(text, str) for text in value)


def _items(value: Json) -> Sequence[Json]:
    return value if isinstance(value, list | tuple) else ()


def _day(value: Json) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
