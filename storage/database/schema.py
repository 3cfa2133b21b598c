"""Which schema a store has, and how it gets the one this code needs (Alembic, run from here, no ini file)."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

from storage.database.engine import for_writing
from storage.errors import StoreMissing, StoreNewer, StoreOutdated

MIGRATIONS = Path(__file__).parents[1] / "migrations"

# The newest migration, named here so that opening a store that has it needs no Alembic. A test holds the two together.
HEAD = "0016"


def revision_of(connection: Connection) -> str | None:
    """The schema's revision; None for an empty database."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("select version_num from alembic_version")).scalar()


def upgrade(engine: Engine, *, to: str = "head") -> None:
    """Bring the schema up to date, in one transaction: another process doing the same waits and finds it done.

    Raises StoreNewer where the store knows a revision that this code does not.
    """
    with engine.connect() as connection:
        if to == "head" and revision_of(connection) == HEAD:
            return
    with for_writing(engine).begin() as connection:
        refuse_newer(connection)
        _alembic_upgrade(connection, to)


def require_current(engine: Engine) -> None:
    """A shared database is migrated by its administrator, not by whichever process comes first."""
    with engine.connect() as connection:
        refuse_newer(connection)
        revision = revision_of(connection)
    if revision is None:
        raise StoreMissing("数据库中还没有本系统的数据表。请先运行：python -m storage init")
    if revision != HEAD:
        raise StoreOutdated(f"数据库结构为 {revision}，本程序需要 {HEAD}。请先备份，再运行：python -m storage init")


def refuse_newer(connection: Connection) -> None:
    """Raises StoreNewer: writing with old code into a newer schema would lose what only the newer code knows."""
    revision = revision_of(connection)
    if revision not in {None, HEAD} and revision not in known_revisions():
        raise StoreNewer(
            f"数据由较新版本的程序写入（结构 {revision}，本程序最高认识 {HEAD}）。"
            "请升级程序后再打开；数据未作任何改动。"
        )


def known_revisions() -> frozenset[str]:
    """All revisions this code has a migration for."""
    from alembic.script import ScriptDirectory  # noqa: PLC0415 - slow to import and rarely needed

    return frozenset(script.revision for script in ScriptDirectory(str(MIGRATIONS)).walk_revisions())


def _alembic_upgrade(connection: Connection, to: str) -> None:
    from alembic import command  # noqa: PLC0415 - slow to import and rarely needed
    from alembic.config import Config  # noqa: PLC0415 - alembic is slow to import; most starts need no migration

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, to)
