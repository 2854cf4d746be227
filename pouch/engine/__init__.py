"""The engine: scan, load, plan, compare, render, write; only what changed.

- `build` has the steps under each other; after the scan they are functions of `steps`, and its result is a `report`.
- Reading: `scan`, `load`, of `parsed_files`; `due` is what depends on the present.
- Planning: `plan`, of what the plugins' `planners` yield and of `own_files`.
- Comparing: `compare` by each `fingerprint`, and by the `inventory` of the output.
- Writing: `render` with models from the `spool`, `folders` for parts that only a render function knows, `files`.
- Kept for the next build: `state` with its `blobs`, and the `manifest`. One build at a time has the `lock`.
- Links within the site: `dead_links`, of bodies and of `other_links`; `page_ids` are what they can name in a page.
- Told afterwards: `summary`, `explaining`. `garbage` says when Python may collect it.

Two rooms of its own: `check` (a build's problems without a build, and what only a check asks) and `preview` (pages
outside of a build).
"""
