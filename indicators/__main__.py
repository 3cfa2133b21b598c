"""The composition root of ``python -m indicators``."""

import sys

from indicators.cli import main
from indicators.program import start as start_program


def start() -> int:
    """The console command ``county-rules``."""
    return start_program(main)


if __name__ == "__main__":
    sys.exit(start())
