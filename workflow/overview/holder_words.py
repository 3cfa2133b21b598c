"""Who has a county, in words."""

from __future__ import annotations

from collections.abc import Mapping

from workflow.reviewing.colleagues import WHOLE, Holder


def holder_words(holder: Holder) -> str:
    """The person's name with the account's, which tells two of one name apart."""
    return f"{holder.name}（{holder.username}）"


def names_of(shares: Mapping[str, str], holders: Mapping[str, Holder]) -> tuple[str, ...]:
    """The names of whoever has something of it, who has the whole first."""
    first = sorted(shares, key=lambda section: section != WHOLE)
    return tuple(dict.fromkeys(_name(shares[section], holders) for section in first))


def shares_words(shares: Mapping[str, str], holders: Mapping[str, Holder], sections: Mapping[str, str]) -> str:
    """张三；能力建设 李四. Empty where nobody has anything of it."""
    whole = [_name(shares[WHOLE], holders)] if WHOLE in shares else []
    order = [*sections, *(section for section in shares if section not in sections)]
    parts = [
        f"{sections.get(section, section)} {_name(shares[section], holders)}"
        for section in order
        if section != WHOLE and section in shares
    ]
    return "；".join([*whole, *parts])


def _name(username: str, holders: Mapping[str, Holder]) -> str:
    holder = holders.get(username)
    if holder is None:
        return username
    return holder.name if holder.here else f"{holder.name}（已停用或调离）"
