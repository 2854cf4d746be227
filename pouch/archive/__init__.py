"""The archive: every due entry, grouped into briefings and slices.

In reading order: `records` (what is kept of a file), `briefing` (one story in all its languages), `archive` (the
groups), `connections` (threads, and what makes a briefing related).
"""
