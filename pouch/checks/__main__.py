"""`python -m pouch.checks`: prints docs/checks.md."""

from __future__ import annotations

from pouch.checks.registry import reference

print(reference(), end="")
