"""From an article in any shape to a draft entry, with a report of every decision."""
