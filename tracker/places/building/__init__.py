"""The shipped gazetteer files: rebuilt from their sources, and checked."""
