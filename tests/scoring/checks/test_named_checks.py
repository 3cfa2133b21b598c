"""The automatic checks by name: every reason of an assessment stands under one of them, once, with what it names."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from indicators import load_library
from scoring.assessment import Assessment
from scoring.checks.named_checks import CHECK_OF, NamedCheck, explainable, named_checks
from scoring.exchange.reading import read_submission
from scoring.judging.assess import assess, assess_by_round
from scoring.judging.reason_codes import CODES
from scoring.submission import Answer, EvidenceItem, Submission
from tests.scoring.filling import fill

LIBRARY = load_library()
STANDARDS = [LIBRARY.standards[name] for name in ("national-2018", "yunnan-2018")]
SCHEME = LIBRARY.schemes["equal"]
SAMPLES = sorted((Path(__file__).parents[3] / "sample_submissions").glob("*.yaml"))


def checked(given: Submission) -> tuple[dict[str, NamedCheck], Assessment]:
    judged = assess(given, STANDARDS, SCHEME)
    return {check.name: check for check in named_checks(given, STANDARDS, judged)}, judged


def test_every_code_but_those_of_reviewers_is_found_by_one_check() -> None:
    told = {code for code, kind in CODES.items() if kind.effect != "holds"}
    of_review = {code for code in told if code.startswith(("finding_", "prefecture_")) or code == "no_prefecture"}
    assert CHECK_OF.keys() == told - of_review
    assert {code for code, kind in CODES.items() if kind.effect == "holds"}.isdisjoint(CHECK_OF)


def test_a_county_that_is_well_filled_has_everything_in_order() -> None:
    given = fill(STANDARDS)
    checks, _ = checked(given)
    # but that one paper of no kind proves everything
    told = {finding.reason.code for check in checks.values() for finding in check.found}
    assert told <= {"kinds_missing", "document_cited_twice", "paper_for_many_kinds"}
    assert all(not finding.blocks for check in checks.values() for finding in check.found)
    rows = {row.id for standard in STANDARDS for row in standard.rows()}
    assert checks["completeness"].passed == checks["contradictions"].passed == len(rows)
    assert checks["duplicates"].passed == len(given.evidence) - 1
    declared = {one.id for s in STANDARDS for one in (*s.cross_checks, *s.never_together)}
    assert 0 < checks["cross_checks"].passed <= len(declared)
    assert checks["thresholds"].passed > len(rows)
    assert checks["dates"].passed == checks["proof"].passed > 0


def test_what_is_found_names_its_rows_and_the_keys_it_is_explained_under() -> None:
    given = fill(STANDARDS)
    paper = given.evidence["G1"]
    answers = dict(given.answers)
    del answers["1.1.1"]
    undated = dict.fromkeys(answers["3.3.2"].evidence, ("L1",))
    answers["3.3.2"] = replace(answers["3.3.2"], evidence=undated)
    answers["4.2.1"] = Answer("not_met")
    documents = {**given.evidence, "L1": replace(paper, date=None, document_number="甲民发〔2018〕1号")}
    documents["L2"] = EvidenceItem(title="办法", kind="document", document_number="甲民发[2018]1号")
    facts = {**given.facts, "childrens_places": 0}
    checks, judged = checked(replace(given, answers=answers, evidence=documents, facts=facts))
    assert ("1.1.1",) in [finding.rows for finding in checks["completeness"].found]
    late = [f for f in checks["dates"].found if f.reason.code == "evidence_undated"]
    assert {(f.rows, f.keys, f.blocks) for f in late} == {(("3.3.2",), ("evidence_undated/3.3.2",), True)}
    assert ("claimed_not_met/4.2.1",) in [finding.keys for finding in checks["thresholds"].found]
    (twice,) = (f for f in checks["duplicates"].found if f.reason.code == "same_number_twice")
    assert (twice.rows, twice.keys, twice.blocks) == ((), ("same_number_twice/L1",), False)
    assert checks["duplicates"].passed == len(documents) - 2 - ("G1" in given.evidence)
    odd = [finding for finding in checks["cross_checks"].found if len(finding.rows) > 1 or finding.rows]
    assert odd
    for finding in odd:
        check = finding.reason.given["check"]
        assert finding.keys == tuple(f"{check}/{row}" for row in finding.rows)
    before, _ = checked(given)
    found_ids = {f.reason.given["check"] for f in checks["cross_checks"].found}
    assert checks["cross_checks"].passed == before["cross_checks"].passed - len(found_ids)
    assert not judged.eligible


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_every_reason_of_a_sample_is_under_one_check(path: Path) -> None:
    given = read_submission(path.read_text(encoding="utf-8"), path.name, LIBRARY)
    judged = assess_by_round(given, LIBRARY)
    standards = [LIBRARY.standards[name] for name in given.round.standards]
    checks = named_checks(given, standards, judged)
    of_rows = (reason for s in judged.standards.values() for result in s.results for reason in result.reasons)
    texts = {reason.text for reason in (*of_rows, *judged.warnings) if reason.effect != "holds"}
    quiet = {r.text for s in judged.standards.values() for x in s.results for r in x.reasons if r.effect == "warns"}
    found = [finding for check in checks for finding in check.found]
    assert {finding.reason.text for finding in found} <= texts
    said_once = [f.reason.text for f in found if "said" not in f.reason.given]
    assert sorted(said_once) == sorted(text for text in texts if text in set(said_once))
    left = texts - {finding.reason.text for finding in found} - (quiet - {one.text for one in judged.warnings})
    assert all("（本工具互核）" in text for text in left)  # one of a cross-check that blocks several rows is told once
    assert {key.partition("/")[0] for finding in found for key in finding.keys} <= explainable(standards)
    assert all(check.passed >= 0 for check in checks)
