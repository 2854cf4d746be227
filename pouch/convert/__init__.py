"""From an article in any shape to a draft entry, with a report of every decision.

Four rooms, each importing only those before it: `text` (lines of text from any source), `intake` (sources read
into articles) and `page` (web pages), which do not import each other, and `drafts` (articles made into
files). `tagging` is the batch of `pouch tag`, which parses articles and makes no drafts;
`retagging` does the same to the archive's own entries. Read them in that order.
"""
