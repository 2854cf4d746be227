"""The theme's machinery. Nothing here needs Pelican.

`theme` renders a template with a model, in the `environment`: with `filters`, translations from `catalogues`, and
the `policy` and `data_blocks` of a page. `stylesheet` is the one that readers get. What makes it fast: `compiled`
templates, `macro_cache`, and the `shortcuts` around Jinja's private parts.
"""

from pouch.theming.theme import Theme

__all__ = ["Theme"]
