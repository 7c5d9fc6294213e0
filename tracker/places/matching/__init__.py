"""Where the names of a gazetteer stand in a text: every one, longest first, whatever it means there."""
