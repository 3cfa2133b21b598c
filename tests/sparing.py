"""What a process of tests does over and over and one run of the program does once: done once here too."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, create_engine

from storage.database import engine as engines

_NEW = 10_000  # objects; Python's own 700 has all modules and all tests looked through again and again


def collect_rarely() -> None:
    """What stands now, all modules and tests, is never looked through again for garbage; what comes later seldom."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(_NEW, 20, 50)


@pytest.fixture(autouse=True, scope="session")
def statements_compiled_once() -> Iterator[None]:
    """Nearly every test has an engine of its own, and each would put the same statements into SQL again."""
    model = create_engine("sqlite://", query_cache_size=2000)
    model.connect().close()  # its dialect has seen a database

    def made(url: str, **options: object) -> Engine:
        engine = create_engine(url, **options)
        if engine.dialect.name == model.dialect.name:
            engine.dialect, engine._compiled_cache = model.dialect, model._compiled_cache
        return engine

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engines, "create_engine", made)
        yield
