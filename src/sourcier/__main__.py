"""``python -m sourcier``."""

import sys

from sourcier.cli import main

sys.exit(main())
