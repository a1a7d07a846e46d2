"""`python -m kejian` is `kejian`."""

import sys

from kejian.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
