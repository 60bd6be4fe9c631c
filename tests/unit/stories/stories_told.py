"""Invented news in eight languages, and pairs of texts of which we know whether one is a copy.

Nothing here is taken from anywhere; names and places are made up.
"""

from reader.domain.article import Texts


def _told(title: str, body: str) -> tuple[str, str]:
    return title, body


STORIES: dict[str, tuple[str, str]] = {
    "en harbour": _told(
        "Tanker blocks harbour of Rosmere",
        "The harbour of Rosmere was closed on Monday after a tanker ran aground at its entrance, "
        "the port authority said. Nobody was hurt and no oil was lost, but the vessel blocks the "
        "channel that ferries and fishing boats use. Tugs from Lundholm are expected before dawn. "
        "Captain Ines Avila told the local radio that the rudder had failed minutes after the "
        "pilot left the ship. An inquiry was opened in the afternoon, and the owner, a company "
        "from Tarsk, promised to pay for whatever damage the accident has done to the quays. The "
        "harbour handles a third of the island's trade, and traders fear that fruit will rot.",
    ),
    "en strike": _told(
        "Bakers go on strike over the price of flour",
        "Bakers in the north of the country went on strike over flour prices that have doubled "
        "within a year. Their union wants the government to sell grain from the state reserve, "
        "which the minister of agriculture refused to do before the harvest. Queues formed "
        "outside supermarkets in Pelm, where bread was sold out by noon. Talks are to go on at "
        "the end of the week, both sides said, but neither sounded hopeful. The last strike of "
        "this kind, nine years ago, lasted for eleven days and ended with a tax on export.",
    ),
    "de": _told(
        "Brücke bei Altenfurt bleibt gesperrt",
        "Die Brücke über die Selke bei Altenfurt bleibt nach dem Hochwasser bis mindestens Ende "
        "des Monats gesperrt. Taucher fanden am Dienstag Risse in zwei Pfeilern, wie das "
        "Landesamt mitteilte. Der Verkehr wird über Niederau umgeleitet, was die Fahrt um eine "
        "halbe Stunde verlängert. Bürgermeisterin Karla Wend forderte eine Fähre für Schüler und "
        "Pflegedienste. Ein Gutachten soll klären, ob das Bauwerk aus den sechziger Jahren noch "
        "zu retten ist oder abgerissen werden muss. Händler klagen schon jetzt über leere Läden.",
    ),
    "fr": _told(
        "Une avalanche coupe la route du col",
        "Une avalanche a coupé dans la nuit la route du col de Morvaz, isolant trois hameaux et "
        "une centaine de vacanciers. Les secours ont acheminé des vivres par hélicoptère et "
        "aucune victime n'est à déplorer, a indiqué la préfecture. Le déneigement prendra au "
        "moins deux jours si le vent faiblit. La maire de Sarnay, Odile Brecht, reproche au "
        "département d'avoir retardé la pose de filets que les habitants réclament depuis des "
        "années. Les écoles de la vallée restent fermées jusqu'à nouvel ordre.",
    ),
    "es": _told(
        "Hallan un barco hundido frente a Puerto Calma",
        "Un equipo de arqueólogos ha hallado frente a Puerto Calma los restos de un barco hundido "
        "hace cuatro siglos con su carga de loza y cañones. La nave yace a treinta metros de "
        "profundidad y se conserva casi entera gracias al fango que la cubre. La directora de la "
        "excavación, Lucía Marbel, explicó que sacarla a la superficie costaría demasiado y que "
        "se estudiará donde está. El ayuntamiento quiere abrir un museo en la antigua aduana y ha "
        "pedido ayuda al gobierno de la región para pagar las obras.",
    ),
    "ru": _told(
        "В Верхнереченске остановили завод",
        "В Верхнереченске остановили химический завод после утечки аммиака, сообщили в городской "
        "администрации. Пострадали четверо рабочих, их состояние врачи называют стабильным. "
        "Жителей двух улиц попросили не открывать окна до утра. Директор предприятия Павел Сомин "
        "заявил, что причиной стала трещина в трубопроводе, который должны были заменить ещё "
        "весной. Прокуратура начала проверку, а экологи требуют перенести опасное производство "
        "подальше от реки, из которой город берёт питьевую воду.",
    ),
    "uk": _told(
        "У Старомлинську відкрили нову лікарню",
        "У Старомлинську відкрили нову дитячу лікарню, яку будували майже шість років. У ній є "
        "сто двадцять ліжок, дві операційні та відділення для недоношених немовлят. Головна "
        "лікарка Оксана Терен сказала, що перших пацієнтів приймуть уже в понеділок. Гроші на "
        "обладнання зібрали мешканці міста разом із громадою двох сусідніх сіл. Стару будівлю "
        "біля вокзалу віддадуть під музичну школу, якій бракує приміщень.",
    ),
    "tr": _told(
        "Karaova'da orman yangını söndürüldü",
        "Karaova'da iki gündür süren orman yangını, yağmurun da yardımıyla bu sabah söndürüldü. "
        "Yaklaşık üç yüz hektar çamlık alan kül oldu, ancak köylerde can kaybı yaşanmadı. Vali "
        "Selim Aktan, yangının bir piknik ateşinden çıktığını ve iki kişinin ifadesinin alındığını "
        "söyledi. Evleri zarar gören yirmi aileye kira yardımı yapılacak. Orman müdürlüğü, yanan "
        "yerlere önümüzdeki bahar meşe ve sedir dikileceğini duyurdu.",
    ),
    "ar": _told(
        "إغلاق ميناء راس الملح بسبب العاصفة",
        "أغلقت السلطات ميناء راس الملح يوم الأحد بسبب عاصفة قوية ضربت الساحل ورفعت الأمواج إلى "
        "أربعة أمتار. وقال مدير الميناء سالم الحداد إن السفن الكبيرة نقلت إلى عرض البحر قبل وصول "
        "الرياح، بينما غرقت ثلاثة قوارب صيد كانت راسية قرب الرصيف القديم دون أن يصاب أحد. وأضاف "
        "أن العمل سيعود بعد يومين إذا هدأ الطقس كما تتوقع الأرصاد. وطالب الصيادون الحكومة بتعويض "
        "عن خسائرهم وببناء حاجز جديد وعدت به منذ سنوات.",
    ),
    "zh": _told(
        "青岭市地铁新线试运行",
        "青岭市地铁五号线星期三开始试运行，全长三十一公里，共设二十四座车站，连接老城区和东部机场。"
        "市交通局负责人林海波说，新线开通后，从火车站到机场的时间将由一个半小时缩短到四十分钟。"
        "由于地下水位太高，工程曾经停工八个月，费用也比原来的计划多出两成。居民普遍欢迎新线，"
        "但也有人担心票价太贵，希望政府给学生和老人更多优惠。",
    ),
}


def texts(title: str, body: str, lead: str = "") -> Texts:
    return Texts(title, lead, body)


def _opened(opening: str, name: str, ending: str = "") -> tuple[Texts, Texts]:
    title, body = STORIES[name]
    return texts(title, body), texts(title, opening + body + ending)


def _rewrapped(name: str, title: str, lead: str = "") -> tuple[Texts, Texts]:
    return texts(*STORIES[name]), texts(title, lead + STORIES[name][1])


def _teaser(name: str, words: int, ending: str) -> tuple[Texts, Texts]:
    title, body = STORIES[name]
    return texts(title, body), texts(title, " ".join(body.split()[:words]) + ending)


COPIES: list[tuple[Texts, Texts]] = [
    # the opening of an agency, and what is written under it
    _opened("ROSMERE, Dec 16 (Reuters) - ", "en harbour", " (Reporting by Jo Lin; Editing by A R)"),
    _opened("ROSMERE (AP) — ", "en harbour"),
    _opened("PELM, Dec. 16 — ", "en strike", " The post Bakers appeared first on Pelm Today."),
    _opened("Altenfurt (dpa) - ", "de", " Weiterlesen"),
    _opened("GRENOBLE, 16 déc (AFP) - ", "fr", " Lire la suite..."),
    _opened("Puerto Calma, 16 dic (EFE).- ", "es"),
    _opened("ВЕРХНЕРЕЧЕНСК, 16 декабря. /ТАСС/. ", "ru"),
    _opened("МОСКВА, 16 дек — РИА Новости. ", "ru", " Читать далее"),
    _opened("КИЇВ, 16 грудня (Укрінформ) - ", "uk"),
    _opened("KARAOVA (AA) - ", "tr", " Devamını oku"),
    _opened("راس الملح (رويترز) - ", "ar", " اقرأ المزيد"),
    _opened("新华社青岭12月16日电（记者王明）", "zh", "阅读全文"),
    # another headline, a few words of one's own in front
    _rewrapped("en harbour", "Ferries stranded as ship runs aground"),
    _rewrapped("en strike", "No bread in Pelm", "Read also our report on last year's harvest. "),
    _rewrapped("de", "Risse in den Pfeilern: Altenfurt braucht eine Fähre"),
    _rewrapped("fr", "Trois hameaux isolés en montagne", "Mis à jour à midi. "),
    _rewrapped("es", "Un tesoro bajo el fango"),
    _rewrapped("ru", "Четверо рабочих пострадали при утечке аммиака"),
    _rewrapped("uk", "Перших маленьких пацієнтів приймуть у понеділок"),
    _rewrapped("tr", "Yağmur imdada yetişti: alevler kontrol altında"),
    _rewrapped("ar", "عاصفة قوية تغرق ثلاثة قوارب صيد", "عاجل. "),
    _rewrapped("zh", "老城区到机场只要四十分钟"),
    # no more than a teaser
    _teaser("en harbour", 30, " …"),
    _teaser("en harbour", 20, "... Continue reading"),
    _teaser("en strike", 30, " [...]"),
    _teaser("de", 30, " … Mehr lesen"),
    _teaser("fr", 25, " (...)"),
    _teaser("es", 30, " … Leer más"),
    _teaser("ru", 25, "… Подробнее"),
    _teaser("uk", 22, "… Читати далі"),
    _teaser("tr", 22, "…"),
    _teaser("ar", 28, "…"),
    (texts(*STORIES["zh"]), texts(STORIES["zh"][0], STORIES["zh"][1][:64] + "……")),
    # a standfirst at one outlet is the beginning of the text at another
    (
        texts(*STORIES["en strike"]),
        texts(
            "Bread",
            " ".join(STORIES["en strike"][1].split()[30:]),
            lead=" ".join(STORIES["en strike"][1].split()[:30]),
        ),
    ),
    # accents, capitals and quotation marks of another system
    (
        texts("Café", "Le « café » d’Élise rouvre jeudi à Sarnay, après trois mois de travaux."),
        texts("Cafe", "Le \"cafe\" d'Elise rouvre jeudi a Sarnay, apres trois mois de travaux."),
    ),
    # shorter than that only word by word
    (texts("Harbour open again", "Rosmere's harbour is open."),
     texts("Harbour open again", "Rosmere’s harbour is open")),
    (texts("Rosmere harbour reopens after nine days", ""),
     texts("Rosmere harbour reopens after nine days", "")),
]  # fmt: skip

_GRAIN = (
    "Grain futures closed {how} on Friday in Pelm. Wheat for delivery in March {wheat} to {w} "
    "crowns a tonne, maize {maize} to {m} and barley {barley} to {b}. Turnover came to {t} million "
    "crowns. Analysts at {bank} pointed to {why}. The exchange opens again on Monday at nine."
)
_LIVE = (
    "Follow our live coverage here. We bring you the latest developments, analysis and reactions "
    "from our correspondents around the clock; refresh the page for updates. "
)

STRANGERS: list[tuple[Texts, Texts]] = [
    # one form filled in twice
    (
        texts("EU adopts 12th package of sanctions against Tarsk",
              "The European Union has adopted its 12th package of sanctions against Tarsk, the "
              "presidency announced on Thursday after a meeting of the ambassadors in Brussels."),
        texts("EU adopts 13th package of sanctions against Tarsk",
              "The European Union has adopted its 13th package of sanctions against Tarsk, the "
              "presidency announced on Thursday after a meeting of the ambassadors in Brussels."),
    ),
    (
        texts("Turkey hikes interest rates to 50 percent",
              "Turkey's central bank raised its key interest rate on Thursday, a bigger step than "
              "economists had expected, to fight an inflation that eats up wages."),
        texts("Argentina hikes interest rates to 50 percent",
              "Argentina's central bank raised its key interest rate on Thursday, a bigger step "
              "than economists had expected, to fight an inflation that eats up wages."),
    ),
    (
        texts("Quake of magnitude 4.8 off Lundholm",
              "An earthquake of magnitude 4.8 struck off the coast of Lundholm at a depth of 12 "
              "kilometres, the observatory said. No tsunami warning was given."),
        texts("Quake of magnitude 5.6 off Tarsk",
              "An earthquake of magnitude 5.6 struck off the coast of Tarsk at a depth of 30 "
              "kilometres, the observatory said. No tsunami warning was given."),
    ),
    (
        texts("Selke erreicht 5,20 Meter",
              "Der Pegel der Selke bei Altenfurt ist in der Nacht auf 5,20 Meter gestiegen. Das "
              "Landesamt rechnet damit, dass der Scheitel am Abend erreicht wird."),
        texts("Selke erreicht 6,10 Meter",
              "Der Pegel der Selke bei Altenfurt ist in der Nacht auf 6,10 Meter gestiegen. Das "
              "Landesamt rechnet damit, dass der Scheitel am Abend erreicht wird."),
    ),
    (
        texts("Над областью сбили 12 беспилотников",
              "За ночь средства обороны уничтожили над областью 12 беспилотников, сообщил "
              "губернатор. Пострадавших и разрушений нет, на местах работают службы."),
        texts("Над областью сбили 31 беспилотник",
              "За ночь средства обороны уничтожили над областью 31 беспилотник, сообщил "
              "губернатор. Пострадавших и разрушений нет, на местах работают службы."),
    ),
    (
        texts("رفع سعر الفائدة في تركيا",
              "رفع البنك المركزي سعر الفائدة الرئيسي يوم الخميس في خطوة أكبر مما توقعه خبراء "
              "الاقتصاد بهدف كبح التضخم الذي يأكل الأجور"),
        texts("رفع سعر الفائدة في الأرجنتين",
              "رفع البنك المركزي سعر الفائدة الرئيسي يوم الخميس في خطوة أكبر مما توقعه خبراء "
              "الاقتصاد بهدف كبح التضخم الذي يأكل الأجور"),
    ),
    (
        texts("Grain closes higher", _GRAIN.format(
            how="higher", wheat="rose", w=212, maize="rose", m=180, barley="gained", b=171, t=48,
            bank="Orlund", why="a dry spring in the south and brisk export")),
        texts("Grain closes lower", _GRAIN.format(
            how="lower", wheat="fell", w=198, maize="slipped", m=174, barley="lost", b=160, t=31,
            bank="Merkat", why="rain that came at last and full silos at the coast")),
    ),
    (
        texts("Podcast: episode 11",
              "In our podcast we talk every week about what moved the island, with guests from "
              "politics, sport and culture. Subscribe wherever you listen to podcasts."),
        texts("Podcast: episode 12",
              "In our podcast we talk every week about what moved the island, with guests from "
              "politics, sport and culture. Subscribe wherever you listen to podcasts."),
    ),
    # pages that are alike in what is not news
    (
        texts("Live: election night", _LIVE + STORIES["en harbour"][1]),
        texts("Live: flood", _LIVE + STORIES["en strike"][1]),
    ),
    # short, with a turn of phrase in common
    (
        texts("Strike", "The Tarsk military said on Monday that it had struck a depot."),
        texts("Drone", "The Tarsk military said on Monday that it had lost a drone at sea."),
    ),
    (texts("Weather", "Rain in the north."), texts("Weather", "Sun in the north.")),
    (texts("Weather", ""), texts("Weather", "")),
    (texts("Rosmere harbour reopens", ""), texts("Rosmere harbour closes", "")),
    # a brief in a round-up, a quotation in a comment
    (
        texts("Ships", STORIES["en harbour"][1][-150:]),
        texts("The week in brief", STORIES["en strike"][1] + STORIES["en harbour"][1] * 2),
    ),
    # the same event in other words
    (
        texts(*STORIES["en harbour"]),
        texts("Grounded ship stops ferries at Rosmere",
              "Ferry passengers are stuck at Rosmere because a loaded tanker has been sitting on a "
              "sandbank in the fairway since Monday. According to the harbour master a broken "
              "rudder is to blame; tugs will try to pull the ship free tonight. There were no "
              "injuries and no spill, and an investigation has begun."),
    ),
    (
        texts(*STORIES["ru"]),
        texts("Утечка аммиака на предприятии",
              "Четыре человека госпитализированы из-за аварии на химкомбинате в Верхнереченске. По "
              "словам руководства, лопнула старая труба. Власти советуют горожанам держать окна "
              "закрытыми; прокуроры выясняют, кто виноват."),
    ),
    # a translation
    (
        texts(*STORIES["de"]),
        texts("Bridge near Altenfurt stays closed",
              "The bridge over the Selke near Altenfurt stays closed until the end of the month at "
              "least. Divers found cracks in two piers on Tuesday, the state office said. Traffic "
              "is led through Niederau, which makes the journey half an hour longer."),
    ),
    (
        texts(*STORIES["ru"]),
        texts("У Верхньоріченську зупинили завод",
              "У Верхньоріченську зупинили хімічний завод після витоку аміаку, повідомили в "
              "міській адміністрації. Постраждали четверо робітників, їхній стан лікарі називають "
              "стабільним. Мешканців двох вулиць попросили не відчиняти вікна до ранку."),
    ),
]  # fmt: skip
STRANGERS += [
    (texts(*STORIES[one]), texts(STORIES[one][0], STORIES[other][1]))
    for one, other in zip(STORIES, [*STORIES][1:], strict=False)
]
