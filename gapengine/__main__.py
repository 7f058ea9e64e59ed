"""`python -m gapengine` is the `gapengine` command."""

from gapengine.cli import main

main()
