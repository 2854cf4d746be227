"""The controlled lists of terms: countries and topics.

`vocabulary` is what others ask; it has `terms`. Where these come from: the `registry` of countries and regions, the
`standard` topics, the archive's own files (`loading`, with `positions` and `toml_mistakes`), cached as `lists`.
`names` are countries in all languages, `associations` the peoples and cities that make one think of them, `slugs` the
readable part of an address.
"""
