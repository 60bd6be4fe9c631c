"""Case endings and plurals of Russian and Ukrainian names, by rules on how a word ends.

A word's ending says to which class it may belong, and where it leaves that open (Берлин, Путин) the
forms of every possible class are made. A form that is no word costs nothing, because only whole
words are ever compared: "хафтарианец" is not a form of "Хафтар". The rules see folded text (lower
case, ё = е). No dictionary is needed; `morphology` has one.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import islice, product
from typing import Protocol

from reader.domain.fold import fold_key

Cases = tuple[str, ...]
"""Genitive, dative, accusative, instrumental, prepositional; each "|"-separated alternatives."""
Rules = tuple[tuple[str, int, Cases], ...]
"""What the word ends with, how many letters make way, the endings of the five cases."""

_CYRILLIC = re.compile("[а-яіїєґ']+")
_UKRAINIAN = re.compile("[іїєґ]|[сц]ьк")
_RUSSIAN = re.compile(r"[ыэъ]|[сц]к(?:ий|ая|ое)\b|ия\b")
_ABBREVIATION = re.compile(r"\b\w{2,5}\b")
_PARTICLES = (
    *("аль", "эль", "ас", "аш", "ад", "ат", "ан", "ар", "аз", "бен", "ибн", "бин", "абу"),
    *("де", "ди", "да", "ла", "ле", "ван", "фон", "дер", "оглы", "огли", "кызы", "улы"),
    *("паша", "бей", "хан", "та", "на", "із"),
)
_STEMS = {"павел": "павл", "лев": "льв", "петр": "петр", "египет": "египт", "орел": "орл"}
_QUOTES = '"«»“”„'
_SYLLABLE = re.compile("[аеиоуыэюя][бвгдклмнпрстх]")
"""How short the last of several words may be: Ким Чен Ына, Красного Яра."""
_PHRASE_LIMIT = 64  # forms of one name; enough for every name of four words met so far

_RULES_RU: Rules = (
    ("[сц]кий", 2, ("ого", "ому", "ого|ий", "им", "ом")),
    ("[гкх]ий", 2, ("ого|ия", "ому|ию", "ого|ий|ия", "им|ием", "ом|ии")),
    ("[жчшщн]ий", 2, ("его|ия", "ему|ию", "его|ий|ия", "им|ием", "ем|ии")),
    ("ий", 2, ("ия", "ию", "ия|ий", "ием", "ии")),
    ("ый", 2, ("ого", "ому", "ого|ый", "ым", "ом")),
    ("..ой", 2, ("ого|оя", "ому|ою", "ого|ой|оя", "ым|им|оем", "ом|ое")),
    ("й", 1, ("я", "ю", "я|й", "ем", "е")),
    ("ая", 2, ("ой", "ой", "ую", "ой|ою", "ой")),
    ("яя", 2, ("ей", "ей", "юю", "ей|ею", "ей")),
    ("(?:[нтвд]|ль)[иь]е", 1, ("я", "ю", "е", "ем", "и|е")),
    ("[ое]е", 2, ("ого|его", "ому|ему", "ое|ее", "ым|им", "ом|ем")),
    ("[рл]е", 1, ("я", "ю", "е", "ем", "е")),
    ("ые", 2, ("ых", "ым", "ые|ых", "ыми", "ых")),
    ("[гкхжчшщн]ие", 2, ("их", "им", "ие|их", "ими", "их")),
    ("ия", 1, ("и", "и", "ю", "ей|ею", "и")),
    ("я", 1, ("и", "е", "ю", "ей|ею", "е")),
    ("[уоеэ]а", 0, ("", "", "", "", "")),
    ("(?:[ое]в|[иы]н)а", 1, ("ы|ой", "е|ой", "у", "ой|ою", "е|ой")),
    ("[гкх]а", 1, ("и", "е", "у", "ой|ою", "е")),
    ("[жчшщц]а", 1, ("и|ы", "е", "у", "ей|ею|ой", "е")),
    ("а", 1, ("ы", "е", "у", "ой|ою", "е")),
    ("(?:[ое]в|[иы]н|ств)о", 1, ("а", "у", "о", "ом", "е")),
    ("[^аеиоуыэюя]ы", 1, ("ов|ев|", "ам", "ы|ов|ев|", "ами", "ах")),
    ("[еоиуыэюя]", 0, ("", "", "", "", "")),
    ("ь", 1, ("я|и", "ю|и", "я|ь", "ем|ью", "е|и")),
    (".ец", 2, ("ца|еца", "цу|ецу", "ца|еца|ец", "цом|цем|ецом|ецем", "це|еце")),
    ("[ое]к", 2, ("ка|ока|ека", "ку|оку|еку", "ка|ока|ека|ок|ек", "ком|оком|еком", "ке|оке|еке")),
    ("(?:[ое]в|[иы]н)", 0, ("а", "у", "а|", "ым|ом", "е")),
    ("[жчшщц]", 0, ("а", "у", "а|", "ем|ом", "е")),
    ("[бвгдзклмнпрстфх]", 0, ("а", "у", "а|", "ом", "е")),
)
_RULES_UK: Rules = (
    ("(?:н|ськ|цьк)і", 1, ("их", "им", "і|их", "ими", "их")),
    ("(?:н|ськ|цьк)е", 1, ("ого", "ому", "е", "им", "ому|ім")),
    ("[рл]е", 1, ("я", "ю", "е", "ем", "і")),
    ("ая|ия|яя", 0, ("", "", "", "", "")),
    ("ий", 2, ("ого", "ому", "ого|ий", "им", "ому|ім")),
    ("ій", 2, ("ія|ього", "ію|ієві|ьому", "ія|ій|ього", "ієм|ім", "ії|ієві|ьому")),
    ("[аеоу]й", 1, ("я", "ю|єві", "я|й", "єм", "ї|ю|єві")),
    ("[жчшщ]а", 1, ("і", "і", "у", "ею", "і")),
    ("ка", 2, ("ки", "ці", "ку", "кою", "ці")),
    ("га", 2, ("ги", "зі", "гу", "гою", "зі")),
    ("ха", 2, ("хи", "сі", "ху", "хою", "сі")),
    ("[еє]ва|[оі]ва|[иії]на", 1, ("и|ої", "і|ій", "у", "ою", "і|ій")),
    ("[уоеіи]а", 0, ("", "", "", "", "")),
    ("а", 1, ("и|ої", "і|ій", "у", "ою", "і|ій")),
    ("ія", 1, ("ї", "ї", "ю", "єю", "ї")),
    ("['аеоуіь]я", 1, ("ї", "ї", "ю", "єю", "ї")),
    ("[нт]{2}я", 1, ("я", "ю", "я", "ям", "і")),
    ("я", 1, ("і", "і", "ю", "ею", "і")),
    ("(?:к|ств|р|ов|ев|єв|ин)о", 1, ("а", "у|ові", "а|о", "ом", "і|у|ові")),
    ("[еєиіїоуюяа]", 0, ("", "", "", "", "")),
    ("ь", 1, ("я|ю|і", "ю|еві|і", "я|ь", "ем|ю", "і|ю|еві")),
    ("їв", 2, ("єва", "єву|єві", "їв|єва", "євом|євим", "єві")),
    (".ів", 2, ("ова|іва", "ову|ові|іву", "ів|ова", "овом|овим|івом", "ові|іві")),
    (".ець", 3, ("ця", "цю|цеві", "ця|ець", "цем", "ці|цеві")),
    ("(?:[оеє]в|[иіїн]н)", 0, ("а", "у|ові", "а|", "им|ом", "і|у|ові")),
    ("[жчшщц]", 0, ("а", "у|еві", "а|", "ем", "і|еві")),
    ("[бвгґдзклмнпрстфх]", 0, ("а|у", "у|ові", "а|", "ом", "і|у|ові|е")),
)
_RULES_SURELY_UK: Rules = (  # "Триполи" is no plural, "Збройні сили" is
    ("[бвгдзклмнпрстфхжчшщц]и", 1, ("ів|", "ам", "и|ів|", "ами", "ах")),
    *_RULES_UK,
)
_RULES = {"ru": _RULES_RU, "uk": _RULES_UK, "uk surely": _RULES_SURELY_UK}


_PLURALS_RU = (
    ("ец", 2, ("цы", "цев", "цам", "цами", "цах")),
    ("[гкх]", 0, ("и", "ов", "ам", "ами", "ах")),
    ("[жчшщ]", 0, ("и", "ей", "ам", "ами", "ах")),
    ("[^аеиоуыэюяйь]", 0, ("ы", "ов", "ам", "ами", "ах")),
    ("й", 1, ("и", "ев", "ям", "ями", "ях")),
    ("ь", 1, ("и", "ей", "ям", "ями", "ях")),
    ("[гкхжчшщ]а", 1, ("и", "", "ам", "ами", "ах")),
    ("а", 1, ("ы", "", "ам", "ами", "ах")),
    ("ия", 1, ("и", "й", "ям", "ями", "ях")),
    ("я", 1, ("и", "ь", "ям", "ями", "ях")),
    ("ие", 1, ("я", "й", "ям", "ями", "ях")),
    ("о", 1, ("а", "", "ам", "ами", "ах")),
)
_PLURALS_UK = (
    ("ець", 3, ("ці", "ців", "цям", "цями", "цях")),
    ("[жчшщ]", 0, ("і", "ів", "ам", "ами", "ах")),
    ("[^аеєиіїоуюяйь]", 0, ("и", "ів", "ам", "ами", "ах")),
    ("й", 1, ("ї", "їв", "ям", "ями", "ях")),
    ("ь", 1, ("і", "ів", "ям", "ями", "ях")),
    ("[жчшщ]а", 1, ("і", "", "ам", "ами", "ах")),
    ("а", 1, ("и", "", "ам", "ами", "ах")),
    ("ія", 1, ("ї", "й", "ям", "ями", "ях")),
    ("я", 1, ("і", "ь", "ям", "ями", "ях")),
    ("о", 1, ("а", "", "ам", "ами", "ах")),
)
_PLURALS = {"ru": _PLURALS_RU, "uk": _PLURALS_UK, "uk surely": _PLURALS_UK}
_ADJECTIVES = (
    (re.compile("[сц]кий$"), "ая ой ую ою ое ие их им ими"),
    (re.compile("[сц]ький$"), "а ої ій у ою е і их им ими"),
)


class Endings(Protocol):
    """What knows the case forms of single words. `language`: "ru" or "uk"."""

    @property
    def name(self) -> str:
        """ "rules", or the dictionary's."""

    def cases(self, word: str, language: str) -> list[list[str]]:
        """Of each of the five oblique cases of a folded word, the forms it may have."""


class _ByRule:
    name = "rules"

    def cases(self, word: str, language: str) -> list[list[str]]:
        return _decline_bare(word, _RULES[language])


RULES: Endings = _ByRule()


def forms(name: str, language: str = "", endings: Endings = RULES) -> frozenset[str]:
    """Every case form of a name, folded, the name itself among them.

    All words change (Халифы Хафтара), or the first ones (группы Вагнера, министерства обороны),
    or the last one (маршал Хафтара); abbreviations (ЧВК, США) never do. `language`: "ru", "uk",
    "" for both unless a letter gives one away; names in any other language keep their form.
    """
    key = fold_key(name)
    words = key.split(" ")
    fixed = {fold_key(word) for word in _ABBREVIATION.findall(name) if word.isupper()}
    found = {key}
    for rules in [language] if language else _languages(key):
        if rules in _RULES:
            declined = [_decline(word, rules, fixed, endings) for word in words]
            if len(words) > 1 and _SYLLABLE.fullmatch(words[-1]):
                declined[-1] = RULES.cases(words[-1], rules)
            found.update(_phrases(declined, words))
    if name.islower():
        found.update(_adjectives(key))
    return frozenset(found)


def plurals(name: str, language: str = "") -> Iterator[str]:
    """Every case of the plural of a folded name, of which the last word changes."""
    for rules in [language] if language else _languages(name):
        for pattern, cut, endings in _PLURALS.get(rules, ()):
            if _ending(pattern).search(name):
                yield from (name[: len(name) - cut] + end for end in endings)
                break


def _adjectives(word: str) -> Iterator[str]:
    """Of an adjective that is no surname, what it is beside women, things and many: ливийская."""
    for pattern, endings in _ADJECTIVES:
        if pattern.search(word):
            yield from (word[:-2] + end for end in endings.split())


def _languages(name: str) -> Iterator[str]:
    """Both, where no letter gives the language away."""
    if not _UKRAINIAN.search(name):
        yield "ru"
        if not _RUSSIAN.search(name):
            yield "uk"
    elif not _RUSSIAN.search(name):
        yield "uk surely"


def _phrases(declined: Sequence[list[list[str]]], words: Sequence[str]) -> Iterator[str]:
    count = len(words)
    changing = [range(last) for last in range(1, count + 1)] + [range(count - 1, count)]
    for case in range(5):
        for places in changing:
            choices = [declined[i][case] if i in places else [words[i]] for i in range(count)]
            yield from islice(map(" ".join, product(*choices)), _PHRASE_LIMIT)


def _decline(word: str, rules: str, fixed: set[str], endings: Endings) -> list[list[str]]:
    """For each of the five cases, the forms the word may have in it."""
    bare = word.strip(_QUOTES)
    if len(bare) < 3 or bare in _PARTICLES or bare in fixed or not _CYRILLIC.fullmatch(bare):
        return [[word]] * 5
    head, _, tail = word.partition(bare)
    return [[head + form + tail for form in case] for case in endings.cases(bare, rules)]


def _decline_bare(word: str, rules: Rules) -> list[list[str]]:
    if word in _STEMS and rules is _RULES_RU:
        endings: Cases = ("а", "у", "а|", "ом", "е")
        return [[_STEMS[word] + end for end in case.split("|")] for case in endings]
    for pattern, cut, cases in rules:
        if _ending(pattern).search(word):
            stem = word[: len(word) - cut]
            return [[stem + end for end in case.split("|")] for case in cases]
    return [[word]] * 5


@cache
def _ending(pattern: str) -> re.Pattern[str]:
    return re.compile(f"(?:{pattern})$")
