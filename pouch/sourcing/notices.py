"""Notices that pages show in place of a document: it is gone, a person must sign in or prove to be one, the site
pauses. The phrases are those of common web servers and publishing systems.
"""

from __future__ import annotations

import re
from typing import Literal

from lxml import html

Notice = Literal["gone", "wall", "pause"]
_PAUSE = re.compile(
    r"\b(under|scheduled|down for|site) maintenance\b|^maintenance( mode)?$|\b(be|are) back (soon|shortly)"
    r"|temporarily (unavailable|closed|out of service|offline)|en maintenance|momentanément indisponible"
    r"|wartungsarbeiten|vorübergehend nicht|en mantenimiento|temporalmente|in manutenzione|em manutenção"
    r"|технические работы|технічні роботи|メンテナンス中|维护中",
    re.IGNORECASE,
)
_WALL = re.compile(
    r"^just a moment|checking (your|if the site|the site)|verif(y|ying) (that )?you(.re| are) (a )?human"
    r"|are you a robot|session (has |is )?(expired|timed out)|sitzung (ist )?abgelaufen|session (a |est )?expir"
    r"|sesión (ha )?(expirado|caducado)"
    r"|not a robot|captcha|enable (javascript|cookies)|access (to this page )?(is |has been )?denied|security check"
    r"|ddos protection|unusual traffic|before you continue|accept (all )?cookies|your privacy"
    r"|^(please )?(sign|log) ?in\b|^(anmelden|connexion|identifiez-vous|iniciar sesión|accedi)\b",
    re.IGNORECASE,
)
_GONE = re.compile(
    "|".join(
        (
            r"^4(04|10)\b|\b(error|erreur|fehler|errore|http)\b\W{0,3}404\b|\b404\b\W{0,3}(error|erreur|fehler|not)",
            r"\b(page|article|document|content|site|story|file|item|url|link)\b.{0,40}"
            r"\b(not (be )?found|no longer|does ?n.t exist|does not exist|unavailable|removed|deleted|expired|withdrawn"
            r"|not available|is ?n.t available)",
            r"\b(could|can)( ?not|n.t) (be )?(find|found|locate)|\bnot found\b|^gone$",
            r"\bdomain\b.{0,40}\b(for sale|expired|parked|available)\b|buy this domain|\bdomain\b.{0,20}verkauf"
            r"|\b(domaine|dominio|domínio)\b.{0,20}(à vendre|expiré|en venta|in vendita|à venda)",
            r"introuvable|(pas|plus) (pu )?(être )?trouv|n.existe (plus|pas)"
            r"|n.est (plus|pas) (disponible|en ligne)|a été supprimée?",
            r"nicht (gefunden|finden)|existiert nicht|nicht (mehr )?(verfügbar|vorhanden|auffindbar)|wurde gelöscht",
            r"no (se )?(ha )?(sido )?(pud\w+ )?encontr|no existe|(ya )?no (está |se encuentra )?disponible",
            r"non (è (stata? )?)?trovat|non (abbiamo|riusciamo)\b.{0,20}\btrova|non esiste|non (è )?(più )?disponibile",
            r"não (foi )?(possível |conseguimos )?encontr|não existe|não (está )?disponível",
            r"niet (meer )?(gevonden|vinden|beschikbaar)|bestaat niet|hittades inte|(kunde|kan) inte hitta|finns inte",
            r"(blev |ble )?ikke (fundet|funnet|finde|finne)\b|finnes ikke|findes ikke|ei löytynyt|ei löydy",
            r"nie (została )?znalezion|nie (możemy|można|udało się)\b.{0,10}\b(zn|odn)ale|nelze (najít|nalézt)"
            r"|nie istnieje|nenalezen|neexistuje|nenašla|nenájden",
            r"nem található|nem létezik|nu (a fost |există)|nije pronađen|ne postoji|није пронађен",
            r"не (был[аои]? )?найден|не (можем|удалось) найти|не существует|не знайден|не існує|не е намерен",
            r"δεν (βρέθηκε|υπάρχει)|bulunama|mevcut değil|tidak ditemukan|không (tìm thấy|tồn tại)",
            r"غير موجود|لم يتم العثور|یافت نشد|پیدا نشد|לא נמצא|ไม่พบ|नहीं मिला",
            r"未找到|不存在|找不到|已删除|已刪除|見つかりません|存在しません|찾을 수 없|존재하지 않",
        )
    ),
    re.IGNORECASE,
)


_PATTERNS: tuple[tuple[Notice, re.Pattern[str]], ...] = (("pause", _PAUSE), ("wall", _WALL), ("gone", _GONE))
_MARKED = """//*[contains(@class, 'error') or contains(@class, 'not-found') or contains(@class, '404')
             or contains(@id, 'error') or contains(@id, 'not-found')]"""


def notice_of(page: html.HtmlElement, text: str, longest: int) -> tuple[Notice, str] | None:
    """The notice that a page shows in place of a document, and its words; None if it shows none.

    The title, the first headings and what is marked as an error are read. `text` is the page's running text: if it has
    fewer words than `longest` it is read too, and only then a page can be a wall or a pause.
    """
    parts = [*page.xpath("(//h1 | //h2)[position() < 4]"), *page.xpath(_MARKED)]
    lines = [str(page.xpath("string(//title)")), *(str(part.text_content()) for part in parts)]
    lines = [line for each in lines if len((line := " ".join(each.split())).split()) < longest]
    if len(text.split()) >= longest:
        return next((("gone", line[:80]) for line in lines if _GONE.search(line)), None)
    lines.append(text)
    if not text:
        lines += page.xpath("//noscript//text()")
    for kind, pattern in _PATTERNS:
        for line in lines:
            if pattern.search(line):
                return kind, line[:80]
    return ("wall", "a form to sign in") if page.xpath("//input[@type='password']") else None


def says_gone(text: str) -> bool:
    """Whether a text without markup says that a document is gone."""
    return bool(_GONE.search(text))
