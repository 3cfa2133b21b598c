"""``python -m storage …``: puts the subcommands together (a composition root: it alone may import from above)."""

import sys

from storage.care.commands import CARE
from storage.cli import run
from workflow.commands import COMMANDS as PROCEDURE
from workflow.commands import REFUSALS

COMMANDS = (*CARE, *PROCEDURE)

if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):  # 重定向到文件时，系统的编码可能写不出汉字
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    sys.exit(run(None, COMMANDS, REFUSALS))
