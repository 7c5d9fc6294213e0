"""From dated reports to dated maps of who controls what, every polygon traceable to its sentence."""

__version__ = "0.1.0"
