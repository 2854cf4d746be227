"""Phrases that stand in place of a document: those of web servers and publishing systems, in some fifty languages."""

from __future__ import annotations

import re

_WORDS = {
    "NOUN": r"(web ?)?(page|site|article|document|content|file|item|url|link|resource|post|address|video|publication"
    r"|account)s?",
    "HERE": r"\b(this|the|your|diese[rs]?|die|ce|cette|este|esta|questo|deze)( \w+)? (domain|domaine|dominio|domínio"
    r"|domein|web ?site|site|sitio|sito|name|adresse)\b",
    "LOST": r"\b(not (be )?found|no longer (available|here|exists?|online|accessible|published|active|in our)"
    r"|does ?n.t exist|does not exist|unavailable|removed|deleted|expired|withdrawn|taken down|(is )?not available"
    r"|is ?n.t available|(has|have) (been )?(moved|gone|left)|is gone|not (be )?located)",
    "EDITORS": r"nota (del editor|de la redacción|da redação|del redattore|della redazione)",
    "TEXT": r"(article|story|page|paper|report|post|statement|study|publication|version|release)",
}


def _any(lines: str) -> re.Pattern[str]:
    """One of the patterns of some lines, in which words in capital letters stand for `_WORDS`."""
    pattern = "|".join(lines.split("\n")[1:-1])
    for name, words in _WORDS.items():
        pattern = pattern.replace(name, words)
    return re.compile(pattern, re.IGNORECASE)


PAGE = _any(r"""
\b(this|that|the|our|your|requested|any)( \w+)? NOUN\b|^\W*(404\W+)?NOUN( \S+){0,3}$|\b(we|you)\b|\bsite?n?\b|seite
artikel|beitrag|inhalt|dokument|datei|adresse|página|artículo|contenido|documento|enlace|pagina|articol|contenuto
indirizzo|conteúdo|artigo|endereço|sidan?\b|siden|sivua?|lehekül|lapa|puslapis|puslapi|stron[ay]|stránk|stranic
spletna stran|oldal|pàgina|orria?\b|páxina|síða|leathanach|tudalen|faqe|sayfa|səhifə|sahifa|halaman|laman|trang
ukurasa|bogga|страниц|сторінк|старонк|страница|бет\b|хуудас|матеріал|материал|документ|статт|стать|σελίδα|էջ|გვერდ
הדף|עמוד|صفحة|الصفحة|صفحه|برگه|صفحہ|पृष्ठ|पेज|পৃষ্ঠা|পাতা|પૃષ્ઠ|ਪੰਨਾ|பக்கம்|పేజీ|ಪುಟ|പേജ്|පිටුව|หน้า|ໜ້າ|ទំព័រ
စာမျက်နှာ|ገጹ|ገጽ|页面|網頁|頁面|网页|内容|ページ|記事|페이지
""")
"""A word for the page itself."""

GONE = _any(r"""
^\W*4(04|10)\b|\b(error|erreur|fehler|errore|http)\b\W{0,3}4(04|10)\b|\b404\b\W{0,3}(error|erreur|fehler|not)
\b(NOUN|story)\b.{0,40}LOST
you.{0,12} (looking|searching|asked|asking) for|requested (url|page|address|resource)
\b(could|can)( ?not|n.t) (be )?(find|found|locate)|does ?n.t exist|does not exist|\bnot found\b|^\W*gone\W*$
is ?n.t here any ?more|lost your way|nothing (was found|here|to see)|broken link|link .{0,30}\b(broken|out ?dated)
no such (page|file)|\b(no longer|any (more|longer))\b.{0,30}\b(available|library|site|archive|exist)
in our \w+ any (longer|more)|from an account that|account (has been|is) (suspended|deleted|closed)|video unavailable
is private\b|introuvable|(pas|plus) (pu )?(être )?trouv|n.existe (plus|pas)|n.est (plus|pas) (disponible|en ligne)
a été (supprimée?|déplacée?|retirée?)|nicht (gefunden|finden)|existiert nicht
nicht (mehr )?(verfügbar|vorhanden|auffindbar|erreichbar|online)|wurde (gelöscht|entfernt|verschoben)
gibt es (leider )?nicht|no (se )?(ha )?(sido )?(pud\w+ )?encontr|no existe|(ya )?no (está |se encuentra )?disponible
ha sido eliminad|non (è (stata? )?)?trovat|non (abbiamo|riusciamo)\b.{0,20}\btrova|non esiste
non (è )?(più )?disponibile|não (foi )?(possível |conseguimos )?encontr|não existe|não (está )?disponível
no s.ha (pogut )?troba|no existeix|ez da (orri\w* )?(aurkitu|existitzen)|non se atopou|aurkitu ez
niet (meer )?(gevonden|vinden|beschikbaar)|bestaat niet|hittades inte|(kunde|kan) inte hitta|finns inte
(blev |ble )?ikke (fundet|funnet|finde|finne)\b|finnes ikke|findes ikke|ei löytynyt|ei löydy|fannst ekki|ekki til
finnst ekki|ei leitud|nav atrast|nerast|neegzistuoja|nav pieejam|nie (została )?znalezion
nie (możemy|można|udało się)\b.{0,10}\b(zn|odn)ale|nelze (najít|nalézt)|nie istnieje|nenalezen|neexistuje|nenašla
nenájden|ni (bilo )?mogoče najti|ne obstaja|ni najden|nem található|nem létezik|nu (a fost |există)
nije (pronađen|nađen)|ne postoji|није (пронађен|нађен)|не постои|не (был[аои]? )?найден|не (можем|удалось) найти
не существует|не знайден|не існує|не е намерен|не знойдзен|табылмады|олдсонгүй|nuk u gjet|nuk ekziston
δεν (βρέθηκε|υπάρχει)|bulunama|mevcut değil|tapılmadı|topilmadi|tidak (dapat )?ditemukan|tidak (di)?jumpa
không (tìm thấy|tồn tại)|hindi (natagpuan|nahanap|mahanap)|ha[iu]\w*patikani?k?an?a?|haipo|lama helin|غير موجود
لم يتم العثور|یافت نشد|پیدا نشد|نہیں مل|לא נמצא|ไม่พบ|नहीं मिला|পাওয়া যায়নি|મળ્યું નથી|கிடைக்கவில்லை|காணப்படவில்லை
కనబడలేదు|కనుగొనబడలేదు|ಕಂಡುಬಂದಿಲ್ಲ|കണ്ടെത്തിയില്ല|හමු නොවීය|រកមិនឃើញ|မတွေ့|அறியப்படாத|ვერ მოიძებნა|არ მოიძებნა
չի գտնվել|չգտնվեց|አልተገኘም|未找到|不存在|找不到|已删除|已刪除|見つかりません|存在しません|찾을 수 없|존재하지 않
""")
"""The document is not there."""

VACANT = _any(r"""
^\W*welcome to (nginx|openresty|caddy|centos|your (new )?(site|server|website))|test page for the (nginx|apache|http)
^\W*it works\W*$|^index of /|default (web )?(page|site) (page|for|of)
your (new )?(web ?site|site|server) is (ready|up|working|live)
upload your (files|web ?site|content)|replace this (page|file)
apache2? .{0,20}default page|iis windows server|future home of|^\W*(coming soon|under construction)\W*$
^\W*(this |your )?account (is |has been )?suspended\W*$|this account (is|has been) suspended
web hosting .{0,30}parked|no website (is )?configured|buy this domain
(HERE|[\w-]+\.[a-z]{2,}) .{0,40}(for sale|expired|parked|available for purchase|(recently|just|been) registered)\b
(HERE|[\w-]+\.[a-z]{2,}) .{0,30}(verkauf|zu verkaufen|à vendre|expiré|en venta|in vendita|à venda|te koop)
^\W*(this|the) domain( name)? is registered (at|with|by|through)\b.{0,40}$|registrant .{0,40}verif
\b(apache|nginx|http server|rocky linux|centos|fedora)\b.{0,20}\btest page\b
\b(plesk|cpanel|directadmin|ispconfig)\b.{0,30}(default|page|login)
default plesk page|there isn.t a github pages site here|^\W*site not (found|published|configured)\W*$|no such app\W*$
(this|your|the) (site|shop|store|blog|domain|website) .{0,30}\bnot (yet )?(been )?(published|configured|connected)\b
(this|your|the) (site|shop|store|blog|domain|website) .{0,30}\b(expired|not (yet )?(been )?(set up|activated))\b
(this|your|the) (shop|store) .{0,30}\bcurrently unavailable\b
(this|your|the) (shop|store|blog|website) .{0,20}\b(does ?n.t exist|has been (deleted|closed|disabled))\b
only one step left|deployment_not_found|deployment (could )?not (be )?found|nosuchbucket|unknown domain
domain (is )?not (connected|configured)|parked (free|domain|page|for free)
domain .{0,20}(may|might|could) be for sale|(buy|make an offer (on|for)|inquire about) this (domain|name|website)
sedo domain parking|related searches
website (has )?expired|site (has been )?(deactivated|suspended|closed)\W*$|hosted by .{0,20}parking
hosting .{0,20}(expired|suspended)|(就是|此)?域名(出售|已过期|到期)
домен .{0,20}(прода[её]тся|припаркован|истек|свободен)
ドメイン.{0,20}(販売|失効|売り出し|有効期限)|domen .{0,20}(prodaj|na prodaju)
domena .{0,20}(na sprzedaż|wygasła|zaparkowana)
nom de domaine .{0,30}(vendre|expiré|réservé|parking)
dominio .{0,30}(en venta|in vendita|caducado|scaduto|registrado|parking)
\bdomain\w* .{0,30}(registriert|geparkt|parkt|aparcad[oa]|parcheggiat[oa])\b|[\w-]+\.[a-z]{2,} .{0,20}up for auction
""")
"""Nobody uses the address: a parked domain, a server as it was installed, an account that was closed."""

TECHNICAL = _any(r"""
\bfatal error\b|uncaught (\w*error|\w*exception)|stack trace|\btraceback\b|SQLSTATE|\bORA-\d{4,}|\bmysqli?_|on line \d
""")
"""A fault as programs say it, in no article for those who do not write them."""

MOVED = _any(r"""
\b(has|have|was|is|are|been) (permanently |now |recently )?(moved|relocated|found at|available at)\b
\bmoved (permanently|to)\b
\bnew (web ?)?(address|location|home|url)\b|umgezogen|neuen? (adresse|ort)|verschoben nach
finden sie (jetzt|nun|künftig)
(a|ont) (été déplacé|déménagé|changé d.adresse)|nouvelle (adresse|url)|(ha|han) (sido )?(trasladad|movid|cambiado)
nueva (dirección|url)|(foi|mudou|mudámos|agora está)\b.{0,20}(movid|transferid|endereço|em)\b|novo endereço
(è|sono) stat\w (spostat|trasferit)|si è spostat|nuovo indirizzo|verhuisd|verplaatst naar|nieuwe? adres|nowy adres
przenies\w+ (na|do|pod)|přesunut\w* na|nov(á|ou|ej) adres|flyttat|flyttet|ny adress?e?|siirtynyt|uusi osoite
перее(хал|хала)|перемещен\w* (на|по)|нов(ый|ому) адрес|переїха|нов(а|ою) адрес|taşın(dı|mıştır)|yeni adres|انتقلت|نُقل
منتقل شد
移転しました|移動しました|新しい(URL|ページ|アドレス)|已(迁移|搬迁|移动|搬移|移)(到|至|往)|新(网址|網址|地址)
이전(되었|했)|새 주소|chuyển (đến|sang)
""")
"""The document is elsewhere."""

PAUSE = _any(r"""
\b(under|scheduled|down for|site|(undergoing|in|for)( \w+)?) maintenance\b|^\W*maintenance( mode)?\W*$
\b(be|are) (right )?back( soon| shortly|\W*$)|being updated|en maintenance|momentanément indisponible
wartungsarbeiten|vorübergehend nicht|en mantenimiento|temporalmente|in manutenzione|em manutenção
(come|check) back (in|later|soon|shortly|on)|in (a few|some) minutes|being rebuilt|технические работы
технічні роботи|メンテナンス中|维护中|in onderhoud|underhåll|przerwa techniczna|bakım
(wird|werden) (gerade|derzeit|momentan)? ?(gewartet|überarbeitet|umgebaut|aktualisiert)
(gleich|bald|kürze) wieder (da|zurück|online|erreichbar)\b|gleich geht.{0,4} weiter|(bientôt|vite) de retour
(revenons|volvemos|volveremos|voltamos|torniamo) (vite|bientôt|pronto|enseguida|em breve|já|presto|subito)\b
(we zijn|er) zo terug|snart (tilbage|tilbake|tillbaka)|wracamy (za|wkrótce)|скоро верн|скоро повернемо|すぐに戻
""")
"""The site rests."""

FAULT = _any(r"""
temporarily (unavailable|closed|out of service|offline)|\bfatal error\b|uncaught (\w*error|\w*exception)|stack trace
(establishing|connecting to) (a |the )?database|database (connection )?error
\b(runtime|internal server|application|server) error\b|bad gateway|gateway time-?out|service unavailable
an? (unexpected |application )?error (has )?occurred|something went wrong|technical (difficulties|problems|error)
(critical|unexpected|unknown|temporary) error|\b[a-z]+(error|exception) at /|connection (refused|failed|timed out)
too many connections|\bORA-\d{4,}|SQLSTATE|\bmysqli?_|\btraceback\b|\bhttp status 5\d\d|\w+exception\b
servers? (is|are) (too )?busy|\b(on|at) line \d|(could not|cannot|can.t) connect to|try again (later|in a|shortly)
please (re)?try|erreur (interne|technique)|une erreur (s.est produite|est survenue)|interner fehler
ein fehler ist aufgetreten|technische störung|se ha producido un error|error interno|si è verificato un errore
ocorreu um erro|произошла ошибка|сталася помилка|エラーが発生|发生错误|오류가 발생
service (is )?(currently |temporarily )?unavailable|unable to (service|process|handle|complete) (your|the) request
\b(resource|bandwidth|request|rate|traffic|usage) (limit|quota) (is |was |has been )?(exceeded|reached)
reduce your request rate|throttlingexception|request\w* \w* ?throttled
""")
"""The server is there, and has a fault."""

WALL = _any(r"""
vérifi\w+ que vous êtes|êtes-vous (un )?(robot|humain)|kein roboter|geen robot|не робот|не бот|robot değil
(no|não|non|nie|nejste|neste) (eres|soy|es|sou|é|sei|sono|jesteś|jsem) (un |um |uno )?(robot|robô)
ロボットではありません|私はロボット|로봇이 아닙|我不是机器人|完成(安全)?验证|安全验证|人机验证
請完成驗證|滑动验证|ik ben geen
^\W*just a moment|checking (your|if the site|the site)|verif(y|ying) (that )?you(.re| are) (a )?human
(are you|not|think you.{0,12}|made us think.{0,20}) (a )?(robot|bot)\b|you are (a )?(human|person)\b|captcha
(confirm|prove) (that )?you.{0,8} (human|person|robot)|press (and|&) hold|pardon our interruption
access (to this page )?(is |has been )?denied|request (was |has been )?(rejected|blocked|unsuccessful)
url was rejected
\b(ip|ip address|you) (has been|have been|are|is|was) (temporarily )?(blocked|banned|restricted|limited)
your ip\b.{0,30}(blocked|banned)|too many requests|support id|incident id|\bray id\b|security check|ddos protection
unusual traffic|automated (access|requests)|\bvpn\b|waiting room|now in (line|the queue)|thank you for your patience
доступ (ограничен|запрещ[её]н|обмежен|заборонен)|acceso (denegado|restringido)|accès (refusé|interdit)
zugriff verweigert|session (has |is )?(expired|timed out)|sitzung (ist )?abgelaufen|session (a |est )?expir
sesión (ha )?(expirado|caducado)|(enable|requires?|turn on|activate|need) (java ?script|cookies)
java ?script (is|must be) (disabled|not available|required|enabled|off)|java ?script (aktivieren|erforderlich)
activer javascript|before you continue|accept (all )?cookies|^\W*your privacy|cookies? (zustimm|akzeptieren)
accepter (les )?cookies
not available (in|to|from|for) (your|this|the) (country|region|location|area|territor|users? in)
(in|from) your (country|region|location)\b|european economic area|\bGDPR\b|dans votre (pays|région)
(in|aus) (ihrem|deinem) land|(in|aus) (ihrer|deiner) region|na sua região|nella tua (zona|regione)|in uw land
w (twoim|państwa) (kraju|regionie)|у вашій країні|в вашем регионе
お住まいの(地域|国)|(您|你)所在的?(地区|国家|區域)|해당 (국가|지역)
ülkenizde|bölgenizde|في (بلدك|منطقتك)|în țara
en (su|tu) (país|región)|nel tuo paese|in jouw land|no seu país|в вашей стране
(1[368]|21) (years|or older|and over)|confirm (that you|your age)|verify your age|über 18|plus de 18|mayor de edad
^\W*(please )?(sign|log) ?in\b|^\W*(anmelden|connexion|identifiez-vous|iniciar sesión|accedi|inloggen)\b
you need (access|permission)|request access|do(n.t| not) have (access|permission)
(enable|requires?|turn on|activate|need) js\b|\bad ?-?block|werbeblocker|bloqueur de pub
bloqueador de (anuncios|publicidad)
\bin (the|a|our)( virtual)? queue\b|queue position|your turn
""")
"""A person must go on: prove to be one, agree, sign in."""

SIGN_IN = _any(r"""
\b(sign|log)(ged)?[ -]?in\b|\bsubscri(be|ption)\b|\bregister\b|members? only|anmelden|einloggen|\babo(nn\w+)?\b
se connecter|connectez|s.abonner|abonn[ée]|iniciar sesión|suscr[ií]b|accedi\b|abbonat|inloggen|logga in|prenumer
robot|\bmensch\b|humain|humano|verif|vérif|puzzle|captcha|人机|机器人|验证|会員|members?\b|mitglied|membre
meld\w* .{0,10}\ban\b|identifi|entrar\b|assin(e|ante)|zaloguj|přihlásit|войти|войдите|увійти|увійдіть|подпис|підпис
зареєстр|зарегистр|передплат|登录|登入|ログイン|로그인
""")
"""A weaker sign of a wall, for a page that has lost its document."""

CONSENT = _any(r"""
cookies?|tracking|werbung|zustimm\w*|einwillig\w*|widerruf\w*|consent\w*|partners?|personali[sz]ed?|advertis\w+
privacy|publicité|consentement|accepter|refuser|consentimiento|publicidad|socios|consenso|pubblicità|toestemming
samtycke|annonser|zgod[ay]|reklam\w*|store and.{0,12}access|\bpur\b|datenschutz
""")
"""Words of pages that ask for consent."""

STUB = _any(r"""
subscribe to (continue|read|keep)|continue reading|to read (this|the) (full|whole|entire|rest)|already a subscriber
(subscribers?|members?)[ -]only|exclusive to subscribers|free articles? (left|remaining)
create (a free|an) account to|réservé (aux|à nos) abonn|il vous reste|pour lire la suite|lire la suite
weiterlesen mit|jetzt (abonnieren|abo|lesen)|nur für abonnenten|exklusiv für|para (seguir|continuar) leyendo
solo para suscriptores|per continuare a leggere|riservato agli abbonati|para continuar (a ler|lendo)
exclusivo para assinantes|lees verder|alleen voor abonnees|för prenumeranter|tylko dla subskrybentów|czytaj dalej
только для подписчиков|для передплатників|会员|有料会員|구독
for abonnenter|forbeholdt? (våre |vores )?abonnent|tilaajille|για συνδρομητές
abonelere özel|للمشتركين|למנויים|pouze pro předplatitele|előfizető(k|ink)nek|pentru abona[tț]i
""")
"""The rest of the document is for those who pay."""

AMENDED = _any(r"""
^\W*(correction|corrections|corrected|erratum|corrigendum|retracted|retraction|withdrawn|clarification)\b
\bTEXT\b.{0,20}\b(has|have|was|is|were)( been)? (corrected|retracted|withdrawn|amended)
(has|have) (corrected|retracted|withdrawn|amended) (this|the) TEXT
(an|the) (earlier|previous|original) version of (this|the)
^\W*(rectificatif|erratum|mise au point|berichtigung|korrektur|richtigstellung|corrección|fe de errat|rectificación)
une version (précédente|antérieure)|früheren? (version|fassung)|wurde (berichtigt|korrigiert|zurückgezogen)
a été (corrigé|rectifié|retiré)|ha sido (corregid|rectificad|retirad)|è stat[ao] (corrett|rettificat|ritirat)
una versión anterior|una versione precedente
^\W*(errata corrige|rettifica|correção|errata|rectificatie|correctie|rättelse|sprostowanie|oprava|ispravak)
^\W*(исправление|уточнение|опровержение|виправлення|уточнення|спростування|更正|訂正|정정|تصحيح)
(updated|changed|edited|revised|amended) to (correct|remove|clarify|reflect|fix|add)\b
^\W*(editor.?s.? note|note de la rédaction|EDITORS)\b.{0,200}\b(correct|remov|amend|updat|corr[ieí]g|rectifi)
\b(wir|we|nous|hemos|abbiamo)\b.{0,25}\b(korrigiert|berichtigt|corrected|corrigé|rectifié|corregido|rectificado|corretto)
(ersten|vorigen|ursprünglichen) (version|fassung)
""")
"""The document says of itself that it was changed or withdrawn."""

LOADING = _any(r"""
(?:\W*(loading|please wait|chargement|wird geladen|cargando|caricamento|загрузка|завантаження|読み込み中|加载中)\W*)
""")
"""All that a page says until its script has run."""

NEWSLETTER = _any(r"""
newsletter|mailing list|\binbox\b|e-?mail|рассылк|розсилк|infolettre|boletín|メルマガ
""")
"""A line that asks to sign up for a letter, as any page of a site does."""

SITE = _any(r"""
\b(this|our|the|your)( \w+)? ?(web ?)?(site|page|portal|service|application)\b(?! of\b)|\bweb ?site\b
\b(die|diese|unsere|der|das|dieses|unser)( \w+)? (seite|website|webseite|portal|internetauftritt|dienst|server)\b
\b(ce|notre|le|cette) (site|portail|service|page)\b
\b(este|nuestro|el|la|esta) (sitio|portal|web|página|servicio|servidor)\b
\b(il|questo|nostro) (sito|portale|servizio)\b|\b(este|nosso|o) (site|portal|sítio|serviço)\b
\bsait\w*|сайт|портал|\bstrona\b|\bserwis\b|\bsite(n|miz)?\b|\bwebb?plats|\bnettsted|\bhjemmeside|sivusto|الموقع
وب.?سایت|האתר|वेबसाइट|ওয়েবসাইট|situs|trang web|เว็บไซต์|网站|網站|系统|系統|サイト|システム|사이트|시스템|홈페이지
""")
"""A word for the whole site."""

TEMPORARY = _any(r"""
(?<!\bor )(?<!\bor is )(?<!\bor are )\btemporar(y|ily)\b(?! or )(?!.{0,40}\bpermanent)
\bmomentarily\b|at the moment|for the moment|vorübergehend|derzeit
momentan|zurzeit|temporairement|momentanément|actuellement indisponible
temporalmente|de momento|temporaneamente|al momento|temporariamente|no momento|tijdelijk|tymczasowo|chwilowo|dočasně
dočasne|začasno|privremeno|привремено
временно|тимчасово|προσωρινά|átmenetileg|ideiglenesen|tilapäisesti|ajutiselt|uz laiku|īslaicīgi|laikinai|tillfälligt
midlertidig|tímabundið|temporar\b|geçici|müvəqqəti
مؤقت|موقتا|عارضی|זמנית|अस्थायी|সাময়িক|sementara|tạm thời|ชั่วคราว|暂时|暫時|一時的|일시적|დროებით|ժամանակավորապես
kwa muda
""")
"""A word that says that something is so for a while."""

GAMBLING = _any(r"""
\bonline casinos?\b|\bcasino bonus\w*|\b(online )?slots?\b|free spins?|welcome bonus\w*|no deposit|\bjackpots?\b
\bpoker\b|\broulette\b|\bblackjack\b|sports? ?betting|\bbetting (odds|tips|sites?)|bookmakers?
claim your bonus|\bpayouts?\b|\bwager\w*|\bgacor\b|\bjudi\b|\btogel\b|situs slot|\bbandar\b|\bmaxwin\b|deposit pulsa
онлайн[ -]казино|игровы\w+ автомат\w*|фриспин\w*|ставк\w+ на спорт|бонус\w* за регистрац\w*|вулкан
casino en ligne|tours gratuits|bonus de bienvenue|casino en línea|tragamonedas|giros gratis|bono de bienvenida
freispiele|willkommensbonus|spielautomaten|cassino|caça-níqueis|娱乐城|博彩|老虎机|百家乐|彩票|バカラ|オンラインカジノ
카지노|토토|바카라|슬롯
bahis|deneme bonusu|casino siteleri|kasyno online|darmowe spiny
""")
"""Words of those who take over a domain for its good name."""

OFFER = _any(r"""
\b(claim|register|sign up|join|deposit|spin|bet|play) (your|now|today|with|here|for free|the best)\b|\bget your\b
\bbest (online )?(casinos?|slots?|bookmakers?)\b|welcome bonus of|\bup to \S+ (euros?|dollars?|free)|daftar|terpercaya
gacor|maxwin
играть (сейчас|онлайн|бесплатно)|зарегистрир\w+ и|jetzt (spielen|registrieren)|jouez|inscrivez-vous|juega|regístrate
gioca|registrati|jogue|cadastre-se|hemen üye ol|立即(注册|游戏)|注册送|지금 가입
""")
"""Words in which they ask readers to play."""

ERROR = _any(r"""
\b(error|exception)\b
""")
"""A word that says a fault where nothing else does."""
