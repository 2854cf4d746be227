"""The theme's machinery. Nothing here needs Pelican.

`theme` renders a template with a model, in the `environment`: with `filters`, translations from `catalogues`, and
the `policy` and `data_blocks` of a page. `assets` are its other files as readers get them: each `stylesheet` and
`script` joined of its parts. What makes it fast: `compiled` templates, `macro_cache`, and the `shortcuts` around
Jinja's private parts.
"""

from pouch.theming.theme import Theme

__all__ = ["Theme"]
