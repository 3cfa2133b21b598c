"""Slips with first passwords, one account a page."""

from __future__ import annotations

from collections.abc import Iterable

from templates.books.slips import PrintedSlips, Slip, render_slips
from workflow.accounts.listed_accounts import MadeAccount
from workflow.divisions import full_name
from workflow.people import ROLE_LABELS, Person, Role


def printed_slips(by: Person | None, made: Iterable[MadeAccount]) -> PrintedSlips:
    """The PDF to hand over; nothing of it is kept. ``by``: who made the accounts."""
    return render_slips(
        [
            Slip(
                username=one.account.username,
                password=one.password,
                display_name=one.account.display_name,
                role=ROLE_LABELS[Role(one.account.role)],
                division=f"{full_name(one.account.division_code)}（{one.account.division_code}）",
                unit=one.account.unit or "",
                issuer="" if by is None else by.display_name,
            )
            for one in made
        ]
    )
