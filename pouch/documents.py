"""The pages of the documentation: docs/ in a checkout, a copy of it in an installed package."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).parent


def documents() -> dict[str, Path]:
    """The pages by name, `editing` or `commands/build`, their overview `commands`; those of the commands last."""
    folder = next(path for path in (_PACKAGE / "docs", _PACKAGE.parent / "docs") if path.is_dir())
    files = sorted(folder.glob("*.md")) + sorted((folder / "commands").glob("*.md"))
    pages = {file.relative_to(folder).with_suffix("").as_posix(): file for file in files}
    overview = pages.pop("commands/README")
    del pages["README"]  # a table of the same names
    return {name: file for name, file in pages.items() if "/" not in name} | {"commands": overview} | pages


def title_of(page: Path) -> str:
    """A page's first heading."""
    with page.open(encoding="utf-8") as lines:
        return next((line.removeprefix("# ").strip() for line in lines if line.startswith("# ")), "")
