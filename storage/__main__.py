"""``python -m storage …``: puts the subcommands together (a composition root: it alone may import from above)."""

import sys

from indicators.program import start as start_program
from storage.care.commands import care
from storage.cli import run
from workflow.commands import CHECKS, REFUSALS
from workflow.commands import COMMANDS as PROCEDURE

COMMANDS = (*care(CHECKS), *PROCEDURE)


def start() -> int:
    """The console command ``county-store``."""
    return start_program(lambda arguments: run(arguments, COMMANDS, REFUSALS))


if __name__ == "__main__":
    sys.exit(start())
