"""Which of the words that stand in a report may name a place, and what the words around them say of it."""
