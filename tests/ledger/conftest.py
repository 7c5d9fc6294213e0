"""Puts the claim kit of the states' tests where test modules can import it."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "states"))
