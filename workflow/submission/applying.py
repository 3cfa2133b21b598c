"""What a submission is after some of its entries are written: the entries are read, and what refers to them.

`workflow.content.read_content` of the whole remains the referee: a test holds the two together over mutated samples.
What stands was accepted when it was written, so it need not be read again; the register alone binds entries together.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Set
from dataclasses import replace
from typing import Any, TypeVar

from indicators.model import Library
from scoring.submission import (
    OPINION_OF,
    Answer,
    Finding,
    Form,
    Local,
    LocalAnswer,
    ReviewLevel,
    Submission,
)
from storage.canonical import Json
from workflow.content import bodies_of, read_content
from workflow.submission.snapshot import SubmissionSnapshot
from workflow.targets import FINDING_KINDS, Target

Value = TypeVar("Value")


def applied(snapshot: SubmissionSnapshot, edits: Mapping[Target, Json], library: Library) -> Submission:
    """The content with these entries written (None: taken out). Raises ProblemsError where reading the whole would."""
    content, bodies = snapshot.content, bodies_of(snapshot.entries.values())
    written = {target: body for target, body in edits.items() if body is not None}
    removed = {target.key for target, body in edits.items() if body is None and target.kind == "evidence"}
    # The register names what may be cited; of documents that stand only the number matters here.
    register: dict[Target, Json] = {
        target: None for target in bodies if target.kind == "evidence" and target.key not in removed
    }
    part: dict[Target, Json] = {**register, **{t: bodies[t] for t in citing(content, removed) if t not in edits}}
    if any(target.kind == "site_visit" for target in edits):  # visits are a list, and known by their place in it
        part |= {t: b for t, b in bodies.items() if t.kind == "site_visit" and edits.get(t, b) is not None}
    if any(target.is_opinion or target.is_scan for target in edits):  # an opinion and its scan stand together in it
        part |= {t: b for t, b in bodies.items() if (t.is_opinion or t.is_scan) and t not in edits}
    part |= written
    read = read_content(snapshot.record, snapshot.round, part, library, written=set(written))
    return _spliced(content, read, edits.keys())


def without_findings(content: Submission, voided: Collection[Target]) -> Submission:
    """The content without these findings."""
    return _spliced(content, replace(content, findings={}), frozenset(voided)) if voided else content


def citing(content: Submission, documents: Set[str]) -> Iterator[Target]:
    """The entries that name one of these documents of the register."""
    if not documents:
        return
    for make, answers in ((Target.answer, content.answers), (Target.veto, content.vetoes)):
        yield from (make(row_id) for row_id, answer in answers.items() if not documents.isdisjoint(cited_by(answer)))
    for level, findings in content.findings.items():
        yield from (Target.finding(level, i) for i, f in findings.items() if not documents.isdisjoint(cited_by(f)))


def cited_by(written: Answer | Finding) -> set[str]:
    """The numbers of the documents an answer or a finding names."""
    cited = {item_id for ids in written.evidence.values() for item_id in ids}
    if isinstance(written, Answer) and written.nil_return is not None:
        cited.add(written.nil_return)
    return cited


def _spliced(content: Submission, read: Submission, touched: Collection[Target]) -> Submission:
    """``content`` with the touched entries as they are in ``read``."""
    keys: dict[str, set[str]] = {}
    for target in touched:
        keys.setdefault(target.kind, set()).add(target.key)
    changed: dict[str, Any] = {
        section: _with(getattr(content, section), getattr(read, section), keys[kind])
        for section, kind in (("facts", "fact"), ("answers", "answer"), ("vetoes", "veto"), ("evidence", "evidence"))
        if kind in keys
    }
    if "form" in keys:
        changed["form"] = _form(content.form, read.form, keys["form"])
    if "local" in keys:
        changed["local"] = _local(content.local, read.local, {t for t in touched if t.kind == "local"})
    if "site_visit" in keys:
        changed["site_visits"] = read.site_visits
    if any(kind in keys for kind in FINDING_KINDS.values()):
        changed["findings"] = _findings(content, read, keys)
    if any(target.is_opinion or target.is_scan for target in touched):
        changed["opinions"] = {o: read.opinions[o] for o in OPINION_OF.values() if o in read.opinions}
    return replace(content, **changed)


def _with(former: Mapping[str, Value], read: Mapping[str, Value], keys: Set[str]) -> dict[str, Value]:
    """In the order the store gives them back."""
    merged = {key: value for key, value in former.items() if key not in keys}
    merged |= {key: value for key, value in read.items() if key in keys}
    return dict(sorted(merged.items()))


def _form(former: Form, read: Form, fields: Set[str]) -> Form:
    return replace(former, **{name: getattr(read, name) for name in fields if name in Form.__slots__})


def _findings(content: Submission, read: Submission, keys: Mapping[str, Set[str]]) -> dict[ReviewLevel, Any]:
    findings: dict[ReviewLevel, dict[str, Finding]] = {}
    for level, kind in FINDING_KINDS.items():
        of_level = _with(content.findings.get(level, {}), read.findings.get(level, {}), keys.get(kind, set()))
        if of_level:
            findings[level] = of_level
    return findings


def _local(former: Local, read: Local, touched: Set[Target]) -> Local:
    policies = read.policies if Target.local_policies() in touched else former.policies
    answers: dict[str, dict[str, LocalAnswer]] = {policy: dict(given) for policy, given in former.answers.items()}
    for target in touched - {Target.local_policies()}:
        policy, commitment = target.parts
        answer = read.answers.get(policy, {}).get(commitment)
        of_policy = answers.setdefault(policy, {})
        of_policy.pop(commitment, None)
        if answer is not None:
            of_policy[commitment] = answer
    kept = {policy: dict(sorted(given.items())) for policy, given in sorted(answers.items()) if given}
    return Local(policies, kept)
