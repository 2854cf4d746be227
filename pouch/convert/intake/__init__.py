"""From SOURCE… to articles: files, folders, addresses, messages, feeds and JSONL, read one at a time, in order.

`article` defines an article and a refusal; `sources` lists the inputs; `documents` detects the format of each, with
`decoding`, and calls the reader of its format: `jsonl`, `mail`, `syndication`, `clips`, `office`. `companions` adds
the pictures that a browser saved beside a page. `fetching` reads web addresses, which `hosts` checks, with `cookies`
and `unpacking`. Read them in that order. Other rooms call `sources.read_sources` and `fetching.fetch`, and get
`Article`s.
"""
