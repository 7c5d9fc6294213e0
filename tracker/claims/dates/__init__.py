"""When a report says that something was so: expressions of time as EDTF, and the order of what is told."""
