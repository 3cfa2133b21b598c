"""Column types: moments in UTC, and JSON that keeps its figures."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import DateTime, Dialect, Text
from sqlalchemy.types import TypeDecorator

from storage.canonical import Json, dumps, loads


class Moment(TypeDecorator[datetime]):
    """A timezone-aware datetime, kept in UTC. A naive one is refused (ValueError)."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - hook
        """To UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs its time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - hook
        """SQLite gives it back without its zone; it was UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class ExactJson(TypeDecorator[Json]):
    """JSON kept as text by `storage.canonical`: the database's own JSON types turn decimals into floats."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Json, dialect: Dialect) -> str:  # noqa: ARG002 - the hook's signature
        """To text; None is the JSON null."""
        return dumps(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Json:  # noqa: ARG002 - the hook's signature
        """From text."""
        return None if value is None else loads(value)
