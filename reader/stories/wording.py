"""The words of an article that are its own: without an agency's opening and a teaser's ending.

Every outlet puts its own wrapping around a text it takes over. What is dropped here says nothing
about where the text is from, and must neither part two copies nor join two strangers.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from reader.domain.article import Texts
from reader.domain.fold import fold, fold_key

_SIGNS = (
    "\u2e80-\u2fdf\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)
"""Scripts without spaces, whose signs are taken for words."""
_WORD = re.compile(rf"[{_SIGNS}]|[^\W_{_SIGNS}]+")
_SIGN = re.compile(f"[{_SIGNS}]")
_GAPS = bytes(code if code > 127 or chr(code).isalnum() else 32 for code in range(256))

_AGENCIES = (
    "Thomson Reuters|Reuters|The Associated Press|Associated Press|AFP|Bloomberg|Keystone-SDA"
    "|Adnkronos|Europa Press|Agência Brasil|Ritzau|Mediafax|Agerpres|Tanjug|Anadolu Agency|Anadolu"
    "|TASS|ТАСС|RIA Novosti|РИА Новости|Sputnik|Interfax|INTERFAX.RU|Интерфакс|Укринформ|Укрінформ"
    "|Ukrinform|УНИАН|УНІАН|UNIAN|БЕЛТА|BelTA|Казинформ|Azertac|Azərtac|Armenpress|IRNA|ISNA|Tasnim"
    "|ایرنا|ایسنا|سانا|رويترز|فرانس برس|الأناضول|Xinhua|新华社|新華社|中新社|中新网|中央社|Kyodo"
    "|共同通信|時事通信|Yonhap|연합뉴스|뉴시스|Bernama|The Canadian Press"
).replace(".", r"\.")
_INITIALS = (
    "AP|UPI|dpa|epd|KNA|APA|ATS|SDA|ANSA|AGI|EFE|Lusa|Belga|ANP|NTB|TT|STT|BNS|LETA|PAP|ČTK|CTK|TASR"
    "|MTI|BTA|Hina|Fena|ANA|AA|İHA|IHA|DHA|SANA|MENA|WAM|SPA|QNA|KUNA|Petra|WAFA|أ ش أ|وام|واس|قنا"
    "|كونا|بترا|وفا|أ ف ب|د ب أ|فارس|PTI|ANI|IANS|APP|CNA|共同|時事|Jiji|Antara|VNA|AAP|CP"
    "|Trend|Report"
)
"""Too common as words to be known for agencies without brackets."""
_NAMED = f"(?:(?i:{_AGENCIES})|{_INITIALS})"
_OPENINGS = (
    # LONDON, Dec 16 (Reuters) -   МОСКВА, 16 декабря. /ТАСС/.   【共同】
    # and with more behind it: (서울=연합뉴스) 홍길동 기자 =   (ANSA) - ROMA, 16 DIC -
    (
        rf"[^()（）【】/\n]{{0,48}}[(（【/][^()（）/\n]{{0,12}}?\b{_NAMED}\b[^()（）【】/\n]{{0,40}}[)）】/]"
        r"(?:[^=\n.]{1,20}=)?(?:\s*[-–—]{1,2}\s*[A-ZÀ-Ž]{3,}[^-–—\n]{0,24}[-–—]+)?"
    ),
    # МОСКВА, 16 дек — РИА Новости.   دمشق-سانا
    rf"[^\W\d_][^()\n.—–-]{{0,40}}[—–-]+\s*(?i:{_AGENCIES})\b(?=\s*[.:—–-]|\s*\n|\s+[^\W\d_])",
    # Reuters -   TASS:   新华社北京12月16日电(记者 …)
    rf"(?i:{_AGENCIES})(?:\s*[:—–]+|\s+-+\s|[^\n。，]{{2,16}}电(?:[(（][^)）\n]{{0,24}}[)）])?)",
    # Москва. 16 декабря. INTERFAX.RU -
    rf"[^\W\d_][\w-]{{2,24}}\.\s+\d{{1,2}}\s\w{{3,10}}\.\s+(?i:{_AGENCIES})\s*[-–—]",
)
_OPENING = re.compile(rf"[\s\"'«“]*(?:{'|'.join(_OPENINGS)})[\s.:=—–-]*")
_DATELINE = re.compile(r"\s*([^\W\d_][^—–\n(]{2,38}?)\s*(?:[—–]+|\s-{1,2}\s)\s*")
_OPENED = 150

_TEASERS = (
    "read more", "read the full", "read full", "read on", "continue reading", "keep reading",
    "full story", "view original", "click here", "weiterlesen", "mehr lesen", "zum artikel",
    "den vollständigen", "lire la suite", "lire plus", "en savoir plus", "leer más",
    "seguir leyendo", "sigue leyendo", "leggi tutto", "leggi anche", "continua a leggere",
    "leia mais", "continue lendo", "czytaj więcej", "czytaj dalej", "lees meer", "lees verder",
    "читать далее", "читать дальше", "читать полностью", "читайте также", "подробнее",
    "читати далі", "читати повністю", "читайте також", "детальніше", "devamını oku",
    "devamı için", "haberin devamı", "ətraflı oxu", "اقرأ المزيد", "اقرأ أيضا", "لقراءة المزيد",
    "ادامه مطلب", "קרא עוד", "阅读更多", "阅读全文", "查看全文", "繼續閱讀", "続きを読む",
    "全文を読む", "더 보기", "(reporting by", "(writing by", "(editing by",
)  # fmt: skip
_FEED_ENDINGS = (
    ("the post", "appeared first on"), ("der beitrag", "erschien zuerst auf"),
    ("cet article", "est apparu en premier sur"), ("l'article", "est apparu en premier sur"),
    ("la entrada", "se publicó primero en"), ("la entrada", "aparece primero en"),
    ("l'articolo", "proviene da"), ("o post", "apareceu primeiro em"),
    ("сообщение", "появились сначала на"), ("запись", "впервые появилась"),
)  # fmt: skip
"""(what begins it, what is found in it): the last words that blog programs put under every item."""
_ENDING, _TEASED, _AFTER = 400, 120, 90
_SOME = 40


def written(texts: Texts) -> tuple[str, ...]:
    """The texts that tell the story: lead and body, or the title where there is nothing else."""
    told = tuple(text for text in (texts.lead, texts.body) if text)
    return told or ((texts.title,) if texts.title else ())


def unopened(text: str) -> str:
    """Without "LONDON, Dec 16 (Reuters) -", "МОСКВА, 16 дек — РИА Новости.", "KYIV —"."""
    head = text[:_OPENED]
    found = _OPENING.match(head)
    if found:
        return text[found.end() :]
    found = _DATELINE.match(head)
    if found and found[1].split(",")[0].isupper():
        return text[found.end() :]
    return text


def unended(folded: str) -> str:
    """A folded text without "Read more", "continue reading", "The post … appeared first on …"."""
    endings = _endings()
    last = folded[-_TEASED:]
    if endings.words.isdisjoint(last.encode().translate(_GAPS).split()) and not any(
        sign in last for sign in endings.unspaced
    ):
        return folded  # as most texts
    begin = max(0, len(folded) - _ENDING)
    tail = folded[begin:]
    ends = [len(tail)]
    for sign in endings.teasers:
        at = tail.rfind(sign, -_TEASED)
        if at >= 0 and len(tail) - at - len(sign) <= _AFTER:
            ends.append(at)
    for start, sign in endings.feeds:
        at = tail.rfind(sign, -_TEASED)
        if at >= 0 and (from_ := tail.rfind(start, 0, at)) >= 0:
            ends.append(from_)
    return folded[: begin + min(ends)]


@dataclass(frozen=True, slots=True)
class _Endings:
    """All folded. `words`: the longest of each; without one of them, and of the signs in
    `unspaced`, nothing of it can be there."""

    teasers: tuple[str, ...]
    feeds: tuple[tuple[str, str], ...]
    words: frozenset[bytes]
    unspaced: tuple[str, ...]


@cache
def _endings() -> _Endings:
    teasers = tuple(map(fold_key, _TEASERS))
    feeds = tuple((fold_key(start), fold_key(sign)) for start, sign in _FEED_ENDINGS)
    signs = (*teasers, *(sign for _, sign in feeds))
    return _Endings(
        teasers,
        feeds,
        frozenset(max(sign.encode().translate(_GAPS).split(), key=len) for sign in signs),
        tuple(sign for sign in teasers if _SIGN.match(sign)),
    )


@dataclass(frozen=True, slots=True)
class Worded:
    """`text`: folded words in UTF-8 with single spaces between. `signs`: most of them are signs
    of a script without spaces."""

    text: bytes
    signs: bool = False


def worded(text: str) -> Worded:
    """The words of a text without its wrapping."""
    return split(unended(fold(unopened(text)).text))


def split(folded: str) -> Worded:
    """What is no letter and no digit parts words; CJK signs are words of their own."""
    if folded.isascii():  # several times faster than the pattern
        return Worded(b" ".join(folded.encode().translate(_GAPS).split()))
    words = _WORD.findall(folded)
    some = words[:_SOME]
    signs = sum(map(bool, map(_SIGN.match, some)))
    return Worded(" ".join(words).encode(), 2 * signs > len(some))


def as_printed(text: str) -> list[str]:
    """The words of a text as they stand there, in composed letters, cut as `words` cuts them."""
    return _WORD.findall(unicodedata.normalize("NFC", text))
