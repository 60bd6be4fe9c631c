"""How an alias may be written: its forms, and which capitals it needs.

An alias becomes a handful of folded `Form`s when a matcher is built, so that finding one is a
plain look-up. What makes forms:

- designators (`designators`): S-400 = S 400 = S400 = С-400, plural S-400s
- Russian and Ukrainian case endings (`russian`), unless the alias says `inflect: false`
- plurals in Latin letters and Russian and Ukrainian ones, where the alias says `plural: true`
- ae oe ue aa for ä ö ü å ø, and the other way round where the alias says that it is of a language
  that spells so (Müller = Mueller)
- al and el for each other: al-Sisi, el-Sisi
- the dots between the parts of a foreign name in Chinese and Japanese
- dots set otherwise in abbreviated words and initials (`abbreviations`): St Petersburg, J.D. Vance
- Greek case endings (`greek`), likewise
- Persian: a space where the alias has a zero-width non-joiner
- Arabic: و ف, then ب ل ك, then ال or لل, written onto the first word
- Hebrew: ו ש, then ב ל מ ה כ, likewise

Which capitals (`case` None; True asks for exactly the alias's own, False for none):

- all capitals with at most five letters (US, WHO, S-400): only in capitals
- every word an everyday word (Apple, Shell, The Sun; Meloni, in Italian): with its initial capitals
- anything else: in any case, but a case ending of a single word with its initial capital: путина is
  a fishing season, and dudy (of Duda) are bagpipes

In a line of capitals (two words or more) capitals say nothing, so there the first kind is believed
only if the same text (for an article: title, lead or body) mentions the entity in some other way.
Designators are exempt: no word is spelled S-400.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from reader.domain.entity import Alias
from reader.domain.fold import fold, fold_key
from reader.entities import abbreviations, designators, greek, russian
from reader.entities.plurals import plurals, respelled
from reader.entities.russian import Endings
from reader.entities.words import needs_capital

_SHORT = 5
_ARTICLES = frozenset({"the", "a", "an", "le", "la", "les", "der", "die", "das", "el", "il"})
_JOINER = "\u200c"
"""Stands in Persian names, where many a writer has a space: خامنه‌ای."""
_DOTS = "·・•‧"
_BETWEEN = re.compile(f"(?<=[\u3040-\u30ff\u3400-\u9fff])[{_DOTS}](?=[\u3040-\u30ff\u3400-\u9fff])")
_ARABIC_ARTICLE = re.compile(r"\b(?:al|el)(?= [a-z]{3})")
_CYRILLIC = re.compile("[а-яіїєґ]")
_LATIN_END = re.compile("[a-z]$")
_DOTTED = frozenset({"tr", "az"})
_ARABIC = re.compile(r"[ء-يپچژگ]{3}|[ء-ي]{2} ?\d")
_CLITICS = tuple(
    conjunction + preposition
    for conjunction in ("", "و", "ف")
    for preposition in ("", "ب", "ل", "ك")
)
_ARTICLE = "ال"
_HEBREW = re.compile("([א-ת]+)")
_PREFIXES = ("ו", "ה", "ב", "ל", "מ", "וה", "וב", "ול", "ומ")
_MORE_PREFIXES = ("ש", "כ", "וש", "שה", "שב", "של", "שמ", "כש", "מה", "כשה")
_LEAST_HEBREW, _LEAST_MORE = 3, 4
"""Letters of a first word that takes prefixes: כלוב is a cage, and not "like Libya"."""


@dataclass(frozen=True, slots=True)
class Form:
    """A folded spelling. Of `text`, the first `skip` characters do not belong to the mention."""

    text: str
    own: bool = True
    """Written as the alias itself is, not derived from it."""
    skip: int = 0
    plural: bool = False
    """Has an ending that the alias does not have, at least an s."""
    gap: int = -1
    """Where a designator is written apart: "s 400"."""
    inflected: bool = False
    """A case of a name, not the name itself."""
    spelled_out: bool = False
    """Has more letters than the alias (Х-101, Kh-101): one capital is enough."""


@dataclass(frozen=True, slots=True)
class Capitals:
    """What a place in a text must have: all capitals, or these of the alias; in a shouted line
    (`context`) it must be borne out by another mention."""

    all: bool = False
    initial: bool = False
    exact: bool = False
    context: bool = False
    apart: bool = False
    """A designator written apart ("Su 35") needs its first capital."""


def forms(alias: Alias, endings: Endings = russian.RULES) -> Iterator[Form]:
    """Every form once, the alias's own first."""
    seen: set[str] = set()
    for form in _all_forms(alias, endings):
        if form.text not in seen:
            seen.add(form.text)
            yield form


def capitals(alias: Alias) -> Capitals:
    cased = [c for c in alias.text if c.lower() != c.upper()]
    if alias.case is False or not cased:
        return _rule()
    shouted, apart = all(c.isupper() for c in cased), cased[0].isupper()
    if alias.case:
        return _rule(all=shouted, exact=not shouted, apart=apart)
    if shouted and sum(map(str.isalpha, alias.text)) <= _SHORT:
        is_word = not any(map(str.isdigit, alias.text))
        return _rule(all=True, context=is_word, apart=apart)
    if any(map(str.isupper, cased)) and needs_capital(alias.text):
        return _rule(initial=True, apart=apart)
    return _rule(apart=apart)


@cache
def _rule(**asked: bool) -> Capitals:
    """One value for all aliases of a kind: there may be a hundred thousand."""
    return Capitals(**asked)


def required(alias: Alias, form: Form, rule: Capitals) -> tuple[tuple[int, bool], ...]:
    """(offset in the form, must be a capital) for every letter that the rule asks about."""
    declined = form.inflected and " " not in form.text and alias.case is None
    if not (rule.initial or rule.exact or declined):
        return ()
    folded = fold(alias.text.strip(), squeeze=True)
    pairs = _aligned(folded.text, form.text)
    letters = [(there, alias.text.strip()[folded.origin(here)], here) for here, there in pairs]
    if rule.exact:
        return tuple((there, c.isupper()) for there, c, _ in letters if c.lower() != c.upper())
    return tuple(
        (there, True)
        for there, c, here in letters
        if c.isupper() and _starts_word(folded.text, here)
    )


def dots(alias: Alias, form: Form) -> tuple[tuple[int, bool], ...]:
    """(offset in the form, has a dot) for every i of an alias in a language that tells them apart.

    Only for forms that are the alias itself: others have letters of their own.
    """
    if alias.language not in _DOTTED or not form.own:
        return ()
    text = alias.text.strip()
    folded = fold(text, squeeze=True)
    origins = (
        (there, text[folded.origin(here)]) for here, there in _aligned(folded.text, form.text)
    )
    return tuple((there, c in "iİ") for there, c in origins if c in "iİıI")


def _all_forms(alias: Alias, endings: Endings) -> Iterator[Form]:
    name = fold_key(alias.text)
    yield Form(name, gap=designators.gap(name))
    yield from _designators(name, alias)
    if _JOINER in alias.text:
        yield Form(fold_key(alias.text.replace(_JOINER, " ")), own=False)
    spellings = [alias.text, *(() if alias.case else abbreviations.respelled(alias.text))]
    for spelling in (*spellings[1:], *_dotted_otherwise(alias.text)):
        yield Form(fold_key(spelling), own=False)
    if _ARABIC_ARTICLE.search(name):
        yield Form(_ARABIC_ARTICLE.sub(_other_article, name), own=False)
    for spelling in spellings if alias.inflect and _CYRILLIC.search(name) else ():
        for form in sorted(russian.forms(spelling, alias.language, endings)):
            yield from _designators(form, alias, inflected=form != fold_key(spelling))
    if alias.inflect:
        for form in greek.forms(name):
            yield Form(form, own=False, inflected=True)
    for spelling in respelled(alias.text, alias.language):
        yield Form(spelling, own=False)
    if alias.plural and _LATIN_END.search(name):
        for many in plurals(name, alias.language):
            yield Form(many, own=False, plural=True)
    if alias.plural and _CYRILLIC.search(name):
        for many in russian.plurals(name, alias.language):
            yield Form(many, own=False, inflected=True)
    if _ARABIC.match(name):
        yield from _with_clitics(name)
    elif word := _HEBREW.match(name):
        yield from _with_prefixes(name, len(name) if " " in name else len(word[1]))


def _dotted_otherwise(text: str) -> Iterator[str]:
    """Foreign names in Chinese and Japanese, with each of the dots that writers put between."""
    if found := _BETWEEN.search(text):
        for dot in _DOTS.replace(found.group(), ""):
            yield _BETWEEN.sub(dot, text)


def _other_article(found: re.Match[str]) -> str:
    return "el" if found.group() == "al" else "al"


def _designators(name: str, alias: Alias, *, inflected: bool = False) -> Iterator[Form]:
    yield Form(name, own=False, gap=designators.gap(name), inflected=inflected)
    for text, plural in designators.spellings(name):
        if plural and not (name[-1].isdigit() or capitals(alias).all):
            continue  # only its small s tells F-35As from another version
        longer = len(_letters(text)) - plural > len(_letters(name))
        gap = designators.gap(text)
        yield Form(text, own=False, gap=gap, spelled_out=longer, plural=plural)


def _with_clitics(name: str) -> Iterator[Form]:
    definite = name.startswith(_ARTICLE)
    bare = name.removeprefix(_ARTICLE)
    for clitic in _CLITICS:
        if clitic.endswith("ل"):
            yield Form(f"{clitic}ل{bare}", own=False, skip=len(clitic) + 1)
        else:
            own_article = 0 if definite else len(_ARTICLE)
            yield Form(clitic + _ARTICLE + bare, own=False, skip=len(clitic) + own_article)
        if not definite:
            yield Form(clitic + bare, own=False, skip=len(clitic))


def _with_prefixes(name: str, letters: int) -> Iterator[Form]:
    """`letters`: of a single word, or of several: בתל אביב is nothing but Tel Aviv."""
    for least, prefixes in ((_LEAST_HEBREW, _PREFIXES), (_LEAST_MORE, _MORE_PREFIXES)):
        for prefix in prefixes if letters >= least else ():
            yield Form(prefix + name, own=False, skip=len(prefix))


def _aligned(alias: str, form: str) -> Iterator[tuple[int, int]]:
    """Offsets of the same letters in alias and form: word by word, or past all spaces."""
    here, there = alias.split(" "), form.split(" ")
    if len(here) != len(there):
        yield from zip(_letters(alias), _letters(form), strict=False)
        return
    a = b = 0
    for one, other in zip(here, there, strict=True):
        same = 0
        while same < min(len(one), len(other)) and (same == 0 or one[same] == other[same]):
            yield a + same, b + same
            same += 1
        a, b = a + len(one) + 1, b + len(other) + 1


def _letters(text: str) -> list[int]:
    return [place for place, c in enumerate(text) if c != " "]


def _starts_word(name: str, place: int) -> bool:
    if place and name[place - 1].isalnum():
        return False
    word = re.match(r"\w*", name[place:])
    return place > 0 or word is None or word.group() not in _ARTICLES or " " not in name
