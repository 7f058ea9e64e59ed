"""A small page on this machine for the Chamber: a form for the employer brief, and the editions to read."""
