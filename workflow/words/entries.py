"""An entry's body as Chinese lines of label and text: for conflicts, read-only pages and lists of changes."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from indicators.model import Fact, Library, Standard
from scoring.entry.answer import asked_once
from scoring.local.wording import document_name
from scoring.searched import SEARCHED_LABELS
from scoring.submission import EVIDENCE_COLUMNS, FORM_LABELS, LEVELS, Submission
from storage.canonical import Json
from workflow.assignment import assignment_of
from workflow.remarks.notes import READERS, Note, read_note
from workflow.submission.merging import taken_from
from workflow.targets import LOCAL_POLICIES, Path, Target
from workflow.words.figures import figure_words, judgement_word

_ITEM = {name: column.label for name, column in EVIDENCE_COLUMNS.items()}
_OPINION = {"text": "意见", "date": "日期", "by": "署名"}
_PARTS = {
    "value": "判断", "reason": "理由", "fulfilled": "做到", "done": "完成", "date": "日期",
    "own": "本县", "other": "所比的数", "each": "逐个",
    "methods": "评估方法", "places": "地点", "people": "人员", "notes": "情况记录", "explanation": "说明",
    "rows": "另外要看的指标", "note": "说明", "finding": "认定结论", "evidence": "材料",
    "settles": "怎样才能消除", "file": "文件", "resolved": "解除",
}  # fmt: skip
_ANSWERED = {
    ("fulfilled", True): "做到",
    ("fulfilled", False): "没有做到",
    ("done", True): "已完成",
    ("done", False): "尚未完成",
}
NOTHING = "（没有内容）"


Line = tuple[str, str]  # a label, which may be empty, and its text


class Content(Protocol):
    """A submission and what it is read by."""

    @property
    def submission(self) -> Submission:
        """Its content."""

    @property
    def standards(self) -> tuple[Standard, ...]:
        """The standards the round pins, in its order."""

    @property
    def rules(self) -> Library:
        """The rules of its round."""


@dataclass(frozen=True, slots=True)
class PlainContent:
    """The plainest `Content`."""

    submission: Submission
    standards: tuple[Standard, ...]
    rules: Library


def entry_text(content: Content, target: Target | None, body: Json) -> str:
    """The body as lines of text; ``target`` None where it may be any entry's."""
    lines = entry_lines(content, target, body)
    return "\n".join(f"{label}：{text}" if label else text for label, text in lines) or NOTHING


def entry_lines(content: Content, target: Target | None, body: Json) -> tuple[Line, ...]:
    """The same as pairs of label and text."""
    kind, key = target or ("", "")
    if body is None:
        return ()
    if kind in {"answer", "veto"} and isinstance(body, Mapping):
        return tuple(_answer(content, key, body))
    if kind == "assignment":
        return tuple(_assignment(content, key, body))
    if kind in {"fact", "given"}:
        return tuple(_fact(content, key, body))
    if kind == "local" or (target is not None and target.is_note):
        return tuple(_local(content, key, body) if kind == "local" else _note(read_note(key, body)))
    reviewed = target is not None and (target.is_finding or kind == "site_visit" or target.is_visit_plan)
    if target is not None and reviewed and isinstance(body, Mapping):
        return tuple(_reviewed(content, target, body))
    opinion = target is not None and target.is_opinion
    labels_of_kind = _OPINION if opinion else _ITEM if kind == "evidence" else _PARTS
    if isinstance(body, Mapping):
        words = _chosen(content, body) if kind == "evidence" else body
        if target is not None and target.is_scan:  # the same name may stand for other bytes
            words = {"file": f"{body.get('file')}（文件摘要 {str(body.get('sha256'))[:8]}）"}
        return tuple((labels_of_kind.get(name, str(name)), _plain(v)) for name, v in words.items() if v is not None)
    return (("", _plain(body)),)


def _chosen(content: Content, document: Mapping[str, Json]) -> Mapping[str, Json]:
    """A document of the register with what was chosen from a list in words."""
    lists = {name: column.options for name, column in EVIDENCE_COLUMNS.items() if column.options}
    return {name: _word(content, lists[name], str(v)) if v and name in lists else v for name, v in document.items()}


def entry_name(content: Content, target: Target) -> str:
    """A target's Chinese name: 指标 3.3.2, 县情 人口, 材料 E01, 申报表 单位名称."""
    kind, key = target
    if kind in {"answer", "veto"}:
        return f"{'一票否决' if kind == 'veto' else '指标'} {key}"
    if kind in {"fact", "given"}:
        fact = next((s.facts[key] for s in content.standards if key in s.facts), None)
        above = "（上级给出）" if kind == "given" else ""
        return f"县情 {fact.label if isinstance(fact, Fact) else key}{above}"
    if kind == "local":
        return f"地方文件 {_commitment_name(content.rules, key)}"
    if kind in {"assignment", "sent_back"}:
        what = "分工" if kind == "assignment" else "退回的分工"
        return f"{what} {_commitment_name(content.rules, key) if '/' in key else key}"
    if kind == "form":
        return f"申报表 {FORM_LABELS.get(key, key)}"
    if kind == "evidence" and not target.is_new:
        return f"材料 {key}"
    level = f"{_word(content, 'levels', target.level)} " if target.level in LEVELS else ""
    return f"{level}{target.label}"


def field_names(content: Content, target: Target, paths: Collection[Path], *bodies: Json) -> str:
    """What some fields are called; of a field of several parts those that read differently in the bodies."""
    names: list[str] = []
    for path in paths:
        said = [entry_lines(content, target, taken_from(target, None, body, [path])) for body in bodies]
        differing = [label for lines in said for label, text in lines if any((label, text) not in one for one in said)]
        names += (label or "内容" for label in differing or [""])
    return "、".join(dict.fromkeys(names))


def _commitment_name(rules: Library, key: str) -> str:
    """What a local entry is about: the document's number or title, the clause, the object."""
    policy_id, _, commitment_id = key.partition("/")
    policy = rules.policies.get(policy_id)
    if policy is None or not commitment_id:
        return "适用的文件" if key == LOCAL_POLICIES else key
    named = next((pair for pair in policy.commitments() if pair[1].id == commitment_id), None)
    return f"{document_name(policy)} {f'{named[0].id} {named[1].object}' if named else commitment_id}"


def _reviewed(content: Content, target: Target, body: Mapping[str, Any]) -> Iterator[Line]:
    """Lines of a finding or a visit."""
    veto = any(row.id == target.key for standard in content.standards for row in standard.vetoes)
    for name, value in body.items():
        if name == "finding":
            yield _PARTS[name], _word(content, "veto_findings" if veto else "findings", value)
        elif name == "methods":
            yield _PARTS[name], "、".join(_word(content, "methods", method) for method in value)
        elif name == "searched":
            for part, label in SEARCHED_LABELS.items():
                if part in value:
                    yield label, _plain(value[part])
        elif name in {"photos", "sample"}:
            yield _visited(name, value)
        elif name in {"measures", "rows"} and isinstance(value, Mapping):
            yield from _one_by_one(content, target, value)
        elif value is not None and name != "level":
            yield _PARTS.get(name, name), _plain(value)


def _note(note: Note) -> Iterator[Line]:
    yield "给谁看", READERS[note.to]
    if note.row_id:
        yield "所涉指标", note.row_id
    yield "内容", note.text
    if note.resolved:
        yield "办结", "已办结"


def _one_by_one(content: Content, target: Target, said: Mapping[str, Any]) -> Iterator[Line]:
    """A finding's measures, or what a visit saw row by row."""
    rows_found = [row for standard in content.standards if (row := standard.row(target.key)) is not None]
    names = {measure.id: measure.label for row in rows_found for measure in row.measures}
    for name, words in said.items():
        if target.is_finding:
            yield names.get(name, name), _word(content, "findings", words)
        else:
            yield f"现场情况 {name}", _plain(words)


def _visited(name: str, value: Any) -> Line:  # noqa: ANN401 - part of a visit's or a plan's body
    if name == "photos":
        return "照片", "、".join(photo["file"] for photo in value)
    return "随机抽查", f"{value['size']} 项，种子 {value['seed']}：{'、'.join(value['rows'])}"


def _local(content: Content, key: str, body: Json) -> Iterator[Line]:
    """Lines of a local entry: the chosen documents by number, a figure with its unit, or a judged deadline or duty."""
    policies = content.rules.policies
    if key == LOCAL_POLICIES and isinstance(body, list):
        names = (document_name(policies[policy]) if policy in policies else str(policy) for policy in body)
        yield "", "、".join(names) or "不选"
        return
    if isinstance(body, Mapping):
        for name, value in body.items():
            words = _ANSWERED.get((name, value)) if isinstance(value, bool) else None
            if value is not None:
                yield ("", words) if words else (_PARTS.get(name, str(name)), _plain(value))
        return
    policy_id, _, commitment_id = key.partition("/")
    commitment = policies[policy_id].commitment(commitment_id) if policy_id in policies else None
    unit = f" {_word(content, 'units', commitment.unit)}" if commitment is not None and commitment.unit else ""
    yield "", f"{_plain(body)}{unit}"


def _assignment(content: Content, key: str, body: Json) -> Iterator[Line]:
    given, rows = assignment_of(body), [row for s in content.standards if (row := s.row(key)) is not None]
    words = {measure.id: measure.label for row in reversed(rows) for measure in row.measures}
    yield "部门", "、".join(given.units)
    for unit, part in given.measures.items():
        yield f"{unit}只填", "、".join(words.get(one, one) for one in part)
    if given.due is not None:
        yield "内部期限", given.due.isoformat()


def _fact(content: Content, key: str, body: Json) -> Iterator[Line]:
    fact = next((s.facts[key] for s in content.standards if key in s.facts), None)
    value, reason = (body.get("value"), body.get("reason")) if isinstance(body, Mapping) else (body, None)
    if fact is not None and fact.options is not None and isinstance(value, str):
        yield "填报", _word(content, fact.options, value)
    elif value is not None:
        unit = f" {_word(content, 'units', fact.unit)}" if fact and fact.unit else ""
        yield "填报", f"{_plain(value)}{unit}"
    if reason:
        yield "理由", reason


def _answer(content: Content, key: str, body: Mapping[str, Any]) -> Iterator[Line]:
    named = {s.id: s.short_name for s in content.standards}
    rows = [row for standard in content.standards if (row := standard.row(key)) is not None]
    if not rows:
        yield "", _plain(body)
        return
    veto = rows[0].consequence == "veto"
    claims = "veto_claims" if veto else "claims"
    if body.get("claim"):
        yield "是否存在该情形" if veto else "自评结论", _word(content, claims, body["claim"])
    for standard, claim in (body.get("claims") or {}).items():
        yield f"{named.get(standard, standard)}的{'申明' if veto else '自评'}", _word(content, claims, claim)
    measures = {measure.id: measure for measure in asked_once(measure for row in rows for measure in row.measures)}
    for measure_id, figure in (body.get("measures") or {}).items():
        measure = measures.get(measure_id)
        yield measure.label if measure else measure_id, figure_words(measure, figure)
    for measure_id, judgement in (body.get("judgements") or {}).items():
        measure = measures.get(measure_id)
        words = judgement_word(rows[0], measure, judgement.get("fulfilled")) if measure else "未判断"
        yield measure.label if measure else measure_id, f"{words}。{judgement.get('reason') or '（没有写理由）'}"
    if body.get("nil_return"):
        yield "申报期内无此情形", _document(content.submission, body["nil_return"])
    wanted = {one.id: one.label for row in reversed(rows) for one in row.evidence}
    for requirement, ids in (body.get("evidence") or {}).items():
        listed = "；".join(_document(content.submission, item) for item in ids)
        yield f"材料：{wanted.get(requirement, '其他材料')}", listed
    if body.get("note"):
        yield "情况说明" if veto else "说明", body["note"]


def _word(content: Content, list_name: str, identifier: str) -> str:
    """The vocabulary's word; what is in it no more stands as it is."""
    return content.rules.vocabulary.lists.get(list_name, {}).get(identifier, identifier)


def _document(submission: Submission, item_id: str) -> str:
    item = submission.evidence.get(item_id)
    return f"{item_id} {item.title or '（无题名）' if item else ''}".strip()


def _plain(value: Json) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Mapping):
        return "；".join(f"{_PARTS.get(k, k)} {_plain(v)}" for k, v in value.items())
    if isinstance(value, list | tuple):
        return "、".join(_plain(part) for part in value)
    return str(value)
