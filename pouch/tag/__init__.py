"""Tagging: the countries and topics that a text is about, with the evidence.

`analysis` is what others call; it works on a `document`, whose `language` is detected, by the `matching` of many
words in one pass.

- Countries: `countries` finds those that are named, by the `gazetteer` of a language, which takes names from
  `inflection` and `prefixes` and leaves out `namesakes`; `roles` says which the text is about.
- Topics: `topics` adds up `aliases` (the vocabulary's words) and `learning` (a model of the archive's entries, of
  `features` and `fields`), and `confidence` says how sure each is. `archive` learns, once for each state of the
  entries.
- Key points: `sentences`.
"""
