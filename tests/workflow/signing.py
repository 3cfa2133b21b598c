"""Test support: one county's clerk who signs in, or is refused."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from tests.workflow.office_room import COUNTY, NOW
from workflow.accounts import sign_in
from workflow.accounts.accounts import NewAccount
from workflow.errors import Refused
from workflow.office import Office
from workflow.people import Role

GOOD = "liushou-2018-guan'ai"
COUNTY_PERSON = NewAccount("zhang", "张三", Role.COUNTY_COORDINATOR, COUNTY)
WRONG, OTHER = "wrong-password", "another-Good-1"
MINUTE = timedelta(minutes=1)


def enter(office: Office, *, name: str = "zhang", password: str = GOOD, address: str = "10.0.0.1", now=NOW):
    return sign_in.sign_in(office, name, password, address, now)


def refused(office: Office, **given) -> str:
    with pytest.raises(Refused) as caught:
        enter(office, **given)
    return caught.value.code


def minutes_told(office: Office, **given) -> int:
    """How long the answer says to wait."""
    with pytest.raises(Refused) as caught:
        enter(office, **given)
    assert caught.value.code == "throttled"
    return int(re.search(r"请 (\d+) 分钟后再试", str(caught.value))[1])
