"""Pelican plugin: a picture of every briefing and dossier, for social media: its title, its countries, its date.

In reading order: `planner` (which pictures there are), `models`, `picture` (one of them drawn), `lettering` (its text).
"""

from pouch.hosting import register
from pouch_cards.planner import briefing_card, dossier_card, plan_briefing_cards, plan_dossier_cards

PAGES = [plan_briefing_cards, plan_dossier_cards]
FEATURES = ["cards"]
LINKS = {"briefing card": briefing_card, "dossier card": dossier_card}

__all__ = ["FEATURES", "LINKS", "PAGES", "register"]
