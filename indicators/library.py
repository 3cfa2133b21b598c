"""Loading a rules folder: every file read, every standard merged and checked, all problems raised together."""

from __future__ import annotations

import functools
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from indicators.building.build import build_fact, build_row, build_scheme, build_standard
from indicators.building.build_documents import build_policy
from indicators.building.drafts import RowDraft, StandardDraft, read_file, read_standard, shaped
from indicators.building.overlay import Merged, merge
from indicators.building.schema import SchemeIn
from indicators.building.schema_documents import PolicyIn
from indicators.building.units import policy_in_words
from indicators.checking.cross_checks import check_cross_checks
from indicators.checking.documents import check_policy, check_scheme, check_vocabulary
from indicators.checking.kinds import Fault
from indicators.checking.readings import check_against_standards, installed
from indicators.checking.rows import CheckContext, check_row
from indicators.checking.standards import (
    check_header,
    check_manifest,
    check_shared_facts,
    check_shared_meanings,
    check_short_titles,
)
from indicators.installation import installed_rules
from indicators.model import Indicator, Library, Policy, Scheme, Standard, Vocabulary
from indicators.reading.folder import POLICIES, SCHEMES, STANDARD, VOCABULARY, standard_folders, yaml_files
from indicators.reading.located import Located, read_located_file
from indicators.reading.problems import Problem, ProblemsError

_Into = tuple[list[Problem], list[Problem]]


def load_library(rules: Path | None = None) -> Library:
    """The library of a rules folder; without one, of the installation's (read once). Raises `ProblemsError`."""
    return _installed(installed_rules()) if rules is None else _load(rules)


@functools.lru_cache(maxsize=1)
def _installed(rules: Path) -> Library:
    return _load(rules)


@dataclass(frozen=True, slots=True)
class Draft:
    """A standard not installed (yet): its folder, and how messages name that folder."""

    folder: Path
    shown: str


@dataclass(frozen=True, slots=True)
class Trial:
    """What the library would be with a draft in it, and the draft's id.

    ``notes``: what in installed policies and schemes would have to follow the draft — no fault of the draft's.
    """

    library: Library
    draft: str
    notes: tuple[Problem, ...] = ()


def try_draft(draft: Draft, rules: Path | None = None) -> Trial:
    """The installed rules with a draft beside them, or in the place of the standard whose id it bears.

    Nothing is written. Raises `ProblemsError`: the draft's faults, and what it would break in the other standards.
    """
    notes: list[Problem] = []
    library = _load(installed_rules() if rules is None else rules, draft, notes)
    located = read_located_file(draft.folder / STANDARD, f"{draft.shown}/{STANDARD}")
    return Trial(library, str(located.value["id"]), tuple(dict.fromkeys(notes)))


def _load(rules: Path, draft: Draft | None = None, notes: list[Problem] | None = None) -> Library:
    """``notes`` takes what the installed policies and schemes say of the standards; without it that is a problem."""
    if not rules.is_dir():
        raise ProblemsError([Problem(str(rules), 1, 1, "", "规则文件夹不存在；请检查路径")])
    shown = shown_folder(rules)
    problems: list[Problem] = []
    vocabulary = _vocabulary(rules, shown, problems)
    drafts, unusable = _drafts(rules, shown, problems)
    if draft is not None:
        drafts, unusable = _with_draft(drafts, unusable, draft, problems)
    merged = _merge_all(drafts, unusable, problems)
    if vocabulary is None:
        raise _all(problems)  # shapes are reported with it; whatever names a closed list would only be noise
    documents: list[tuple[PolicyIn, Located]] = []
    policies, unread = _policies(rules, shown, vocabulary, documents, problems)
    standards = _standards(merged, vocabulary, policies, unread, problems)
    complete = not unusable and len(merged) == len(drafts)
    following = problems if notes is None else notes
    have = installed(merged)
    for policy, located in documents:
        following += check_against_standards(policy, located, have, complete=complete)
    rows = (
        {row_id for standard in merged.values() for row_id in (*standard.rows, *standard.broken_rows)}
        if complete
        else None
    )
    schemes = _schemes(rules, shown, vocabulary, rows, (problems, following))
    if not problems and not standards:
        problems.append(Problem(shown, 1, 1, "", f"文件夹里没有标准；请为每个标准建一个文件夹，内有 {STANDARD}"))
    if not problems and not schemes:
        problems.append(Problem(f"{shown}/{SCHEMES}", 1, 1, "", "没有计分办法；请从自带的规则复制 schemes/equal.yaml"))
    if problems:
        raise _all(problems)
    return Library(vocabulary, standards, policies, schemes)


def _all(problems: list[Problem]) -> ProblemsError:
    return ProblemsError(sorted(problems, key=lambda problem: (problem.file, problem.line, problem.col)))


def shown_folder(folder: Path) -> str:
    """How messages name a folder: from here where it is below, else as given."""
    try:
        relative = os.path.relpath(folder)
    except ValueError:  # Windows 上另一个盘
        return str(folder)
    return str(folder) if relative.startswith("..") else relative


def _vocabulary(rules: Path, shown: str, problems: list[Problem]) -> Vocabulary | None:
    located = read_file(rules / VOCABULARY, f"{shown}/{VOCABULARY}", problems)
    if located is None:
        return None
    faults = list(check_vocabulary(located))
    problems += faults
    if faults:
        return None
    return Vocabulary({name: dict(entries) for name, entries in located.value.items()})


def _policies(
    rules: Path,
    shown: str,
    vocabulary: Vocabulary,
    documents: list[tuple[PolicyIn, Located]],
    problems: list[Problem],
) -> tuple[dict[str, Policy], frozenset[str]]:
    """The policies by id, and the ids of those that have faults; ``documents`` gets each as it was written."""
    policies: dict[str, Policy] = {}
    unread: set[str] = set()
    for path in yaml_files(rules / POLICIES, f"{shown}/{POLICIES}", problems):
        located = read_file(path, f"{shown}/{POLICIES}/{path.name}", problems)
        policy = shaped(PolicyIn, located, problems)
        if located is not None and policy is not None:
            faults = list(check_policy(policy, located, path.stem, vocabulary))
            problems += faults
            policies[policy.id] = policy_in_words(build_policy(policy), vocabulary)
            documents.append((policy, located))
            unread |= {path.stem} if faults else set()
        else:
            unread.add(path.stem)
    return policies, frozenset(unread)


def _schemes(
    rules: Path, shown: str, vocabulary: Vocabulary, row_ids: set[str] | None, into: _Into
) -> dict[str, Scheme]:
    """``into``: the schemes' own problems, and where what they say of rows goes."""
    problems, following = into
    schemes: dict[str, Scheme] = {}
    for path in yaml_files(rules / SCHEMES, f"{shown}/{SCHEMES}", problems):
        located = read_file(path, f"{shown}/{SCHEMES}/{path.name}", problems)
        scheme = shaped(SchemeIn, located, problems)
        if located is not None and scheme is not None:
            following += check_scheme(scheme, located, path.stem, vocabulary, row_ids)
            schemes[scheme.id] = build_scheme(scheme)
    return schemes


def _drafts(rules: Path, shown: str, problems: list[Problem]) -> tuple[dict[str, StandardDraft], set[str]]:
    """The drafts by id, and the folders whose ``standard.yaml`` cannot be used."""
    drafts: dict[str, StandardDraft] = {}
    unusable: set[str] = set()
    for folder in standard_folders(rules, shown, problems):
        draft = read_standard(folder, f"{shown}/{folder.name}", problems)
        if draft is None:
            unusable.add(folder.name)
            continue
        if draft.header.id != folder.name:
            unusable.add(folder.name)
            message = f"编号“{draft.header.id}”与文件夹名“{folder.name}”不同；请改成一致"
            problems.append(draft.located.problem(("id",), message))
        drafts[draft.header.id] = draft
    return drafts, unusable


def _with_draft(
    drafts: dict[str, StandardDraft], unusable: set[str], draft: Draft, problems: list[Problem]
) -> tuple[dict[str, StandardDraft], set[str]]:
    """The draft among the installed ones, its folder's name free; in the place of the one whose id it bears."""
    if not (draft.folder / STANDARD).is_file():
        message = f"文件夹里没有 {STANDARD}，不是标准的文件夹；请核对路径"
        problems.append(Problem(draft.shown, 1, 1, "", message))
        raise _all(problems)
    read = read_standard(draft.folder, draft.shown, problems)
    if read is None:
        raise _all(problems)  # what the others lack without it would only be noise
    return drafts | {read.header.id: read}, unusable - {read.header.id}


def _merge_all(drafts: dict[str, StandardDraft], unusable: set[str], problems: list[Problem]) -> dict[str, Merged]:
    """Bases before overlays. What extends something unusable is left out: its base's problems are already named."""
    merged: dict[str, Merged] = {}
    waiting = dict(drafts)
    while True:
        ready = [d for d in waiting.values() if d.header.extends is None or d.header.extends in merged]
        if not ready:
            break
        for draft in ready:
            del waiting[draft.header.id]
            base = merged[draft.header.extends] if draft.header.extends is not None else None
            if not draft.faulty:
                merged[draft.header.id] = merge(draft, base, problems)
    for draft in waiting.values():
        if draft.header.extends in unusable:
            continue
        if draft.header.extends not in drafts:
            others = "、".join(standard_id for standard_id in drafts if standard_id != draft.header.id) or "无"
            message = f"没有标准“{draft.header.extends}”可供叠加；请改正 extends，现有：{others}"
            problems.append(draft.located.problem(("extends",), message))
        elif _circular(draft, drafts):
            problems.append(draft.located.problem(("extends",), "叠加关系成了环；请改正 extends"))
    return merged


def _row_problems(draft: RowDraft, findings: Iterable[Fault], known: frozenset[Problem]) -> Iterator[Problem]:
    """Each finding at its place; what an overlay's change makes of an inherited key stands at the change."""
    for path, message in findings:
        problem = draft.problem(path, message)
        yield problem if problem in known else draft.problem_at_change(problem)


def _circular(draft: StandardDraft, drafts: dict[str, StandardDraft]) -> bool:
    seen: set[str] = set()
    at: StandardDraft | None = draft
    while at is not None and at.header.extends is not None:
        if at.header.id in seen:
            return True
        seen.add(at.header.id)
        at = drafts.get(at.header.extends)
    return False


def _standards(
    merged: dict[str, Merged],
    vocabulary: Vocabulary,
    policies: dict[str, Policy],
    unread: frozenset[str],
    problems: list[Problem],
) -> dict[str, Standard]:
    clauses = frozenset(f"{policy.id}/{clause.id}" for policy in policies.values() for clause in policy.clauses)
    built: dict[str, tuple[Merged, dict[str, Indicator]]] = {}
    for standard_id, draft in merged.items():
        facts = {fact_id: build_fact(fact) for fact_id, (fact, _) in draft.facts.items()}
        # The root's own document is the header's matter.
        documents = frozenset({*draft.documents, draft.header.source.document})
        context = CheckContext(vocabulary, facts, documents, clauses, unread, draft.at_end_days is not None)
        rows = {row.id: build_row(draft, row) for row in draft.rows.values()}
        built[standard_id] = (draft, rows)
        problems += check_manifest(draft)
        problems += check_header(draft, rows, vocabulary)
        for row_id, row in rows.items():
            problems += _row_problems(draft.rows[row_id], check_row(row, context), frozenset(problems))
        problems += check_cross_checks(draft, rows, context, frozenset(problems))
    problems += check_shared_meanings(built)
    problems += check_shared_facts(built)
    problems += check_short_titles(built)
    if problems:
        return {}
    return {standard_id: build_standard(draft, rows, vocabulary) for standard_id, (draft, rows) in built.items()}
