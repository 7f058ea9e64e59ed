"""How each table of the snapshot is built: one module a subject, each listing its ``RECIPES``."""
