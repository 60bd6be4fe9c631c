"""Spellings that an entity could be given as aliases, from its name alone.

What the matcher finds already (case endings, forms of designators, Arabic clitics) is listed for
information; what it would not find is proposed: the name in other scripts, the surname alone, the
acronym, the designator of a longer name. Which of them are in use, the archive knows.
"""

import re
from collections.abc import Iterator

from reader.domain.entity import Alias, Entity
from reader.domain.fold import fold_key
from reader.domain.workshop import Proposal
from reader.entities import lexicon, transliterate
from reader.entities.match import Matcher
from reader.entities.russian import Endings

FORMS = 12
"""Covered forms of one alias that are listed."""
_LEAST_SURNAME = 4
_ACRONYM = range(2, 7)
_LEFT_OUT = re.compile(r"the|an?|of|for|and|in|on|to|at|de[rs]?|du|die|das|und|für|l[ae]s?|el|et|y")
_NO_SURNAME = re.compile(r"[js]r\.?|ii+|junior|senior", re.IGNORECASE)
_DESIGNATOR = re.compile(r"(?<!\w)[^\W\d_]{1,5}[ -]?\d\w*")
_BY_SOUND = frozenset({"person", "place"})
"""Types whose names are written by sound; other names of several words are translated."""


def proposals(entity: Entity, endings: Endings) -> tuple[Proposal, ...]:
    """Each spelling once: what would be new first, in the order of kinds, then what is covered."""
    matcher = Matcher([entity], endings)
    seen = {fold_key(alias.text) for alias in entity.spellings()}
    new, covered = [], []
    for one in _all(entity, endings):
        key = fold_key(one.text)
        if key in seen:
            continue
        seen.add(key)
        if one.covered or found_in(matcher, one.text):
            covered.append(Proposal(one.text, one.kind, covered=True))
        else:
            new.append(one)
    return (*new, *covered)


def found_in(matcher: Matcher, text: str) -> bool:
    """Whether the matcher takes the whole of `text` for one mention."""
    return any(match.start == 0 and match.end == len(text) for match in matcher.find(text))


def _all(entity: Entity, endings: Endings) -> Iterator[Proposal]:
    yield from _short(entity)
    for alias in entity.spellings():
        by_sound = entity.type in _BY_SOUND or " " not in alias.text.strip()
        if by_sound and not _is_acronym(alias.text):
            for text in transliterate.spellings(alias.text):
                yield Proposal(text, "transliteration")
    for alias in entity.spellings():
        yield from _forms(alias, endings)


def _short(entity: Entity) -> Iterator[Proposal]:
    words = entity.name.split()
    if entity.type == "person":
        named = [word for word in words if not _NO_SURNAME.fullmatch(word)]
        if len(named) > 1 and len(named[-1]) >= _LEAST_SURNAME and named[-1][0].isalpha():
            yield Proposal(named[-1], "short")
    elif entity.type == "organisation":
        acronym = _acronym(entity.name)
        if acronym:
            yield Proposal(acronym, "short")
    for found in _DESIGNATOR.finditer(entity.name):
        if found.group() != entity.name.strip():
            yield Proposal(found.group(), "designator")


def _acronym(name: str) -> str:
    """The first letters of the words that are written with a capital; "" for no likely acronym."""
    words = [
        word for word in re.findall(r"[^\W\d_]+", name) if not _LEFT_OUT.fullmatch(word.lower())
    ]
    letters = "".join(word[0] for word in words if word[0].isupper())
    whole = len(letters) == len(words) and len(letters) in _ACRONYM
    return letters if whole and not any(map(_is_acronym, words)) else ""


def _is_acronym(text: str) -> bool:
    return text.isupper() and len(text) in _ACRONYM


def _forms(alias: Alias, endings: Endings) -> Iterator[Proposal]:
    """What the alias matches beside itself, as far as it is not the same but for case."""
    listed = 0
    for form in lexicon.forms(alias, endings):
        if not form.own and listed < FORMS:
            listed += 1
            designator = any(map(str.isdigit, form.text))
            text = _as_alias(alias, form)
            yield Proposal(text, "designator" if designator else "inflection", covered=True)


def _as_alias(alias: Alias, form: lexicon.Form) -> str:
    """A case ending of a single word counts with the capital only that the alias has."""
    single = form.inflected and " " not in form.text and alias.text.strip()[0].isupper()
    return form.text[0].upper() + form.text[1:] if single else form.text
