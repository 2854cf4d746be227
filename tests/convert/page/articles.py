"""A news page in its usual frame, into which tests put the part that they are about."""

from __future__ import annotations

OPENING = (
    "The Suez Canal was opened to shipping on 17 November 1869, after ten years of work by the company that Ferdinand "
    "de Lesseps had founded, and it cut the way from London to Bombay by some seven thousand kilometres."
)
SECOND = (
    "Egypt nationalised the company in July 1956. Britain, France and Israel attacked in October, and withdrew under "
    "pressure from the United States, the Soviet Union and the United Nations."
)
THIRD = (
    "The canal was closed from June 1967 to June 1975, while armies faced each other on its banks. Fifteen ships were "
    "caught in the Great Bitter Lake, and their crews founded an association with its own stamps."
)
LAST = (
    "A second channel of thirty-five kilometres was added in 2015, so that convoys in both directions may pass each "
    "other. The authority said that it halves the time that ships have to wait."
)
TITLE = "How the Suez Canal changed the trade of two oceans"


def page(
    middle: str = "",
    *,
    above: str = "",
    below: str = "",
    head: str = "",
    title: str = TITLE,
    heading: str | None = None,
) -> str:
    """The page. `above` stands between its heading and its first paragraph, `below` after its last."""
    top = f"<h1>{title}</h1>" if heading is None else heading
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title} | Canal Review</title>{head}</head>'
        '<body><nav><ul><li><a href="/">Home</a></li><li><a href="/trade/">Trade</a></li></ul></nav>'
        f"<article>{top}{above}<p>{OPENING}</p><p>{SECOND}</p>{middle}<p>{THIRD}</p><p>{LAST}</p>{below}</article>"
        "<footer><p>© Canal Review</p></footer></body></html>"
    )
