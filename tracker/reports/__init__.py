"""Documents of many kinds, read into reports."""
