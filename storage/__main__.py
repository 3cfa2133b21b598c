"""``python -m storage …``: puts the subcommands together (a composition root: it alone may import from above)."""

import sys

from storage.care import CARE
from storage.cli import run
from workflow.commands import COMMANDS as PROCEDURE
from workflow.commands import REFUSALS

COMMANDS = (*CARE, *PROCEDURE)

if __name__ == "__main__":
    sys.exit(run(None, COMMANDS, REFUSALS))
