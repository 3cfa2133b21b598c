"""axe-core on every page of those who review, read and administer."""

from __future__ import annotations

import pytest

from tests.e2e import axe
from workflow.people import COUNTY_ROLES, Role

pytestmark = pytest.mark.browser


_ROLES = sorted(set(Role) - COUNTY_ROLES)


@pytest.mark.parametrize("role", [pytest.param(r, marks=pytest.mark.soak) if r is Role.OBSERVER else r for r in _ROLES])
def test_nothing_is_found_on_the_pages_of_a_role(browser, server, role):
    assert axe.of_role(browser, server, role) == []
