"""Names from one script to another, between Latin, Cyrillic (Russian, Ukrainian) and Arabic.

`spellings` writes a name as newspapers in the other scripts are likely to; of the several ways it
gives the few likeliest. `skeleton` is what spellings of one name have in common, whatever the
script: its consonants, with those taken for one another that one of the scripts does not tell
apart. Both fold what they are given. Letters are rendered by sound, after the common newspaper
practice: Russian kh ts shch yu ya without signs for ь and ъ, Ukrainian h y i, Arabic without
marks for short vowels.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import islice, product

from reader.domain.fold import fold_key

Letters = Mapping[str, tuple[str, ...]]
"""What a letter, or several that are one sound, may become: the likeliest first."""

_MOST = 6
"""Spellings of a word in one script."""
_LATIN, _CYRILLIC, _ARABIC = "latin", "cyrillic", "arabic"
_RANGES = {_LATIN: "a-z", _CYRILLIC: "а-яіїєґў", _ARABIC: "ء-ي٠-ۿ"}
_SCRIPT = {name: re.compile(f"[{letters}]") for name, letters in _RANGES.items()}
_ARTICLE = re.compile(r"(?<!\w)(?:(?:al|el|аль|эль|ас|ат) +(?=\w)|ال(?=\w{3}))")
_EDGE = "·"
"""In the tables: where a word begins or ends."""
_UNSPEAKABLE = re.compile(r"(?<![a-z])[b-df-hj-np-tvwxz]{2}|[b-df-hj-np-tvwxz]{3}")
_DIGRAPH = re.compile("[ckstzdg]h")


def _letters(told: str) -> Letters:
    """ "kh=х,к sh=ш": what becomes what; nothing behind a sign means that it is left out."""
    pairs = (one.partition("=") for one in told.split())
    return {letter: tuple(become.split(",")) for letter, _, become in pairs}


_LATIN_RU = _letters(
    "shch=щ kh=х zh=ж ch=ч sh=ш ts=ц yu=ю ya=я yo=е gh=г th=т dh=д ph=ф ck=к ee=и oo=у ou=у qu=кв "
    "a=а b=б c=к d=д e=е,э f=ф g=г h=х,г i=и j=дж k=к l=л m=м n=н o=о p=п q=к r=р s=с t=т u=у "
    "v=в w=в,у x=кс y=и,й z=з '= ·e=э,е y·=и,ий ey·=ей,и ei=ей ay=ай ai=ай ·y=й"
)
_LATIN_UK = {
    **_LATIN_RU,
    **_letters("h=г,х g=г,ґ i=і,и y=и,й e=е yi=ї ye=є gh=г ee=і ·e=е y·=і,ий"),
}
_LATIN_AR = _letters(
    "kh=خ sh=ش th=ث dh=ذ gh=غ ch=تش zh=ج ts=تس ph=ف ee=ي oo=و ou=و aa=ا ck=ك qu=كو "
    "a=,ا b=ب c=ك d=د,ض e=,ي f=ف g=غ,ج h=ح,ه i=ي, j=ج k=ك,ق l=ل m=م n=ن o=و p=ب q=ق r=ر s=س,ص "
    "t=ت,ط u=و, v=ف w=و x=كس y=ي z=ز '= ·a=أ,ا ·e=إ,ا ·i=إ ·o=أو ·u=أ a·=ا,ة e·=ي,ه i·=ي"
)
_CYRILLIC_LATIN = _letters(
    "дж=j кс=x ия=ia,iya ый·=y,yi ий·=y,iy а=a б=b в=v,w г=g,h ґ=g д=d е=e ж=zh з=z и=i й=y,i к=k "
    "л=l м=m н=n о=o п=p р=r с=s т=t у=u ф=f х=kh,h ц=ts ч=ch ш=sh щ=shch ъ= ы=y ь= э=e ю=yu,iu "
    "я=ya,ia і=i ї=yi,i є=ye,ie ў=u '="
)
_CYRILLIC_UK = {**_CYRILLIC_LATIN, **_letters("г=h ґ=g и=y й=i,y")}
_ARABIC_LATIN = _letters(
    "ا=a آ=a أ=a إ=i ء= ئ=e ؤ=o ب=b ت=t ث=th ج=j,g ح=h خ=kh د=d ذ=dh,d ر=r ز=z س=s ش=sh ص=s ض=d "
    "ط=t ظ=z ع=a, غ=gh ف=f ق=q,k ك=k ل=l م=m ن=n ه=h,a و=u,w ·و=w ي=i,y ·ي=y پ=p چ=ch ژ=zh گ=g"
)

_CLASSES = {
    _LATIN: _letters(
        "shch=X sch=X tch=X kh=H gh=K zh=X ch=X sh=X dj=X dzh=X ph=F th=T dh=T tz=TS ts=TS ck=K "
        "ce=S ci=S cy=S b=P p=P f=F v=F w= g=K k=K q=K c=K x=KS d=T t=T s=S z=S j=X h=H l=L "
        "m=M n=N r=R"
    ),
    _CYRILLIC: _letters(
        "дж=X дз=S б=P п=P ф=F в=F г=K ґ=K к=K д=T т=T с=S з=S ж=X ч=X ш=X щ=X ц=TS х=H л=L м=M "
        "н=N р=R ў="
    ),
    _ARABIC: _letters(
        "تش=X تس=TS ب=P پ=P ف=F ڤ=F غ=K ق=K ك=K گ=K د=T ت=T ط=T ض=T ذ=T ث=T ظ=S س=S ص=S ز=S ش=X "
        "ج=X چ=X ژ=X ح=H خ=H ه=H ل=L م=M ن=N ر=R"
    ),
}
_CONSONANT_AT_START = {"w": "F", "و": "F", "ў": "F"}
_VOWELS = frozenset("aeiouyаеиіїєоуыэюяйاعءي")
_LOOSE = {"H": ""}
"""Classes that many spellings leave out at the end of a word: Fatima, Fatimah."""


def script(text: str) -> str:
    """ "latin", "cyrillic" or "arabic" where all its letters are of that script; else ""."""
    letters = [c for c in fold_key(text) if c.isalpha()]
    fitting = [
        name for name, pattern in _SCRIPT.items() if letters and all(map(pattern.match, letters))
    ]
    return fitting[0] if fitting else ""


def spellings(text: str, most: int = _MOST) -> Iterator[str]:
    """The name in the two other scripts, each spelling once, with capitals where there are any.

    Nothing for a text with digits or with letters of several or of other scripts, nor where short
    vowels would have to be guessed. At most `most` for each script and language.
    """
    own, name = script(text), fold_key(text)
    if any(map(str.isdigit, name)):
        return
    seen = {name}
    for table in _TABLES.get(own, ()):
        for words in islice(_phrases(name, table), most):
            if table is _LATIN_AR:
                words = re.sub(r"(.)\1+", r"\1", words)
            if fold_key(words) not in seen and (own != _ARABIC or _can_be_said(words)):
                seen.add(fold_key(words))
                yield _capitals(words)


def skeleton(text: str) -> str:
    """The consonants by class, word by word: "HFTR" for Haftar, Hifter, Хафтар and حفتر.

    Articles (al-, ال) and vowels are left out, but for "A" where a word begins with one; doubled
    classes count once. "" where there is no letter of the three scripts.
    """
    words = (_word_skeleton(word) for word in _without_article(fold_key(text)).split())
    return " ".join(word for word in words if word)


def beginnings(found: str) -> tuple[str, ...]:
    """The letters, of all three scripts, with which words of this skeleton may begin."""
    first = found[:1]
    letters = {
        sound[0]
        for classes in _CLASSES.values()
        for sound, (become, *_) in classes.items()
        if become[:1] == first
    }
    letters.update(letter for letter, become in _CONSONANT_AT_START.items() if become == first)
    return tuple(sorted(letters | (_VOWELS if first == "A" else set())))


def romanised(text: str) -> str:
    """The likeliest spelling in Latin letters, folded; the folded text itself where it has none."""
    name = _without_article(fold_key(text))
    table = {_CYRILLIC: _CYRILLIC_LATIN, _ARABIC: _ARABIC_LATIN}.get(script(name))
    return next(_phrases(name, table), name) if table else name


def _phrases(name: str, table: Letters) -> Iterator[str]:
    """Word by word; of the choices of each word those of the last vary first."""
    each = [list(islice(_words(word, table), _MOST)) for word in _without_article(name).split()]
    return (" ".join(words) for words in product(*each) if all(words))


def _words(word: str, table: Letters) -> Iterator[str]:
    """Every way to write a word, from the likeliest: the fewer second choices, the sooner."""
    ways: list[tuple[int, str]] = [(0, "")]
    for sound in _sounds(f"{_EDGE}{word}{_EDGE}", table):
        choice = table.get(sound) or table.get(sound.strip(_EDGE)) or (sound.strip(_EDGE),)
        ways = sorted(
            ((rank + cost, way + one) for rank, way in ways for cost, one in enumerate(choice)),
            key=lambda one: one[0],
        )[: 4 * _MOST]
    return iter(dict.fromkeys(way for _, way in ways))


def _sounds(word: str, table: Letters) -> list[str]:
    return [found.group() for found in _pieces(tuple(table)).finditer(word)]


@cache
def _pieces(sounds: tuple[str, ...]) -> re.Pattern[str]:
    """The longest sound first; a letter that is none of them stays itself."""
    longest = sorted(filter(None, sounds), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest)) + "|.")


def _word_skeleton(word: str) -> str:
    for name, pattern in _SCRIPT.items():
        if pattern.match(word):
            classes = _CLASSES[name]
            break
    else:
        return ""
    found = "".join(classes.get(sound, ("",))[0] for sound in _sounds(word, classes))
    if word[0] in _CONSONANT_AT_START:
        found = _CONSONANT_AT_START[word[0]] + found
    elif not any(sound[0] == word[0] for sound in classes):
        found = "A" + found
    once = re.sub(r"(.)\1+", r"\1", found)
    return once[:-1] + _LOOSE.get(once[-1], once[-1]) if len(once) > 1 else once


def _without_article(name: str) -> str:
    return _ARTICLE.sub("", name)


def _can_be_said(words: str) -> bool:
    """False for Latin letters without the vowels that Arabic does not write."""
    return not _UNSPEAKABLE.search(_DIGRAPH.sub("h", words))


def _capitals(words: str) -> str:
    return " ".join(word[:1].upper() + word[1:] for word in words.split(" "))


_TABLES: Mapping[str, tuple[Letters, ...]] = {
    _LATIN: (_LATIN_RU, _LATIN_UK, _LATIN_AR),
    _CYRILLIC: (_CYRILLIC_LATIN, _CYRILLIC_UK),
    _ARABIC: (_ARABIC_LATIN,),
}
"""Cyrillic and Arabic go by way of Latin where they are written in each other's letters."""
