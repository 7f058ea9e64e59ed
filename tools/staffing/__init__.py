"""National staffing patterns at four digits, made to add up to what the agency publishes at three."""
