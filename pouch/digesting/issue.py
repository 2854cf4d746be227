"""One issue of a digest: a site is read, the briefings of a week are chosen, and the message is written."""

from __future__ import annotations

from datetime import datetime
from email.message import EmailMessage

from pouch.content.weeks import Week
from pouch.digesting.mail import fitted, inlined, message, plain_text
from pouch.digesting.models import Mail
from pouch.digesting.note import mail_html
from pouch.digesting.selection import by_week, digest_page
from pouch.engine.check.checking import open_archive
from pouch.engine.plan import views_of_archive
from pouch.errors import EnvironmentFault
from pouch.markdown.text import text_of
from pouch.pages import addresses
from pouch.pages.models import TermLink
from pouch.plugins import load_plugins
from pouch.site import Site
from pouch.theming.filters import absolute


def issue(
    site: Site, week: Week, lang: str, now: datetime, *, country: str = "", topic: str = ""
) -> tuple[EmailMessage, int]:
    """The message, and how many briefings it has no room for. `country` is a code, `topic` a key.

    Raises EnvironmentFault where the week has no briefing, ContentError where the content has errors.
    """
    with open_archive(site, now) as (archive, theme, plan, bodies):
        views = views_of_archive(archive, theme.translator, load_plugins(site.plugins, site.plugin_paths))
        view = views[lang]
        terms: list[TermLink] = []
        members = by_week(archive.briefings).get(week, [])
        if country:
            members = [each for each in members if country in each.original.countries]
            terms.append(view.interface.term("country", country))
        if topic:
            members = [each for each in members if topic in each.topics]
            terms.append(view.interface.term("topic", topic))
        if not members:
            raise EnvironmentFault(
                f"no briefing entered the archive in {week}{_on(terms)}; nothing is written"
            )
        record, pinned = view.dossier("digest", str(week))
        pinned = [each for each in pinned if each in members]
        # The note is about the whole week.
        note = view.interface.dossier(record, pinned) if not terms else None
        digest = digest_page(view.interface, week, members, note, pinned if note else ())
        labels = ", ".join(term.label for term in terms)
        path = view.interface.link("digest", str(week))
        page = absolute(path, plan.views[lang]) if path else ""
        only = absolute(terms[0].href, plan.views[lang]) if terms and terms[0].href else ""
        mail = Mail(
            title=f"{site.name}: {f'{labels}, ' if labels else ''}{digest.title}",
            digest=digest,
            language=lang,
            online=only or page or view.interface.url(addresses.HOME),
        )

        notes = {note.body: mail_html(bodies[note.body], page)} if note else {}
        note_text = " ".join(text_of(bodies[note.body]).split()) if note else ""
        name = "/".join((str(week), lang, country, topic))

        def write(each: Mail) -> EmailMessage:
            html = inlined(theme.render("digest_mail.html", each, plan.views[lang], notes))
            text = plain_text(each, note_text, plan.views[lang], view.interface.translate)
            return message(each, html, text, week, site, name)

        fitting, written = fitted(mail, write)
        return written, fitting.left_out


def _on(terms: list[TermLink]) -> str:
    return f" on {' and '.join(term.label for term in terms)}" if terms else ""
