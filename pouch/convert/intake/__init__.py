"""From SOURCE… to articles: files, folders, addresses, messages, feeds and JSONL, read one at a time, as given.

`article` says what an article is, and what is refused; `sources` finds them; `documents` tells what each is, with
`decoding`, and asks what reads its format: `jsonl`, `mail`, `syndication`, `clips`, `office`. `fetching` asks the
web, with `hosts` at the door. Read them in that order. Other rooms call `sources.read_sources` and `fetching.fetch`,
and are handed `Article`s.
"""
