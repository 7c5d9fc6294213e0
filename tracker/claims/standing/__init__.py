"""Whether what is said is so: asserted, hedged, or planned, denied and failed."""
