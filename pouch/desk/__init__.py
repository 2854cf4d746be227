"""The desk: from an article to a curated draft in the browser. A local page for one editor, without accounts.

`passages` is an article's text in pieces that are kept or dropped, `marks` what speaks for which term in them,
`sheet` an entry as the browser edits it and the text of its file. `inbox` holds what came in and has no file yet,
`files` finds the entries that have one, `near_duplicates` what is much like one, `loading` has the archive behind
them. `desk` brings these together; `answers` are what it says, `publishing` is publishing and the commit that is
offered. `server` serves it, with `words`, the pages in `pages/` and their translations.
"""
