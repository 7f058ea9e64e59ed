"""One small reader for each file that somebody re-encoded, naming what differs from the agency's own."""
