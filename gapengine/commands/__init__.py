"""The commands, one module a group; each module's ``add`` puts its own on the application."""
