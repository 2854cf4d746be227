"""Function words: articles, pronouns, prepositions, conjunctions, auxiliaries; and spelt-out numbers and times.

They stand in every text of a language.

In an archive of several languages they look rare, so that what is learned would offer them as a reason for a topic.
The languages are not told apart, since a text quotes others; a word that names a topic in one of them, such as "war",
is left out. In order: English, French, German, Spanish, Italian, Portuguese, Dutch, Polish, Czech, Russian, Ukrainian.
"""

from __future__ import annotations

_WORDS = (
    "a about after again all also an and any are around as at be because been before being between both but by "
    "can could did do does during each even every for from had has have he her here him his how i if in into is "
    "it its just many may me more most much my no not now of off on once one only or other our out over own said "
    "same she should since so some still such than that the their them then there these they this those through "
    "to too under until up very was we well were what when where which while who why will with would yet you your "
    "ai au aucun aussi autre autres aux avait avant avec avoir c'est ce cela celle celui ces cet cette ceux "
    "chaque comme contre d'un d'une dans de depuis des dont du elle elles en encore entre est et eu fait fois il "
    "ils je jusqu l'on la le les leur leurs lors lui mais moins même n'est ne non nos notre nous ont ou où par "
    "parce pas pendant peu peut plus pour presque qu'elle qu'il quand que quel quelle qui sa sans se selon sera "
    "serait ses si son sont sous sur tous tout toute toutes trop très un une vers vous y été être "
    "ab aber alle allem allen aller alles als am andere anderen auch auf aus bei beim bereits bis da dabei dafür "
    "damit dann das dass dem den denn der deren dessen die dies diese diesem diesen dieser dieses doch dort durch "
    "ein eine einem einen einer eines er erst es etwa etwas für gegen gibt habe haben hat hatte hatten hier ihm "
    "ihn ihr ihre ihrem ihren ihrer im immer ins ist ja jede jeder jedoch kann kein keine können man mehr mit "
    "muss nach nicht noch nun nur ob oder ohne schon sehr sei sein seine seinem seinen seiner seit sich sie sind "
    "soll sollen sowie um und uns unter viele vom von vor waren warum weil welche wenn wer werden wie wieder wir "
    "wird wo worden wurde wurden zu zum zur zwischen über "
    "al algo antes así aunque cada como con contra cual cuando del desde donde dos durante el ella ellos era eran "
    "esa ese eso esta estaba este esto estos está están fue fueron ha había han hasta hay las lo los mi mientras "
    "muy más nada ni o otra otro otros para pero poco por porque quien qué sea según ser sin sobre su sus sí "
    "también tan tanto tiene todo todos tras tu una uno unos ya yo él "
    "alla anche ancora che chi ci come contro cui dal dalla degli dei della delle di dopo due e ed essere fra gli "
    "hanno io loro ma mentre nel nella ogni per perché più poi quando quanto questa questo senza sia sono stata "
    "stato sua sul sulla suo tra tutti è "
    "ao aos até com depois ela ele eles em essa esse foi foram há isso já mas mesmo muito na nas nem não os pela "
    "pelo pode quem sem seu são só também tem uma é "
    "aan bij dan dat deze dit door dus een geen hebben heeft het hij hoe hun ik kan maar meer met naar niet nog "
    "nu om ook op te tegen tot uit van veel voor waar wat werd wordt ze zich zijn zo zou "
    "ale bardzo bez być był była było będzie co czy dla gdy go ich jak jako jego jej jest jeszcze już kiedy która "
    "które który lub mnie może nad nie niż od oraz po pod przed przez przy się swoje są ta tak także tego tej ten "
    "tych tylko tym w więc wszystko z za że "
    "ani až byl byla bylo být jeho jejich jen jsem jsou k kde když která které který mezi nebo pro před přes při "
    "s své také tím u už v ve však že "
    "а без более бы был была были было быть в вам вас во вот все всех вы где да даже для до его ее если есть еще "
    "же за и из или им их к как когда которая которые который кто ли меня мне мы на над не него нет но о об он "
    "она они от по под при с со так также там то тоже только том ты у уже что чтобы это этого этой этот я "
    "але був була були було бути вже вона вони всі від він де з зі й його коли куди мене ми між ні про під та "
    "також ти тільки це цей цього ця ще що щоб як яка який якщо які є і із їх її "
)
_TIMES = (
    "april august billion billions day days december eight eleven february five four friday half hour hours "
    "hundred hundreds january july june million millions minute minutes monday month months nine november october "
    "one saturday september seven six sunday ten third thousand thousands three thursday today tomorrow tuesday "
    "twelve two wednesday week weeks year years yesterday "
    "an année années ans août aujourd'hui avril cent cents cinq demain deux dimanche dix douze décembre février "
    "heure heures hier huit janvier jeudi jour jours juillet juin lundi mardi mercredi mille milliard milliards "
    "milliers mois moitié neuf novembre octobre onze quatre samedi semaine semaines sept septembre trois vendredi "
    "acht dezember dienstag donnerstag drei elf februar freitag fünf gestern heute hundert hälfte jahr jahre "
    "jahren jahres januar juli juni mai milliarden millionen mittwoch monat monate monaten montag morgen märz "
    "neun oktober samstag sechs sieben sonntag stunde stunden tag tage tagen tausend uhr vier woche wochen zehn "
    "zwei zwölf "
    "abril agosto ayer año años cien ciento cinco cuatro diciembre diez domingo día días enero febrero hora horas "
    "hoy jueves julio junio lunes martes marzo mayo mañana mes meses mil millones mitad miércoles noviembre nueve "
    "ocho octubre semana semanas septiembre siete sábado tres viernes "
    "anni anno cento cinque dieci domani due giorni giorno ieri mese mesi miliardi milioni nove oggi ora ore otto "
    "quattro sei sette settimana settimane tre "
    "ano anos dez dia dias dois hoje milhões mês oito ontem quatro três "
    "dag dagen drie duizend gisteren honderd jaar jaren maand maanden miljard miljoen negen tien twee uur vandaag "
    "vijf zes zeven "
    "cztery dni dwa dziesięć dziewięć dzień dziś godzin lat lata miesiąc mld mln osiem pięć rok roku siedem sto "
    "sześć trzy tydzień tysiąc tysięcy "
    "den deset devět dnes dva let milionů měsíc osm pět roce sedm tisíc týden tři čtyři šest "
    "восемь вчера год года два девять день десять дней дня лет месяц млн млрд неделя пять сегодня семь сто три "
    "тысяч четыре шесть "
    "вчора вісім дев'ять місяць п'ять року років рік сьогодні сім тиждень тисяч чотири шість "
)
FUNCTION_WORDS = frozenset((_WORDS + _TIMES).split())
