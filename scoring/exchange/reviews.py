"""The part of the exchange file that reviewers write: findings, site visits, opinions."""

from __future__ import annotations

import re

from indicators.reading.located import KeyPath
from scoring.exchange.answers import RowReading
from scoring.searched import SEARCHED_LABELS, Searched
from scoring.submission import (
    OPINION_LEVELS,
    REVIEW_LEVELS,
    Attachment,
    Finding,
    Opinion,
    OpinionLevel,
    ReviewLevel,
    SiteVisit,
)

SHA256 = re.compile(r"[0-9a-f]{64}")
_VISIT = ("level", "date", "places", "methods", "notes", "people", "rows", "photos")


class ReviewReading(RowReading):
    """Reads what the review levels and the county government wrote."""

    def findings(self, value: object) -> dict[ReviewLevel, dict[str, Finding]]:
        """By level, then by row."""
        taken: dict[ReviewLevel, dict[str, Finding]] = {}
        for level, by_row in self.parts(value, ("findings",), REVIEW_LEVELS).items():
            by_row_id = taken.setdefault(level, {})
            for row_id, inner in self.mapping(by_row, ("findings", level)).items():
                path: KeyPath = ("findings", level, row_id)
                if row_id not in self.indicators and row_id not in self.vetoes:
                    self.unknown(row_id, path, (*self.indicators, *self.vetoes), "指标")
                    continue
                finding = self._finding(inner, path, row_id)
                if finding is not None:
                    by_row_id[row_id] = finding
        return taken

    def _finding(self, value: object, path: KeyPath, row_id: str) -> Finding | None:
        singly = () if row_id in self.vetoes else ("measures",)
        parts = self.parts(value, path, ("finding", "methods", "reason", "date", "evidence", "searched", *singly))
        rows = self.vetoes.get(row_id) or self.indicators[row_id]
        options = self.lists["veto_findings" if row_id in self.vetoes else "findings"]
        finding = self.choice(parts.get("finding"), (*path, "finding"), options)
        if "finding" not in parts:
            self.fault(path, f"缺少认定“finding”；可选：{'、'.join(options)}")
        requirements = tuple(dict.fromkeys((*(e.id for row in rows for e in row.evidence), "other")))
        methods = self._methods(parts.get("methods"), (*path, "methods"))
        reason = self.text(parts.get("reason"), (*path, "reason"))
        day = self.day(parts.get("date"), (*path, "date"))
        evidence = self.cited(parts.get("evidence"), (*path, "evidence"), requirements)
        searched = self._searched(parts["searched"], (*path, "searched")) if "searched" in parts else None
        known = tuple(dict.fromkeys(measure.id for row in rows for measure in row.measures))
        of_measures = self.parts(parts.get("measures"), (*path, "measures"), known)
        chosen = {name: self.choice(inner, (*path, "measures", name), options) for name, inner in of_measures.items()}
        measures = {name: word for name, word in chosen.items() if word}
        return Finding(finding, methods, reason, day, evidence, searched, measures) if finding else None

    def _searched(self, value: object, path: KeyPath) -> Searched:
        parts = self.parts(value, path, tuple(SEARCHED_LABELS))
        results = self.number(parts.get("results"), (*path, "results"))
        return Searched(
            self.text(parts.get("scope"), (*path, "scope")),
            self.text(parts.get("where"), (*path, "where")),
            self.day(parts.get("date"), (*path, "date")),
            None if results is None else int(results),
            self.text(parts.get("results_note"), (*path, "results_note")),
        )

    def _methods(self, value: object, path: KeyPath) -> tuple[str, ...]:
        methods = self.items(value, path, lambda method, at: self.choice(method, at, self.lists["methods"]))
        return self.once(methods, path)

    def site_visit(self, value: object, path: KeyPath) -> SiteVisit | None:
        """One entry of ``site_visits``."""
        parts = self.parts(value, path, _VISIT)
        names = self.lists["levels"]
        level = self.choice(parts.get("level"), (*path, "level"), {level: names[level] for level in REVIEW_LEVELS})
        if isinstance(value, dict):
            self.needed(parts, path, "level")
        day = self.day(parts.get("date"), (*path, "date"))
        places = self.items(parts.get("places"), (*path, "places"), self.text)
        methods = self._methods(parts.get("methods"), (*path, "methods"))
        notes = self.text(parts.get("notes"), (*path, "notes"))
        people = self.items(parts.get("people"), (*path, "people"), self.text)
        rows = self._seen(parts.get("rows"), (*path, "rows"))
        photos = self.items(parts.get("photos"), (*path, "photos"), self._attachment)
        return SiteVisit(level, day, places, methods, notes, people, rows, photos) if level else None

    def _attachment(self, value: object, path: KeyPath) -> Attachment | None:
        parts = self.parts(value, path, ("file", "sha256"))
        for key in ("file", "sha256"):
            self.needed(parts, path, key)
        name = self.text(parts.get("file"), (*path, "file"))
        digest = self.pattern(parts.get("sha256"), (*path, "sha256"), SHA256, "应为 64 位小写十六进制数")
        return Attachment(name, digest) if name is not None and digest is not None else None

    def _seen(self, value: object, path: KeyPath) -> dict[str, str]:
        """By row, what a visit saw of it."""
        seen: dict[str, str] = {}
        for row_id, inner in self.mapping(value, path).items():
            if row_id not in self.indicators and row_id not in self.vetoes:
                self.unknown(row_id, (*path, row_id), (*self.indicators, *self.vetoes), "指标")
            elif (note := self.text(inner, (*path, row_id))) is not None:
                seen[row_id] = note
        return seen

    def opinions(self, value: object) -> dict[OpinionLevel, Opinion]:
        """By who signs."""
        taken: dict[OpinionLevel, Opinion] = {}
        for level, inner in self.parts(value, ("opinions",), OPINION_LEVELS).items():
            path: KeyPath = ("opinions", level)
            parts = self.parts(inner, path, ("text", "date", "by", "scan"))
            taken[level] = Opinion(
                text=self.text(parts.get("text"), (*path, "text")),
                date=self.day(parts.get("date"), (*path, "date")),
                by=self.text(parts.get("by"), (*path, "by")),
                scan=self._attachment(parts["scan"], (*path, "scan")) if "scan" in parts else None,
            )
        return taken
