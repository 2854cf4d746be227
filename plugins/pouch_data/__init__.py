"""Pelican plugin: what readers may take along. `data` publishes the archive as files at /data/, `dossier_data` a file
for each dossier, `references` its briefings for programs of references, `markdown` each briefing and /llms.txt.

`datasets`, `references` and `markdown` plan these files, of the `dossiers` that have some; `downloads` are what pages
offer, `models` what files are rendered from, `structured_data` what search engines of data sets read.
"""

from pouch.hosting import register
from pouch.pages import addresses, messages
from pouch.plugins import MenuItem
from pouch_data.datasets import plan_data, plan_data_page, plan_dossier_data
from pouch_data.downloads import downloads
from pouch_data.markdown import markdown_href, plan_markdown
from pouch_data.references import plan_references
from pouch_data.structured_data import dataset

PAGES = [plan_data_page, plan_references, plan_markdown]
# With the feeds, since they are spliced of fragments too.
FEEDS = [plan_data, plan_dossier_data]
FEATURES = ["data", "dossier_data", "references", "markdown"]
FILTERS = {"dataset": dataset}
FOOTER = [MenuItem(80, addresses.DATA, messages.DATA, link="data")]
LINKS = {
    "data": lambda interface: interface.href(addresses.DATA) if interface.has("data") else "",
    "downloads": downloads,
    "markdown": markdown_href,
}

__all__ = ["FEATURES", "FEEDS", "FILTERS", "FOOTER", "LINKS", "PAGES", "register"]
