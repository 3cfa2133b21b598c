"""Composition root of ``python -m scoring``."""

from __future__ import annotations

import sys
from pathlib import Path

from indicators.arguments import UsageError
from indicators.comparing.replacement import Replacement
from indicators.model import Library
from indicators.program import start as start_program
from indicators.reading.folder import why
from scoring.cli import main
from scoring.rehearsal.rehearse import RehearsalInput, Skipped


def _stored(library: Library, var: Path, change: Replacement) -> list[RehearsalInput | Skipped]:
    """Every submission of the store in ``var``, or of DATABASE_URL: the operator at the machine reads them all."""
    from storage import StoreError, open_store  # noqa: PLC0415 - judging one file needs no store
    from workflow.errors import Refused  # noqa: PLC0415 - as above
    from workflow.office import Office  # noqa: PLC0415 - as above
    from workflow.rounds.rehearsing import cases_of_store  # noqa: PLC0415 - as above

    try:
        with open_store(var=var, create=False) as store:
            return cases_of_store(Office(store, library), change)
    except (StoreError, Refused) as error:
        raise UsageError(str(error)) from error
    except OSError as error:
        raise UsageError(f"{error.filename or var}：{why(error)}；请检查数据目录") from error


def start() -> int:
    """The console command ``county-score``."""
    return start_program(lambda arguments: main(arguments, sys.stdout, sys.stderr, _stored))


if __name__ == "__main__":
    sys.exit(start())
