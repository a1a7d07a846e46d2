"""Build the course in this folder: `python build.py`, `python build.py --help`."""

import sys

try:
    from kejian.cli.main import main
except ModuleNotFoundError as missing:
    sys.exit(
        f"build.py needs the package {missing.name}: type `make site`, which installs it and builds, or\n"
        "    python3 -m venv .venv && .venv/bin/pip install -r requirements/build.txt\n"
        "    .venv/bin/python build.py setup && .venv/bin/python build.py"
    )

if __name__ == "__main__":
    sys.exit(main())
