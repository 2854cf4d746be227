"""The engine: scan, load, plan, compare, render, write; only what changed.

To compare two revisions: `git`, `checkout` (the folder at a revision), `sides` (what a site holds at one moment),
`rewording` and `changes` (what an edit means to editors and subscribers), `difference`, `diff_formats`.
"""
