"""The right side of the page of an entity: the sentences that name it, or it and a companion."""

from PySide6.QtWidgets import QPushButton, QWidget

from reader.domain.profile import Companion
from reader.gui.models.sentences import SentenceModel
from reader.gui.theme import Theme
from reader.gui.views.entity_page_head import Heading
from reader.gui.views.entity_page_panes import fill_column, stack
from reader.gui.views.entity_page_sentences import SentenceList
from reader.gui.views.parts import EmptyState, IconButton


class QuotePane(QWidget):
    """`without` goes back from a companion to all sentences; `more` is for a menu."""

    def __init__(self, model: SentenceModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._with: Companion | None = None
        self.list, self.nothing = SentenceList(model, self), EmptyState(self)
        self.heading = Heading("Sentences", self)
        self.without = QPushButton("All sentences", self)
        self.without.setProperty("kind", "quiet")
        self.without.setStyleSheet("padding: 1px 6px; min-height: 18px;")
        self.without.setAutoDefault(False)
        self.without.hide()
        self.more = IconButton("ellipsis", "Save the sentences", self)
        for part in (self.without, self.more):
            self.heading.add(part)
        self._stack = stack(self.list, self.nothing)
        fill_column(self, self.heading, self._stack)

    def show_with(self, companion: Companion | None) -> None:
        """The sentences are those with this one, too; None: all."""
        self._with = companion
        self.without.setVisible(companion is not None)
        told = f"Sentences with {companion.name}" if companion else "Sentences"
        self.heading.title.setText(told)

    def show_quoted(self, *, done: bool) -> None:
        """The list is filled, or (`done` False) is being filled."""
        none = done and not self.list.sentences.rows
        if none:
            told = "None of this period names both." if self._with else "None in this period."
            self.nothing.show_words("quote", "No sentence", told)
        self._stack.setCurrentIndex(1 if none else 0)

    def set_theme(self, theme: Theme) -> None:
        for part in (self.list, self.nothing, self.heading):
            part.set_theme(theme)
