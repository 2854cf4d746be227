"""Coverage-guided fuzzing of one target: `python -m tests.fuzz TARGET [SECONDS]`; of each in turn with `all`.

It needs atheris (`pip install atheris`), which has wheels for some versions of Python only and is in no lock of ours.
It starts from the seeds of the target, and writes what it cannot answer to `crash-…` in the current folder: put that
into tests/fuzz/seeds/TARGET, where every test run tries it.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory


def main(name: str, seconds: str = "120") -> None:
    """Look for `seconds`, which all targets share with the name "all"; ends with 1 if one was answered wrongly."""
    try:
        import atheris
    except ImportError:
        sys.exit("needs atheris: pip install atheris")
    with atheris.instrument_imports(include=["pouch"]):
        from tests.fuzz.targets import TARGETS
    if name == "all":
        share = str(int(seconds) // len(TARGETS))
        # Each in a process of its own: libFuzzer ends its process.
        command = [sys.executable, "-m", "tests.fuzz"]
        failed = [target for target in TARGETS if subprocess.run([*command, target, share]).returncode]
        sys.exit(f"answered wrongly: {', '.join(failed)}" if failed else 0)
    if name not in TARGETS:
        sys.exit(f"no target {name}; there are {', '.join(TARGETS)}")
    # Names in all languages are loaded once, and slowly where code is counted: on no input's clock.
    TARGETS["entry"](b"---\ncountries: [Nowhere]\n---\n")
    seeds = Path(__file__).parent / "seeds" / name
    with TemporaryDirectory() as corpus:
        options = [f"-max_total_time={seconds}", "-timeout=30", "-rss_limit_mb=2000", "-print_final_stats=1"]
        atheris.Setup([sys.argv[0], corpus, str(seeds), *options], TARGETS[name])
        atheris.Fuzz()


if __name__ == "__main__":
    main(*sys.argv[1:])
