"""What a page says of its article: title, date, author, address, language."""

from __future__ import annotations

import re

import pytest

from pouch.convert.page.htmlpage import read_page
from pouch.convert.page.metadata import Metadata

PROSE = (
    "The strait is thirty-three kilometres wide at its narrowest, and ferries have crossed it since the 1820s. "
    * 3
)


def facts(head: str, body: str, url: str | None = None) -> Metadata:
    """The metadata of a page with that head and body."""
    page = read_page(
        f"<html><head>{head}</head><body>{body}<p>{PROSE}</p><p>{PROSE}</p></body></html>", None, url
    )
    assert page is not None
    return page.facts


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        (
            "<title>Ferries | Example News</title>",
            "<h1>Ferries cross the strait again</h1>",
            "Ferries cross the strait again",
        ),
        # A section's or a site's name in the only h1 is no headline.
        (
            "<title>Ferries cross the strait again - Opinion - Example</title>"
            '<meta property="og:title" content="Ferries cross the strait again">',
            "<h1>Opinion</h1><h2>Ferries cross the strait again</h2>",
            "Ferries cross the strait again",
        ),
        ("<title>Ferries cross the strait again | Example News</title>", "", "Ferries cross the strait again"),
        ("<title>海峡のフェリー再開｜例新聞</title>", "", "海峡のフェリー再開"),
        (
            '<title>Example</title><script type="application/ld+json">'
            '{"@type": "NewsArticle", "headline": "Bread &amp; ferries"}</script>',
            "",
            "Bread & ferries",
        ),
        # The nameplate leads to the front page, has a class that says so, or is the other half of the head's title.
        ("<title>Ferries cross the strait again - Example News</title>",
         "<h1><a href='/'>Example News <span>logo of Example News</span></a></h1>", "Ferries cross the strait again"),
        ("<title>Ferries cross the strait again</title>", "<h1 class='site-title'>The Strait Observer</h1>",
         "Ferries cross the strait again"),
        ("<title>Ferries cross the strait again | Strait Observer</title>",
         "<h1>Strait Observer</h1><div><h2>Ferries cross the strait again</h2></div>",
         "Ferries cross the strait again"),
        ("<title>Ferries | The Observer of the Strait and the Isles</title>",
         "<p>The Observer of the Strait and the Isles</p><h1>Ferries</h1>", "Ferries"),
        ("<title>Ferries cross the strait again</title>",
         "<h1>Observer</h1><footer>© 2025 Observer</footer>", "Ferries cross the strait again"),
        # A section's heading shares no word with what the head says, and the page shows the headline further below.
        ("<title>Ferries cross the strait again | Example</title>"
         '<meta property="og:title" content="Ferries cross the strait again">',
         "<h1>Friday's harbours</h1><p class='title'>Ferries cross the strait again</p>",
         "Ferries cross the strait again"),
        # Signs that close a quotation part nothing; a colon parts where the page shows what stands before it.
        # A line over or below the headline in its own heading is no part of it, whatever parts the two.
        ("<title>At the strait: Ferries cross again | Example</title>",
         "<h1><span class='topline'>At the strait</span> <span class='headline'>Ferries cross again</span></h1>",
         "Ferries cross again"),
        ("", "<h1><a href='/1'><span class='card__kicker'>Traffic</span><span> – </span>Ferries cross again</a></h1>",
         "Ferries cross again"),
        ("", "<h1>Ferries cross again <small>After a winter on land</small></h1>", "Ferries cross again"),
        ("", "<h1><span class='kicker'>Ferries cross again</span> now</h1>", "Ferries cross again now"),
        # Weblogs set the headline as a lower heading; a paragraph in the style of a title is a word processor's alone.
        ("<title>My Strait: [Log] The ferry - by A. Doe</title>",
         "<h3 class='post-title'>[Log] The ferry - by A. Doe</h3>",
         "[Log] The ferry - by A. Doe"),
        # A heading of one line that goes on where the head's title ends, or begins before it, is the whole headline.
        ("<title>Ferries cross the strait - Example</title>", "<h1>Ferries cross the strait in the ice</h1>",
         "Ferries cross the strait in the ice"),
        ("<title>Ferries cross the strait</title>", "<h1>“At last”: Ferries cross the strait</h1>",
         "“At last”: Ferries cross the strait"),
        ('<title>Ferries cross the strait</title><meta property="og:title" content="Ferries cross the strait">',
         "<h1>At last / Ferries cross the strait</h1>", "Ferries cross the strait"),
        # A title that the page shows whole has no site in it; a site in the midst is followed by what it is about.
        ('<title>Ferries - where they cross</title><meta property="og:site_name" content="Example">',
         "<h2>Ferries – where they cross</h2>", "Ferries – where they cross"),
        ('<title>Ferries cross | Example | All about the sea</title><meta property="og:site_name" content="Example">',
         "", "Ferries cross"),
        # The first of several headings that shares words with the head; one that a class alone makes a headline.
        ("<title>Ferries cross | Example</title>", "<h1>When the ferries go again</h1><h1>Newsletter</h1>",
         "When the ferries go again"),
        ("<title>Example</title>", "<div class='page-headline'>Ferries cross the strait again</div>",
         "Ferries cross the strait again"),
        # The article's day that a site sets before each headline; another day is what the headline is about.
        ("<title>Example</title>", "<h1>05.03.2025 - Ferries cross again</h1><p>5 March 2025</p>",
         "Ferries cross again"),
        ("<title>Example</title>", "<h1>05.03.2025 – the ferries cross</h1><p>5 March 2026</p>",
         "05.03.2025 – the ferries cross"),
        ("<meta name='application-name' content='Ferries cross again'><title>Ferries cross again</title>",
         "<p class='title'>Weather at the strait</p><h1>Ferries cross again</h1>", "Ferries cross again"),
        ("<title>La capitaine : « Nous traversons » - Le Détroit</title>", "", "La capitaine : « Nous traversons »"),
        ("<title>Ferries cross the strait : The Observer</title>", "<h2>Ferries cross the strait</h2>",
         "Ferries cross the strait"),
        ("", "", None),
    ],
)  # fmt: skip
def test_title(head: str, body: str, title: str | None) -> None:
    """The headline is what heading and head agree on, without the site's or a section's name."""
    assert facts(head, body).title == title


H1 = "<h1>Ferries cross the strait again</h1>"
BOX = "<div class='sidebar'><div><p>{}</p><p><time datetime='2025-03-05'>5 March 2025</time></p></div></div>"


@pytest.mark.parametrize(
    ("head", "body", "when", "found_in"),
    [
        # With the time and its offset, where the page shows the same day.
        (
            '<meta property="article:published_time" content="2025-03-05T09:30:00+01:00">',
            f"{H1}<p>Published on 5 March 2025 at 9:30</p>",
            "2025-03-05 09:30:00+01:00",
            "metadata",
        ),
        # In UTC it was the day before; readers see the day of the place.
        (
            '<meta property="article:published_time" content="2025-03-04T23:30:00Z">',
            f"{H1}<p>Veröffentlicht am 5. März 2025</p>",
            "2025-03-05",
            "text",
        ),
        ("", f"{H1}<p>Von Redaktion, 5. März 2025</p>", "2025-03-05", "text"),
        ("", f"{H1}<p>Stand: 05.03.2025, 07:30 Uhr</p>", "2025-03-05", "text"),
        ("", f"<p>5 mars 2025</p>{H1}", "2025-03-05", "text"),
        (
            '<script type="application/ld+json">{"@type": "Article", "datePublished": "2025-03-05"}</script>',
            H1,
            "2025-03-05",
            "metadata",
        ),
        # An update is not the publication.
        (
            '<meta name="date" content="2025-03-05">',
            f"{H1}<p>Updated 9 April 2025</p>",
            "2025-03-05",
            "metadata",
        ),
        # A day that the page says it was published on goes before one that a comment is marked with.
        (
            "",
            f"{H1}<p>{PROSE}</p><p>{PROSE}</p><p>{PROSE}</p><p>Veröffentlicht am 05.03.2025</p>"
            '<article><time datetime="2025-03-09">vor vier Tagen</time></article>',
            "2025-03-05",
            "text",
        ),
        # The only day that stands alone, however far below; of two, neither.
        ("", f"{H1}<p>{PROSE}</p>" + "<p>Depth.</p>" * 20 + "<p>05.03.2025 um 09:25</p>", "2025-03-05", "text"),
        # What a program writes of who posted something, and in a box whose name the headline shares.
        ("", f"{H1}<p>Gespeichert von inselkind am 5. März 2025 - 18:55</p>", "2025-03-05", "text"),
        ("", f"{H1}<p>Par George Sand, avec les agences | Publié le 5 mars 2025</p>", "2025-03-05", "text"),
        ("", f"<div class='widget blog'><h4>Wednesday, March 5, 2025</h4>{H1}</div>", "2025-03-05", "text"),
        ("", f"<div class='teaser__text'>{H1}</div><p class='teaser__date'>5 March 2025</p>", "2025-03-05", "text"),
        # A name of style right below the headline; a teaser of another text has a heading.
        ("", f"{H1}<div class='teaser-small'><p>By Mary Shelley on 5 March 2025</p></div>", "2025-03-05", "text"),
        ("", f"{H1}<footer class='meta'>05.03.25 / 0 comments</footer>", "2025-03-05", "text"),
        ("", f"{H1}<div class='teaser'><h3>Harbours</h3><p>5 March 2025</p></div>", "None", None),
        ("", f"{H1}<p>Text.</p><p class='footer-line'>Published: 5 March 2025</p>", "2025-03-05", "text"),
        # Microformats and RDFa.
        ("", f"{H1}<abbr class='published' title='2025-03-05'>10:52</abbr>", "2025-03-05", "metadata"),
        ("", f"{H1}<span property='schema:dateCreated' content='2025-03-05'></span>", "2025-03-05", "metadata"),
        ("", f"{H1}<p>5 March 2025. The ferries cross again.</p>", "2025-03-05", "text"),
        # A leaf of a calendar, whose parts are elements; two numbers of it are no day.
        ("", f"{H1}<p class='date'><b>05</b><i>März</i><b>2025</b></p>", "2025-03-05", "text"),
        ("", f"{H1}<p class='date'><b>05</b><b>2025</b></p>", "None", None),
        # Signed behind the day, and in an element of its own in a line of other things; an event is not signed.
        ("", f"{H1}<p>{PROSE}</p><p>5 March 2025, 09:30 by mary</p>", "2025-03-05", "text"),
        ("", f"{H1}<p>Sea (1 of 2) <span>05.03.2025 13:30 von mary</span> <i>harbours</i></p>", "2025-03-05", "text"),
        ("", f"{H1}<p>Sea (1 of 2) <span>05.03.2025 13:30 at mary's</span> <i>harbours</i></p>", "None", None),
        # A column of facts that has the headline again is the article's; one of other things is not.
        ("", f"<article>{H1}<p>{PROSE}</p>{BOX.format('Ferries cross the strait again')}</article>",
         "2025-03-05", "text"),
        ("", f"<article>{H1}<p>{PROSE}</p>{BOX.format('Harbours')}</article>", "None", None),
        # A birthday in a box of facts.
        ("", f"{H1}<ul><li>28 January 1975</li><li>Singapore</li></ul><p>A singer.</p>", "None", None),
        ("", f"{H1}<p>{PROSE}</p><div class='widget'><p>5 March 2025</p></div>", "None", None),
        ("", H1, "None", None),
    ],
)  # fmt: skip
def test_date(head: str, body: str, when: str, found_in: str | None) -> None:
    """The day that readers see beside the headline, else the day that the page's head tells; and which it was."""
    found = facts(head, body)
    assert (str(found.date), found.date_from) == (when, found_in)


@pytest.mark.parametrize(
    ("address", "when"),
    [
        ("https://news.example/2025/03/05/ferries", "2025-03-05"),
        ("https://news.example/20250305-ferries.html", "2025-03-05"),
        ("https://news.example/blog/2025/3/5/ferries", "2025-03-05"),
        ("https://news.example/news/05-03-2025", "2025-03-05"),
        ("https://news.example/2025/03/ferries-4711", "None"),
        ("https://news.example/2025-0305/ferries", "None"),
        ("https://news.example/2025/13/5/ferries", "None"),
    ],
)
def test_date_in_an_address(address: str, when: str) -> None:
    """An address that holds a whole day tells it, where the page does not."""
    assert str(facts("", H1, address).date) == when


@pytest.mark.parametrize(
    ("head", "body", "author"),
    [
        ('<meta name="author" content="Example News">', f"{H1}<p>By Mary Shelley</p>", "Mary Shelley"),
        ("", f"{H1}<p>Von Clara Zetkin am 5. März 2025 um 9 Uhr</p>", "Clara Zetkin"),
        ("", f"{H1}<p>Par George Sand et Victor Hugo | 5 mars 2025</p>", "George Sand et Victor Hugo"),
        ("", f"{H1}<p>Posted on March 5, 2025 by Mark Twain</p>", "Mark Twain"),
        # A link says where a name ends, and that a word in small letters is one.
        ("", f"{H1}<p>von <a href='/u/7'>inselkind</a> in Allgemein</p>", "inselkind"),
        ("", f"{H1}<p>By <a href='/mary'>Mary Shelley</a>Staff writer</p>", "Mary Shelley"),
        ("", f"{H1}<p>By the sea, nothing moves.</p>", None),
        (
            '<script type="application/ld+json">{"@graph": [{"@type": "NewsArticle",'
            ' "author": [{"name": "Mary Shelley"}, {"name": "Percy Shelley"}]}]}</script>',
            H1,
            "Mary Shelley, Percy Shelley",
        ),
        # What software writes of who posted, and a name that sticks to the word before it.
        ("", f"{H1}<p>Posted in Ferries by islandchild on March 5, 2025</p>", "islandchild"),
        ("", f"{H1}<p>Erstellt von Clara Zetkin am Mittwoch 5. März 2025</p>", "Clara Zetkin"),
        ("", f"{H1}<p>By<a href='/mary'>Mary Shelley</a></p>", "Mary Shelley"),
        ("", f"{H1}<p>von <a href='/u/7'>reeder1984</a> · 5. März 2025</p>", "reeder1984"),
        # What she is, behind her name.
        ("", f"{H1}<p>von Clara Zetkin, Online-Redaktion Veröffentlicht: 5. März 2025</p>", "Clara Zetkin"),
        # A byline at the end goes before a head that names no person.
        ('<meta name="author" content="EN">', f"{H1}<p>{PROSE}</p>" + "<p>Depth.</p>" * 9 + "<p>By Mary Shelley</p>",
         "Mary Shelley"),
        # All of a list whose first name the head has.
        ('<meta name="author" content="Mary Shelley">',
         f"{H1}<p>5 May 2025</p><div class='byline'>Mary Shelley, Percy Shelley</div>", "Mary Shelley, Percy Shelley"),
        ("", f"{H1}<p class='author'>Send an e-mail to the author</p>", None),
        # Labels, offices and agencies are no names, in boxes of their own or behind a comma.
        ("", f"{H1}<div class='author'><a href='/u/7'>Voir le profil</a></div>", None),
        ("", f"{H1}<p class='byline'>Von <a href='/u/7'>Clara Zetkin</a>, Korrespondentin in Kairo</p>",
         "Clara Zetkin"),
        ("", f"{H1}<div class='author'><b>Clara Zetkin</b><i>Chefredakteurin</i></div>", "Clara Zetkin"),
        ("", f"{H1}<p>Por Gabriela Mistral, con información de EFE | 5 de marzo de 2025</p>", "Gabriela Mistral"),
        ("", f"{H1}<p>By Mary Shelley and Percy Shelley, with agencies</p>", "Mary Shelley and Percy Shelley"),
        # Several links and several elements of the head are several authors.
        ("", f"{H1}<p class='article-authors'><a href='/1'>Mary Shelley</a><a href='/2'>Percy Shelley</a></p>",
         "Mary Shelley, Percy Shelley"),
        ("", f"{H1}<p class='author'><a href='/1'>Mary Shelley</a> <a href='/2'>Account of Mary Shelley</a></p>",
         "Mary Shelley"),
        ('<meta name="author" content="Mary Shelley,Percy Shelley">', H1, "Mary Shelley, Percy Shelley"),
        ('<meta name="author" content="Mary Shelley"><meta name="author" content="Percy Shelley">', H1,
         "Mary Shelley, Percy Shelley"),
        # JSON-LD names a person by parts of the name, or by a reference.
        ('<script type="application/ld+json">{"@type": "NewsArticle", "author": {"@type": "Person",'
         ' "givenName": "Mary", "familyName": "Shelley"}}</script>', H1, "Mary Shelley"),
        ('<script type="application/ld+json">{"@graph": [{"@type": "Article", "author": {"@id": "#m"}},'
         ' {"@id": "#m", "@type": "Person", "name": "Mary Shelley"}]}</script>', H1, "Mary Shelley"),
        # The publisher is the source, and no author as well.
        ('<meta name="author" content="Example News"><meta property="og:site_name" content="Example News">', H1, None),
        # Another's name: who commented.
        ("", f"{H1}<div class='comment-list'><span class='author'>Tom Commenter</span></div>", None),
    ],
)  # fmt: skip
def test_author(head: str, body: str, author: str | None) -> None:
    """Whoever the line below the headline credits, else whom the page's head names; nobody from the comments."""
    assert facts(head, body).author == author


def test_a_headline_with_a_line_over_it_is_found_on_the_page() -> None:
    """What stands beside a headline is read there, however long the line over it in the same heading is."""
    over = "<span class='dachzeile'>The long winter on both banks of the strait, and what came of it</span>"
    page = f"<h1>{over}<span class='headline'>Ferries cross again</span></h1><p>By Mary Shelley</p><p>5 March 2025</p>"
    found = facts("", page)
    assert (found.title, found.author, str(found.date)) == (
        "Ferries cross again",
        "Mary Shelley",
        "2025-03-05",
    )


def test_publisher_address_and_language() -> None:
    """What the head says of the publisher, the page's own address and its language, each checked."""
    found = facts(
        '<link rel="canonical" href="https://news.example/ferries"><meta property="og:site_name" content="Example">'
        '<meta property="og:locale" content="pt_BR"><meta property="og:url" content="javascript:alert(1)">',
        H1,
    )
    assert (found.site, found.url, found.lang) == ("Example", "https://news.example/ferries", "pt")


MASTHEAD = (
    "<div id='top'><div class='date'>{day}</div><a href='/'>Home</a> <p>Sea</p><p>Trade</p><p>Sport</p><p>Ferries</p>"
    "<p>Weather</p><p>Tides</p></div>"
)


def test_the_day_in_a_masthead_dates_no_article() -> None:
    """A day far above the headline is that on which the page was read; near it, it is the article's."""
    assert facts("", MASTHEAD.format(day="Saturday, 8 March 2025") + H1).date is None
    marked = MASTHEAD.format(
        day="<span class='datetime'><time datetime='2025-03-08'>8 March 2025</time></span>"
    )
    assert facts("", marked + H1).date is None
    near = f"<div class='date'>Saturday, 8 March 2025</div>{H1}"
    assert str(facts("", near).date) == "2025-03-08"
    assert str(facts("", f"{H1}<p>dodano: 8 marca 2025, 16:45</p>").date) == "2025-03-08"


def test_the_day_beside_a_headline_in_the_page_s_head_is_that_of_reading() -> None:
    """Where the first headline stands among menus, the second one is the article's, and has its date beside it."""
    menu = "".join(f"<a href='/{number}'>Section {number}</a>" for number in range(12))
    day = "<div class='fecha'><time datetime='2025-03-08'>8 March 2025</time></div>"
    head = f"<header>{H1}<div>{day}</div><nav>{menu}</nav></header>"
    title = H1.replace("h1", "h3")
    assert facts("", f"{head}{title}<p>By Mary Shelley</p><p>Text.</p>").date is None
    assert str(facts("", f"{head}{title}<p>5 March 2025</p><p>Text.</p>").date) == "2025-03-05"
    assert (
        str(facts("", f"<article><header>{H1}{day}<nav>{menu}</nav></header></article>").date) == "2025-03-08"
    )


def test_what_a_site_is_about_is_no_part_of_its_name() -> None:
    """A site may add a line about itself to its name; it is neither name nor author."""
    name = '<meta property="og:site_name" content="StraitNews | All about ferries">'
    found = facts(f'{name}<meta name="author" content="StraitNews">', H1)
    assert (found.site, found.author) == ("StraitNews", None)


@pytest.mark.parametrize(
    ("title", "address", "site"),
    [
        (
            "Ferries cross again | The Strait Post",
            "https://www.straitpost.example/ferries",
            "The Strait Post",
        ),
        ("Le Courrier du port - Le bac", "https://courrierduport.example/bac", "Le Courrier du port"),
        ("STRAIT ENERGY: Ferries - STRAIT ENERGY", "https://strait-energy.example/1", "STRAIT ENERGY"),
        # In another script the host spells it in Latin letters; an address is a name; Chinese parts by a sign.
        ("Море - Паромы снова ходят", "https://more.example/1", "Море"),
        ("Ferries cross again - Strait.example", "https://news.example/ferries", "Strait.example"),
        ("轮渡恢复_社会_海峡新闻网", None, "海峡新闻网"),
        # Behind the headline several words are no section, unless they stand in the page's menu; nor is a date.
        ("Ferries cross again | The Strait Post", None, "The Strait Post"),
        ("Ferries cross again | Bread and ferries", None, None),
        ("Ferries cross again | 5 March 2025", None, None),
        ("The Isle - Ferries cross", None, "The Isle"),
        # What the host is not called may be a section.
        ("Ferries cross again | Opinion", "https://straitpost.example/ferries", None),
        ("The strait", "https://strait.example/1", None),
    ],
)
def test_the_site_in_the_title(title: str, address: str | None, site: str | None) -> None:
    """A page that does not say whose it is names it in its title: as its host or its rights' holder is called."""
    heading = f"<h1>{next(part for part in re.split(r' [|-] |_', title) if part != site)}</h1>"
    frame = "<ul><li>Bread and ferries</li></ul>" + heading + "<p>© 2025 The Isle, all rights reserved</p>"
    assert facts(f"<title>{title}</title>", frame, address).site == site


@pytest.mark.parametrize(
    ("markup", "author"),
    [
        # A label alone, and the name below it.
        ("<h5>Author:</h5><div>Mary Shelley</div>", "Mary Shelley"),
        ("<h5>Author:</h5><div>What the ferry costs, and who pays for it</div>", None),
        # A headline of a column, whoever a page credits for itself, and an office.
        ("<div class='author'><a href='/1'>Ferries cross against the will of All</a></div>", None),
        ("<div class='credits'><div class='author'>Mary Shelley</div></div>", None),
        ("<div class='author'>Staff Reports</div>", None),
        ("<meta name='author' content='publisher'>", None),
    ],
)
def test_who_is_an_author(markup: str, author: str | None) -> None:
    """A name below its label is the author's; a sentence, a site's maker and an office are none."""
    assert facts("", f"{H1}{markup}").author == author


def test_a_firm_is_no_author() -> None:
    """A legal form behind a name, or the site's own domain, makes it a publisher's."""
    assert facts("<meta name='author' content='STRAIT-POST.PL'>", H1).author is None
    assert facts("<meta name='author' content='Strait Wine Board GmbH'>", H1).author is None
    assert facts("<meta name='author' content='Ann Strait'>", H1).author == "Ann Strait"
