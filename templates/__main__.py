"""``python -m templates``: puts the documents together (a composition root: it alone may import from above)."""

import gc
import sys

_SELDOM = 1_000_000  # 默认每 700 个新对象就查一遍；一次打印建起来的大多用到最后，查也白查


def start() -> int:
    """The console command ``county-form``."""
    gc.set_threshold(_SELDOM)  # before anything is loaded: loading is most of a run
    from indicators.program import start as start_program  # noqa: PLC0415 - see above
    from templates.cli import OWN_DOCUMENTS, main  # noqa: PLC0415 - see above
    from workflow.papers.documents import STORE_DOCUMENTS  # noqa: PLC0415 - see above

    return start_program(lambda arguments: main(arguments, sys.stderr, (*OWN_DOCUMENTS, *STORE_DOCUMENTS)))


if __name__ == "__main__":
    sys.exit(start())
