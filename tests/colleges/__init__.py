"""Invented colleges of other states and sectors: their folders, and what makes their figures."""
