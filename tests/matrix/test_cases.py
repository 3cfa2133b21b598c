"""The choice of what every run plays: the same each time, small, and nothing left out altogether."""

from __future__ import annotations

from tests.matrix.cases import (
    COMPOSING,
    FORMS,
    MOST,
    POINTED,
    PRESSES,
    TOUCH,
    WAYS,
    all_cases,
    chosen,
    of_every_run,
    ways_of,
)


def test_the_choice_is_the_same_each_time_and_names_every_form_way_and_press():
    cases = chosen(all_cases(), MOST)
    assert set(cases) == set(of_every_run(FORMS))
    assert len(cases) == len(set(cases)) == MOST
    assert {case.form for case in cases} == set(FORMS)
    assert {case.way for case in cases} == set(WAYS)
    assert {case.press for case in cases} == set(PRESSES)
    assert {case.press for case in cases if case.way in POINTED} == set(PRESSES)


def test_each_step_tries_as_many_new_pairs_as_any_could():
    cases = all_cases()
    two = chosen(cases, 2)
    assert len(two[0].pairs) == 3
    assert not two[0].pairs & two[1].pairs


def test_a_quarter_of_the_cases_tries_every_pair():
    cases = all_cases()
    wanted = frozenset().union(*(case.pairs for case in cases))
    assert frozenset().union(*(case.pairs for case in chosen(cases, len(cases) // 4))) == wanted


def test_combinations_that_cannot_be_are_not_there():
    cases = all_cases()
    assert len(cases) == len(set(cases))
    assert all(case.way in ways_of(case.form) for case in cases)
    assert not any(case.press == TOUCH for case in cases if case.way not in POINTED)
    assert any(case.press == COMPOSING for case in cases if case.way not in POINTED)
    names = [case.name for case in cases]
    assert len(names) == len(set(names))
