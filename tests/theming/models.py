"""The models of all pages, in one place for tests that show every kind of page."""

from __future__ import annotations

from pouch.pages.models import *  # noqa: F403  # by design
from pouch_archives.models import *  # noqa: F403
from pouch_feeds.page_models import *  # noqa: F403
from pouch_maps.models import *  # noqa: F403
from pouch_search.page_models import *  # noqa: F403
from pouch_taxonomies.models import *  # noqa: F403
