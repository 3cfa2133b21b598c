"""What a finding's methods must rest on, and how its measures agree with it: looked at before it is kept.

A method a standard does not print for the row needs a word why; one that takes a visit or a search needs its record.
What stood already in the finding is left alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from indicators.model import Indicator, Vocabulary
from scoring.judging.levels import SEARCHING, search_lacks
from scoring.searched import Searched
from scoring.submission import Finding, ReviewLevel, Submission
from scoring.substance import reason_lacks
from workflow.targets import Path
from workflow.visiting.record import visits_naming

ON_THE_SPOT = ("on_site_check", "site_visit", "resident_visit")


def finding_faults(
    rows: Sequence[Indicator],
    content: Submission,
    level: ReviewLevel,
    stood: Finding | None,
    vocabulary: Vocabulary,
) -> Iterator[tuple[Path, str]]:
    """The field and the sentence. ``rows``: the row under each standard that has it; ``content``: with the finding;
    ``stood``: the finding before."""
    row, name = rows[0], f"指标 {rows[0].id}"
    finding = content.findings[level][row.id]
    new = [method for method in finding.methods if stood is None or method not in stood.methods]
    words = {method: f"“{vocabulary.label('methods', method)}”" for method in new}
    printed = {method for each in rows for method in each.methods}
    beyond = [method for method in new if printed and method not in printed]
    if beyond and (lacks := reason_lacks(finding.reason, 1, vocabulary)):
        named = "".join(words[method] for method in beyond)
        yield ("reason",), f"{name}：{named}不是标准对本项列明的评估方法，理由{lacks}。请写明为什么用它，或去掉它。"
    # 一票否决认定不存在的，日期由 scoring 判断：`scoring.judging.levels`
    if finding.date is None and finding.finding != "clear" and (stood is None or stood.date is not None):
        yield ("date",), f"{name}：认定没有写日期。请填写作出认定的日期。"
    seen, by_then = _seen(content, level, row.id), _seen(content, level, row.id, finding.date)
    for method in new:
        if method in ON_THE_SPOT and method not in seen:
            told = f"{name}：采用{words[method]}，须有本级的实地评估记录，用此方法，并写明本项的现场情况。"
            yield ("methods", method), f"{told}请先在“实地评估”登记，或去掉这一方法。"
    dated = new if stood is not None and stood.date == finding.date else finding.methods
    if any(method in seen and method not in by_then for method in dated):
        yield ("date",), f"{name}：认定的日期早于所凭的实地评估。请改为到现场以后的日期。"
    # 一票否决认定不存在的，检索记录由 scoring 判断：`scoring.judging.levels`
    if SEARCHING in new and finding.finding != "clear":
        lacking = dict(search_lacks(finding.searched or Searched(), vocabulary))
        if lacking:
            told = f"{name}：采用{words[SEARCHING]}，检索记录没有写明：{'、'.join(lacking.values())}。"
            yield ("searched", next(iter(lacking))), f"{told}请补填，或去掉这一方法。"
    against = {m.id: m.label for each in rows for m in each.measures if finding.measures.get(m.id, "met") != "met"}
    if finding.finding == "met" and against:
        told = f"{name}：认定为达标，而{'、'.join(against.values())}没有认定为达标。请改一处。"
        yield ("measures", next(iter(against))), told


def _seen(content: Submission, level: ReviewLevel, row_id: str, by: date | None = None) -> set[str]:
    """The methods of the level's visits that name the row; those made ``by`` that day."""
    visits = visits_naming(content, level, row_id)
    return {m for v in visits if by is None or v.date is None or v.date <= by for m in v.methods}


def left_hanging(before: Submission, after: Submission, level: ReviewLevel, vocabulary: Vocabulary) -> Iterator[str]:
    """Findings whose methods rested on a visit's record that is changed or taken out, and rest on none then."""
    for row_id, finding in after.findings.get(level, {}).items():
        stood, stands = (_seen(content, level, row_id, finding.date) for content in (before, after))
        lost = [method for method in finding.methods if method in ON_THE_SPOT and method in stood - stands]
        if lost:
            named = "".join(f"“{vocabulary.label('methods', method)}”" for method in lost)
            yield f"{row_id} 的认定采用{named}，凭的是这次实地评估的记录。请先改这项认定的评估方法，再删改记录。"
