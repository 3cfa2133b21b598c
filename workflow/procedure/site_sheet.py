"""现场核查表: what to look at on the spot, and why — what is doubted, does not agree or is flagged, and the sample."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from indicators.model import Indicator
from scoring.submission import REVIEW_LEVELS, ReviewLevel
from scoring.wording import LEVEL_NAMES
from workflow.procedure.doubts import open_doubts
from workflow.procedure.findings import methods_of
from workflow.procedure.reviewing import RowAcrossLevels
from workflow.submission.snapshot import SubmissionSnapshot
from workflow.targets import Target
from workflow.visiting.plan import VisitPlan, read_plan

ON_THE_SPOT = ("on_site_check", "site_visit", "resident_visit")  # 现场查看、实地考察、走访居民
_FLAGGED: Mapping[str, str] = {"needs_correction": "需补正", "not_met": "未达标", "present": "存在"}


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row of the sheet. ``why`` it is listed, and what to ``look`` at: a sentence each; ``methods``: those its
    standards print that are done on the spot."""

    row: Indicator
    why: tuple[str, ...]
    look: tuple[str, ...]
    methods: tuple[str, ...]


def plan_of(snapshot: SubmissionSnapshot, level: ReviewLevel) -> VisitPlan:
    """The level's plan; an empty one where there is none yet."""
    entry = snapshot.entries.get(Target.visit_plan(level))
    return read_plan(None if entry is None else entry.body)


def site_sheet(
    snapshot: SubmissionSnapshot,
    compared: Mapping[str, RowAcrossLevels],
    level: ReviewLevel,
    returned: Collection[str] = (),
) -> tuple[SheetRow, ...]:
    """The rows to be looked at, in printed order. ``returned``: rows that a return has named before."""
    plan = plan_of(snapshot, level)
    settles = {doubt.row_id: doubt for doubt in open_doubts(snapshot, level)}
    listed: list[SheetRow] = []
    for row_id, one in compared.items():
        doubt = settles.get(row_id)
        why = [] if doubt is None else [f"存疑：{doubt.reason}"]
        why += _disagreeing(one)
        why += ["退回补正列过"] if row_id in returned else []
        why += ["计划列入"] if row_id in plan.rows else []
        why += ["随机抽查"] if row_id in plan.sample.rows else []
        if why:
            look = () if doubt is None else (doubt.settles,)
            methods = tuple(method for method in methods_of(snapshot, row_id) if method in ON_THE_SPOT)
            listed.append(SheetRow(one.row, tuple(why), (*look, *_to_look_at(one.row)), methods))
    return tuple(listed)


def _disagreeing(compared: RowAcrossLevels) -> Iterator[str]:
    """What does not agree, and what a level has flagged."""
    if "contradicted" in compared.computed.values():
        yield "数据与自评不符"
    for level in REVIEW_LEVELS:
        finding = compared.findings.get(level)
        if finding is None:
            continue
        if finding.finding in _FLAGGED:
            yield f"{LEVEL_NAMES[level]}认定“{_FLAGGED[finding.finding]}”"
        elif compared.verdicts[level] != compared.computed:
            yield f"{LEVEL_NAMES[level]}认定与计算结论不同"
    if len({finding.finding for finding in compared.findings.values()}) > 1:
        yield "市、省认定不同"


def _to_look_at(row: Indicator) -> Iterator[str]:
    """The figures to be counted again, and the originals of the papers asked for: their names have 、 in them."""
    figures = "；".join(dict.fromkeys(measure.label for measure in row.measures))
    papers = "；".join(dict.fromkeys(paper.label for paper in row.evidence if paper.required))
    if figures:
        yield f"核对：{figures}"
    if papers:
        yield f"看原件：{papers}"
