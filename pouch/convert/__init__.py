"""From an article in any shape to a draft entry, with a report of every decision.

Four rooms, each knowing only those before it: `text` (lines of text, whatever they came in), `intake` (sources read
into articles) and `page` (a web page taken apart), which do not know each other, and `drafts` (articles made into
files). `tagging` is the batch of `pouch tag`, which takes articles apart and makes no drafts. Read them in that order.
"""
