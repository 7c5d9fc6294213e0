"""The compiled gazetteer: made from rows, kept in the user's cache, mapped into memory, overlaid with own files."""
