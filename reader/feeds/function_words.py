"""A language by its little words: where a text has many of one language's, no model is needed.

The languages of one script are judged against each other, so a word that several share speaks for
none of them. What is not plain is left to others to judge.
"""

import re

_FEWEST = 4
"""Different little words that make a language plain, if it has twice as many as any other."""
_WORD = re.compile(r"[^\W\d_]{2,}")  # single letters are abbreviations and types as well

_WORDS = {
    "en": "the of to and in is that for on was with as by at this from are which not but have "
    "has been were will its their his he they who after more about would there when "
    "said had than into",
    "de": "der die das den dem des und von zu mit sich auf für ist im nicht ein eine einen "
    "einer als auch es an werden aus er hat dass sie nach wird bei um am sind noch wie "
    "so zum war haben nur oder aber vor zur bis mehr durch wurde über",
    "fr": "le la les des et en un une du est que dans pour qui sur pas par au aux plus avec "
    "ce il ils sont cette ont été ne se sa son leur ses être mais selon après elle "
    "comme nous vous deux",
    "es": "el la los las de que en un una del se por con para es al lo como más su sus pero "
    "fue han este esta ha sobre entre también desde no ser hasta según tras dos cuando",
    "it": "il di che la in un per non una del della dei delle si da con sono le alla al ha "
    "nel nella gli più anche dal dalla come ma lo su ai stato questo hanno dopo tra",
    "pt": "os as de que do da dos das em um uma para com não por no na nos nas se mais foi ao "
    "como são pelo pela também mas ou seu sua entre após sobre já",
    "nl": "de het een van en in is dat op te zijn met voor niet aan er om ook als door bij "
    "naar uit maar wordt heeft werd nog over deze hij zij hebben kan meer dan",
    "pl": "na do nie się że jest to jak po od za przez dla są oraz ale przy był która który "
    "które ze tym tego jego może także będzie",
    "cs": "se na je že do za jsou by od po pro který která které jako ale byl jeho při už "
    "podle však nebo také ve to jak",
    "hu": "az és hogy nem is egy de meg ez csak már volt még mint szerint azt el után ki lesz "
    "ezt vagy majd amely",
    "ro": "și de la în cu pe din că nu pentru care este un au fost mai al ale sau prin după "
    "sunt lui către dar se ca fi",
    "sv": "och att det som en på är av för med den till inte har de om ett var från men vid "
    "nu kan ska efter sig under eller",
    "da": "og at det som en er på af for den til med har de om et var fra men kan nu skal efter "
    "sig under eller ikke også blev være hun han der",
    "no": "og at det som en er på av for den til med har de om et var fra men kan nå skal etter "
    "seg under eller ikke også ble være hun han ved",
    "ca": "els dels amb als més han seva aquest aquesta però és per va fins segons dos quan també",
    "gl": "unha máis polo pola tamén súa xa despois non do da foi ao pero",
    "sk": "sa na je že do za sú od po pre ktorý ktorá ktoré ako ale bol jeho pri už podľa však "
    "alebo tiež aj vo to",
    "hr": "je da se na su za od što nije kao koji koja koje ali ili bi će je nakon također već "
    "biti po iz do te sam",
    "sl": "je da se na so za od ki ni kot pa po tudi ali bi bo iz do ter še bil bila ko pri",
    "ru": "не на что по как из за от для это был но также она он они при до или его же было "
    "после если со бы все",
    "uk": "не на що та до як за для від про це його але також вона він вони при після або був "
    "було із який якщо",
    "bg": "на да за се от не са като при което ще че по до след но той или във ли си това бе "
    "през към със",
    "sr": "на је да се за од са што су не као по који до из или али после би ће та то",
    "mk": "на да за се од не со како што по до тој или во дека ќе има кој која беше тоа",
    "ar": "في من على إلى أن التي الذي عن مع هذا هذه ما بعد كان قد كما لا بين أو ذلك قال خلال بن",
    "fa": "در به از که این را با است برای آن یک تا شد های می بر خود هم نیز شده کرد گفت",
    "ur": "کے کی میں ہے اور سے کو نے کا پر کہ ہیں اس یہ تھا نہیں بھی ایک جو گیا",
}
_RIVALS = {
    "tr": "ve bir bu için ile da de olarak olan daha çok en gibi sonra kadar ise ancak göre "
    "her olduğu ne ya dedi ettiği tarafından",
    "az": "və bu üçün ilə da də olan daha çox ən kimi sonra bir ki isə görə hər edib olub nə "
    "ya bildirib qədər",
    "sr": "на је да се за од са што су не као по који до из или али после би ће та то",
    "be": "не на што па як для ад гэта ён яна яны пры да ці але таксама быў за пра",
    "kk": "және бұл үшін бір мен да де бен деп ол болып бойынша осы кейін бар еді екен",
    "da": "og at det som en er til på af den de med for ikke har ham der et har fra ved om men sig "
    "han kan være blev efter også skal hun nu eller over",
    "no": "og at det som en er til på av den de med for ikke har ham der et fra ved om men seg han "
    "kan være ble etter også skal hun nå eller over",
    "sk": "sa na je že do sú za od pre po aj ale ako by bol ktorý ktoré ktorá pri už podľa však "
    "alebo tiež vo to tak nie jeho",
    "hr": "je na se za da su od iz koji koja koje kao bi ali što nije bio će do po već ili nakon",
    "sl": "je na se za da so iz od ki pa po tudi bi kot bil še ali do pri ne bo zaradi več",
    "ca": "de la el els les que en un una del dels per amb és al als ha no es va com més seva seu "
    "també però aquest entre sobre",
    "gl": "de que do na no un unha os as en por con para se ao non máis como foi pola polo tamén "
    "entre sobre súa seu",
    "mk": "на да се во од за со не ќе што тоа но го ја како по ги при до или беше според",
}
"""Languages whose texts are left to others to judge, and are not to be taken for a neighbour's."""
_KNOWN: dict[str, tuple[str, ...]] = {}
for _language, _list in (_WORDS | _RIVALS).items():
    for _one in sorted(set(_list.split())):
        _KNOWN[_one] = (*_KNOWN.get(_one, ()), _language)


def plainly(text: str) -> str:
    """The language whose little words `text` is full of; "" when none stands out."""
    counts = {"": 0}
    for word in _KNOWN.keys() & set(_WORD.findall(text.lower())):
        for language in _KNOWN[word]:
            counts[language] = counts.get(language, 0) + 1
    best = max(counts, key=counts.__getitem__)
    most = counts.pop(best)
    plain = most >= max(_FEWEST, 2 * max(counts.values(), default=0))
    return best if plain and best in _WORDS else ""
