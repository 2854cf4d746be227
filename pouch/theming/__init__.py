"""The theme's machinery: templates, filters, catalogues, stylesheet. Nothing here needs Pelican."""

from pouch.theming.theme import Theme

__all__ = ["Theme"]
