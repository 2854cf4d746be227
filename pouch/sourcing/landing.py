"""Judges an address that a redirect leads to, by its form: a home page, a page for errors, a wall, another spelling."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, unquote, urljoin, urlsplit

from pouch.convert.intake.fetching import Fetched

_PERMANENT = frozenset((301, 308))
_HOME = re.compile(
    r"(/[a-z]{2}([-_][a-z]{2,4})?){0,2}(/?|/(index|home|home-?page|default|start|start-?(page|seite|sida)|accueil|inicio|inici|portada"
    r"|principal|main|welcome|willkommen|bienvenue|bienvenidos?|benvenuti|landing|front-?page|etusivu|forside|hem|strona-glowna"
    r"|glavnaya|golovna|pocetna|naslovnica|uvod|domov|kezdolap|ana-?sayfa|beranda|trang-chu|top|shouye)(\.\w+)?/?)"
    r"|(/[\w-]+){1,2}/(home|home-?page|startseite|accueil|inicio|welcome|forside|etusivu)(\.\w+)?/?",
    re.IGNORECASE,
)
_ERROR = re.compile(
    r"(page|pagina|seite|content|article|url|http|status)?[-_]?(404|410|not[-_]?found|errors?|fehler|erreurs?|errore|missing"
    r"|gone|oops|sorry|removed|deleted|expired|unavailable|not[-_]?available|no[-_]longer[-_]available)"
    r"[-_]?(page|seite|404|content|article)?(\.\w+)?",
    re.IGNORECASE,
)
_SEARCH = re.compile(
    r"(site)?-?(search|suche|recherche|rechercher|buscar|busca|ricerca|cerca|zoeken|sok|haku|szukaj|hledani)(\.\w+)?",
    re.IGNORECASE,
)
_HUB = re.compile(
    r"(the[-_]|all[-_]|our[-_]|latest[-_]|news[-_]?(and|&)[-_]?)?(news(room|desk)?|archiv(e|es|ed|o|i|io|um)?|press(e|[-_]?(room|releases?|cent(er|re)|corner))?|media([-_]?(cent(er|re)|room))?"
    r"|blogs?|articles?|stories|publications?|reports?|documents?|resources?|library|updates?|events?|categor(y|ies)|tags?|topics?"
    r"|sections?|sitemap|site[-_]?map|help|contact([-_]us)?|about([-_]us)?|what[-_]we[-_]do|legacy|old[-_]?site|closed|transition|aktuelles|nachrichten|meldungen"
    r"|presse(mitteilungen)?|themen|rubrik(en)?|kategorien?|artikel|archives?|actualites?|actus?|communiques?|rubriques?|categories"
    r"|dossiers|thematiques?|noticias|prensa|comunicados|categorias?|temas|seccion(es)?|archivo|notizie|comunicati|categori[ae]"
    r"|sezion[ei]|imprensa|secao|arquivo|nieuws|categorie|archief|nyheter|nyheder|kategori(er)?|aktualnosci|wiadomosci|kategoria"
    r"|novosti|novini|category|rubric|rubrika|vesti|vijesti|haberler|haber|berita|kategori|tin-tuc|xinwen|xwzx|list|overview"
    r"|moved|redirect(ed)?|unknown|lost)(\.\w+)?",
    re.IGNORECASE,
)
_GROUPS = re.compile(
    r"categor(y|ies|ia|ie|ias)|tags?|topics?|sections?|rubri[ck]\w*|kategori\w*|themen?|tema[s]?|author|archives?",
    re.IGNORECASE,
)
# Names of folders and hosts where a person signs in, agrees or proves to be one. An article's name has more words.
_WALL = re.compile(
    r"((collect|give|check|set|get|ask|show|user|member|begin|start|bot|age|cookie|privacy)[-_]?)?"
    r"((log|sign)[-_]?(in|on)|sso|o?auth2?|adfs|saml2?|idp|cas|authori[sz]e|authenticat(e|ion)|consent|cookies?|gdpr"
    r"|captcha|challenge|paywall|regwall|gate|verification|subscribe|registration|wait(ing)?([-_]?room)?|queue([-_]?it)?|anmelden|connexion)"
    r"([-_]?(page|gate|wall|form|check|test|consent|required|notice))?(\.\w+)?",
    re.IGNORECASE,
)
_WALL_HOSTS = frozenset(("accounts", "account", "id", "identity", "secure"))
_SIGNS_IN = re.compile(
    r"saml(request|response)|wa|wtrealm|.*(ur[il]|return|redirect|back|next|dest|origin|referr?er|continue|service|target"
    r"|goto).*|openid\..+|ru|r",
    re.IGNORECASE,
)
# What addresses of one document may end in and do without.
_ENDING = re.compile(r"amp|print|(index|default)\.\w+|\d{1,2}|[a-z]{2}", re.IGNORECASE)
_TRACKING = re.compile(
    r"utm_\w+|fbclid|gclid|yclid|msclkid|igshid|mc_[ce]id|_g[al]|mkt_tok|wt_\w+|ns_\w+|xtor|cmpid|ref|source"
    r"|phpsessid|jsessionid|sid|session_?id|cf(id|token)",
    re.IGNORECASE,
)
_SESSION = re.compile(r";jsessionid=[^/?#]*|/\(S\([^)/]*\)\)", re.IGNORECASE)
_INDEX = re.compile(r"/(index|default)\.\w{2,5}$", re.IGNORECASE)
_SAYS_ERROR = re.compile(
    r"err(or)?|404|410|not_?found|status|code|aspxerrorpath|removed|expired", re.IGNORECASE
)


def wall_of(url: str, target: str) -> bool:
    """Whether a redirect from `url` leads to where a person must sign in, agree, or prove to be one."""
    parts, own = urlsplit(target), urlsplit(url)
    own_folders = own.path.split("/")
    folders = [part for part in parts.path.split("/") if part and part not in own_folders]
    if any(_ERROR.fullmatch(part) for part in folders):
        return False
    if any(_WALL.fullmatch(part) for part in folders):
        return True
    label = (parts.hostname or "").partition(".")[0]
    if parts.hostname != own.hostname and (label in _WALL_HOSTS or _WALL.fullmatch(label)):
        return True
    queries = parse_qsl(parts.query)
    if any(_SAYS_ERROR.fullmatch(name) for name, _ in queries):
        return False
    if any(_WALL.fullmatch(name) for name, _ in queries):
        return True
    # Who must sign in is to come back.
    returns = [value for name, value in queries if _SIGNS_IN.fullmatch(name)]
    return any(len(own.path) > 1 and own.path in unquote(value) for value in returns)


def loss_of(url: str, target: str) -> str:
    """The kind of page that a redirect leads to in place of the document; empty where it may be the document."""
    folders = [part for part in urlsplit(target).path.split("/") if part]
    for is_it, what in (
        (is_home(target) and not is_home(url), "a home page"),
        (any(_ERROR.fullmatch(part) for part in folders), "a page for errors"),
        (any(_SEARCH.fullmatch(part) for part in folders), "a search"),
        (_is_above(target, url), "a page above it"),
    ):
        if is_it:
            return what
    return ""


def stays_elsewhere(url: str, answer: Fetched) -> bool:
    """Whether every redirect says that it is for good, and leads to more than another spelling of the address."""
    addresses = [url, *(hop.url for hop in answer.hops)]
    # A hop back to where it is only sets a cookie.
    permanent = all(
        hop.status in _PERMANENT or hop.url == before
        for hop, before in zip(answer.hops, addresses, strict=False)
    )
    return permanent and _plain(url) != _plain(answer.url)


def leads_to_a_document(link: str) -> bool:
    """Whether a link on a page may lead to a document: to no home page, section, search, or place on the page."""
    if re.match(r"#|[a-z]+:(?!//)", link, re.IGNORECASE):
        return False
    folders = [part for part in urlsplit(link).path.split("/") if part]
    is_search = any(_SEARCH.fullmatch(part) for part in folders)
    return not (is_search or is_home(urljoin("http://host/", link)) or names_a_hub(link))


def names_a_hub(url: str) -> bool:
    """Whether an address is that of a section, a category, a tag or an archive, by its last folders."""
    parts = urlsplit(url)
    folders = [part for part in _INDEX.sub("/", parts.path).split("/") if part]
    if not folders or any(re.search(r"\d", value) for _, value in parse_qsl(parts.query)):
        return False
    is_in_group = (
        len(folders) > 1 and bool(_GROUPS.fullmatch(folders[-2])) and not re.search(r"\d", folders[-1])
    )
    return is_in_group or bool(_HUB.fullmatch(folders[-1]))


def names_the_same(url: str, target: str) -> bool:
    """Whether the last folders of two addresses share most of their words, or a long number."""
    one, two = (_slug(each) for each in (url, target))
    common = one & two
    if any(word.isdigit() and len(word) > 2 for word in common):
        return True
    return any(len(word) > 3 for word in common) and 2 * len(common) >= min(len(one), len(two))


def _slug(url: str) -> set[str]:
    parts = urlsplit(url)
    folders = [part for part in _INDEX.sub("/", unquote(parts.path)).split("/") if part]
    last = re.sub(r"\.\w{2,5}$", "", folders[-1]) if folders else ""
    numbers = [value for _, value in parse_qsl(parts.query) if value.isdigit()]
    return {word for word in re.split(r"[\W_]+", last.lower()) if word} | set(numbers)


def _plain(url: str) -> tuple[str, str, list[tuple[str, str]]]:
    parts = urlsplit(url)
    query = [pair for pair in parse_qsl(parts.query) if not _TRACKING.fullmatch(pair[0])]
    path = _INDEX.sub("/", unquote(_SESSION.sub("", parts.path))).rstrip("/").lower()
    return (parts.hostname or "").removeprefix("www."), path, query


def is_home(url: str) -> bool:
    """Whether this is the first page of a site, perhaps of a language; `?p=123` is a document."""
    parts = urlsplit(url)
    names_one = any(
        re.search(r"\d", value) and not _SAYS_ERROR.fullmatch(name) for name, value in parse_qsl(parts.query)
    )
    return not names_one and bool(_HOME.fullmatch(parts.path))


def _is_above(target: str, url: str) -> bool:
    """Whether a redirect leads to a folder that the address was in, beyond another spelling of the address."""
    host, path, query = _plain(target)
    own_host, own_path, _ = _plain(url)
    if host != own_host or query or not own_path.startswith(f"{path}/"):
        return False
    return not all(_ENDING.fullmatch(part) for part in own_path.removeprefix(f"{path}/").split("/"))
