"""The checks of what stands beside the standards: vocabulary, policy documents, schemes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import get_args

from indicators.building.schema import SchemeIn
from indicators.building.schema_documents import PolicyIn
from indicators.checking.commitments import check_commitment
from indicators.checking.kinds import Fault
from indicators.checking.readings import check_readings
from indicators.model import CommitmentKind, Dated, MeasureKind, Relation, Vocabulary
from indicators.model.vocabulary import Level, LocalState, OpinionLevel, Verdict, VetoState
from indicators.reading.located import KeyPath, Located
from indicators.reading.problems import Problem
from indicators.wording import SCOPE_NUMBER

# Lists whose members the code itself knows: they may be labelled, not changed.
_FIXED = {
    "measure_kinds": frozenset(get_args(MeasureKind)),
    "dated": frozenset(get_args(Dated)),
    "relations": frozenset(get_args(Relation)),
    "commitment_kinds": frozenset(get_args(CommitmentKind)),
    "claims": frozenset({"met", "not_met", "not_applicable", "unsure"}),
    "veto_claims": frozenset({"clear", "present"}),
    "findings": frozenset({"met", "not_met", "not_applicable", "needs_correction"}),
    "veto_findings": frozenset({"clear", "present", "needs_correction"}),
    "verdicts": frozenset(get_args(Verdict)),
    "veto_states": frozenset(get_args(VetoState)),
    "levels": frozenset(get_args(Level)),
    "opinions": frozenset(get_args(OpinionLevel)),
    "local_states": frozenset(get_args(LocalState)),
}
# Joined the list later: a folder whose standards do not use it may leave it out.
_MAY_LACK = {"dated": frozenset({"at_end"})}
_NEEDED = {"units": frozenset({"percent"})}
_REQUIRED = (*_FIXED, "methods", "units", "evidence_kinds", "scope_keys")


def check_vocabulary(located: Located) -> Iterator[Problem]:
    """Every list the code needs is there; lists the code knows by heart have exactly their members."""
    if not isinstance(located.value, dict):
        yield located.problem((), "应为一张张词表；请写作“表名: {标识: 中文}”")
        return
    for name, entries in located.value.items():
        if isinstance(entries, dict) and entries:
            yield from _entries(name, entries, located)
        else:
            yield located.problem((name,), "每张词表应为一组“标识: 中文”；请至少写一项")
    for name in _REQUIRED:
        if name not in located.value:
            yield located.problem((), f"缺少词表“{name}”；请补上")
    units, with_decimals = (located.value.get(name) for name in ("units", "units_with_decimals"))
    if isinstance(units, dict) and isinstance(with_decimals, dict):
        for unit in with_decimals.keys() - units.keys():
            message = f"词表 units 中没有“{unit}”；请先在 units 里写上，或删去"
            yield located.problem(("units_with_decimals", unit), message, key=True)


def _entries(name: str, entries: dict[str, object], located: Located) -> Iterator[Problem]:
    for identifier, label in entries.items():
        if not isinstance(label, str) or not label.strip():
            yield located.problem((name, identifier), "应为中文名称；请写文字，数字和符号加引号")
        elif name == "scope_keys" and label.count(SCOPE_NUMBER) != 1:
            yield located.problem((name, identifier), f"数字的位置请写一次 {SCOPE_NUMBER}，如“近{SCOPE_NUMBER}年内”")
    fixed = _FIXED.get(name, frozenset(entries))
    needed = (fixed | _NEEDED.get(name, frozenset())) - _MAY_LACK.get(name, frozenset())
    for identifier in sorted(needed - set(entries)):
        yield located.problem((name,), f"词表 {name} 缺少“{identifier}”；请补上")
    for identifier in sorted(set(entries) - fixed):
        yield located.problem((name, identifier), f"程序不认识“{identifier}”；这张词表只能改中文，请删去", key=True)


def check_policy(policy: PolicyIn, located: Located, stem: str, vocabulary: Vocabulary) -> Iterator[Problem]:
    """Ids are unique and mended places exist; the units a clause names and what it promises are in its own words."""
    if policy.id != stem:
        yield located.problem(("id",), f"编号“{policy.id}”与文件名“{stem}.yaml”不同；请改成一致")
    ids = [clause.id for clause in policy.clauses]
    commitments = [commitment.id for clause in policy.clauses for commitment in clause.commitments]
    for index, clause in enumerate(policy.clauses):
        if clause.id in ids[:index]:
            yield located.problem(("clauses", index, "id"), f"条款“{clause.id}”重复；请合并或改正条款号")
        for place, unit in enumerate(clause.responsible_units):
            if unit not in clause.text:
                message = f"责任单位“{unit}”在本条款原文中没有；请照原文抄录"
                yield located.problem(("clauses", index, "responsible_units", place), message)
        for place, commitment in enumerate(clause.commitments):
            path = ("clauses", index, "commitments", place)
            if commitments.count(commitment.id) > 1:
                yield located.problem((*path, "id"), f"承诺“{commitment.id}”重复；请换一个编号")
            for below, message in check_commitment(commitment, clause.text, set(commitments), vocabulary, policy.date):
                yield located.problem((*path, *below), message)
    for where, message in (*_validity(policy), *_mended(policy, ids), *check_readings(policy)):
        yield located.problem(where, message)


def _validity(policy: PolicyIn) -> Iterator[Fault]:
    if policy.valid_from and policy.valid_until and policy.valid_from > policy.valid_until:
        yield ("valid_until",), "有效期止于起始之前；请核对"
    if {policy.id, policy.title, policy.number} & set(policy.repeals):
        yield ("repeals",), "文件不会废止自己；请写被废止文件的编号、文号或标题"


def _mended(policy: PolicyIn, ids: Collection[str]) -> Iterator[Fault]:
    for index, mended in enumerate(policy.mended):
        if mended.at not in ids:
            yield ("mended", index, "at"), f"没有条款“{mended.at}”；请改正条款号"


def check_scheme(
    scheme: SchemeIn, located: Located, stem: str, vocabulary: Vocabulary, row_ids: set[str] | None
) -> Iterator[Problem]:
    """Every verdict earns a share or is excluded, and weights belong to rows that exist (None: not known)."""
    if scheme.id != stem:
        yield located.problem(("id",), f"编号“{scheme.id}”与文件名“{stem}.yaml”不同；请改成一致")
    verdicts = vocabulary.lists.get("verdicts", {})
    named: list[tuple[KeyPath, str]] = [(("excluded", index), verdict) for index, verdict in enumerate(scheme.excluded)]
    named += [(("credit", verdict), verdict) for verdict in scheme.credit]
    for path, verdict in named:
        if verdict not in verdicts:
            yield located.problem(path, f"“{verdict}”不在词表 verdicts 中；可写 {'、'.join(verdicts)}")
    yield from _credit(scheme, located, verdicts)
    if scheme.default_weight < 0:
        yield located.problem(("default_weight",), "权重不能小于0；请改正")
    for row_id, weight in scheme.weights.items():
        if row_ids is not None and row_id not in row_ids:
            yield located.problem(("weights", row_id), f"没有“{row_id}”这一条；请改正编号", key=True)
        if weight < 0:
            yield located.problem(("weights", row_id), "权重不能小于0；请改正")


def _credit(scheme: SchemeIn, located: Located, verdicts: Iterable[str]) -> Iterator[Problem]:
    for verdict, share in scheme.credit.items():
        if not 0 <= share <= 1:
            yield located.problem(("credit", verdict), f"得分比例应在0与1之间；请改正 {share}")
        if verdict in scheme.excluded:
            yield located.problem(("credit", verdict), f"“{verdict}”既计分又排除；请只留一处")
    for verdict in verdicts:
        if verdict not in scheme.credit and verdict not in scheme.excluded:
            yield located.problem(("credit",), f"没有说明“{verdict}”得多少；请写进 credit 或 excluded")
