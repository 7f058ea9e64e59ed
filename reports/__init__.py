"""Paper: turns a plain description of findings into PDF, HTML and Excel. Knows no agency and no model."""
