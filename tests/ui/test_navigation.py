"""The menu marks the folded group of the page that is open."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.ui.conftest import Screen
from ui import navigation
from workflow.people import Role


@pytest.mark.parametrize("role", Role)
def test_every_role_has_the_same_two_groups_in_this_order(role):
    """The style sheet marks a group by its place in the menu, and knows two of them."""
    groups = dict.fromkeys(page.group for page in navigation.pages_for(role) if page.group)
    assert list(groups) == [navigation.BASIS, navigation.TRIAL]


def test_only_navigation_says_whose_a_page_is():
    """A screen asks for a person at its own page, and names no roles of its own."""
    names = {page.path: name for name, page in vars(navigation).items() if isinstance(page, navigation.MenuPage)}
    closed = {page.path for page in navigation.PAGES if page.roles != navigation.EVERYONE}
    guarded = set()
    for page in navigation.PAGES:
        source = (Path(navigation.__file__).parent / page.script).read_text(encoding="utf-8")
        assert not re.search(r"\broles\b|[({,]\s*Role\.|REHEARSERS|_ROLES", source), page.script
        if asks := re.findall(r"\bperson_at\((\w+)\)", source):
            assert asks == [names[page.path]], page.script
            guarded.add(page.path)
        elif page.path in closed:
            assert "opened_forms()" in source, page.script  # the county's pages: what may be read, or a sentence
    assert guarded < closed
    assert len(guarded) >= 10


def test_a_page_of_no_group_marks_none():
    assert navigation.group_number(Role.OBSERVER, navigation.WORKBENCH.path) == 0
    assert navigation.group_number(Role.OBSERVER, "nowhere") == 0


def test_the_open_page_says_which_group_it_is_under(loaded: Screen):
    assert "dc-in-group-2" in loaded.html
    loaded.go(navigation.POLICIES.script)
    assert "dc-in-group-1" in loaded.html
    loaded.go(navigation.WORKBENCH.script)
    assert "dc-in-group-0" in loaded.html
