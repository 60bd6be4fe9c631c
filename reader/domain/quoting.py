"""How a name stands in a query: one rule for whoever writes queries.

Inside quotation marks two of them are one that belongs to the name: entity:"the ""Ahrar"" men".
Those of every other kind (“ ” « » 「 」) count as the plain one, in queries as in names; pairs like
« » inside plain ones need no doubling: entity:"ЧВК «Вагнер»".
"""

import re

_MARKS = dict.fromkeys(map(ord, "“”„‟«»‹›「」『』〝〞〟＂"), '"')
_BARE = re.compile(r'(?!-)[^\s()"*~]+')


_INNER = "\ue000"
"""Stands for a mark of a pair inside of plain ones while a query is read."""
_PHRASES = re.compile(r'"[^"]*"|[“„«‹「『〝][^"“”„‟«»‹›「」『』〝〞〟]*[”‟»›」』〞〟"]')
_PAIRS = re.compile("«([^«»]*)»|「([^「」]*)」|『([^『』]*)』|‹([^‹›]*)›")


def kept_apart(query: str) -> str:
    """Of the same length, without the pairs of marks inside of plain ones; `unmarked` brings them
    back."""
    return _PHRASES.sub(_without_pairs, query) if '"' in query else query


def _without_pairs(phrase: re.Match[str]) -> str:
    if phrase[0][0] != '"':
        return phrase[0]
    apart = _PAIRS.sub(lambda pair: f"{_INNER}{pair[0][1:-1]}{_INNER}", phrase[0])
    return apart if plain_marks(apart).count('"') == 2 else phrase[0]


def plain_marks(text: str) -> str:
    """Of the same length, with plain quotation marks."""
    return text.translate(_MARKS)


def in_marks(text: str) -> str:
    """Between quotation marks, in one line; read back as `text` with plain marks."""
    plain = " ".join(plain_marks(text).split()).replace('"', '""')
    return f'"{plain}"'


def quoted(name: str) -> str:
    """A name as a filter takes it: between quotation marks when it would not be read back
    otherwise."""
    return name if _BARE.fullmatch(plain_marks(name)) else in_marks(name)


def asking(field: str, name: str) -> str:
    """The clause `field:"name"`."""
    return f"{field}:{in_marks(name)}"


def unmarked(text: str) -> str:
    """What stands between quotation marks, as it was before `in_marks`."""
    return text.replace('""', '"').replace(_INNER, '"')
