"""What reports say about control, read into claims."""
