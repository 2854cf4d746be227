"""Entries: curated Markdown files with strict front matter."""
