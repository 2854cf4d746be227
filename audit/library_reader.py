"""The library `reader` as a feed reader: adds what it does not follow yet, polls, and tells what it has not shown.

    python library_reader.py DATABASE < addresses, a line each

Runs in audit/.venv, where the library is. Prints {address: {"error": text, "items": [[id, title, published, content,
new], …]}}; what was printed counts as read.
"""

import json
import sys

from reader import make_reader  # type: ignore[import-not-found]  # of audit/.venv only

addresses = sys.stdin.read().split()
reader = make_reader(sys.argv[1])
for address in addresses:
    reader.add_feed(address, exist_ok=True)
# At once, whatever it thinks of how often this feed changes.
reader.update_feeds(scheduled=False)
told = {}
for address in addresses:
    error = reader.get_feed(address).last_exception
    items = []
    for entry in reader.get_entries(feed=address):
        content = entry.content[0].value if entry.content else entry.summary
        published = entry.published.isoformat()[:19] if entry.published else ""
        items.append([entry.id, entry.title, published, content or "", not entry.read])
        reader.mark_entry_as_read(entry)
    told[address] = {"error": str(error.value_str) if error else "", "items": items}
json.dump(told, sys.stdout)
