"""Markdown → sanitised HTML, with its links, images and limits.

`renderer` is what others call. `dialect` sets up Python-Markdown: `blocks` (with `open_blocks`, `tables` and
`definitions`) parses blocks and calls the dialect through `callbacks`, `addresses` finds bare addresses, `raw`
reads HTML. `sanitise` has the allow-list, `links` and `images` say what an address leads to, `places` on which line
a problem stands, `limits` keeps costs bounded, `svg` finds what a drawing would run. `tags` and `text` read HTML that
is sanitised already. `fast` holds every shortcut around private parts of the library.
"""
