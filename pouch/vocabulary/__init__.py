"""The controlled lists of terms: countries and topics.

`vocabulary` is what others ask; it has `terms`. Where these come from: the `registry` of countries and regions, the
`standard` topics, the archive's own files (`loading`, with `positions` and `toml_mistakes`), cached as `lists`.
`names` are countries in all languages, `slugs` the readable part of an address.
"""
