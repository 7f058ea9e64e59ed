"""Announcements of projects: one file per site that publishes them, and the reading of facts from their texts."""
