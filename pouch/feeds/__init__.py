"""Feeds: every slice of the archive as RSS, Atom and JSON Feed, for readers who keep them for years."""
