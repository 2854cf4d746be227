"""The engine: scan, load, plan, compare, render, write; only what changed.

What is planned: `plan`, of what the plugins' `planners` yield and of `own_files`.
Links within the site: `dead_links`, of bodies and of `other_links`; `page_ids` are what they can name in a page.
Two rooms of its own: `check` (a build's problems without a build, and what only a check asks) and `preview` (pages
outside of a build).
"""
