"""Planted sources: what an address gives after a first visit, and what may be said of it then."""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from collections.abc import Callable, Mapping

from tests.convert.server import Answer

Planted = Answer | Callable[[Mapping[str, str]], Answer]

HTML = {"Content-Type": "text/html; charset=utf-8"}
PDF = {"Content-Type": "application/pdf"}
SHIPS = ["Aurora", "Bellona", "Ceres", "Diana", "Europa", "Fortuna", "Galatea", "Hebe", "Iris", "Juno"]


def page(title: str, *paragraphs: str, beside: str = "", head: str = "") -> Answer:
    """A page with what stands around the text of any page: menu, banner, newsletter, lists, imprint."""
    body = "".join(f"<p>{text}</p>" for text in paragraphs)
    return 200, HTML, (
        f"<!doctype html><html><head><title>{title} | Harbour Times</title>{head}</head><body>"
        "<div id='cookie-note'><p>We use cookies. By going on you agree.</p></div>"
        "<div class=menu><a href=/world>World</a> <a href=/login>Sign in</a></div>"
        f"<main><h1>{title}</h1>{body}</main>{beside}"
        "<div><p>Subscribe to our newsletter to get the best of the day.</p></div>"
        "<footer><p>© Harbour Times. All rights reserved.</p></footer></body></html>"
    ).encode()  # fmt: skip


def bare(markup: str) -> Answer:
    return 200, HTML, markup.encode()


def story(number: int) -> list[str]:
    """Paragraphs that no other number has."""
    ship = SHIPS[number % len(SHIPS)]
    return [
        f"The authority closed berth {number} on Monday after the freighter {ship} struck a wall in heavy fog.",
        f"Nobody was hurt, said the master of the port, but {number * 3 + 2} containers fell into the basin.",
        f"Divers found that the keel of the {ship} is damaged over a length of {number + 4} metres.",
        f"The owner will pay for the repair of berth {number}. Its insurer has sent {number % 7 + 2} engineers.",
        f"Fishermen complain that they lose about {number + 11} thousand a day, since their boats are shut in.",
        f"Ships of the line are sent to berth {number + 1}, and passengers are taken there by bus number {number}.",
    ]


def article(number: int, *, beside: str = "", title: str = "") -> Answer:
    return page(title or f"Berth {number} closed after collision", *story(number), beside=beside)


def to(where: str, status: int = 301) -> Answer:
    return status, {"Location": where}, b""


def packed(answer: Answer, data: bytes, encoding: str = "gzip") -> Answer:
    return 200, {**answer[1], "Content-Encoding": encoding}, data


def in_turn(*answers: Answer) -> Planted:
    """The answers one after the other, the last for ever."""
    left = list(answers)
    return lambda _: left.pop(0) if len(left) > 1 else left[0]


def for_a_cookie(answer: Answer, way: str) -> Planted:
    """The answer for those who send back the cookie that they got."""
    return lambda headers: (
        answer
        if "seen=1" in headers.get("Cookie", "")
        else (302, {"Location": way, "Set-Cookie": "seen=1; Path=/; HttpOnly"}, b"")
    )


def pdf(text: str, stamp: str) -> Answer:
    """A PDF with this text; another stamp gives other bytes."""
    lines = " T* ".join(f"({text[at : at + 70]}) Tj" for at in range(0, len(text), 70))
    stream = f"BT /F1 11 Tf 50 780 Td 14 TL {lines} ET"
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        f"<</Length {len(stream)}>>stream\n{stream}\nendstream",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        f"<</ModDate(D:{stamp})>>",
    ]
    text, places = "%PDF-1.4\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(text))
        text += f"{number} 0 obj{each}endobj\n"
    start = len(text)
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    text += f"xref\n0 7\n0000000000 65535 f \n{table}trailer<</Size 7/Root 1 0 R>>\nstartxref\n{start}\n%%EOF"
    return 200, PDF, text.encode("latin-1")


def docx(paragraphs: list[str], level: int) -> Answer:
    """A DOCX; another level of compression gives other bytes."""
    file = io.BytesIO()
    body = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in paragraphs)
    office = "http://schemas.openxmlformats.org"
    kind = f"{office}/officeDocument/2006/relationships/officeDocument"
    word = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as archive:
        archive.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{office}/package/2006/content-types"><Override PartName="/word/document.xml"'
            f' ContentType="{word}.main+xml"/></Types>',
        )
        archive.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{office}/package/2006/relationships"><Relationship Id="r" Type="{kind}"'
            ' Target="word/document.xml"/></Relationships>',
        )
        archive.writestr(
            "word/document.xml",
            f'<w:document xmlns:w="{office}/wordprocessingml/2006/main"><w:body>{body}</w:body></w:document>',
        )
    return 200, {"Content-Type": word}, file.getvalue()


def rows(factor: int) -> str:
    return "</p><table>" + "".join(f"<tr><td>Port {n}<td>{n * factor}" for n in range(40)) + "</table>"


def remarks(word: str) -> str:
    texts = "".join(
        f"<p>Reader {n}: {word} {n} is what one sees at night, all year round.</p>" for n in range(12)
    )
    return f"<section id=comments>{texts}</section>"


GONE: dict[str, Planted] = {
    "script-lander": bare("<script>window.onload=function(){window.location.href='/lander'}</script>"),
    "for-sale": bare(
        "<title>port.example</title><h1>port.example</h1><p>Diese Website steht zum Verkauf!</p>"
    ),
    "nginx": bare(
        "<title>Welcome to nginx!</title><h1>Welcome to nginx!</h1><p>Configuration is required.</p>"
    ),
    "it-works": bare("<html><body><h1>It works!</h1></body></html>"),
    "coming": bare("<h1>Future home of something quite cool.</h1><p>Owner? Log in to launch this site.</p>"),
    "blank": bare("<!doctype html><html><head></head><body></body></html>"),
    "picture": bare("<title>Harbour Times</title><img src=/img/404.png alt=''>"),
    "words-lost": page("Whoops!", "You seem to have lost your way. The link may be broken."),
    "words-none": page("Where did it go?", "Even our best editor cannot bring it back."),
    "words-author": page("410", "The author deleted this story"),
    "words-long": page("That page has gone", *story(900)),
    "catalan": page("La pàgina que busqueu no s'ha trobat"),
    "georgian": page("გვერდი ვერ მოიძებნა"),
    "amharic": page("ገጹ አልተገኘም"),
    "punjabi": page("ਸਫ਼ਾ ਨਹੀਂ ਮਿਲਿਆ"),
    "irish": page("Níor aimsíodh an leathanach"),
    "chinese": page("抱歉", "您访问的文章已下线"),
    "yoruba": page("Pẹlẹ o", "A kò rí ojú ìwé yìí"),
    "json": (200, {"Content-Type": "application/json"}, b'{"ok":false,"error":{"message":"No route"}}'),
    "xml": (200, {"Content-Type": "application/xml"}, b"<Error><Code>NoSuchKey</Code></Error>"),
    "section": to("/section/", 302),
    "other-home": to("/web/guest/home", 302),
    "tag": to("/tag/harbour/"),
    "unrelated": to("/unrelated"),
    "oops": to("/oops.html", 302),
    "query": to("/index.php?err=404", 302),
    "script-home": bare('<script>location.href = "/"</script>'),
    "script-gone": bare("<script>location.replace('/no-such-thing')</script>"),
    "registrar": bare("<title>Hello</title><p>This domain is registered with Name Registry Limited.</p>"),
    "auction": bare("<title>port.example</title><p>port.example is up for auction</p>"),
    "parked-german": bare("<title>hafen.example</title><p>Der Inhaber dieser Domain parkt diese hier.</p>"),
    "court": (451, HTML, b"<h1>Blocked after an order of the court</h1>"),
}
MOVED: dict[str, Planted] = {
    "by-header": (200, {**HTML, "Refresh": "0; url=/elsewhere"}, b""),
    "by-script": bare("<title>Redirecting</title><script>window.location.replace('/elsewhere');</script>"),
    "by-meta-then-301": bare("<meta http-equiv=refresh content='0; url=/step'>"),
    "by-load": bare("<title>Espere</title><body onload=\"location.href='/elsewhere'\"><p>Um momento…</p>"),
    "by-words": page(
        "This page has moved", "Its new address is <a href=/elsewhere>with the other berths</a>."
    ),
    "by-german-words": page(
        "Hinweis", "Dieser Artikel ist umgezogen:", "<a href='/elsewhere'>Liegeplatz</a>"
    ),
    "without-scheme": to("//{host}/elsewhere"),
    "raw-utf-8": to("/новини/причал".encode().decode("latin-1")),
    "blanks": to("/new/berth closed"),
}
CHANGED: dict[str, tuple[Planted, Planted]] = {
    "table": (page("Ports", *story(1), rows(3)), page("Ports", *story(1), rows(7))),
    "list": tuple(  # type: ignore[dict-item]  # of two
        page("Owners", *story(2), "</p><ul>" + "".join(f"<li>{ship} Lines, {ship} Street" for ship in ships) + "</ul>")
        for ships in (SHIPS[:5], SHIPS[5:])
    ),
    "retracted": (article(3), article(3, title="RETRACTED: Berth 3 closed after collision")),
    "corrected": (article(4), page("Berth 4 closed after collision", *story(4), "Correction: berth 5 was meant.")),
    "berichtigt": (article(5), page("Berth 5 closed after collision", "Die Meldung wurde berichtigt.", *story(5))),
    "translated": (article(6), page("Причал закрито", *(
        f"Порт закрив причал {number} у понеділок після зіткнення судна зі стіною." for number in range(9)))),
    "pdf": (pdf(" ".join(story(7)), "1"), pdf(" ".join(story(8)), "1")),
    "csv": tuple((200, {"Content-Type": "text/csv"}, b"".join(b"p%d,%d\n" % (n, n * by) for n in range(60)))  # type: ignore[dict-item]
                 for by in (3, 7)),
    "note-of-editors": (article(10), page("Berth 10 closed after collision",
        "Editor’s note: This story has been updated to remove a claim about the pilot.", *story(10))),
    "anmerkung": (article(11), page("Berth 11 closed after collision", *story(11),
        "Anm. d. Red.: In einer ersten Fassung stand ein falscher Name. Wir haben ihn korrigiert.")),
    "beside": (article(12), bare(article(12)[2].decode().replace("</main>",
        "<aside class=note>Berichtigung: In einer früheren Fassung stand ein falscher Tag.</aside></main>"))),
    "cut": (article(9), page("Berth 9 closed after collision", *story(9)[:3])),
}  # fmt: skip
UNREACHABLE: dict[str, Planted] = {
    "half-gzip": packed(article(1), gzip.compress(article(1)[2])[:-60]),
    "no-gzip": packed(article(1), article(1)[2]),
    "gzip-twice": packed(article(1), gzip.compress(gzip.compress(article(1)[2]))),
    "brotli": packed(article(1), bytes(range(7, 250)) * 9, "br"),
    "php": bare(
        "<b>Fatal error</b>: Uncaught Error: Call to undefined function the_title() in single.php:12"
    ),
    "exception": bare(
        "<b>Fatal error</b>: Uncaught PDOException: SQLSTATE[HY000] in /www/db.php:31 Stack trace: #0"
    ),
    "database-by-name": bare(
        "<title>Error</title><body id=error-page><h1>Error establishing a database connection</h1>"
    ),
    "database": page("Error", "Error establishing a database connection"),
    "traceback": bare("<pre>Traceback (most recent call last):\n  File 'app.py', line 12</pre>"),
    "rests": page("Przerwa techniczna", "Wracamy za chwilę."),
    "repairs": page("Wir bauen um", "Wegen Wartungsarbeiten ist unsere Website nicht erreichbar."),
    "busy": (429, {"Retry-After": "7200"}, b""),
    "service": bare("<body>The service is unavailable.</body>"),
    "limit": page("Bandwidth Limit Exceeded", "The owner of the site has reached it."),
    "gewartet": page("Kurze Pause", "Unsere Seite wird gerade gewartet."),
    "de-retour": page("Oups", "Nous revenons vite !"),
    "json-fault": (200, {"Content-Type": "application/json"}, b'{"message":"Internal server error"}'),
    "xml-fault": (
        200,
        {"Content-Type": "application/xml"},
        b"<Error><Code>SlowDown</Code><Message>Please reduce your request rate.</Message></Error>",
    ),
    "bad-location": to("http://[broken"),
    "cloudflare": (522, HTML, b""),
}
SAME = article(21)
THERE: dict[str, Planted] = {
    "blocked": page("Request Rejected", "The requested URL was rejected. Your support ID is: 12345"),
    "frame-alone": bare("<iframe src='/_Resource?x=1'>Request unsuccessful.</iframe>"),
    "challenge-202": (202, {**HTML, "x-amzn-waf-action": "challenge"}, b""),
    "challenge-503": (
        503,
        {**HTML, "cf-mitigated": "challenge"},
        b"<title>Just a moment...</title>",
    ),
    "status-999": (999, HTML, b""),
    "consent-host": to("/v2/collectConsent?sessionId=1", 302),
    "comes-back": to("/gate-7?url=%2Fthere-comes-back", 302),
    "pur": page("Hallo", "Mit Werbung und Tracking weiterlesen, oder pur im Abo. Zustimmung widerrufbar."),
    "age": page("Harbour", "You must be 18 years or older to see this."),
    "region": page("Harbour TV", "This content is not available in your country or region."),
    "europe": (
        451,
        HTML,
        b"<p>You are in the European Economic Area (EEA), which enforces the GDPR.</p>",
    ),
    "robot": page("Sind Sie ein Mensch?", "Bitte bestätigen Sie, dass Sie kein Roboter sind."),
    "members": page("会員限定記事", "続きを読むにはログインしてください。"),
    "shell": bare("<!doctype html><div id=root>Loading...</div><script src=/app.js></script>"),
    "saml": bare("<body onload='f()'><form method=post action=/sso><input type=hidden name=x></form>"),
    "stub": page("Berth", story(21)[0], beside="<div class=paywall><p>Subscribe to go on.</p></div>"),
    "stub-french": page("Berth", *story(21)[:2], "Cet article est réservé aux abonnés."),
    "stub-norwegian": page("Berth", *story(21)[:2], "Denne saken er kun for abonnenter."),
    "needs-js": page("port.example", "Please enable JS and disable any ad blocker"),
    "ad-blocker": page("Tiens", "Vous utilisez un bloqueur de publicités."),
    "queue": to("/waiting-room?c=port&t=%2Fthere-queue", 302),
    "json-wall": (200, {"Content-Type": "application/json"}, b'{"error":"too many requests"}'),
    # Elements that only HTML 5 knows begin a body that nobody opens.
    "no-body": bare(
        "<title>Berth 21</title><main>"
        + "".join(
            f"<section><h2>Part {number}</h2><p>{text}</p></section>" for number, text in enumerate(story(21))
        )
        + "</main>"
    ),
    "cookie-round": for_a_cookie(SAME, "/there-cookie-round"),
    "waits": bare(
        "<port-app><div class=spinner>Odota hetki…</div></port-app><script type=module src=/a.js></script>"
    ),
    "session": to("/there-session;jsessionid=0A1B"),
    "capitals": to("/There-Capitals"),
    "flaky": in_turn((500, {}, b""), (429, {"Retry-After": "1"}, b""), SAME),
    "deflate": packed(SAME, zlib.compress(SAME[2])[2:-4], "deflate"),
    "two-members": packed(SAME, gzip.compress(SAME[2][:300]) + gzip.compress(SAME[2][300:])),
    "breaks": bare("<html><body><div>Berth<br>" + "<br><br>".join(story(21)) + "</div></body></html>"),
    "koi8": (200, {"Content-Type": "text/html; charset=koi8-r"}, SAME[2]),
    "wrong-type": (200, {"Content-Type": "text/plain"}, SAME[2]),
    "comments": article(21, beside=remarks("the pier")),
    "banner": bare(SAME[2].decode().replace("We use cookies", "Nine offers for you, this week alone")),
    "appended": page("Berth 21 closed after collision", *story(21), *story(14)[:3]),
    "script-in-it": bare(SAME[2].decode() + "<script>function go(){location.href='/'}</script>"),
}
HEADLINES = (
    (
        "Three sailors not found after ferry sinks",
        "The search was called off on Monday. The ferry had left in fog.",
    ),
    (
        "Bridge under maintenance until May",
        "Traffic is sent by the northern road, says the ministry of works.",
    ),
    (
        "Bank account suspended, says charity",
        "The bank gives no reason for it, says the charity of the north.",
    ),
    ("Domain names of parties expired", "Buyers from abroad took them within a day, the registry says."),
    ("Video of attack removed by platform", "It had been seen by nine million people by then, on Monday."),
    ("Server error led to wrong figures", "The office says that the figures of May were replaced since."),
    ("This page is no longer updated", *story(80)),
    ("Bald wieder Züge nach Norden", "Die Strecke war seit Montag gesperrt, sagt der Betreiber."),
    ("Quota reached for cod", "Boats must stay in port until May, says the ministry of fisheries on Monday."),
    ("Slowdown hits exports of steel", "Two mills in the north have closed their gates since Monday."),
    ("Old lighthouse is up for auction", "Bids begin at nine million, the owner says."),
    ("Ceasefire agreed", "Both sides agreed on Monday."),
    ("Statue removed", "The statue of the founder was removed from the square on Monday night."),
    ("Recall of kettles", "The product is no longer available. Bring yours back to the shop."),
    (
        "Report deleted by mistake",
        "The report on the spill was deleted from the registry on Monday, and will be restored.",
    ),
    (
        "Why pages vanish",
        "“Page not found” is what readers see where archives fail, says a study of nine ministries.",
    ),
    (
        "Fisheries bill withdrawn",
        "The minister withdrew the bill on Monday; the chamber will not vote on it.",
    ),
    (
        "Mill Road",
        "Closed for two weeks.</p><div class=widget><h2>Page not found</h2></div><p>Use the bridge.",
    ),
    (
        "<a href=#>Report removed</a>",
        *(f"Officer {n} took the report off the shelf, he said." for n in range(6)),
    ),
    (
        "Minister resigns",
        "He spoke for an hour on the budget of his house. The letter was not found in his desk.",
        "His deputy takes over until the party has chosen somebody else, and will move the bill again.",
    ),
    ("The clinic has moved", "Find it at Mill Road, beside the school. <a href=/map.pdf>Map</a>"),
    (
        "Gamblers",
        "A bill bans free spins, jackpots and roulette in online casinos, and taxes slots, the ministry says.",
    ),
    ("公告", "自五月起，本局停止受理纸质申请，原受理页面已删除，请通过网上平台办理。"),
    ("臨時休館", "図書館は三月九日に休館します。旧ページは削除しました。"),
    ("Документ", "Президент подписал документ, который парламент не принял в мае, и вернул другой."),
    ("Portal", "The tax portal will be down for maintenance on 14 March from 22:00 to 06:00."),
)
"""Short documents whose headlines sound like notices."""
NOTICES: tuple[list[Answer], ...] = (
    [page("The Times", text) for text in (
        "The dispatch you asked for is no longer displayed.", "This bulletin has been unpublished for legal reasons.",
        "Because of a court order, this interview is no longer available.",
        "The retention period of this notice is over.",
        "This entry was merged into another record.", "Our licence to show this clip has ended.",
        "We looked everywhere, but we can’t find this bulletin.", "You may have followed an outdated link.",
        "Your search for “berth 9” did not match any documents.", "This page has moved. Please update your bookmark.",
        "There isn’t a GitHub Pages site here.", "This document has been archived elsewhere.",
    )],
    [page("Hafenblatt", text) for text in (
        "Die Mitteilung wurde aus dem Netz genommen.", "Diese Bekanntmachung steht nicht länger zur Verfügung.",
        "Cette dépêche n’est plus consultable.", "L’annonce a expiré.", "Le communiqué a été dépublié.",
        "La nota ha sido retirada por mandato judicial.", "El anuncio ya no se encuentra publicado.",
        "A reportagem saiu do ar.", "O edital foi retirado.", "Il bando è scaduto.", "L’avviso non è più consultabile.",
        "Het persbericht is ingetrokken.", "Kunngjøringen finnes ikke lenger. Artikkelen er slettet.",
        "Pressmeddelandet har tagits bort.", "Meddelelsen er slettet. Siden findes ikke længere.",
        "Fréttin hefur verið fjarlægð.", "Tiedote on poistettu. Sivua ei enää ole olemassa.",
    )],
    [page("Порт", text) for text in (
        "Объявление снято с публикации.", "Сообщение, которое вы ищете, удалено автором.", "Оголошення вилучено.",
        "Документ, який ви шукаєте, більше не існує.", "Дакумент выдалены.", "Обявата е премахната.",
        "Вестта е избришана.",
        "Саопштење је уклоњено.", "Komunikat został wycofany.", "Oznámení bylo staženo. Dokument byl odstraněn.",
        "Oznam bol stiahnutý. Dokument bol vymazaný.", "Objava je uklonjena.", "Objava je bila odstranjena.",
        "A közlemény már nem elérhető.", "Anunțul a fost retras.", "Pranešimas pašalintas.", "Paziņojums ir dzēsts.",
        "Teade on kustutatud.", "Η ανακοίνωση έχει αποσυρθεί.", "İlan yayından kaldırıldı.", "Xəbər silinib.",
    )],
    [page("P", text) for text in (
        "此公告已撤下。", "因版权到期，该影片已下架。", "這則新聞已被刪除。", "找不到您要查詢的資料。",
        "この発表資料は公開を終了しました。",
        "お探しの動画は削除された可能性があります。", "해당 보도자료는 게시가 종료되었습니다.", "삭제된 게시물입니다.",
        "ไม่พบเอกสารที่คุณค้นหา",
        "ประกาศนี้หมดอายุแล้ว", "Tài liệu này đã bị gỡ.", "Siaran pers ini sudah dihapus.", "Dokumen ini tidak lagi wujud.",
        "تم حذف هذا البيان.", "الوثيقة التي طلبتها لم تعد متاحة.", "این بیانیه حذف شده است.", "ההודעה הוסרה.",
        "यह रिपोर्ट हटा दी गई है।", "এই প্রতিবেদনটি মুছে ফেলা হয়েছে।", "یہ رپورٹ حذف کر دی گئی ہے۔",
        "Taarifa hii imeondolewa.",
        "დოკუმენტი წაშლილია.", "Փաստաթուղթը ջնջված է։", "ບໍ່ພົບເອກະສານ", "မတွေ့ပါ",
    )],
    # After an interjection, with any noun that readers asked for, with the one who did it, in a small heading.
    [page("Oh", text) for text in (
        "Hej hå! Innehållet har tagits bort.", "Ajaj… הכתבה הוסרה", "Úps! Síðan er ekki til.",
        "The chapter you asked for has been removed by its editors.", "Die Tabelle, die Sie suchen, wurde gelöscht.",
        "We haven’t been able to serve the item you requested.", "该帖子已被管理员删除",
        "편집국의 결정에 따라 삭제된 글입니다.",
        "Vyhláška už nie je k dispozícii. Dokument bol zvesený.",
    )] + [bare("<title>Oh</title><div><h5>此内容已被编辑部撤下</h5></div>")],
    # In general terms that no table has: the words for a document and for a loss, and nothing else.
    [page("Port", text) for text in (
        "It was decided that for editorial reasons the bulletin had to be taken offline.",
        "Auf Wunsch der Beteiligten ist es dazu gekommen, dass der Bericht vom Netz genommen wurde.",
        "Comme le délai est dépassé, la dépêche a donc été effacée du site.",
        "Ha pasado el tiempo previsto y por eso el aviso fue dado de baja.",
        "Passou o tempo previsto e por isso o aviso já não se encontra aqui.",
        "Po upływie terminu tekst został zdjęty.", "Так вышло, что заметки больше нет, материал изъят.",
        "期限が来たため、記事はもう読めません。終了しました。", "由于时间久远，编辑部把这篇稿件撤下了。",
        "편집 방침에 따라 더는 기사를 볼 수 없습니다.", "Waktu tayang habis, jadi berita itu sudah dihapus.",
    )],
    [
        bare("<body class=error404><h1>Ayayay</h1><p>Wrzesz wum.</p>"),
        bare("<meta name=prerender-status-code content=404><div id=app><p>Wrzesz wum.</p></div>"),
        bare("<div id=app><p>Wrzesz wum.</p></div><script>var page = {statusCode: 404}</script>"),
        page("This bulletin is not available", beside="".join(
            f"<div><h3><a href=/{n}>{ship} is here</a></h3>"
            f"<p>Nine days ago the {ship} left with grain for the north.</p></div>"
            for n, ship in enumerate(SHIPS))),
        page("Spins", "Claim your bonus and play online slots, roulette and blackjack with free spins."),
        pdf("This document has been withdrawn.", "2025"),
        bare("<h1>Index of /files</h1><a href=/>Parent Directory</a>"),
    ],
)  # fmt: skip
"""Notices, for a server that says 404 of any other address."""
WALLS: tuple[Answer, ...] = (
    bare("<title>Port</title><div id=root></div><script src=/app.js></script>"),
    page(
        "Harbour", "Please log in to continue reading this page on our site, or create an account for free."
    ),
    page(
        "Vos choix",
        "Nos partenaires et nous utilisons des cookies. Accepter, refuser, ou s’abonner sans publicité.",
    ),
    page("Zugang", "Bitte weisen Sie nach, dass Sie kein Roboter sind, bevor Sie weiterlesen."),
    page("验证", "请先完成验证，再继续访问。"),
    page("Region", "This bulletin is not available in your region, because of the rights of its author."),
)
ELSEWHERE: dict[str, Planted] = {
    "/": page("Harbour Times", *story(901)),
    "/lander": bare("<title>port.example</title><p>Related searches</p>"),
    "/section/": page("News", *story(902)),
    "/web/guest/home": page("Portal", *story(903)),
    "/tag/harbour/": page("Harbour", *story(904)),
    "/unrelated": page(
        "Ten recipes for cod", *(f"Fry {n} cods in butter and serve them." for n in range(30))
    ),
    "/oops.html": page("Oops", *story(905)),
    "/index.php": page("Harbour Times", *story(906)),
    "/elsewhere": article(50),
    "/step": to("/elsewhere"),
    "/There-Capitals": SAME,
    "/there-session;jsessionid=0A1B": SAME,
    "/новини/причал": article(50),
    "/new/berth closed": article(50),
    "/v2/collectConsent": page("Choices", "Manage your settings."),
    "/waiting-room": page("Waiting", "There are 400 before you."),
    "/gate-7": page("Members", "Go on with your number."),
}
