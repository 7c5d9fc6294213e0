"""States drawn as polygons."""
