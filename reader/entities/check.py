"""What a tracked entity must be before it is stored, whether typed or read from a file."""

import re
import unicodedata

from reader.domain.entity import TYPES, Entity
from reader.errors import UsageError

_LONGEST = 300
_PLAIN_WORD = re.compile(r"[^\W\d_][\w -]{1,39}")


def check(entity: Entity) -> None:
    """Raises UsageError with one sentence about the first thing that is wrong."""
    _check_text(entity.name, "The name of an entity")
    about = f'of the entity "{entity.name}"'
    _check_text(entity.watchlist, f"The watchlist {about}")
    if not _is_type(entity.type):
        raise UsageError(
            f'The type {about} is "{entity.type}"; use {", ".join(TYPES)} or a plain word.'
        )
    if _is_broken(re.sub(r"[\r\n\t]", "", entity.note)):
        raise UsageError(f"The note {about} holds characters that are not text; remove them.")
    _check_aliases(entity, about)


def _check_aliases(entity: Entity, about: str) -> None:
    for alias in entity.spellings():
        _check_text(alias.text, f"An alias {about}")
        if not any(map(str.isalnum, alias.text)):
            raise UsageError(
                f'"{alias.text}", an alias {about}, has neither a letter nor a digit, '
                "so it could not be found; change or remove it."
            )
    texts = [alias.text for alias in entity.spellings()]
    for text in texts:
        if texts.count(text) > 1:
            raise UsageError(f'"{text}" is given twice as a name or alias {about}; keep one.')


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
    return any(unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp") for c in text)
