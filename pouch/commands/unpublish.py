"""`pouch unpublish ENTRY`: a published entry becomes a draft again."""

from __future__ import annotations

from pathlib import Path

import click

from pouch.completion import complete_entry
from pouch.site import load_site, site_option, site_root


@click.command(
    epilog="""\b
Examples:
  pouch unpublish grain-ships
  pouch unpublish 7f3k9q2mzx
"""
)
@click.argument("entry", metavar="ENTRY", shell_complete=complete_entry)
@site_option
def command(entry: str, site: Path | None) -> None:
    """Make a published entry a draft in content/entries/drafts/, and print where it is now.

    ENTRY is an id, a slug or a path. After the next build readers find the page for missing addresses at its address,
    and no list, feed or search has it. What a subscriber's program has fetched stays there: to tell readers of a
    mistake, leave the entry published and add a correction.
    """
    from pouch.content.files import site_path
    from pouch.editing.unpublish import plan_withdrawal
    from pouch.pages import addresses
    from pouch.reporting import say, show
    from pouch.vocabulary.vocabulary import load_vocabulary

    settings = load_site(site_root(site))
    vocabulary, _ = load_vocabulary(settings)
    withdrawal = plan_withdrawal(entry, settings, vocabulary)
    if withdrawal.already:
        say(f"a draft already: {site_path(withdrawal.file, settings)}")
    else:
        withdrawal.carry_out()
        places = " and ".join(f"{settings.url}{addresses.briefing(slug)}" for slug in withdrawal.slugs)
        say(f"from the next build on, readers find the page for missing addresses at {places}")
        say("feeds no longer have it; what subscribers have fetched stays in their programs")
        for path in withdrawal.pinned_by:
            say(f"{path} pins it: remove it there")
        for path in withdrawal.linked_from:
            say(f"{path} links to it")
    show(site_path(withdrawal.target, settings))
