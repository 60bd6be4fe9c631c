"""An article as a text document: head line, title, standfirst, body; and where each text stands.

Mentions and hits are not part of it: they are painted behind the text, so that marking others
costs one repaint.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape

from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QTextBlock, QTextBlockFormat, QTextCharFormat, QTextCursor, QTextDocument

from reader.domain.article import ArticleDetail
from reader.gui import fonts
from reader.gui.views.article_body import Picture, style_body, styling
from reader.gui.views.article_look import Look
from reader.gui.views.article_markup import bounded

HEADLINE_ONLY = "This feed gives only a headline. Open the article in the browser."
_RTL = frozenset({"ar", "fa", "he", "ur", "yi", "ps", "ckb", "ug", "sd", "dv"})
_SIGN = re.compile("[\u2e80-\ud7ff]+")
LONG = 250_000
"""Letters of a text that takes long to set and to lay out."""
_LAID_OUT = re.compile(r"<(img|table)\b", re.IGNORECASE)
_WORDS_PER_MINUTE = 220
_SIGNS_PER_MINUTE = 500
_PART = 50_000
"""Letters that are counted in one go: meanwhile every other thread waits."""


@dataclass(frozen=True, slots=True)
class Layout:
    """`places`: where the texts of `FIELDS` stand, (start, end) in UTF-16 units."""

    places: dict[str, tuple[int, int]]
    pictures: tuple[Picture, ...] = ()
    rtl: bool = False
    rest: Iterator[None] | None = None
    """Steps that set the rest of a long text."""


def build(document: QTextDocument, detail: ArticleDetail, look: Look) -> Layout:
    """Fills the document with the article; whatever it held before is gone."""
    fill(document, detail)
    return typeset(document, detail, look)


def fill(document: QTextDocument, detail: ArticleDetail) -> None:
    """The words alone, as the HTML has them; `typeset` is to follow. In any thread."""
    front = {"head": head_line(detail), "title": detail.texts.title or "Untitled"}
    if detail.texts.lead:
        front["lead"] = detail.texts.lead
    body = f"<div>{bounded(detail.html)}</div>" if has_body(detail) else f"<p>{HEADLINE_ONLY}</p>"
    document.setHtml(_paragraphs(front) + body)


def typeset(document: QTextDocument, detail: ArticleDetail, look: Look) -> Layout:
    """Gives a document that was filled our measures and colours; of a long one only the top."""
    rtl, front = right_to_left(detail), ["head", "title", *(["lead"] if detail.texts.lead else [])]
    document.setIndentWidth(look.scaled(26))
    places: dict[str, tuple[int, int]] = {}
    block = document.begin()
    for name in front:
        _style_front(block, name, look, rtl=rtl)
        if name == "title" and "lead" not in front:
            _end_front(block, look)
        places[name] = (block.position(), block.position() + block.length() - 1)
        block = block.next()
    if not has_body(detail):
        _style_front(block, "empty", look, rtl=False)
        return Layout(places, (), rtl)
    places["body"] = (block.position(), document.characterCount() - 1)
    if document.characterCount() > LONG and not _LAID_OUT.search(detail.html):
        rest = styling(document, block, look, rtl=rtl)
        next(rest, None)
        return Layout(places, (), rtl, rest)
    return Layout(places, style_body(document, block, look, rtl=rtl), rtl)


def has_body(detail: ArticleDetail) -> bool:
    return bool(detail.html) and (bool(detail.texts.body.strip()) or "<img" in detail.html)


def right_to_left(detail: ArticleDetail) -> bool:
    """By the language, else by the first letters of the title."""
    if detail.line.language:
        return detail.line.language.split("-")[0] in _RTL
    return any("\u0590" <= letter <= "\u08ff" for letter in detail.texts.title[:12])


def head_line(detail: ArticleDetail) -> str:
    """Who said it, when, and how long it takes to read."""
    line = detail.line
    when = written_out(line.published) if line.published else _undated(detail)
    source = line.source or detail.outlet
    author = line.author if line.author.casefold() != source.casefold() else ""
    parts = [source, author, when]
    plain = [" ".join(part.split()) for part in parts if part]
    if detail.texts.body:
        plain.append(f"{minutes(detail.texts.body)}\u00a0min\u00a0read")  # kept on one line
    return "\u00a0 ·\u00a0 ".join(part if _bare(parts) else f"\u2068{part}\u2069" for part in plain)


def _bare(parts: Sequence[str]) -> bool:
    """Without isolates, "22 November" beside an Arabic name would be torn apart."""
    return all(part.isascii() for part in parts)


def written_out(moment: datetime) -> str:
    """As in "22 November 2026, 08:12", in the time zone of this computer."""
    here = moment.astimezone()
    return f"{here.day} {QLocale.c().monthName(here.month)} {here.year}, {here:%H:%M}"


def minutes(text: str) -> int:
    """To read it: by words, and by signs where a script sets no spaces; at least one."""
    parts = [text[at : at + _PART] for at in range(0, len(text), _PART)]
    signs, words = sum(map(_signs, parts)), sum(len(part.split()) for part in parts)
    return max(1, round(signs / _SIGNS_PER_MINUTE + words / _WORDS_PER_MINUTE))


def _signs(text: str) -> int:
    return 0 if text.isascii() else len(text) - len(_SIGN.sub("", text))


def _undated(detail: ArticleDetail) -> str:
    said = f"dated “{detail.published_raw}”" if detail.published_raw else "undated"
    return f"{said}, first seen {written_out(detail.first_seen)}"


def _paragraphs(texts: dict[str, str]) -> str:
    """One block each: Qt folds white space and ends a block with the paragraph."""
    return "".join(f"<p>{escape(text.strip()) or '—'}</p>" for text in texts.values())


def _style_front(block: QTextBlock, name: str, look: Look, *, rtl: bool) -> None:
    shape, letters = _front(name, look)
    if rtl:
        shape.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    cursor = QTextCursor(block)
    cursor.setBlockFormat(shape)
    cursor.setBlockCharFormat(letters)
    cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
    cursor.setCharFormat(letters)


def _end_front(block: QTextBlock, look: Look) -> None:
    """The title stands alone, so the body keeps its distance from it."""
    shape = QTextBlockFormat()
    shape.setBottomMargin(look.scaled(18))
    QTextCursor(block).mergeBlockFormat(shape)


def _front(name: str, look: Look) -> tuple[QTextBlockFormat, QTextCharFormat]:
    if name == "title":
        return look.paragraph(39, 0, 10), look.letters(look.serif(30, 700), "text")
    if name == "lead":
        return look.paragraph(28, 0, 20), look.letters(look.serif(18), "text2")
    if name == "empty":
        return look.paragraph(28, 14, 20), look.letters(look.serif(17), "text3")
    return look.paragraph(20, 0, 10), look.letters(fonts.ui(look.scaled(12), 500), "text3")
