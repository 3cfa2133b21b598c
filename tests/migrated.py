"""New embedded stores begin as copies of one that went through the migrations, which cost more than most tests."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from storage.database import schema
from storage.database.engine import embedded_url, make_engine
from storage.store import DATABASE

upgrade_in_earnest = schema.upgrade


@pytest.fixture(autouse=True, scope="session")
def migrated_once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """For stores opened where no file is yet; who migrates an engine of their own does so in earnest."""
    made = tmp_path_factory.mktemp("migrated") / DATABASE

    def copied(engine: Engine, *, to: str = "head") -> None:
        path = Path(engine.url.database or "")
        if engine.dialect.name == "sqlite" and to == "head" and path.parent.is_dir() and not path.exists():
            if not made.exists():
                new = make_engine(embedded_url(made))
                upgrade_in_earnest(new)
                new.dispose()
            shutil.copyfile(made, path)
        upgrade_in_earnest(engine, to=to)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(schema, "upgrade", copied)
        yield
