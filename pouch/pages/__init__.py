"""The planners' tools: what every plugin needs to say which outputs a site has, and the model of each.

In reading order: `outputs` and `groups` (what planners yield), `models`, `view` (what planners get), `interface`
(links, labels and cards of a language), `addresses`, `messages`. For parts of pages: `frame` (around every page),
`rivers` with `pagination`, `coverage` (charts), `maps` and `outlines` (shapes of countries), `periods`, `languages`.
For programs: `identity`, `sitemap`, `formerly` (addresses that moved), `host_files`.
"""
