"""``python -m templates``."""

import sys

from indicators.program import start as start_program
from templates.cli import main


def start() -> int:
    """The console command ``county-form``."""
    return start_program(lambda arguments: main(arguments, sys.stderr))


if __name__ == "__main__":
    sys.exit(start())
