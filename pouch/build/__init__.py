"""The build: scan, read, plan, render, write; only what changed."""
