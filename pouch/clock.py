"""The one place that reads the clock. SOURCE_DATE_EPOCH, where set, is the time.

Source of the variable: https://reproducible-builds.org/specs/source-date-epoch/
"""

from __future__ import annotations

import os
from datetime import UTC, datetime

from pouch.errors import EnvironmentFault


def now() -> datetime:
    """The present in UTC, whole seconds; read it once per run and hand it on.

    Raises EnvironmentFault where SOURCE_DATE_EPOCH is set and is no number of seconds.
    """
    fixed = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not fixed:
        return datetime.now(UTC).replace(microsecond=0)
    try:
        return datetime.fromtimestamp(int(fixed), UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise EnvironmentFault(f"SOURCE_DATE_EPOCH must be seconds since 1970, not {fixed!r}") from error
