"""The demo accounts as the sign-in page shows them."""

from __future__ import annotations

from ui.office import office
from ui.web.sign_in_pages import DemoAccount
from workflow.accounts import person_of
from workflow.demo import DEMO_PASSWORD, shown_accounts
from workflow.divisions import full_name


def demo_accounts() -> tuple[DemoAccount, ...]:
    """Every demo account that may sign in here; none in a store that holds no demonstration. Raises StoreError."""
    return tuple(
        DemoAccount(person_of(account), full_name(account.division_code), DEMO_PASSWORD)
        for account in shown_accounts(office())
    )
