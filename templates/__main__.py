"""``python -m templates``."""

import sys

from templates.cli import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], sys.stderr))
