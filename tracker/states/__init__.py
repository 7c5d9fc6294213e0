"""Claims weighed into states over time."""
