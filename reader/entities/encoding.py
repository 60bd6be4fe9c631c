"""The text of a file of names, whatever program wrote it.

UTF-8 and UTF-16 are told by their byte order mark or their shape; Windows-1251 (Cyrillic) and
Windows-1252 (western) by what their letters would be. What would be guessed at is refused: names
that were read wrongly find nothing, and nobody sees why.
"""

import re

from reader.errors import FileError

_SAMPLE = 200_000
"""Bytes that are looked at to tell one code page from another."""
_MIXED = re.compile(r"[а-яёіїєґў][А-ЯЁІЇЄҐЎ]|[ЪЫЬ](?=[а-яё])")
"""What no Cyrillic text has, and every text of another code page that is read as one."""
_CYRILLIC = re.compile(r"[А-Яа-яЁёІіЇїЄєҐґЎў]+")
_WESTERN = re.compile(r"[ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜßàáâãäåæçèéêëìíîïñòóôõöøùúûüÿŒœŠšŽžŸ]")
_TYPOGRAPHY = re.compile(r"[‘’“”„‚–—…«»‹›€£§©®°·•™\xa0¡¿ªº´¨¸]")
_BROKEN = 0.02
"""Share of words that may look wrong: a list may hold a name in odd capitals."""


def decode(data: bytes, name: str) -> tuple[str, str]:
    """(text without byte order mark, how it was read when that had to be told from its letters).

    FileError when it cannot be told.
    """
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return _exactly(data, "utf-16", name), ""
    wide = _utf_16(data)
    if wide:
        return _exactly(data, wide, name), ""
    try:
        return data.decode("utf-8-sig"), ""
    except UnicodeDecodeError:
        pass
    return _code_page(data, name)


def _exactly(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as problem:
        raise _unreadable(name) from problem


def _utf_16(data: bytes) -> str:
    """Without a mark: every second byte of its line ends, commas and Latin letters is zero."""
    start = data[:_SAMPLE]
    if len(start) < 4 or len(data) % 2 or b"\x00" not in start:
        return ""
    low, high = start[::2].count(0), start[1::2].count(0)
    if min(low, high) or max(low, high) < len(start) // 20:
        return ""
    return "utf-16-le" if high else "utf-16-be"


def _code_page(data: bytes, name: str) -> tuple[str, str]:
    for encoding, spoken, fits in (
        ("cp1251", "Windows-1251 (Cyrillic)", _is_cyrillic),
        ("cp1252", "Windows-1252 (western)", _is_western),
    ):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text and fits(text[:_SAMPLE]):
            return text, f"It was read as {spoken}: check a name with special letters."
    raise _unreadable(name)


def _is_cyrillic(text: str) -> bool:
    """Its words are wholly Cyrillic, two letters or more, with capitals where they belong."""
    words = _CYRILLIC.findall(text)
    letters = sum(map(len, words))
    others = sum(c > "\x7f" and c.isalpha() for c in text) - letters
    single = sum(len(word) == 1 for word in words)
    inside = len(re.findall(r"[A-Za-z][А-Яа-яЁё]|[а-яё][A-Za-z]", text))
    wrong = sum(bool(_MIXED.search(word)) for word in words) + others + inside
    return bool(words) and single <= len(words) / 4 and wrong <= max(1, len(words)) * _BROKEN


def _is_western(text: str) -> bool:
    """Nearly all that is not ASCII are letters of French, German, Spanish or the like, and they
    stand one at a time: in other alphabets they would follow each other."""
    special = [c for c in text if c > "\x7f"]
    known = sum(bool(_WESTERN.match(c) or _TYPOGRAPHY.match(c)) for c in special)
    rows = len(re.findall(r"[^\x00-\x7f\xa0]{3,}", text))
    return known >= len(special) * (1 - _BROKEN) and rows <= len(special) * _BROKEN


def _unreadable(name: str) -> FileError:
    return FileError(f"{name} is not UTF-8 text; save it as UTF-8 and try again.")
