"""Links between rules and policy documents: the rows that cite a clause, and the headings above a clause."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from indicators.model import Clause, Indicator, Library, Policy, Relation

_LONGEST_TITLE = 16
_BETWEEN = "、．.：: 　"
_YEAR = re.compile(r"〔(\d{4})〕")


@dataclass(frozen=True, slots=True)
class Supported:
    """A row that names a clause among its policy basis, the standards in which it does, and how it stands to it."""

    row: str
    relation: Relation
    standards: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A part of a document that has clauses below it: 五 保障任务; ``depth`` from 0."""

    id: str
    title: str
    depth: int


@dataclass(frozen=True, slots=True)
class CitedPolicy:
    """The clauses of one document that a row cites with one relation; ``policy`` is None where it is not installed."""

    relation: Relation
    document: str
    policy: Policy | None
    clauses: tuple[str, ...]

    @property
    def name(self) -> str:
        """The document's number or short title; its id where it is not installed."""
        return short_title(self.policy) if self.policy is not None else self.document


def short_title(policy: Policy) -> str:
    """国发〔2016〕36号; the title where the document has no number, shortened where it is long."""
    if policy.number:
        return policy.number
    title = policy.title if len(policy.title) <= _LONGEST_TITLE else f"{policy.title[:_LONGEST_TITLE]}……"
    return f"《{title}》"


def by_rank(policies: Iterable[Policy]) -> tuple[Policy, ...]:
    """Sorted as officials list documents: national, province, prefecture, county; within a rank the older first.

    Whom it binds says its rank (``divisions``); a document without a date is as old as the year of its number.
    """
    return tuple(sorted(policies, key=lambda policy: (_reach(policy), policy.date or _year(policy), policy.id)))


def _reach(policy: Policy) -> int:
    return min((len(prefix) for prefix in policy.divisions), default=0)


def _year(policy: Policy) -> str:
    match = _YEAR.search(policy.number or "")
    return match.group(1) if match else ""


def cited(row: Indicator, policies: Mapping[str, Policy]) -> tuple[CitedPolicy, ...]:
    """A row's policy basis by relation and document, both in the order in which the row first names them."""
    relations = dict.fromkeys(basis.relation for basis in row.policy_basis)
    bases = []
    for relation in relations:
        by_document: dict[str, list[str]] = {}
        for basis in row.policy_basis:
            if basis.relation == relation:
                document, _, clause = basis.clause.partition("/")
                by_document.setdefault(document, []).append(clause)
        bases += [
            CitedPolicy(relation, document, policies.get(document), tuple(clauses))
            for document, clauses in by_document.items()
        ]
    return tuple(bases)


def supported_rows(library: Library) -> dict[str, tuple[Supported, ...]]:
    """For each clause ``<policy>/<clause>`` that any row names: the rows, in the standards' order."""
    supporting: dict[str, dict[tuple[str, Relation], list[str]]] = {}
    for standard in library.standards.values():
        for row in standard.rows():
            for basis in row.policy_basis:
                supporting.setdefault(basis.clause, {}).setdefault((row.id, basis.relation), []).append(standard.id)
    return {
        clause: tuple(Supported(row, relation, tuple(where)) for (row, relation), where in rows.items())
        for clause, rows in supporting.items()
    }


def clauses_under_headings(policy: Policy) -> Iterator[tuple[tuple[Heading, ...], Clause]]:
    """Every clause in order, with the headings that begin before it."""
    begun: set[str] = set()
    for clause in policy.clauses:
        above = _parts_above(policy, clause)
        opened = [Heading(part, policy.sections[part], depth) for depth, part in enumerate(above) if part not in begun]
        begun.update((*above, clause.id))  # a clause that is its part's own lead-in is the heading itself
        yield tuple(opened), clause


def clause_title(clause: Clause) -> str:
    """五（三）　强化教育保障支持措施; 引言（文件未编号）, which tells its name itself."""
    return clause.heading if tells_its_number(clause) else f"{clause.id}　{clause.heading}"


def heading_alone(clause: Clause) -> str:
    """The heading without the clause's number, for use beside it."""
    return clause.heading.removeprefix(clause.id).strip(_BETWEEN) if tells_its_number(clause) else clause.heading


def tells_its_number(clause: Clause) -> bool:
    """Whether the heading begins with the number as such: not 三级网络 under 三."""
    rest = clause.heading.removeprefix(clause.id)
    return rest != clause.heading and not (rest and rest[0].isalnum())


def depth_of(policy: Policy, clause: Clause) -> int:
    """How many headings of its document stand above the clause."""
    return len(_parts_above(policy, clause))


def _parts_above(policy: Policy, clause: Clause) -> list[str]:
    """Ids of the parts the clause belongs to, outermost first."""
    return sorted((part for part in policy.sections if _below(clause.id, part)), key=len)


def _below(clause_id: str, part: str) -> bool:
    """Whether a clause's number continues a part's: 二（二）1 stands below 二（二） and 二, 十一（一） not below 十."""
    rest = clause_id.removeprefix(part)
    return rest != clause_id and bool(rest) and (rest[0] in "（(" or rest[0].isdecimal())
