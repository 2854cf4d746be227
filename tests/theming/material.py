"""What specimens are made of: terms, cards and texts in several languages and both directions."""

from __future__ import annotations

from pouch import settings
from pouch.plugins import load_plugins
from pouch.site import Site
from tests.theming import models as m

URL = "http://127.0.0.1:8000"
PLUGINS = load_plugins(settings.PLUGINS)
"""Templates call the filters of plugins."""


def site(theme: str = settings.THEME, overrides: tuple[str, ...] = (), root: str = "/nowhere/site") -> Site:
    """A Site whose theme is ours unless a test names another, and which lies nowhere unless it has a `root`."""
    return Site(
        root=root,
        content=f"{root}/content",
        output=f"{root}/output",
        theme=theme,
        name="The Reading Room",
        url=URL,
        path="",
        timezone="UTC",
        lang="en",
        languages=("en", "fr", "ar"),
        site_id="5c0f1b9e-7a3d-4c52-9d61-2f8a4be0c7d3",
        per_page=20,
        feed_items=50,
        slice_minimum=3,
        pair_share=1000,
        hub=None,
        features=(),
        plugins=(),
        static_paths=(),
        static_addresses={},
        template_overrides=overrides,
    )


def view(lang: str = "en", name: str = "The Reading Room") -> m.SiteView:
    """What every page of an interface language shows around its content."""
    prefix = "" if lang == "en" else f"/{lang}"
    labels = {
        "en": ("Countries", "Topics", "Archive", "About"),
        "fr": ("Pays", "Sujets", "Archives", "À propos"),
    }
    links = tuple(
        m.Link(href=f"{prefix}/{path}/", label=label)
        for path, label in zip(
            ("countries", "topics", "archive", "about"), labels.get(lang, labels["en"]), strict=True
        )
    )
    return m.SiteView(
        name=name,
        url=URL,
        path="",
        lang=lang,
        dir="rtl" if lang == "ar" else "ltr",
        home=f"{prefix}/",
        nav=links[:3],
        footer=links[3:],
        feeds=feeds("/", name),
        features=(),
        languages=tuple(
            m.Alternate(lang=tag, url=f"{URL}{home}", href=home, label=own)
            for tag, home, own in (("en", "/", "English"), ("fr", "/fr/", "français"))
        ),
    )


def feeds(base: str, title: str) -> tuple[m.FeedLink, ...]:
    """The three feeds beside a page."""
    return (
        m.FeedLink(href=f"{base}feed.xml", title=title, type="application/rss+xml"),
        m.FeedLink(href=f"{base}atom.xml", title=title, type="application/atom+xml"),
        m.FeedLink(href=f"{base}feed.json", title=title, type="application/feed+json"),
    )


def country(key: str, label: str, slug: str) -> m.TermLink:
    """A link to a country's dossier."""
    return m.TermLink(kind="country", key=key, href=f"/countries/{slug}/", label=label)


def topic(key: str, label: str) -> m.TermLink:
    """A link to a topic's dossier."""
    return m.TermLink(kind="topic", key=key, href=f"/topics/{key}/", label=label)


UA = country("UA", "Ukraine", "ukraine")
GB = country("GB", "United Kingdom", "united-kingdom")
FR = country("FR", "France", "france")
TR = country("TR", "Türkiye", "turkiye")
US = country("US", "United States", "united-states")
KE = country("KE", "Kenya", "kenya")
SD = country("SD", "Sudan", "sudan")
CI = country("CI", "Côte d’Ivoire", "cote-d-ivoire")
SA = country("SA", "Saudi Arabia", "saudi-arabia")
IL = country("IL", "Israel", "israel")
CEASEFIRE = topic("ceasefire", "Ceasefire")
DEFENCE = topic("defence", "Defence")
GRAIN = topic("food-security", "Food security")
CLIMATE = topic("climate-change", "Climate change")
PEACE = topic("peace-talks", "Peace talks")
WAR = topic("conflict-war-and-peace", "Conflict, war and peace")
EUROPE = m.TermLink(kind="region", key="150", href="/regions/europe/", label="Europe")
EAST = m.TermLink(kind="region", key="151", href="/regions/eastern-europe/", label="Eastern Europe")

CARDS = (
    m.Card(
        href="/briefings/coalition/",
        lang="en",
        dir="ltr",
        date="2025-03-05",
        summary="",
        title="Britain and France gather a “coalition of the willing” to back a ceasefire in Ukraine",
        key_points=(
            "London and Paris invite European and Commonwealth governments to support any truce.",
            "Not every member would send troops; drones, training and money count too.",
            "Moscow refuses a temporary pause and asks for a settlement first.",
        ),
        countries=(GB, UA),
        topics=(CEASEFIRE, DEFENCE),
        source="BBC News",
    ),
    m.Card(
        href="/briefings/accord-cereales/",
        lang="fr",
        dir="ltr",
        date="2025-03-05",
        summary="",
        title="Céréales : Ankara veut rouvrir le couloir de la mer Noire",
        key_points=(
            "La Turquie propose de réunir les parties à Istanbul avant l’été.",
            "Les assureurs demandent des garanties pour les navires.",
        ),
        countries=(TR, UA),
        topics=(GRAIN,),
        source="Agence Anadolu",
    ),
    m.Card(
        href="/briefings/jeddah/",
        lang="ar",
        dir="rtl",
        date="2025-03-04",
        key_points=(),
        title="جدة تستضيف جولة جديدة من المحادثات حول وقف إطلاق النار",
        summary="تجتمع الوفود في المملكة العربية السعودية لبحث شروط هدنة مؤقتة وتبادل الأسرى.",
        countries=(SA, UA, US),
        topics=(PEACE,),
        source="الشرق الأوسط",
    ),
    m.Card(
        href="/briefings/long-rains/",
        lang="en",
        dir="ltr",
        date="2025-03-02",
        key_points=(),
        title="Forecasters expect weak long rains; <em>northern</em> Kenya & Somalia plan for a dry year",
        summary="The regional climate centre gives below-average rain the best odds from March to May, and asks "
        "governments to fill their cereal reserves while prices are still low.",
        countries=(KE,),
        topics=(CLIMATE, GRAIN),
        source="ICPAC",
    ),
    m.Card(
        href="/briefings/cacao/",
        lang="fr",
        dir="ltr",
        date="2025-02-27",
        key_points=(),
        title="Cacao : Abidjan relève le prix payé aux planteurs",
        summary="Le prix d’achat garanti augmente d’un cinquième pour la campagne intermédiaire.",
        countries=(CI,),
        topics=(),
        source="",
    ),
    m.Card(
        href="/briefings/el-fasher/",
        lang="en",
        dir="ltr",
        date="2025-02-24",
        title="Aid convoys wait outside El Fasher as the siege enters its tenth month",
        summary="",
        key_points=("Trucks have stood at the Tina crossing since January.",),
        countries=(SD,),
        topics=(CEASEFIRE, GRAIN),
        source="OCHA",
    ),
)

RIVER = m.River(cards=CARDS * 2, older="/page/3/")
HOME_LINK = m.Link(href="/", label="Home")
COUNTRIES_LINK = m.Link(href="/countries/", label="Countries")
BOTH = (
    m.Alternate(lang="en", url=f"{URL}/", href="/", label="English"),
    m.Alternate(lang="fr", url=f"{URL}/fr/", href="/fr/", label="français"),
)

BODIES = {
    "coalition": """<p>Governments in Europe and the Commonwealth are preparing to stand behind Ukraine if the fighting
stops, British officials say. The group, which London and Paris lead together, would support whatever agreement ends
the war that Russia is waging; <a href="https://www.gov.uk/">some members</a> offer soldiers, others equipment
or money.</p>
<h2 id="a-step-forward">A step forward</h2>
<p>Officials met on Tuesday to discuss guarantees. The British government also counts a contract of <strong>1.6 billion
pounds</strong> for missiles among its commitments.</p>
<blockquote><p>Europe must be able to protect itself, the Commission’s president said.</p></blockquote>
<ul><li>Türkiye and Australia are open to taking part in a peacekeeping force.</li><li>Ireland would send troops to keep
the peace, but not to deter.</li></ul>
<h3 id="who-offers-what">Who offers what</h3>
<table><thead><tr><th>Country</th><th>Offer</th><th>Condition</th><th>Announced</th></tr></thead><tbody>
<tr><td>United Kingdom</td><td>Troops, missiles</td><td>A signed agreement</td><td>2 March</td></tr>
<tr><td>France</td><td>Troops</td><td>A signed agreement</td><td>2 March</td></tr>
<tr><td>Australia</td><td>Peacekeepers</td><td>None named</td><td>4 March</td></tr></tbody></table>
<p>Moscow rejects a temporary pause, and Washington has not said whether it would stand behind the force. The phrase
<em lang="fr">garanties de sécurité</em> returns in every statement.</p>""",
    "arabic": "<p>تجتمع الوفود في مدينة جدة لبحث شروط هدنة مؤقتة وتبادل الأسرى، وسط ضغوط أوروبية وأمريكية على الأطراف "
    "كلها.</p><h2 id='x'>ما المطروح</h2><ul><li>هدنة لمدة ثلاثين يوما.</li><li>تبادل الأسرى على مراحل.</li></ul>",
    "ukraine": """<p>Since February 2022 the archive follows the war that Russia wages on Ukraine, the help that its
neighbours give, and the talks about how it might end.</p><p>Begin with the pinned briefings; the river below has the
latest.</p>""",
    "about": "<p>The Reading Room collects short briefings on world affairs.</p><h2 id='how'>How it works</h2>"
    "<p>Editors choose, shorten and check. Every briefing names its source.</p>",
}
