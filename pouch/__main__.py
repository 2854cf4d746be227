"""`python -m pouch`."""

from pouch.cli import main

main()
