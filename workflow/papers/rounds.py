"""推荐汇总表, 矩阵, 办理情况表 of a round, for a reviewer or observer: of what each may see, judging nothing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Literal

from indicators.model import Indicator, Standard
from scoring.assessment import PASSED, VERDICTS
from scoring.judging.levels import outcome_words
from scoring.submission import LEVEL_OF_OPINION, Level
from scoring.wording import eligibility
from storage.canonical import Json
from storage.clock import BEIJING
from storage.records import RoundRecord, SubmissionRecord
from storage.store import Transaction
from templates.application_form.pages import DEMO
from templates.application_form.plan import printed_date
from templates.documents.contents.rounds import (
    Decision,
    DecisionsContents,
    MatrixColumn,
    MatrixContents,
    MatrixPart,
    MatrixRow,
    Recommended,
    RoundHead,
    SummaryContents,
)
from templates.documents.making import made_document
from templates.documents.model import Ending, RenderedDocument
from workflow.divisions import full_name, has_prefecture, prefecture_name
from workflow.errors import Refused
from workflow.office import Office
from workflow.overview.matrix import MARKS, AreaMatrix, MatrixLine, matrix
from workflow.overview.overview import listed_for
from workflow.overview.reviews import Outcomes, Review, reviews
from workflow.people import REVIEWER_LEVELS, Person, Role
from workflow.permissions import may_read
from workflow.procedure.transitions import TRANSITIONS
from workflow.states import State, state_label
from workflow.submission.tracing import display_names
from workflow.tables.asked import LEVEL, ROUND, Asked
from workflow.targets import OPINION_KINDS
from workflow.verdicts.reading import REJUDGING
from workflow.visibility import reason_shown, sees

RoundPaper = Literal["summary", "matrix", "decisions"]
ROUND_PAPERS: Mapping[RoundPaper, str] = {
    "summary": "推荐汇总表",
    "matrix": "各项指标结论",
    "decisions": "办理情况表",
}
# Whoever runs the command: nobody's work in the making is on paper.
OPERATOR = Person(0, "operator", "命令行", Role.OBSERVER, "000000")
_MOVES = {(row.move, row.source.value): row.label for row in TRANSITIONS}
_RECOMMENDED: Mapping[Level, frozenset[State]] = {
    "prefecture": frozenset({State.PREFECTURE_RECOMMENDED, State.PROVINCE_RECOMMENDED}),
    "province": frozenset({State.PROVINCE_RECOMMENDED}),
}
VETOES = "一票否决"
_EACH_NUMBER = re.compile("([，、；;])\\s*(?=.)")
_SHOWN_DIGITS = 16  # of a fingerprint on paper; a spreadsheet has it whole
_MOST_COLUMNS = 16  # of a sheet of paper, beside county and result


@dataclass(frozen=True, slots=True)
class RoundAsked:
    """For whom, of which round, at which level, on which day, as what. ``standard``: whose rows a matrix
    has; the round's first where none is named."""

    person: Person
    round_id: str
    level: Level
    day: date
    ending: Ending
    standard: str = ""


def round_paper(office: Office, name: RoundPaper, asked: RoundAsked) -> RenderedDocument:
    """Raises Refused: ``not_found``, or where the round's rules are gone."""
    if asked.person.role not in REVIEWER_LEVELS and asked.person.role is not Role.OBSERVER:
        raise Refused("not_found")
    with office.store.read() as tx:
        round_record = tx.rounds.get(asked.round_id)
    if round_record is None:
        raise Refused("not_found", f"没有编号为“{asked.round_id}”的批次。请核对。")
    papers = _Papers(office, asked, round_record)
    made = {"summary": papers.summary, "matrix": papers.matrix, "decisions": papers.decisions}
    return made_document(name, made[name](), asked.ending)


def offered_round_paper(name: RoundPaper) -> Callable[[Asked, Ending], tuple[str, RenderedDocument]]:
    """The same for the app: its file's name beside it."""

    def make(asked: Asked, ending: Ending) -> tuple[str, RenderedDocument]:
        level, day = asked.level() if asked.text(LEVEL) else "county", asked.printed_on
        wanted = RoundAsked(asked.person, asked.text(ROUND), level, day, ending, asked.text("standard"))
        return f"{ROUND_PAPERS[name]}-{day.isoformat()}", round_paper(asked.office, name, wanted)

    return make


class _Papers:
    """What the three share."""

    def __init__(self, office: Office, asked: RoundAsked, round_record: RoundRecord) -> None:
        self.office, self.asked, self.round = office, asked, round_record
        self.person, self.level = asked.person, asked.level
        self.standards = office.standards(round_record)
        person = asked.person
        area = full_name(person.division_code) if person.division_code != "000000" else self._province()
        prints = [f"{one.title}：\n{one.fingerprint}" for one in self.standards]
        shown = [f"{one.title}　{one.fingerprint[:_SHOWN_DIGITS]}…" for one in self.standards]
        self.head = RoundHead(
            round=round_record.title,
            area=area,
            level=office.library.vocabulary.label("levels", self.level),
            made_on=printed_date(asked.day) or "",
            demo=DEMO if round_record.demo else "",
            edition=tuple(f"标准指纹　{words}" for words in shown),
            fingerprints=tuple(prints) if asked.ending == "xlsx" else (),
        )

    def _province(self) -> str:
        """For whoever sees them all: the province, where every county is of one."""
        with self.office.store.read() as tx:
            provinces = {f"{one.division_code[:2]}0000" for one in listed_for(tx, self.person, self.round.id)}
        return full_name(provinces.pop()) if len(provinces) == 1 else "全国"

    def summary(self) -> SummaryContents:
        """The counties the level recommended, by division code."""
        level = "province" if self.level == "county" else self.level
        with self.office.store.read() as tx:
            records = listed_for(tx, self.person, self.round.id)
            wanted = [one for one in records if State(one.state) in _RECOMMENDED[level] and self._reads(one)]
            said = _said(tx, wanted)
            known = reviews(self.office, tx, wanted, {self.round.id: self.round})
        counties = tuple(
            self._recommended(number, one, said.get(one.id, {}), known[one.id], level)
            for number, one in enumerate(wanted, 1)
        )
        stages = Counter(_stage(one) for one in records)
        each = "；".join(f"{stage}{count}个" for stage, count in stages.most_common())
        counted = f"辖区内本批次申报{len(records)}个县（市、区、旗），其中推荐{len(counties)}个。按环节：{each}。"
        return SummaryContents(**asdict(self.head), counted=counted, counties=counties)

    def _recommended(
        self, number: int, record: SubmissionRecord, said: Mapping[tuple[str, str], Json], review: Review, level: Level
    ) -> Recommended:
        results = [
            f"{one.short_name} {_passed(outcomes)}/{len(outcomes.states)}"
            for one in self.standards
            if (outcomes := review.outcomes.get((level, one.id))) is not None
        ]
        days: dict[Level, date | None] = {}
        for at, kind in OPINION_KINDS.items():
            body = said.get((kind, "-"))
            day, of = body.get("date") if isinstance(body, Mapping) else None, LEVEL_OF_OPINION[at]
            shown = sees(self.person.role, State(record.state), of)
            days[of] = date.fromisoformat(day) if day and shown else None
        unit, contact, phones = (
            str(said.get(("form", name)) or "") for name in ("unit_name", "contact_name_and_title", "contact_phones")
        )
        return Recommended(
            number=number,
            prefecture=prefecture_name(record.division_code),
            county=record.division_name,
            code=record.division_code,
            unit=unit,
            contact=contact,
            phones=_EACH_NUMBER.sub(r"\1\n", phones),
            result="\n".join(results) if review.judged else REJUDGING,
            government=days["county"],
            by_prefecture=days["prefecture"],
            by_province=days["province"],
            stage=_stage(record),
        )

    def _reads(self, record: SubmissionRecord) -> bool:
        return may_read(self.person, record.division_code, State(record.state))

    def matrix(self) -> MatrixContents:
        """Section by section and as a whole."""
        area = matrix(self.office, self.person, self.round.id, self.level)
        wanted = self.asked.standard or self.standards[0].id
        standard = next((one for one in self.standards if one.id == wanted), None)
        if area is None or standard is None:
            raise Refused("not_found", f"批次“{self.round.id}”没有采用标准“{wanted}”。请核对。")
        lines = sorted(area.lines, key=lambda line: line.record.division_code)
        rows = standard.rows()
        names = self.office.library.vocabulary.lists
        words = {one: names["verdicts"][one] for one in VERDICTS} | dict(names["veto_states"])
        return MatrixContents(
            **asdict(self.head),
            standard=standard.title,
            counted=_counted(area, standard, self.level),
            legend="图例　" + "　".join(f"{MARKS[one]} {word}" for one, word in words.items()),
            parts=tuple(
                MatrixPart(title, _columns(those), tuple(self._line(line, standard, those) for line in lines))
                for title, those in _parts(standard)
            ),
            columns=_columns(rows),
            counties=tuple(self._line(line, standard, rows) for line in lines),
        )

    def _line(self, line: MatrixLine, standard: Standard, rows: Sequence[Indicator]) -> MatrixRow:
        outcomes, code = line.outcomes.get(standard.id), line.record.division_code
        place = (line.prefecture, line.record.division_name, code)
        if outcomes is None:
            return MatrixRow(*place, line.why, ("",) * len(rows), ("",) * len(rows))
        told = eligibility(self.level, eligible=outcomes.eligible) + (f"（{line.why}）" if line.why else "")
        at = {row.id: at for at, row in enumerate(standard.rows())}
        states = [outcomes.states[at[row.id]] for row in rows]
        blocking = [outcomes.blocking[at[row.id]] for row in rows]
        vocabulary = self.office.library.vocabulary
        words = (outcome_words(row, one, why, vocabulary) for row, one, why in zip(rows, states, blocking, strict=True))
        return MatrixRow(*place, told, tuple(MARKS[one] for one in states), tuple(words))

    def decisions(self) -> DecisionsContents:
        """Every move of every submission the person may read, county by county."""
        with self.office.store.read() as tx:
            records = {one.id: one for one in listed_for(tx, self.person, self.round.id) if self._reads(one)}
            moves = tx.moves.among(tuple(records))
        names = display_names(self.office, (move.by for move in moves))
        order = {number: at for at, number in enumerate(records)}
        counted, numbers, done = Counter[str](), Counter[int](), []
        for move in sorted(moves, key=lambda move: (order[move.submission_id], move.id)):
            record, label = records[move.submission_id], _MOVES.get((move.move, move.from_state), move.move)
            counted[label] += 1
            numbers[record.id] += 1
            done.append(
                Decision(
                    prefecture=prefecture_name(record.division_code),
                    county=record.division_name,
                    code=record.division_code,
                    number=numbers[record.id],
                    at=move.at.astimezone(BEIJING),
                    move=label,
                    stage=state_label(State(move.to_state), has_prefecture=has_prefecture(record.division_code)),
                    by=names[move.by],
                    reason=reason_shown(self.person.role, move) or "",
                )
            )
        each = "；".join(f"{label}{count}次" for label, count in counted.most_common())
        told = f"共办理{len(done)}次，涉及{len(numbers)}个县（市、区、旗）{f'：{each}' if each else ''}。"
        return DecisionsContents(**asdict(self.head), counted=told, moves=tuple(done))


def _said(tx: Transaction, records: Sequence[SubmissionRecord]) -> dict[int, dict[tuple[str, str], Json]]:
    """Form fields and opinions, by submission."""
    said: dict[int, dict[tuple[str, str], Json]] = {}
    kinds = ("form", *OPINION_KINDS.values())
    for number, kind, key, body in tx.entries.bodies([one.id for one in records], kinds):
        said.setdefault(number, {})[kind, key] = body
    return said


def _stage(record: SubmissionRecord) -> str:
    return state_label(State(record.state), has_prefecture=has_prefecture(record.division_code))


def _passed(outcomes: Outcomes) -> int:
    return sum(state in PASSED for state in outcomes.states)


def _parts(standard: Standard) -> list[tuple[str, list[Indicator]]]:
    """Sections beside one another as long as a sheet of paper has room, the vetoes last."""
    sections = [
        (f"{one.id} {one.title}", [row for row in standard.indicators if row.section == one.id])
        for one in standard.sections
    ]
    parts: list[tuple[str, list[Indicator]]] = []
    for title, rows in [*sections, (VETOES, list(standard.vetoes))]:
        if parts and len(parts[-1][1]) + len(rows) <= _MOST_COLUMNS:
            parts[-1] = (f"{parts[-1][0]}　{title}", [*parts[-1][1], *rows])
        elif rows:
            parts.append((title, rows))
    return parts


def _columns(rows: Iterable[Indicator]) -> tuple[MatrixColumn, ...]:
    return tuple(MatrixColumn(row.id, row.topic) for row in rows)


def _counted(area: AreaMatrix, standard: Standard, level: Level) -> str:
    told = [line for line in area.told if standard.id in line.outcomes]
    qualified = sum(line.outcomes[standard.id].eligible for line in told)
    whole = eligibility(level, eligible=True)
    return (
        f"辖区内本批次申报{len(area.lines)}个县（市、区、旗），有结论的{len(told)}个，"
        f"按{standard.short_name}{whole}的{qualified}个。"
    )
