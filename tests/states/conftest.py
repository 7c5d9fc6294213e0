"""Puts the tests' own claim kit where test modules can import it."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
