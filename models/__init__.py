"""Statistics: arrays and frames in, arrays and frames out. Knows no agency, no college, no files."""
