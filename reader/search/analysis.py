"""Text to words: one way for the index, the matcher, the snippets and the words of a query.

A word is what a reader would point at: `F-16`, `C++`, `AT&T`, `covid-19`, `don't`, `U.S.` and
`Caliber.Az` are one word each, at one position. Such a compound is also found by its parts, which
stand at the same position, and by each two neighbouring parts joined with a space ("air defence"
for `air-defence`), which is how a phrase finds a compound. Nothing is dropped: no stop words, no
single letters. Scripts written without spaces give one word for each character, so that a run of
them is found inside a longer run. Arabic words also stand there without their clitics.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import Any, Literal, NamedTuple

from whoosh.analysis import Analyzer
from whoosh.analysis import Token as WhooshToken

from reader.domain.fold import fold
from reader.search import sentences

VERSION = 2
"""Raised whenever words are cut differently, so that older indexes are rebuilt."""
LONGEST = 64
"""Characters of a folded word that count; what is longer is no word but data."""
JOIN = " "
"""Between two parts of a compound in the form that a phrase looks for; never inside a word."""
CASE = "\x02"
"""Between a folded word and the same word with its capitals."""
GAP = 1_001
"""Positions left free between title, lead and body: one more than NEAR may have between."""

Kind = Literal["word", "pair", "cased"]

_DASHES = "-‐‑‒–−－﹣"
_APOSTROPHES = "'’‘‛ʼʻʹʽʾʿ`´′＇ꞌ"
_STAY = {".": ".", "．": ".", "&": "&", "＆": "&", "_": "_", "＿": "_", ",": ",", "·": "·"}
_JOINERS = dict.fromkeys(_DASHES, "-") | dict.fromkeys(_APOSTROPHES, "'") | _STAY
_SINGLE = (
    "\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u19e0-\u19ff\u2e80-\u2fff\u3005-\u3007"
    "\u3021-\u3029\u3031-\u3035\u3038-\u303b\u3041-\u30ff\u3105-\u312f\u3131-\u318e\u31a0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\ua9e0-\ua9fe\uaa60-\uaa7f\uac00-\ud7a3\uf900-\ufaff\uff66-\uffdc"
    "\U00016fe0-\U00016ff1\U0001aff0-\U0001b2ff\U0001f200-\U0001f200\U00020000-\U0003ffff"
)
_DENSE = re.compile(f"[{_SINGLE}{sentences.IDEOGRAPHIC}]")
_KNOWN_AT_MOST = 30_000
_SUFFIX = r"(?:\+{1,2}(?![\w+])|(?<=\b[A-Za-z])#(?![\w#]))"
_PLAIN = re.compile(
    rf"[A-Za-z0-9]+(?:(?:[-'`.&_]|(?<=\d),(?=\d))[A-Za-z0-9]+)*{_SUFFIX}?", re.ASCII
)
"""What `_words` finds in ASCII."""
_STOP = re.compile(r"[.!?][\"')\]]*(?!\S)")
"""In ASCII: what may end a sentence, with white space or nothing behind it."""
_WORDLIKE = re.compile(r"\S*\w\S*")
_LONG_CHUNK = 64


class Form(NamedTuple):
    """One way to find a written word: `start`, `end` count from where that word begins.

    "word": the folded word, a part of it, or a part without clitics or suffix signs. "pair": two
    neighbouring parts. "cased": a "word" that has capitals: its text, `CASE`, and the capitals.
    """

    text: str
    start: int
    end: int
    kind: Kind


class Token(NamedTuple):
    """A form at a word position (from 0). `start`, `end`: code points in the original text."""

    text: str
    position: int
    start: int
    end: int
    kind: Kind


class Cut(NamedTuple):
    """The written words of a text in order, and which of them begin a sentence."""

    words: list[str]
    sentences: list[int]


def cut(text: str) -> Cut:
    """The words by position, quickly: plain text a sentence at a time, other text by chunks
    between white space, of which most have been cut before."""
    words: list[str] = []
    starts: list[int] = []
    paragraph = True
    for line in text.split("\n"):
        if not line or line.isspace():
            paragraph = True
            continue
        if paragraph or sentences.ends(sentences.ALWAYS, _next(line, 0), 0):
            starts.append(len(words))
        (_cut_plain if line.isascii() else _cut_line)(line, words, starts)
        paragraph = False
    return Cut(words, list(dict.fromkeys(start for start in starts if start < len(words))))


def _cut_plain(line: str, words: list[str], starts: list[int]) -> None:
    """A line of ASCII."""
    done = 0
    for end in _ends(line):
        words += _PLAIN.findall(line, done, end)
        starts.append(len(words))
        done = end
    words += _PLAIN.findall(line, done)


def _ends(line: str) -> Iterator[int]:
    """Where sentences end in a line of ASCII."""
    for stop in _STOP.finditer(line):
        end = stop.end()
        chunk = line[line.rfind(" ", 0, stop.start()) + 1 : end].rsplit(maxsplit=1)[-1]
        if sentences.ends(_endings[chunk], _next(line, end), 0):
            yield end


def begins(text: str) -> list[int]:
    """The sentences of `cut` in a text of ASCII: the first word of each begins there or later."""
    found: list[int] = []
    paragraph, at = True, 0
    for line in text.split("\n"):
        if not line or line.isspace():
            paragraph = True
        else:
            if paragraph or sentences.ends(sentences.ALWAYS, _next(line, 0), 0):
                found.append(at)
            found += (at + end for end in _ends(line))
            paragraph = False
        at += len(line) + 1
    return found


def _next(line: str, at: int) -> list[str]:
    """The first chunk with a word in it behind `at`, if there is one."""
    found = _WORDLIKE.search(line, at)
    return [found.group()] if found else []


def _cut_line(line: str, words: list[str], starts: list[int]) -> None:
    chunks = line.split()
    done = 0
    for at in [at for at, chunk in enumerate(chunks) if _endings[chunk]]:
        words += [word for chunk in chunks[done:at] for word in _cuts[chunk]]
        for sentence in sentences.inside(chunks[at]):
            words += _cuts[sentence]
            starts.append(len(words))
        done = at + 1
        if not sentences.ends(_endings[chunks[at]], chunks, done):
            starts.pop()
    words += [word for chunk in chunks[done:] for word in _cuts[chunk]]


def starts(text: str, firsts: Sequence[int]) -> list[int]:
    """The sentences of `cut`, for a text that is not dense, of whose chunks the words are known.

    `firsts`: how many words stand before each chunk; last, how many there are.
    """
    found: list[int] = []
    paragraph, done = True, 0
    for line in text.split("\n"):
        chunks = line.split()
        if not chunks:
            paragraph = True
            continue
        if paragraph or sentences.ends(sentences.ALWAYS, chunks, 0):
            found.append(firsts[done])
        for at, chunk in enumerate(chunks, 1):
            kind = _endings[chunk]
            if kind and sentences.ends(kind, chunks, at):
                found.append(firsts[done + at])
        paragraph = False
        done += len(chunks)
    return list(dict.fromkeys(start for start in found if start < firsts[-1]))


def forms(word: str) -> tuple[Form, ...]:
    """Every form of a written word, none twice, the whole before its parts."""
    return _forms[word]


def written(chunk: str) -> list[str]:
    """The words in a chunk without white space, which no word reaches over."""
    if chunk.isascii():
        return _PLAIN.findall(chunk)
    return [word for word in _words().findall(chunk) if _forms[word]]


def tokens(text: str) -> Iterator[Token]:
    """Every form of every word, in reading order: what `cut` and `forms` say, with offsets."""
    position = 0
    for word in _words().finditer(text):
        found = _forms[word.group()]
        start = word.start()
        for form in found:
            yield Token(form.text, position, start + form.start, start + form.end, form.kind)
        position += bool(found)


def pieces(text: str) -> list[str]:
    """The smallest words of `text` in order, as a query asks for them: parts, not compounds."""
    found: list[str] = []
    for word in _words().finditer(text):
        found += [part.text for part in _parts(word.group())]
    return found


def wholes(text: str) -> list[tuple[str, str]]:
    """The words of `text`, compounds in one: folded, and folded but for their capitals."""
    found = []
    for word in _words().findall(text):
        parts = _parts(word)
        if parts:
            found.append((_whole(word, parts), _whole(word, [_with_case(word, p) for p in parts])))
    return found


def small(cased: str) -> str:
    """The folded form of a word whose capitals were kept: `f-16` of `F-16`."""
    return "".join(fold(c).text if c.isalnum() else c for c in cased)


def form_of(letters: str) -> str:
    """The form of a run of letters."""
    return _fold(letters)[:LONGEST]


def joiner(character: str) -> str:
    """The plain sign for a dash, apostrophe or other sign inside compounds; else itself."""
    return _JOINERS.get(character, character)


def is_simple(word: str) -> bool:
    """Whether a written word has itself in small letters as its form, and nothing else but the
    "cased" one when it has capitals: nearly all words of English."""
    return word.isascii() and word.isalpha() and len(word) <= LONGEST


def is_single(character: str) -> bool:
    """Whether this is a character of a script without spaces, each one a word of its own."""
    return bool(_single().match(character))


def is_dense(text: str) -> bool:
    """Whether a part of it may be in a script without spaces: words, or the ends of sentences."""
    return not text.isascii() and bool(_DENSE.search(text))


class _Forms(dict[str, tuple[Form, ...]]):
    """Written words seen before, so that most of a text costs one look-up a word."""

    def __missing__(self, word: str) -> tuple[Form, ...]:
        if len(self) >= _KNOWN_AT_MOST:
            self.clear()
        found = self[word] = _simple(word) if is_simple(word) else tuple(_unique(_analyse(word)))
        return found


class _Cuts(dict[str, tuple[str, ...]]):
    """The words in a chunk without white space, which no word reaches over."""

    def __missing__(self, chunk: str) -> tuple[str, ...]:
        found = tuple(written(chunk))
        if len(chunk) <= _LONG_CHUNK:
            if len(self) >= _KNOWN_AT_MOST:
                self.clear()
            self[chunk] = found
        return found


class _Endings(dict[str, int]):
    def __missing__(self, chunk: str) -> int:
        found = sentences.ending(chunk)
        if len(chunk) <= _LONG_CHUNK:
            if len(self) >= _KNOWN_AT_MOST:
                self.clear()
            self[chunk] = found
        return found


_forms, _cuts, _endings = _Forms(), _Cuts(), _Endings()


def _simple(word: str) -> tuple[Form, ...]:
    """Of a word of plain letters, as nearly all are in English."""
    small = word.lower()
    form = Form(small, 0, len(word), "word")
    return (form,) if small == word else (form, Form(small + CASE + word, 0, len(word), "cased"))


def _analyse(word: str) -> Iterator[Form]:
    parts = _parts(word)
    if not parts:
        return
    if len(parts) > 1:
        whole = Form(_whole(word, parts), parts[0].start, parts[-1].end, "word")
        yield whole
        cased = whole._replace(text=_whole(word, [_with_case(word, part) for part in parts]))
        yield from _capitals(whole, cased)
    for part in parts:
        yield part
        yield from _capitals(part, _with_case(word, part))
        yield from _bare(word, part)
    for left, right in pairwise(parts):
        yield Form(left.text + JOIN + right.text, left.start, right.end, "pair")


def _capitals(form: Form, cased: Form) -> Iterator[Form]:
    if cased.text != form.text:
        yield form._replace(text=form.text + CASE + cased.text, kind="cased")


def _parts(word: str) -> list[Form]:
    """The pieces between joiners; a suffix as in C++ belongs to the last one."""
    found = []
    for piece in _pieces().finditer(word):
        form = form_of(piece.group())
        if form:
            found.append(Form(form, *piece.span(), "word"))
    return found


def _with_case(word: str, part: Form) -> Form:
    """The part folded but for its capitals; as it is when it has none."""
    written = word[part.start : part.end]
    if written == written.lower():
        return part
    composed = unicodedata.normalize("NFC", written)
    folded = fold(composed)
    each = folded.text if folded.even and folded.text.isalnum() else map(_fold, composed)
    both = zip(composed, each, strict=True)
    kept = (f.upper() if c.isupper() or c.istitle() else f for c, f in both)
    return part._replace(text="".join(kept)[:LONGEST])


def _whole(word: str, parts: list[Form]) -> str:
    text = parts[0].text
    for left, right in pairwise(parts):
        text += _JOINERS.get(word[left.end : right.start][:1], "-") + right.text
    return text[:LONGEST]


def _bare(word: str, part: Form) -> Iterator[Form]:
    """`C` in `C++`, and Arabic words without the clitics written onto them."""
    plain = part.text.rstrip("+#")
    if plain != part.text:
        bare = Form(plain, part.start, part.end - (len(part.text) - len(plain)), "word")
        yield bare
        yield from _capitals(bare, _with_case(word, bare))
    if part.text[0] in "وفبلكا":
        folded = fold(word[part.start : part.end])
        for text in sorted(_without_clitics(part.text), key=len, reverse=True):
            start = max(0, len(folded.text) - len(text))
            yield Form(text, part.start + folded.origin(start), part.end, "word")


def _without_clitics(word: str) -> set[str]:
    """What may remain of و ف · ب ل ك · ال (لل stands for ل and ال); at least three letters."""
    found = {word}
    for first in ("وف", "بلك"):
        found |= {text[1:] for text in found if text and text[0] in first}
    found |= {"ا" + text[1:] for text in found if text.startswith("لل")}
    found |= {text[2:] for text in found if text.startswith("ال")}
    return {text for text in found - {word} if len(text) > 2}


def _unique(found: Iterator[Form]) -> Iterator[Form]:
    """A form counts once at its position, however many parts of the word look alike."""
    seen: set[tuple[str, Kind]] = set()
    for form in found:
        if (form.text, form.kind) not in seen:
            seen.add((form.text, form.kind))
            yield form


def _fold(piece: str) -> str:
    return fold(piece).text.replace(" ", "").replace("'", "")


@cache
def _attached() -> str:
    """Marks and invisible characters, which belong to the letter before them; for a regex."""
    codes = (0xAD, *range(0x300, 0x20000), *range(0xE0000, 0xE01F0))
    ranges: list[list[int]] = []
    for code in codes:
        if unicodedata.category(chr(code)) in ("Mn", "Mc", "Me", "Cf"):
            if ranges and ranges[-1][1] == code - 1:
                ranges[-1][1] = code
            else:
                ranges.append([code, code])
    return "".join(f"\\U{first:08x}-\\U{last:08x}" for first, last in ranges)


@cache
def _letters() -> str:
    """The pattern of one run of letters, digits and what is attached to them."""
    joiners = re.escape("".join(j for j in _JOINERS if re.match(r"\w", j)))
    letter = f"[^\\W{_SINGLE}{joiners}]"
    return f"{letter}+(?:[{_attached()}]+{letter}*)*"


@cache
def _single() -> re.Pattern[str]:
    return re.compile(rf"(?=\w)[{_SINGLE}][{_attached()}]*")


@cache
def _words() -> re.Pattern[str]:
    joiner = re.escape("".join(j for j in _JOINERS if j != ","))
    run = _letters()
    join = rf"(?:[{joiner}]|(?<=\d),(?=\d))"
    return re.compile(rf"{run}(?:{join}{run})*{_SUFFIX}?|{_single().pattern}")


@cache
def _pieces() -> re.Pattern[str]:
    return re.compile(rf"{_letters()}{_SUFFIX}?|{_single().pattern}")


class WordAnalyzer(Analyzer):  # type: ignore[misc] # Whoosh has no types
    """The same words for Whoosh, which keeps an instance in its schema."""

    def __call__(self, value: str, **_: Any) -> Iterator[Any]:
        found = WhooshToken(positions=True, chars=True)
        found.boost, found.stopped = 1.0, False
        for token in tokens(value):
            if token.kind != "word":
                continue
            found.text = found.original = token.text
            found.pos = token.position
            found.startchar, found.endchar = token.start, token.end
            yield found
