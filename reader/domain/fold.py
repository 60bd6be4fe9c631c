"""One way of ignoring how a word is written: case, accents, dashes, spaces, invisible marks.

Names and queries are compared after `fold`; the offsets of what is found are led back to the
original text by the `Folded` it returns. Nearly every character folds to exactly one character,
so that offsets usually are the same and cost nothing; only a text with one of the characters of
`_LONGER`, `_MARKS` or `_INVISIBLE` carries a list of the places where the two drift apart.

What is equal after folding: upper and lower case (also İ = I = ı = i and Σ = σ = ς), letters with
and without accents in the Latin, Greek, Cyrillic and Arabic scripts, ё = е, ø = o, ł = l, đ = d,
ß = ss, æ = ae, œ = oe, þ = th; every dash, space, line break and ・ = a space; every apostrophe;
every double quotation mark; the forms of alef, ى = ي, ة = ه, Persian ک and ی; every script's
digits. Soft hyphens, zero-width and direction marks, tatweel, harakat and niqqud are left out.
й, ї, ў stay themselves: they are letters of their own, not accents. ə = a, because that is how
Azerbaijani names are spelled abroad (Əliyev, Aliyev; Heydər, Heydar).
"""

import re
import unicodedata
from bisect import bisect_right

_MARKS = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a"
    "\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u08d3-\u08e1"
    "\u08e3-\u08ff\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f"
)
_INVISIBLE = "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\U000e0100-\U000e01ef"
_LONGER = {
    "ß": "ss", "ẞ": "ss", "æ": "ae", "Æ": "ae", "ǽ": "ae", "Ǽ": "ae", "ǣ": "ae", "Ǣ": "ae",
    "œ": "oe", "Œ": "oe", "þ": "th", "Þ": "th", "ĳ": "ij", "Ĳ": "ij", "ŉ": "'n", "և": "եւ",
    "ǆ": "dz", "ǅ": "dz", "Ǆ": "dz", "ǉ": "lj", "ǈ": "lj", "Ǉ": "lj", "ǌ": "nj", "ǋ": "nj",
    "Ǌ": "nj", "ǳ": "dz", "ǲ": "dz", "Ǳ": "dz", "ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi",
    "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st", "ﻵ": "لا", "ﻶ": "لا", "ﻷ": "لا", "ﻸ": "لا", "ﻹ": "لا",
    "ﻺ": "لا", "ﻻ": "لا", "ﻼ": "لا", "ﷲ": "الله",
}  # fmt: skip
_OTHERS = {
    "ı": "i", "ё": "е", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ŧ": "t",
    "ŋ": "n", "ə": "a", "ς": "σ", "ٱ": "ا", "ى": "ي", "ة": "ه", "ە": "ه", "ہ": "ه", "ھ": "ه",
    "ک": "ك", "ی": "ي", "…": ".", **dict.fromkeys("“”„‟«»‹›「」『』〝〞〟″", '"'),
}  # fmt: skip
_APOSTROPHES = frozenset("'’‘‛ʼʻʹʽʾʿ`´′＇ꞌ")
_SPACES = frozenset("−⁃・")  # besides everything that Unicode calls a space or a dash
_LETTERS = frozenset("йїў")  # they look composed, and are not

_TRAILING = re.compile(f"[{_MARKS}]*")
_DRIFT = re.compile(f"[{_MARKS}{_INVISIBLE}{''.join(_LONGER)}]")
_BEYOND_ASCII = re.compile("[^\x00-\x7f]+")
_DECOMPOSED = {"и\u0306": "й", "і\u0308": "ї", "у\u0306": "ў"}
_PIECE = re.compile(f"[иИуУ]\u0306|[іІ]\u0308|{_DRIFT.pattern}")
_RUN = re.compile(r"[^\S\n]{2}|[^\S\n]\n|\n[^\S\n]")
_RUN_SIGNS = ("  ", " \n", "\n ", *"\t\v\f\r\x1c\x1d\x1e\x1f")
_RUN_SIGNS_WIDE = tuple(
    "\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000"
)
_PIECE_OR_RUN = re.compile(rf"(?<!\s)[^\S\n]*\n?[^\S\n]*(?<=\s\s)(?!\s)|{_PIECE.pattern}")


class Folded:
    """A folded text that knows where each of its characters came from."""

    __slots__ = ("_at", "_from", "_original", "text")

    def __init__(self, text: str, original: str, at: list[int], origins: list[int]) -> None:
        self.text = text
        self._original = original
        self._at = at
        self._from = origins

    @property
    def even(self) -> bool:
        """Whether every character was folded to exactly one."""
        return not self._at

    def origin(self, position: int) -> int:
        """Where the folded character at `position` starts in the original; the end for the end."""
        if not self._at:
            return position
        piece = bisect_right(self._at, position) - 1
        return self._from[piece] + position - self._at[piece]

    def end(self, position: int) -> int:
        """Where the folded text before `position` ends in the original.

        Marks that belong to the last letter are inside; a soft hyphen or direction mark is not.
        """
        if not self._at or position <= 0:
            return position
        after = self.origin(position - 1) + 1
        marks = _TRAILING.match(self._original, after)
        return marks.end() if marks else after

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The (start, end) in the original of a slice of the folded text."""
        return self.origin(start), self.end(end)


class _Table(dict[int, str]):
    """Filled character by character as texts need it, so that starting costs nothing."""

    def __missing__(self, code: int) -> str:
        folded = self[code] = _fold_character(chr(code))
        return folded


def fold(text: str, *, squeeze: bool = False) -> Folded:
    """With `squeeze`, a run of white space without an empty line in it counts as one space."""
    pieces = _PIECE
    if squeeze and _has_runs(text):
        pieces = _PIECE_OR_RUN
    elif text.isascii() or not _DRIFT.search(text):
        return Folded(_translate(text), text, [], [])
    return _fold_pieces(text, pieces)


def fold_key(text: str) -> str:
    """Equal for two spellings of one name: folded, with single spaces and none at the ends."""
    return " ".join(fold(text).text.split())


def _translate(text: str) -> str:
    """Character by character. Python is several times faster with pure ASCII, so the few
    other characters of a mostly English text are replaced first."""
    if not text.isascii() and len(text.encode(errors="replace")) < 1.1 * len(text):
        text = _BEYOND_ASCII.sub(lambda found: found.group().translate(_TABLE), text)
    return text.translate(_TABLE)


def _has_runs(text: str) -> bool:
    """Most texts are cleared by plain searches, ten times faster than the pattern's."""
    signs = _RUN_SIGNS if text.isascii() else _RUN_SIGNS + _RUN_SIGNS_WIDE
    return any(sign in text for sign in signs) and bool(_RUN.search(text))


def _fold_pieces(text: str, pieces: re.Pattern[str]) -> Folded:
    parts, at, origins = [], [0], [0]
    done = length = 0
    for piece in pieces.finditer(text):
        start, stop = piece.span()
        parts.append(text[done:start].translate(_TABLE))
        length += start - done
        new = _fold_piece(piece.group())
        parts.append(new)
        for extra in range(1, len(new)):  # each further character starts where the first does
            at.append(length + extra)
            origins.append(start)
        length += len(new)
        at.append(length)
        origins.append(stop)
        done = stop
    parts.append(text[done:].translate(_TABLE))
    return Folded("".join(parts), text, at, origins)


def _fold_piece(piece: str) -> str:
    if piece[0].isspace():
        return " "
    return _DECOMPOSED.get(piece.lower()) or piece.translate(_TABLE)


def _fold_character(character: str) -> str:
    if character in _LONGER:
        return _LONGER[character]
    if _DRIFT.match(character):
        return ""
    plain = _plain(character)
    category = unicodedata.category(plain)
    if plain in _APOSTROPHES:
        return "'"
    if category in ("Zs", "Zl", "Zp", "Pd") or plain in _SPACES or plain.isspace():
        return " "
    if category == "Cs":
        return "\ufffd"  # half a character, which no engine accepts
    if category == "Nd":
        return str(unicodedata.decimal(plain))
    return _OTHERS.get(plain, plain)


def _plain(character: str) -> str:
    """Without case, accent and typographic form, as long as that is still one character."""
    if character in _OTHERS:
        return character
    small = _small(character)
    if small in _LETTERS:
        return small
    bare = "".join(c for c in unicodedata.normalize("NFKD", small) if not _DRIFT.match(c))
    if len(bare) == 1 and (bare.isalnum() or bare in _APOSTROPHES or "\uff00" < small < "\uffef"):
        return _small(bare)
    return small


def _small(character: str) -> str:
    folded = character.casefold()
    return folded if len(folded) == 1 else character.lower()[:1]


_TABLE = _Table()
