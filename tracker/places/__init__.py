"""Place names found, and tied to the gazetteer."""
