"""From articles to draft entries on disk: each drafted in a worker, all put where they belong in the input's order.

`newsletters` parts the stories of one message; `drafting` makes one article's draft, purely; `walls` refuses pages that
are no articles; `result` is its result. `near_duplicates` and `archive_index` know what the archive holds,
`proposals` adds comments that an editor may turn into fields, `imagestore` and `writing` make files, `batch` drives
them all, `output` prints: read them in that order. Commands call `batch.convert`, `drafting.options_from`,
`output.as_json` and `output.as_lines`.
"""
