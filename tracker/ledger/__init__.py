"""What was added and judged, kept for good."""
