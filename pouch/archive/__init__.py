"""The archive: every due entry, grouped into briefings and slices."""
