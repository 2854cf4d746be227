"""The engine: scan, load, plan, compare, render, write; only what changed."""
