"""From words to trees: by a trained parser, or by windows of words where none is installed."""
