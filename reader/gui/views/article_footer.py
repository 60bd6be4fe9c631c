"""What stands below an article: note, tags, searches it matches, other feeds, earlier versions.

It is part of the same document, so it scrolls, is selected and is read aloud like the text.
Everything that can be followed is a link of the scheme `reader:`, taken apart by `target`.
"""

from collections.abc import Sequence
from datetime import date, datetime
from itertools import pairwise
from urllib.parse import quote, unquote, urlsplit

from PySide6.QtGui import QTextBlockFormat, QTextCharFormat, QTextCursor, QTextDocument

from reader.domain.article import FIELDS, ArticleDetail, Copy, Revision, Texts
from reader.gui import fonts
from reader.gui.views.article_changes import GONE, NEW, Passage, changes
from reader.gui.views.article_document import written_out
from reader.gui.views.article_look import Ground, Look
from reader.gui.views.article_marks import CHIP, Mark

_SCHEME = "reader:"
_GAP = "\u2003"
_PASSAGES, _COPIES = 60, 12


def link(kind: str, name: str = "") -> str:
    return f"{_SCHEME}{kind}/{quote(name, safe='')}"


def target(url: str) -> tuple[str, str] | None:
    """(kind, name) of a link made by `link`; None for any other address."""
    if not url.startswith(_SCHEME):
        return None
    kind, _, name = url[len(_SCHEME) :].partition("/")
    return kind, unquote(name)


def append_footer(
    document: QTextDocument, detail: ArticleDetail, look: Look, *, versions: bool
) -> list[Mark]:
    """`versions`: whether the earlier versions are unfolded. Gives the labels to be painted."""
    others = [url for url in detail.feeds if url != detail.line.feed]
    parts = (detail.note, detail.line.tags, detail.hits, others, detail.copies, detail.revisions)
    if not any(parts):
        return []
    foot = _Foot(document, look)
    foot.rule()
    if detail.note:
        foot.note(detail.note)
    if detail.line.tags:
        foot.chips(detail.line.tags)
    if detail.hits:
        foot.links("Matches", [(name, link("saved", name)) for name in detail.hits])
    if detail.copies:
        foot.links(*also_in(detail))
    if others:
        foot.links("Also in the feeds", [(_short(url), link("feed", url)) for url in others])
    if detail.revisions:
        foot.versions(detail, unfolded=versions)
    foot.space()
    return foot.marks


def also_in(detail: ArticleDetail) -> tuple[str, list[tuple[str, str]]]:
    """Who else has this text and since when, first seen first: a heading, and (words, link)."""
    here = _moment(detail.line.published, detail.first_seen).date()
    first = all(detail.first_seen <= copy.first_seen for copy in detail.copies)
    items = [
        (_said(copy, here, first=n == 0 and not first), link("article", str(copy.article_id)))
        for n, copy in enumerate(detail.copies[:_COPIES])
    ]
    left = len(detail.copies) - _COPIES
    if left > 0:
        items.append((f"and {left} more", link("copies", str(detail.line.id))))
    return "Also in (this one was first)" if first else "Also in", items


def _said(copy: Copy, here: date, *, first: bool) -> str:
    """ "Reuters 14:02 (first)", with the day where it is another."""
    local = _moment(copy.published, copy.first_seen)
    day = "" if local.date() == here else f"{local.day} {local:%b}, "
    name = copy.outlet or copy.source
    return f"{name} {day}{local:%H:%M}{' (first)' if first else ''}"


def _moment(published: datetime | None, first_seen: datetime) -> datetime:
    return (published or first_seen).astimezone()


def version_changes(revisions: Sequence[Revision], now: Texts) -> list[list[Passage]]:
    """For each earlier version, newest first, what the next text made of it."""
    texts = [*(revision.texts for revision in revisions), now]
    return [
        [passage for name in FIELDS for passage in changes(old.get(name), new.get(name))]
        for old, new in pairwise(texts)
    ][::-1]


def _short(url: str) -> str:
    parts = urlsplit(url)
    return (parts.hostname or "") + parts.path.rstrip("/") or url


class _Foot:
    """Writes at the end of the document, in the window's type face."""

    def __init__(self, document: QTextDocument, look: Look) -> None:
        self._look = look
        self._cursor = QTextCursor(document)
        self._cursor.movePosition(QTextCursor.MoveOperation.End)
        self.marks: list[Mark] = []

    def rule(self) -> None:
        self._block(self._look.paragraph(20, 22, 12))
        self._cursor.block().setUserState(Ground.RULE)

    def space(self) -> None:
        self._block(self._look.paragraph(28, 0, 0))

    def note(self, text: str) -> None:
        self._label("Note")
        for line in text.splitlines() or [""]:
            self._block(self._look.paragraph(21, 0, 2))
            self._write(line, "text")
        self._block(self._look.paragraph(21, 0, 14))
        self._write("Edit the note", "accent", href=link("note"))

    def chips(self, tags: Sequence[str]) -> None:
        self._label("Tags")
        self._block(self._look.paragraph(28, 2, 12))
        for tag in tags:
            self._write("\u2002", "text2")
            start = self._cursor.position()
            self._write(tag, "text2", href=link("tag", tag))
            self.marks.append(Mark(start, self._cursor.position(), CHIP, name=tag))
            self._write(_GAP, "text2")

    def links(self, label: str, items: Sequence[tuple[str, str]]) -> None:
        self._label(label)
        self._block(self._look.paragraph(21, 0, 14))
        for at, (text, href) in enumerate(items):
            self._write("\u2002·\u2002" if at else "", "text3")
            self._write(text, "accent", href=href)

    def versions(self, detail: ArticleDetail, *, unfolded: bool) -> None:
        count = len(detail.revisions)
        self._block(self._look.paragraph(21, 0, 10))
        arrow = "▾" if unfolded else "▸"
        self._write(f"{arrow} Earlier versions ({count})", "accent", href=link("versions"))
        if not unfolded:
            return
        passages = version_changes(detail.revisions, detail.texts)
        for revision, found in zip(reversed(detail.revisions), passages, strict=True):
            self._label(f"Changed since the version of {written_out(revision.seen)}")
            for passage in found[:_PASSAGES]:
                self._passage(passage)
            if len(found) > _PASSAGES:
                self._block(self._look.paragraph(21, 0, 10))
                self._write(f"and {len(found) - _PASSAGES} more changed paragraphs", "text3")
            if not found:
                self._block(self._look.paragraph(21, 0, 10))
                self._write("The words are the same; only links or layout changed.", "text2")

    def _passage(self, passage: Passage) -> None:
        self._block(self._look.paragraph(23, 0, 8))
        for piece in passage:
            colour = {GONE: "bad", NEW: "ok"}.get(piece.kind, "text2")
            letters = self._letters(colour)
            letters.setFontStrikeOut(piece.kind == GONE)
            letters.setFontUnderline(piece.kind == NEW)
            self._cursor.insertText(piece.text.rstrip(), letters)
            self._cursor.insertText(" ", self._letters("text2"))

    def _label(self, text: str) -> None:
        self._block(self._look.paragraph(18, 4, 4))
        self._write(text, "text3", weight=600, px=11)

    def _block(self, shape: QTextBlockFormat) -> None:
        self._cursor.insertBlock(shape, QTextCharFormat())
        self._cursor.block().setUserState(Ground.PLAIN)

    def _write(
        self, text: str, colour: str, *, href: str = "", weight: int = 400, px: float = 13
    ) -> None:
        letters = self._letters(colour, weight, px)
        if href:
            letters.setAnchor(True)
            letters.setAnchorHref(href)
        self._cursor.insertText(text, letters)

    def _letters(self, colour: str, weight: int = 400, px: float = 13) -> QTextCharFormat:
        return self._look.letters(fonts.ui(self._look.scaled(px), weight), colour)
