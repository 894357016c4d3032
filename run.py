#!/usr/bin/env python3
"""Sets up and runs everything: demo, test, check, manage, bench, stop. Standard library only."""

import sys

if sys.version_info < (3, 11):
    sys.exit(
        "Yanxiu needs Python 3.11 or newer and this is %d.%d: "
        "call run.py with a newer one." % sys.version_info[:2]
    )

from config.launch.main import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
