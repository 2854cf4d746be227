"""The check: a build's problems without a build (`checking`), and what only a check asks.

`duplicates`, `late_dates`, `swapped_originals`: entries that are probably wrong. `own_templates`: faults that show only
in a page. `neglect`: what `pouch check --strict` adds.
"""
