"""Plan: the plugins turn the archive into groups of outputs.

The engine loops over the plugins of the site and asks for none by name. Pouch itself adds the sitemap and the
redirects, which list all other outputs, and the files that are copied.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

import msgspec

from pouch.archive.archive import Archive
from pouch.archive.briefing import languages_apart
from pouch.digests import digest, encode
from pouch.engine.own_files import OWN_ICONS, REPLACEABLE, copies_of, file_outputs, own_files_of
from pouch.engine.planners import Guarded, links_of, no_plain_value, planned_groups, problems_of
from pouch.engine.scan import PLUGIN, THEME, VOCABULARY, Scan
from pouch.pages import addresses
from pouch.pages.formerly import Former, Move, moves_in
from pouch.pages.frame import footer_links, look_fields, menu_links
from pouch.pages.groups import Group, InputDigests
from pouch.pages.host_files import plan_host_files
from pouch.pages.interface import Interface
from pouch.pages.languages import direction
from pouch.pages.messages import Translate
from pouch.pages.models import Icon, Page, SitemapUrl, SiteView
from pouch.pages.outputs import Output, refuse_collisions
from pouch.pages.sitemap import plan_sitemap
from pouch.pages.view import View
from pouch.plugins import Plugin, guarded
from pouch.site import Site
from pouch.theming.theme import SITE_FILES, Theme


class Plan:
    """Everything that a site is to hold, in groups, each planned when it is asked for."""

    def __init__(
        self, archive: Archive, theme: Theme, scan: Scan, plugins: Sequence[Plugin], code: bytes = b""
    ) -> None:
        """`code`: see `site_code`. Raises EnvironmentFault for a fault in a plugin."""
        self.site = archive.site
        self.plugins = plugins
        self.code = code
        self._archive = archive
        self._theme = theme
        self._former = Former(archive)
        self._digests = InputDigests()
        views = views_of_archive(archive, theme.translator, plugins)
        main = views[self.site.lang]
        self.interface = main.interface
        """That of the site's language."""
        own_files = list(own_files_of(self.site, scan))
        own = dict(own_files)
        self._own_paths = frozenset([*own, *(path for _, path in self.site.template_pages)])
        self.views = {lang: _site_view(view, plugins, own) for lang, view in views.items()}
        """By interface language: what every page shows."""
        self.problems = list(problems_of(plugins, main))
        self.feeds = [
            group
            for plugin in plugins
            for planner in plugin.feeds
            for group in planned_groups(plugin, planner, main)
        ]
        """The groups of feeds. What these hold takes long to render, so they come before the pages."""
        self._feed_keys = {group.key for group in self.feeds}
        pages = [
            group
            for view in views.values()
            for plugin in plugins
            for planner in plugin.pages
            for group in planned_groups(plugin, planner, view)
        ]
        for view in views.values():
            view.seal()
        keys = set[str]()
        for group in (*self.feeds, *pages):
            if group.key in keys and isinstance(group.function, Guarded):
                twice = ValueError(f"two groups have the key {group.key!r}, by which builds know them")
                raise group.function.blame(twice)
            keys.add(group.key)
        copies = tuple(copies_of(own_files, scan, theme.static_files(), plugins))
        self.pages = [*pages, *_template_pages(main), Group("files", file_outputs, (copies,))]
        self.surroundings = self._surroundings(scan)
        """A digest of everything that a group may look at beside its inputs."""

    @property
    def groups(self) -> list[Group]:
        """All groups but the closing ones."""
        return [*self.feeds, *self.pages]

    def is_feed(self, group: Group) -> bool:
        """Whether a plugin planned the group in its FEEDS."""
        return group.key in self._feed_keys

    def mark(self, group: Group) -> bytes:
        """A digest of all that decides the group's outputs.

        Raises EnvironmentFault for an input that is no plain value.
        """
        try:
            return digest(self.surroundings + self._digests.of(group))
        except TypeError as error:
            raise no_plain_value(group, f"the inputs and models of the group {group.key!r}", error) from error

    def model(self, group: Group, output: Output) -> bytes:
        """The model of a group's output, encoded. Raises EnvironmentFault for one that is no plain value."""
        try:
            return encode(output.model)
        except TypeError as error:
            raise no_plain_value(group, f"the model of /{output.path}", error) from error

    def outputs(self, group: Group) -> list[Output]:
        """A group planned: its outputs, and those at their former addresses. Raises ContentError, EnvironmentFault."""
        outputs = list(group.outputs())
        if isinstance(group.function, Guarded):
            for output in outputs:
                if output.template and not self._theme.has(output.template):
                    message = (
                        f"/{output.path} is made by {output.template!r}, and no folder has such a template"
                    )
                    raise group.function.blame(LookupError(f"{message}; add it to a folder of TEMPLATES"))
        outputs += list(self._former.outputs(outputs))
        return outputs

    def named_outputs(self, group: Group) -> Iterator[Output]:
        """The outputs of a group for messages: one that no file asks for has the plugin's name in its origin."""
        for output in self.outputs(group):
            asked_by_file = output.origin and not output.origin.startswith("/")
            if asked_by_file or not isinstance(group.function, Guarded):
                yield output
            else:
                origin = f"the plugin {group.function.plugin.name}"
                yield msgspec.structs.replace(output, origin=origin)

    def closing(
        self, mark: bytes, listed: Callable[[], Iterable[SitemapUrl]], moves: Sequence[Move]
    ) -> Iterator[Group]:
        """The groups that list all others. `mark` changes with what the sitemap says, which is `listed`."""
        replaced = sorted(self._own_paths & REPLACEABLE)
        yield Group("sitemap", lambda *_: self._sitemap(listed(), replaced), (mark, replaced))
        languages = languages_apart(self._archive.briefings) if self.site.has("feed_languages") else ()
        yield Group("host files", partial(plan_host_files, self.site), (sorted(moves), languages, replaced))

    def _sitemap(self, listed: Iterable[SitemapUrl], replaced: Collection[str]) -> list[Output]:
        return [output for output in plan_sitemap(self.site, listed) if output.path not in replaced]

    def everything(self) -> Iterator[tuple[Output, bool]]:
        """All outputs, each with whether it is a feed. Raises ContentError where two want one address."""
        outputs = []
        for group in self.groups:
            # A build digests inputs and models, and so finds what is no plain value. Pouch's own are.
            is_own = isinstance(group.function, Guarded) and any(
                group.function.plugin.file.is_relative_to(path) for path in self.site.plugin_paths
            )
            if is_own:
                self.mark(group)
            for output in self.named_outputs(group):
                if is_own:
                    self.model(group, output)
                outputs.append((output, self.is_feed(group)))
        listed = [url for output, _ in outputs if (url := output.listed)]
        moves = list(moves_in(output for output, _ in outputs))
        for group in self.closing(b"", lambda: listed, moves):
            outputs += ((output, False) for output in group.outputs())
        refuse_collisions(output for output, _ in outputs)
        return iter(outputs)

    def _surroundings(self, scan: Scan) -> bytes:
        archive = self._archive
        facts = (
            self.site,
            # The code of Pouch and the registry of countries are part of the engine's own digest.
            scan.digest((VOCABULARY, THEME)),
            self.code,
            sorted(archive.dossiers.items()),
            archive.pages,
            sorted(self.interface.terms_with_pages),
            sorted(archive.empty_topics),
            self.views,
        )
        return digest(encode(facts))


def views_of_archive(
    archive: Archive,
    translator: Callable[[str], Translate],
    plugins: Sequence[Plugin],
    whole: Interface | None = None,
) -> dict[str, View]:
    """A view for each interface language, the site's first.

    `whole`: an interface of the whole archive, where this one is a part of it: it knows which terms have pages.
    """
    site = archive.site
    brought = {feature for plugin in plugins for feature in plugin.features}
    features = [feature for feature in site.features if feature in brought]
    terms = {
        term
        for plugin in plugins
        for function in plugin.terms
        for term in guarded(plugin, function, archive, features, of=tuple)
    }
    links = links_of(plugins)
    empty_topics = archive.empty_topics
    if whole is not None:
        terms.update(whole.terms_with_pages)
        empty_topics &= set(whole.empty_topics)
    interfaces = {
        lang: Interface(
            site,
            archive.vocabulary,
            lang,
            translator(lang),
            features=features,
            links=links,
            terms_with_pages=terms,
            empty_topics=empty_topics,
        )
        for lang in site.languages
    }
    return {lang: View(archive, each, interfaces, translator) for lang, each in interfaces.items()}


def _site_view(view: View, plugins: Sequence[Plugin], own: Mapping[str, str]) -> SiteView:
    interface, site = view.interface, view.site
    footer = [item for plugin in plugins for item in plugin.footer]
    nav = menu_links(view, [item for plugin in plugins for item in plugin.menu], footer)
    return SiteView(
        name=site.name,
        url=site.url,
        path=site.path,
        lang=view.lang,
        dir=direction(view.lang),
        home=interface.link("home"),
        nav=nav,
        footer=footer_links(view, footer, nav),
        feeds=interface.site_feeds,
        features=tuple(feature for feature in site.features if interface.has(feature)),
        icons=tuple(
            Icon(href=interface.root_href(f"/{path}"), type=kind)
            for path, kind in OWN_ICONS.items()
            if path in own
        )
        or (Icon(href=interface.root_href(addresses.FAVICON), type=OWN_ICONS["favicon.svg"]),),
        search=interface.link("search"),
        subscribe=interface.link("subscribe"),
        languages=interface.alternates(addresses.HOME) if interface.link("home") else (),
        corrections=interface.link("corrections"),
        data=interface.link("data"),
        corrections_policy=_policy_page(view, addresses.CORRECTIONS_POLICY),
        principles=_policy_page(view, addresses.PRINCIPLES)
        or _policy_page(view, addresses.CORRECTIONS_POLICY),
        **look_fields(view),
    )


def _policy_page(view: View, slug: str) -> str:
    """The absolute address of a page of content/pages/ in this language, else in the site's; empty without one."""
    languages = {page.lang for page in view.archive.pages if page.slug == slug}
    if not view.interface.link("page", "") or languages.isdisjoint((view.lang, view.site.lang)):
        return ""
    address = addresses.page(slug)
    return view.interface.url(address) if view.lang in languages else view.site.url + address


def _template_pages(view: View) -> Iterator[Group]:
    """TEMPLATE_PAGES: a template of the site, rendered to an address of its own."""
    interface, site = view.interface, view.site
    pages = [
        (f"{SITE_FILES}/{Path(file).relative_to(site.root).as_posix()}", path)
        for file, path in site.template_pages
    ]

    def outputs(pages: Iterable[tuple[str, str]]) -> Iterator[Output]:
        for template, path in pages:
            address = f"/{path.removesuffix('index.html')}"
            page = Page(**interface.head(address, site.name, alternates=()))
            yield Output(path=path, template=template, model=page, lang=view.lang, origin="TEMPLATE_PAGES")

    if pages:
        yield Group("template pages", outputs, (pages,))


def site_code(site: Site, scan: Scan) -> bytes:
    """A digest of the site's own code: its plugins, and the functions of the JINJA_ settings."""
    return digest(scan.digest((PLUGIN,)) + site.template_settings.encode())
