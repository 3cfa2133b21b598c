"""How long a sign-in has to wait after wrong ones: minutes at most, so that nobody's guesses shut a clerk out for good.

Failures are counted where they come from: of a name at one address (`pair_wait`), of a name at all the addresses it has
never signed in from (`strangers_wait`), and of an address whatever the names (`address_is_stopped`). Beyond a free
number every further failure doubles the wait, up to `LONGEST_WAIT`; what is tried while waiting prolongs nothing. A
name that waits looks the same whether an account is behind it or not.

A password this tool made up (a new account's, a reset one's) does not wait: its 16 random characters stand any number
of guesses, so strangers cannot delay a clerk's first sign-in. Passwords people chose are guarded by the count:
`GUESSES_A_DAY` for a name from all strange addresses together (docs/running.md computes what that means).
"""

from __future__ import annotations

from datetime import datetime, timedelta

from storage.repositories.sign_in import Failures
from storage.store import Transaction

WINDOW = timedelta(minutes=15)
DAY = timedelta(days=1)
ADDRESS_LIMIT = 50  # failures of an address, whatever the names, in WINDOW
PAIR_FREE = 5  # failures of a name at one address since its last success there: more of them wait
STRANGERS_FREE = 10  # failures of a name at all addresses it never signed in from
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(minutes=15)
_DOUBLINGS = 4  # 1, 2, 4, 8 minutes, then the longest
GUESSES_A_DAY = STRANGERS_FREE + _DOUBLINGS + DAY // LONGEST_WAIT
NO_WAIT = timedelta(0)


def counted_names(username: str) -> tuple[str, str, str]:
    """What an account's failures are counted under: at the door, while waiting there, at the change of password.

    Usernames are lower-case, so the marked ones are nobody's.
    """
    return username, f"WAITING:{username}", f"CHANGE:{username}"


def right_while_waiting(username: str) -> str:
    """What a right password that had to wait is counted under: no failure of the name.

    The address counts it like any other that did not open: else its limit would tell which of fifty was the right one.
    """
    return f"RIGHT:{username}"


def address_is_stopped(tx: Transaction, address: str, now: datetime) -> bool:
    """Whether the address failed too often, whatever the names; costs no hashing."""
    return tx.attempts.failures_of_address(address, now - WINDOW) >= ADDRESS_LIMIT


def pair_wait(tx: Transaction, username: str, address: str, now: datetime) -> timedelta:
    """What is left of the wait of this name at this address."""
    return _left(tx.attempts.failures_of_pair(username, address, now - DAY), PAIR_FREE, now)


def strangers_wait(tx: Transaction, username: str, now: datetime) -> timedelta:
    """What is left of the wait of this name at every address it never signed in from."""
    return _left(tx.attempts.failures_of_strangers(username, now - DAY), STRANGERS_FREE, now)


def longest_wait(tx: Transaction, username: str, now: datetime) -> timedelta:
    """What is left of the longest wait of this name anywhere: at one address, or at those it never signed in from."""
    since = now - DAY
    at_addresses = tx.attempts.failing_addresses(username, since, PAIR_FREE)
    waits = (pair_wait(tx, username, address, now) for address in at_addresses)
    return max(strangers_wait(tx, username, now), *waits, NO_WAIT)


def minutes(wait: timedelta) -> int:
    """In whole minutes, rounded up: who comes back then need not wait again."""
    return -(-wait // timedelta(minutes=1))


def _left(failures: Failures, free: int, now: datetime) -> timedelta:
    if failures.last is None or failures.count < free:
        return NO_WAIT
    doublings = failures.count - free
    whole = LONGEST_WAIT if doublings >= _DOUBLINGS else FIRST_WAIT * 2**doublings
    return max(failures.last + whole - now, NO_WAIT)
