"""``python -m templates``."""

import sys

from templates.cli import main

if __name__ == "__main__":
    if hasattr(sys.stderr, "reconfigure"):  # 重定向到文件时，系统的编码可能写不出汉字
        sys.stderr.reconfigure(encoding="utf-8", errors="backslashreplace")
    sys.exit(main(sys.argv[1:], sys.stderr))
