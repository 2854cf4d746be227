"""A language server for entries: `cursor` (the key at a place), `completion`, `hover`, and `server` (the protocol).

The first three are pure functions over text, vocabulary and a list of entries. `server` needs the extra `lsp`.
"""
