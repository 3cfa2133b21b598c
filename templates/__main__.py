"""``python -m templates``: puts the documents together (a composition root: it alone may import from above)."""

import sys

from indicators.program import start as start_program
from templates.cli import OWN_DOCUMENTS, main
from workflow.papers.documents import STORE_DOCUMENTS


def start() -> int:
    """The console command ``county-form``."""
    return start_program(lambda arguments: main(arguments, sys.stderr, (*OWN_DOCUMENTS, *STORE_DOCUMENTS)))


if __name__ == "__main__":
    sys.exit(start())
