"""What is not shipped: the builder of the embedded snapshot and what it needs to read re-encoded files."""
