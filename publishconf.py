"""Production: `pouch build --settings publishconf.py`, or `make publish`."""

from pathlib import Path
from runpy import run_path

# Not an import: a settings file may be run from any folder, and nothing of ours touches sys.path.
globals().update(run_path(str(Path(__file__).with_name("pelicanconf.py"))))

SITEURL = "https://briefings.example"
