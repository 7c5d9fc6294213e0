"""The letters and words of names, and the keys and numbers under which their spellings meet."""
