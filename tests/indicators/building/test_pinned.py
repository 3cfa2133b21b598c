"""A round keeps its standards whole: the text that is kept gives the same standard again, and vouches for itself."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from datetime import date
from decimal import Decimal

import pytest

from indicators import load_library
from indicators.building.fingerprint import fingerprint
from indicators.building.pinned import UnreadableRulesError, kept_policy, kept_text, policy_from, standard_from
from indicators.model import Bound, Condition, Require
from scoring.context import judging_context
from tests.scoring.filling import fill

STANDARDS = load_library().standards
POLICIES = load_library().policies


@pytest.mark.parametrize("standard_id", STANDARDS)
def test_a_kept_standard_comes_back_the_same(standard_id):
    standard = STANDARDS[standard_id]
    assert standard_from(kept_text(standard), standard.fingerprint) == standard


@pytest.mark.parametrize("policy_id", POLICIES)
def test_a_kept_policy_document_comes_back_the_same(policy_id):
    fingerprint_, text = kept_policy(POLICIES[policy_id])
    assert policy_from(text, fingerprint_) == POLICIES[policy_id]


def test_what_a_document_says_and_how_we_read_it_make_its_fingerprint():
    policy = next(policy for policy in POLICIES.values() if policy.divisions)
    clause = dataclasses.replace(policy.clauses[0], text=policy.clauses[0].text + "。")
    words = dataclasses.replace(policy, clauses=(clause, *policy.clauses[1:]))
    ours = dataclasses.replace(policy, divisions=("99",))
    assert len({kept_policy(policy)[0] for policy in (policy, words, ours)}) == 3


def test_a_field_that_has_its_default_is_no_part_of_a_documents_text():
    text = kept_policy(next(iter(POLICIES.values())))[1]
    assert "value_to" not in text
    assert "null" not in text


def test_a_document_that_was_touched_is_not_believed():
    fingerprint_, text = kept_policy(next(iter(POLICIES.values())))
    with pytest.raises(UnreadableRulesError):
        policy_from(text.replace("号", "號"), fingerprint_)
    unreadable = text.replace('"issuer"', '"issued_by"', 1)
    with pytest.raises(UnreadableRulesError):
        policy_from(unreadable, hashlib.sha256(unreadable.encode()).hexdigest())


def test_broken_numbers_come_back_as_numbers():
    standard = STANDARDS["national-2018"]
    row = standard.indicators[0]
    condition = Condition("all", parts=(Condition("at_least", "population", Decimal("0.5")),))
    measure = dataclasses.replace(row.measures[0], require=Require(Bound(Decimal("69.95"))), applies_when=condition)
    changed = dataclasses.replace(row, measures=(measure, *row.measures[1:]))
    made = dataclasses.replace(standard, indicators=(changed, *standard.indicators[1:]))
    made = dataclasses.replace(made, fingerprint=fingerprint(made))
    back = standard_from(kept_text(made), made.fingerprint).indicators[0].measures[0]
    assert back.require.at_least.number == Decimal("69.95")
    assert back.applies_when.parts[0].value == Decimal("0.5")


def test_a_text_that_was_touched_is_not_believed():
    standard = STANDARDS["national-2018"]
    text = kept_text(standard)
    with pytest.raises(UnreadableRulesError):
        standard_from(text.replace("70", "50", 1), standard.fingerprint)


def test_a_text_from_before_a_field_existed_still_reads_and_keeps_its_fingerprint():
    content = json.loads(kept_text(STANDARDS["national-2018"]))
    for row in content["indicators"]:
        del row["guidance"]
    text = json.dumps(content, ensure_ascii=False)
    old = hashlib.sha256(text.encode()).hexdigest()
    back = standard_from(text, old)
    assert back.fingerprint == old
    assert {row.guidance for row in back.indicators} == {None}


def test_a_text_from_before_papers_were_dated_at_the_end_keeps_a_meaning():
    """Its papers are dated as they were, and 无此情形 from the first day of the period to the cut-off."""
    content = json.loads(kept_text(STANDARDS["national-2018"]))
    del content["at_end_days"]
    for row in (*content["indicators"], *content["vetoes"]):
        for paper in row["evidence"]:
            paper.pop("also_kinds", None)
            paper.pop("only_kind", None)
            paper["dated"] = "in_force" if paper["dated"] == "in_force" else "in_period"
    text = json.dumps(content, ensure_ascii=False)
    old = standard_from(text, hashlib.sha256(text.encode()).hexdigest())
    windows = judging_context(fill(old), old).windows
    assert windows["veto"] == windows["required"]
    assert windows["veto"]["in_period"] == windows["veto"]["at_end"] == (date(2017, 1, 1), date(2018, 6, 30))
    assert windows["veto"]["in_force"] == (None, date(2018, 6, 30))


def test_what_a_model_gained_and_a_standard_does_not_use_is_no_part_of_its_text():
    papers = {
        paper["id"]: paper
        for row in json.loads(kept_text(STANDARDS["national-2018"]))["indicators"]
        for paper in row["evidence"]
    }
    assert "only_kind" not in papers["settlement_summary"]
    assert papers["county_minutes"]["only_kind"] is True


def test_a_text_with_a_field_nobody_knows_any_more_is_said_to_be_unreadable():
    content = json.loads(kept_text(STANDARDS["national-2018"])) | {"points": 3}
    text = json.dumps(content, ensure_ascii=False)
    with pytest.raises(UnreadableRulesError):
        standard_from(text, hashlib.sha256(text.encode()).hexdigest())
