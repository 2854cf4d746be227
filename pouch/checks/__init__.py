"""Checks: of one file and across files, their registry, and the formats that problems are printed in.

`registry` has every code. `site` checks across files: `entries` (ids, slugs, translations), `links` (within the site),
`places` (folders that nothing reads, settings that name no file). `files` are those that `pouch check` is asked about,
`formats` the forms of its answer.
"""
