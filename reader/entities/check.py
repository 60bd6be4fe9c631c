"""What a tracked entity must be before it is stored, whether typed or read from a file."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from reader.domain.entity import TYPES, Alias, ContextRule, Entity
from reader.domain.fold import fold_key
from reader.entities.words import is_common
from reader.errors import UsageError

_LONGEST = 300
_LANGUAGE = re.compile("[a-z]{2,3}|")
_SHORT = 3
"""Letters from which a name is seldom part of everyday text."""
_A_PHRASE = 3
_PLAIN_WORD = re.compile(r"[^\W\d_][\w -]{1,39}")


def check(entity: Entity) -> None:
    """Raises UsageError with one sentence about the first thing that is wrong."""
    _check_text(entity.name, "The name of an entity")
    about = f'of the entity "{entity.name}"'
    _check_text(entity.watchlist, f"The watchlist {about}")
    check_type(entity.type, f"The type {about}")
    if _is_broken(re.sub(r"[\r\n\t]", "", entity.note)):
        raise UsageError(f"The note {about} holds characters that are not text; remove them.")
    _check_aliases(entity, about)
    for rule in (*entity.rules, *(rule for alias in entity.aliases for rule in alias.rules)):
        _check_rule(rule, about)


def check_list(name: str) -> None:
    """UsageError for what cannot be the name of a watchlist that somebody makes."""
    _check_text(name, "The name of a watchlist")


def check_type(name: str, what: str = "The type") -> None:
    """UsageError for what cannot be a type."""
    if not _is_type(name):
        raise UsageError(f'{what} is "{name}"; use {", ".join(TYPES)} or a plain word.')


def warnings(entity: Entity, others: Iterable[Entity] = ()) -> tuple[str, ...]:
    """What may well be a mistake and is taken all the same: one sentence each.

    `others`: the entities tracked already, to see which share an alias with it.
    """
    told: list[str] = []
    for alias in entity.spellings():
        told += _about_alias(alias)
    return (*told, *_shared(entity, others))


def summary(entities: Iterable[Entity]) -> tuple[str, ...]:
    """The same for many at once: how many of each kind, with examples."""
    found: dict[str, dict[str, None]] = {}
    for entity in entities:
        for alias in entity.spellings():
            kind = _doubt(alias)
            if kind:
                found.setdefault(kind, {})[alias.text] = None
    return tuple(_counted(kind, [*found[kind]]) for kind in _DOUBTS if kind in found)


def _counted(kind: str, texts: Sequence[str]) -> str:
    more = ", …" if len(texts) > _EXAMPLES else ""
    return f"{_DOUBTS[kind]}: {len(texts)} ({', '.join(texts[:_EXAMPLES])}{more})."


_EXAMPLES = 6
_DOUBTS = {
    "letter": "Names that are single letters and will be found very often",
    "short": f"Names that are shorter than {_SHORT} letters and match in any case",
    "common": "Names that are also everyday words",
}


def _doubt(alias: Alias) -> str:
    """Why it may well be a mistake; "" when it is none."""
    from reader.entities.scripts import unspaced  # here, for the window starts without it

    if unspaced(alias.text):
        return ""
    letters = sum(map(str.isalnum, alias.text))
    if letters == 1:
        return "letter"
    if letters < _SHORT:
        return "" if _has_case(alias) else "short"
    return "common" if _is_everyday(alias.text) and not (_has_case(alias) or alias.rules) else ""


def _about_alias(alias: Alias) -> Iterator[str]:
    kind = _doubt(alias)
    if kind == "letter":
        yield f"“{alias.text}” is a single letter and will be found very often; give more of it."
    elif kind == "short":
        yield (
            f"“{alias.text}” is shorter than {_SHORT} letters and matches in any case; "
            "ask for its capitals, or give more of it."
        )
    elif kind == "common":
        yield (
            f"“{alias.text}” is also an everyday word; ask for words that must stand near it, "
            "or use a longer name."
        )


def _is_everyday(text: str) -> bool:
    """Three everyday words and more are a name when they stand together: High State Council."""
    return len(text.split()) < _A_PHRASE and is_common(text)


def _has_case(alias: Alias) -> bool:
    """Whether only capitals match."""
    return bool(alias.case) or (alias.case is None and alias.text.isupper())


def _shared(entity: Entity, others: Iterable[Entity]) -> Iterator[str]:
    mine = {fold_key(alias.text): alias.text for alias in entity.spellings()}
    for other in others:
        if (other.id and other.id == entity.id) or _same(entity, other):
            continue
        both = dict.fromkeys(map(fold_key, (alias.text for alias in other.spellings())))
        for text in (mine[key] for key in both if key in mine):
            yield (
                f"“{text}” is also an alias of “{other.name}” ({other.watchlist}); "
                "every place will count for both."
            )


def _same(one: Entity, other: Entity) -> bool:
    return (one.watchlist, one.name) == (other.watchlist, other.name)


def _check_rule(rule: ContextRule, about: str) -> None:
    if not rule.words or not all(any(map(str.isalnum, word)) for word in rule.words):
        raise UsageError(f"A context rule {about} has no word to look for; give one or remove it.")
    if any(len(word) > _LONGEST or _is_broken(word) for word in rule.words):
        raise UsageError(f"A word in a context rule {about} cannot be looked for; shorten it.")
    if rule.within < 0:
        raise UsageError(f"A context rule {about} counts words below zero; give 0 or more.")


def _check_aliases(entity: Entity, about: str) -> None:
    for alias in entity.spellings():
        _check_text(alias.text, f"An alias {about}")
        if not any(map(str.isalnum, alias.text)):
            raise UsageError(
                f'"{alias.text}", an alias {about}, has neither a letter nor a digit, '
                "so it could not be found; change or remove it."
            )
        if not _LANGUAGE.fullmatch(alias.language):
            raise UsageError(
                f"“{alias.language}”, the language of an alias {about}, is no code of two or three "
                "letters; give one like tr, or none."
            )
    texts = [alias.text for alias in entity.spellings()]
    if len(set(texts)) < len(texts):
        twice = next(text for text in texts if texts.count(text) > 1)
        raise UsageError(f'"{twice}" is given twice as a name or alias {about}; keep one.')


def _is_type(word: str) -> bool:
    if word.lower() in TYPES:
        return word in TYPES
    return bool(_PLAIN_WORD.fullmatch(word)) and word == word.strip()


def _check_text(text: str, what: str) -> None:
    if not text.strip():
        raise UsageError(f"{what} is empty; give it at least one letter.")
    if text != text.strip():
        raise UsageError(f"{what} begins or ends with white space; remove it.")
    if len(text) > _LONGEST:
        raise UsageError(f"{what} is longer than {_LONGEST} characters; shorten it.")
    if _is_broken(text):
        raise UsageError(f"{what} holds a line break or another control character; remove it.")


def _is_broken(text: str) -> bool:
    odd = () if text.isprintable() else text
    return any(unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp") for c in odd)
