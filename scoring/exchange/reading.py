"""The edge: reads the exchange file (YAML or JSON) into a `Submission`. Writing it is `scoring.exchange.writing`.

Closed: unknown keys, wrong types, values outside the vocabularies, negative figures and unknown ids are refused, all at
once and located. Half filled is fine: all but ``format``, ``round`` and ``division`` may be absent. Evidence files are
never opened.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path

from indicators.checking.shared_answers import incompatible_standards
from indicators.model import Fact, Library
from indicators.program import STANDARD_INPUT, is_stream, standard_input
from indicators.reading.located import (
    MAX_BYTES,
    KeyPath,
    Located,
    Problem,
    ProblemsError,
    read_located,
    read_located_bytes,
    read_located_file,
)
from scoring.days import first_day, last_day
from scoring.exchange.local import read_local
from scoring.exchange.reviews import SHA256, ReviewReading
from scoring.exchange.schema import MOST_LISTED
from scoring.submission import (
    EVIDENCE_COLUMNS,
    FORM_FIELDS,
    Division,
    EvidenceItem,
    FactValue,
    Form,
    Judged,
    Period,
    Round,
    Submission,
)

_TOP = (
    "format", "shows", "round", "division", "facts", "form", "answers", "vetoes", "evidence", "findings",
    "site_visits", "opinions", "local",
)  # fmt: skip
_CODE = re.compile(r"[0-9]{6}")
_EVIDENCE_ID = re.compile(r"[^\s,\[\]{}]{1,64}")
# Columns of the register that are read as something narrower than a text.
_NO_TEXTS = frozenset({"kind", "date", "valid_until", "pages"})


def read_submission_file(path: Path, library: Library) -> Submission:
    """Read a submission from a UTF-8 file; raises `ProblemsError`, also for a file that cannot be opened."""
    return _read(read_located_file(Path(path), tolerant=True), library)


def submission_reader(path: Path) -> Callable[[Library], Submission]:
    """How to read the file a command line names; ``-`` is standard input, read here once for all libraries."""
    if is_stream(path):
        return partial(read_submission_bytes, standard_input().read(MAX_BYTES + 1), STANDARD_INPUT)
    return partial(read_submission_file, path)


def read_submission_bytes(content: bytes, name: str, library: Library) -> Submission:
    """Read a submission from a file's bytes, e.g. an upload; raises `ProblemsError` as `read_submission_file`."""
    return _read(read_located_bytes(content, name, tolerant=True), library)


def read_submission(text: str, name: str, library: Library) -> Submission:
    """Read a submission from text; ``name`` heads the messages. Raises `ProblemsError` with every problem found."""
    return _read(read_located(text, name, tolerant=True), library)


def read_submission_data(data: Mapping[str, object], name: str, library: Library) -> Submission:
    """Read plain data of the same shape (dates as text), as a store holds it. Raises `ProblemsError`, by path alone."""
    return _read(Located(name, dict(data), {}, {}), library)


def _read(located: Located, library: Library) -> Submission:
    reader = _SubmissionReader(located, library)
    submission = reader.submission()
    problems = sorted((*located.faults, *reader.problems), key=lambda problem: (problem.line, problem.col))
    if problems or submission is None:
        raise ProblemsError((*problems[:MOST_LISTED], *_others(problems, reader.unlisted)))
    return submission


def _others(problems: list[Problem], unlisted: int) -> Iterator[Problem]:
    more = max(0, len(problems) - MOST_LISTED) + unlisted
    if more:
        last = problems[:MOST_LISTED][-1]
        yield Problem(last.file, last.line, last.col, "", f"另有 {more} 处没有列出；请先改正上面列出的各处，再读一次")


class _SubmissionReader(ReviewReading):
    """Reads the file part by part."""

    def submission(self) -> Submission | None:
        top = self.parts(self.located.value, (), _TOP)
        if self.located.value is None:
            self.fault((), "文件是空的；请按格式填写，至少要有 format、round、division")
        if not isinstance(self.located.value, dict):
            return None
        for key, example in (
            ("format", "format: 1"),
            (
                "round",
                'round: {id: "2018", standards: [national-2018], period: {from: "2017-01-01", to: "2018-06-30"}}',
            ),
            ("division", 'division: {code: "990121", name: 甲县}'),
        ):
            if key not in top:
                self.fault((), f"缺少“{key}”；请补上 {example}")
        if "format" in top and (top["format"] != 1 or isinstance(top["format"], bool)):
            self.fault(("format",), "不支持的格式版本；请写 format: 1")
        evidence = self._evidence(top.get("evidence"))
        self.register = frozenset(evidence)
        round_ = self._round(top.get("round")) if "round" in top else None
        division = self._division(top.get("division")) if "division" in top else None
        # Read before a broken head ends it, so that every fault of the file is found.
        shows = self.text(top.get("shows"), ("shows",))
        facts = self._facts(top.get("facts"))
        form = Form(**self._texts(top.get("form"), ("form",), tuple(FORM_FIELDS)))
        answers = self.answers(top.get("answers"), ("answers",), self.indicators, self.vetoes, "vetoes")
        vetoes = self.answers(top.get("vetoes"), ("vetoes",), self.vetoes, self.indicators, "answers")
        findings = self.findings(top.get("findings"))
        site_visits = self.items(top.get("site_visits"), ("site_visits",), self.site_visit)
        opinions = self.opinions(top.get("opinions"))
        local = read_local(self, top.get("local"), self.library.policies)
        if round_ is None or division is None:
            return None
        return Submission(
            round=round_,
            division=division,
            shows=shows,
            facts=facts,
            form=form,
            answers=answers,
            vetoes=vetoes,
            evidence=evidence,
            findings=findings,
            site_visits=site_visits,
            opinions=opinions,
            local=local,
        )

    # --- heads ------------------------------------------------------------------------------------------------------

    def _round(self, value: object) -> Round | None:
        path: KeyPath = ("round",)
        parts = self.parts(value, path, ("id", "standards", "period", "apply_by"))
        for key in ("id", "standards", "period"):
            self.needed(parts, path, key)
        name = self.text(parts.get("id"), (*path, "id"))
        standards = self.once(
            self.items(parts.get("standards"), (*path, "standards"), self.standard), (*path, "standards")
        )
        if isinstance(parts.get("standards"), list) and not parts["standards"]:
            self.fault((*path, "standards"), f"至少要有一个标准；可用的有：{'、'.join(self.library.standards)}")
        pinned = [self.library.standards[one] for one in dict.fromkeys(standards)]
        for clash in incompatible_standards(pinned, self.library.standards):
            self.fault((*path, "standards"), clash)
        period = self._period(parts["period"], (*path, "period")) if "period" in parts else None
        apply_by = self.day(parts.get("apply_by"), (*path, "apply_by"))
        if apply_by is not None and period is not None and apply_by < period.first:
            told = (
                f"截止日 {apply_by} 早于申报期起始 {period.first}，那时还没有可以申报的情况；请核对年份，或者删去这一项"
            )
            self.fault((*path, "apply_by"), told)
        return Round(name, standards, period, apply_by) if name and period else None

    def _period(self, value: object, path: KeyPath) -> Period | None:
        parts = self.parts(value, path, ("from", "to"))
        self.needed(parts, path, "from")
        self.needed(parts, path, "to")
        first = self.day(parts.get("from"), (*path, "from"))
        last = self.day(parts.get("to"), (*path, "to"))
        if first is None or last is None:
            return None
        if first > last:
            self.fault((*path, "to"), f"申报期止于 {last}，早于起始 {first}；请核对")
        return Period(first, last)

    def _division(self, value: object) -> Division | None:
        parts = self.parts(value, ("division",), ("code", "name"))
        self.needed(parts, ("division",), "code")
        self.needed(parts, ("division",), "name")
        code = self.pattern(parts.get("code"), ("division", "code"), _CODE, '请写六位行政区划代码，如 "990121"')
        name = self.text(parts.get("name"), ("division", "name"))
        if name is not None and not name.strip():
            self.fault(("division", "name"), "名称不能为空；请填写")
        return Division(code, name) if code and name else None

    # --- county, register -------------------------------------------------------------------------------------------

    def _facts(self, value: object) -> dict[str, FactValue]:
        taken: dict[str, FactValue] = {}
        for fact_id, inner in self.mapping(value, ("facts",)).items():
            path: KeyPath = ("facts", fact_id)
            fact = self.facts.get(fact_id)
            if fact is None:
                self.unknown(fact_id, path, self.facts, "县情")
                continue
            fact_value = self._fact(inner, path, fact)
            if fact_value is not None:
                taken[fact_id] = fact_value
        return taken

    def _fact(self, value: object, path: KeyPath, fact: Fact) -> FactValue | None:
        if fact.kind == "number":
            return self.number(value, path, fact.unit)
        if fact.kind == "choice":
            return self.choice(value, path, self.lists.get(fact.options or "", {}))
        if fact.kind == "yes_no":
            return self.yes_no(value, path)
        if not isinstance(value, dict):
            self.fault(path, f"“{fact.label}”须由人判断，应写作 {{value: true, reason: 理由}}")
            return None
        parts = self.parts(value, path, ("value", "reason"))
        return Judged(
            self.yes_no(parts.get("value"), (*path, "value")), self.text(parts.get("reason"), (*path, "reason"))
        )

    def _texts(self, value: object, path: KeyPath, keys: tuple[str, ...]) -> dict[str, str | None]:
        return {key: self.text(inner, (*path, key)) for key, inner in self.parts(value, path, keys).items()}

    def _evidence(self, value: object) -> dict[str, EvidenceItem]:
        taken: dict[str, EvidenceItem] = {}
        if value is not None and not isinstance(value, dict):
            self.mapping(value, ("evidence",))
            return taken
        for evidence_id, inner in (value or {}).items():
            path: KeyPath = ("evidence", evidence_id)
            if not _EVIDENCE_ID.fullmatch(evidence_id):
                self.fault(path, "材料编号须为 1 至 64 个字，不含空格和括号；请改写，如 E01", key=True)
            parts = self.parts(inner, path, EVIDENCE_COLUMNS)
            texts = {key: self.text(parts.get(key), (*path, key)) for key in parts if key not in _NO_TEXTS}
            kind = self.choice(parts.get("kind"), (*path, "kind"), self.lists.get(EVIDENCE_COLUMNS["kind"].options, {}))
            day, until = (self.document_date(parts.get(key), (*path, key)) for key in ("date", "valid_until"))
            if day is not None and until is not None and last_day(until) < first_day(day):
                self.fault((*path, "valid_until"), f"有效期至 {until}，早于成文日期 {day}；请核对")
            self.pattern(parts.get("sha256"), (*path, "sha256"), SHA256, "应为 64 位小写十六进制数")
            pages = self.number(parts.get("pages"), (*path, "pages"))
            if pages == 0:
                self.fault((*path, "pages"), "页数不能为 0；请核对，不清楚的可不填")
            taken[evidence_id] = EvidenceItem(
                kind=kind, date=day, valid_until=until, pages=pages if pages is None else int(pages), **texts
            )
        return taken
