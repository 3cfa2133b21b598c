"""Every sample judges, shows what its head says, and together they produce every verdict and every veto state."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from indicators import load_library
from indicators.reading.located import read_located_file
from scoring.assessment import VERDICTS
from scoring.exchange.reading import read_submission, read_submission_file
from scoring.exchange.writing import write_submission, write_submission_json
from scoring.judging.assess import assess
from scoring.local.profile import local_profile
from scoring.submission import Local

SAMPLES = sorted((Path(__file__).parents[3] / "sample_submissions").glob("*.yaml"))
_SHORT = [path.name[:2] for path in SAMPLES]

# sample -> level -> standard -> (eligible, verdicts beside met, veto states)
SHOWN = {
    "01": {
        level: {standard: (True, {}, "clear clear clear") for standard in ("national-2018", "yunnan-2018")}
        for level in ("county", "prefecture", "province")
    },
    "02": {
        "county": {
            "national-2018": (False, {"not_met": 1}, "clear clear clear"),
            "yunnan-2018": (True, {}, "clear clear clear"),
        }
    },
    "03": {"county": dict.fromkeys(("national-2018", "yunnan-2018"), (False, {}, "present clear present"))},
    "04": {
        "county": {
            "national-2018": (False, {"contradicted": 12}, "clear clear clear"),
            "yunnan-2018": (False, {"contradicted": 12}, "clear clear clear"),
        }
    },
    "05": {"county": dict.fromkeys(("national-2018", "yunnan-2018"), (False, {"unproven": 9}, "clear clear clear"))},
    "06": {
        "county": dict.fromkeys(("national-2018", "yunnan-2018"), (False, {"needs_judgement": 12}, "clear clear clear"))
    },
    "07": {"county": {"national-2018": (True, {"not_applicable": 2}, "clear clear clear")}},
    "08": {"county": {"national-2018": (True, {}, "clear clear clear")}},
    "09": {
        "county": dict.fromkeys(
            ("national-2018", "yunnan-2018"),
            (False, {"not_met": 1, "unproven": 4, "unanswered": 35}, "undeclared undeclared undeclared"),
        )
    },
    "10": {
        "county": {"national-2018": (True, {"not_applicable": 1}, "clear clear clear")},
        "province": {
            "national-2018": (
                False,
                {"not_met": 1, "unproven": 1, "needs_judgement": 1, "not_applicable": 1},
                "clear clear clear",
            )
        },
    },
    "11": {"county": {"national-2018": (False, {}, "undeclared unproven clear")}},
    # 12—15 show the local documents; their own rows are few.
    "12": {
        "county": {
            "national-2018": (
                False,
                {"not_met": 1, "unproven": 2, "contradicted": 1, "unanswered": 41},
                "undeclared undeclared undeclared",
            )
        }
    },
    "13": {
        "county": {
            "national-2018": (False, {"not_met": 1, "unanswered": 44}, "undeclared undeclared undeclared"),
        }
    },
    "14": {
        "county": {
            "national-2018": (
                False,
                {"not_met": 1, "unproven": 1, "contradicted": 1, "unanswered": 41},
                "undeclared undeclared undeclared",
            )
        }
    },
    "15": {
        "county": dict.fromkeys(
            ("national-2018", "yunnan-2018"),
            (False, {"not_met": 2, "unproven": 1, "unanswered": 42}, "undeclared undeclared undeclared"),
        )
    },
}

# sample -> the document that applies -> how its commitments stand, among others: state -> commitment ids
SHOWN_LOCALLY = {
    "12": {
        "xuchang-2017-38": {
            "kept": {"primary_living", "vocational_grant", "free_schooling", "orphans_placed"},
            "short": {"senior_grant", "temporary_aid_raised", "village_post"},
            "not_due": {"classified_protection", "village_director"},
            "unfilled": {"vocational_yulu"},
            "needs_judgement": {"others_by_local_means", "one_door"},
        }
    },
    "13": {
        "youyang-2017-24": {
            "kept": {"free_screening", "dropout_prevention"},
            "short": {"free_schooling", "rehabilitation_scheme"},
            "needs_judgement": {"accident_and_illness_insurance", "village_supervisor"},
        }
    },
    "14": {
        "panzhihua-2017": {
            "kept": {"severe_disability_minimum_living", "village_supervisor"},
            "short": {"severe_disability_low_income", "disabled_in_school"},
            "not_due": {"classified_protection"},
            "unfilled": {"severe_disability_ordinary"},
            "needs_judgement": {"purchase_share_raised"},
        }
    },
    "15": {
        "yunnan-plan-2018": {
            # 两个互相矛盾的时限：5月建成赶上一个，误了一个
            "kept": {"centres_and_stations_stage_1", "childrens_places_stage_1", "childrens_places_stage_1_due"},
            "short": {"centres_and_stations_due", "county_meetings", "detailed_measures_due"},
            "not_due": {"childrens_places_stage_2", "remaining_childrens_places"},
            "unfilled": {"staff_due", "township_meetings"},
            "needs_judgement": {"measures_filed"},
        }
    },
}


def _judged(path, level):
    library = load_library()
    submission = read_submission_file(path, library)
    standards = [library.standards[standard] for standard in submission.round.standards]
    return assess(submission, standards, library.schemes["equal"], level)


@pytest.mark.parametrize("path", SAMPLES, ids=_SHORT)
def test_a_sample_shows_what_is_expected_of_it(path):
    for level, standards in SHOWN[path.name[:2]].items():
        assessment = _judged(path, level)
        found = {
            standard: (
                judged.eligible,
                {verdict: count for verdict, count in judged.counts.items() if count and verdict != "met"},
                " ".join(veto.state for veto in judged.vetoes),
            )
            for standard, judged in assessment.standards.items()
        }
        assert found == standards, level


def test_the_samples_together_show_every_verdict_and_every_veto_state():
    verdicts, states = set(), set()
    for path in SAMPLES:
        for judged in _judged(path, "county").standards.values():
            verdicts |= {verdict for verdict, count in judged.counts.items() if count}
            states |= {veto.state for veto in judged.vetoes}
    assert verdicts == set(VERDICTS)
    assert states == {"clear", "present", "unproven", "undeclared"}


def test_a_sample_shows_what_is_told_of_papers_without_deciding_anything():
    assessment = _judged(next(path for path in SAMPLES if path.name.startswith("05")), "county")
    told = [*assessment.warnings]
    for judged in assessment.standards.values():
        told += [reason for result in judged.indicators.values() for reason in result.reasons]
    shown = {"evidence_kind_differs", "same_number_twice", "paper_for_many_kinds", "document_cited_twice"}
    assert shown <= {reason.code for reason in told if reason.effect == "warns"}


@pytest.mark.parametrize("path", SAMPLES, ids=_SHORT)
def test_a_sample_is_marked_as_a_demonstration_of_an_invented_county(path):
    assert path.read_text(encoding="utf-8").startswith("# 演示数据\n")
    submission = read_submission_file(path, load_library())
    assert submission.shows
    assert submission.division.code.startswith("99")


@pytest.mark.parametrize("path", SAMPLES, ids=_SHORT)
def test_a_sample_written_back_says_the_same(path):
    library = load_library()
    submission = read_submission_file(path, library)
    assert read_submission(write_submission(submission), "yaml", library) == submission
    assert read_submission(write_submission_json(submission), "json", library) == submission


def test_every_registered_document_of_a_sample_is_used():
    for path in SAMPLES:
        value = read_located_file(path).value
        text = path.read_text(encoding="utf-8")
        for evidence in value.get("evidence", {}):
            assert text.count(f'"{evidence}"') >= 1, (path.name, evidence)


def _profiled(path):
    library = load_library()
    submission = read_submission_file(path, library)
    standards = [library.standards[standard] for standard in submission.round.standards]
    return local_profile(submission, library.policies, standards)


@pytest.mark.parametrize("number", SHOWN_LOCALLY)
def test_a_sample_of_a_local_document_shows_what_is_expected_of_it(number):
    path = next(path for path in SAMPLES if path.name.startswith(number))
    profile = _profiled(path)
    assert [document.policy.id for document in profile.documents] == list(SHOWN_LOCALLY[number])
    for document in profile.documents:
        for state, expected in SHOWN_LOCALLY[number][document.policy.id].items():
            assert expected <= {one.id for one in document.checks if one.state == state}, state
        assert document.shortfalls


@pytest.mark.parametrize("path", SAMPLES, ids=_SHORT)
def test_whatever_is_said_of_local_documents_no_verdict_moves(path):
    """The property the whole profile rests on: the same assessment with nothing, everything and anything under it."""
    library = load_library()
    submission = read_submission_file(path, library)
    standards = [library.standards[standard] for standard in submission.round.standards]
    bare = assess(replace(submission, local=Local()), standards, library.schemes["equal"], "county")
    rich = next(p for p in SAMPLES if p.name.startswith("12"))
    for local in (submission.local, Local(tuple(library.policies)), read_submission_file(rich, library).local):
        given = replace(submission, local=local)
        local_profile(given, library.policies, standards)
        judged = assess(given, standards, library.schemes["equal"], "county")
        assert judged.standards == bare.standards
        assert judged.eligible == bare.eligible
