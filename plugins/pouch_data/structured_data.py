"""The data for search engines of data sets: schema.org's Dataset, as JSON-LD."""

from __future__ import annotations

from markupsafe import Markup

from pouch.pages.models import SiteView
from pouch.theming.data_blocks import json_ld
from pouch_data.models import DataPage


def dataset(page: DataPage, site: SiteView) -> Markup:
    """The facts of /data/ (https://schema.org/Dataset)."""
    creator = {"@type": "Organization", "name": site.name, "url": site.url or site.home}
    facts = {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "@id": page.url,
        "url": page.url,
        "name": f"{site.name}: {page.title}",
        "description": page.description,
        "creator": creator,
        "license": page.license,
        "isAccessibleForFree": True,
        "inLanguage": list(page.languages),
        "temporalCoverage": f"{page.since}/{page.until}" if page.since else "",
        "spatialCoverage": [{"@type": "Country", "name": name} for name in page.places],
        "distribution": [
            {"@type": "DataDownload", "name": file.name, "contentUrl": file.url, "encodingFormat": file.media}
            for file in page.files
        ],
    }
    return json_ld(facts)
