"""The workshop: an entity's name, spellings and conditions, beside what they find.

It asks nobody: what the entity would find, and what else it may be called, is shown by whoever was
told of the change.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QWidget,
)

from reader.domain.entity import TYPES, Alias, Entity
from reader.domain.workshop import Preview
from reader.gui import icons
from reader.gui.models.workshop import Advice, Tried, counts
from reader.gui.theme import LIGHT, Theme
from reader.gui.views.dialogs.entity_findings import Findings
from reader.gui.views.dialogs.entity_names import NamesPanel
from reader.gui.views.dialogs.workplace import Workplace
from reader.gui.views.parts import Rule

_WORD = re.compile(r"[^\W\d_][\w-]*")
_SIZE, _LEAST = QSize(1280, 860), QSize(940, 620)
"""Also where the window is smaller: it is a window of its own."""
_MARGIN = 36


class EntityDialog(Workplace):
    """`entity` with id 0 is a new one. `taken`: (watchlist, name) of those that exist."""

    saved = Signal(object, object)
    """The Entity, and what was said of its mentions: True or False by article and spelling."""
    edited = Signal(object)
    """The Entity as it is now."""

    def __init__(
        self, parent: QWidget | None, entity: Entity, watchlists: Sequence[str] = (),
        own_types: Iterable[str] = (), taken: Collection[tuple[str, str]] = (),
        theme: Theme = LIGHT,
    ) -> None:  # fmt: skip
        known = bool(entity.id)
        title = f"Edit {entity.name}" if known else "Track an entity"
        super().__init__(parent, title, "Save" if known else "Track")
        self._entity = entity
        self._taken = {(w.casefold(), name) for w, name in taken}
        self.name = QLineEdit(entity.name, self)
        self.type = self._type_choice((*TYPES, *own_types, entity.type))
        self.watchlist = QComboBox(self)
        self.watchlist.setEditable(True)
        self.watchlist.addItems(list(dict.fromkeys((entity.watchlist, *watchlists))))
        self.names = NamesPanel(entity, self)
        self.findings = Findings(known=known, parent=self)
        self.aliases, self.note = self.names.table, self.names.note
        self._lay_out()
        self._connect()
        self.set_theme(theme)
        self._begun = self.entity()
        self._tell()
        self.name.selectAll()
        self.name.setFocus()
        room = _window(parent).size() - QSize(_MARGIN, _MARGIN) if parent is not None else _SIZE
        self.setMinimumSize(_LEAST)
        self.resize(_SIZE.boundedTo(room).expandedTo(_LEAST))

    # what it says

    def entity(self) -> Entity:
        """As the fields say; the name is not repeated among the spellings."""
        name = self.aliases.name()
        return replace(
            self._entity,
            name=" ".join(self.name.text().split()),
            type=self.type.currentText().strip().casefold(),
            watchlist=" ".join(self.watchlist.currentText().split()) or "default",
            case=name.case,
            inflect=name.inflect,
            language=name.language,
            plural=name.plural,
            aliases=self.aliases.aliases(),
            rules=self.names.everywhere.rules(),
            note=self.note.toPlainText().strip(),
        )

    def verdicts(self) -> dict[tuple[int, str], bool | None]:
        """What was said of mentions, by article and spelling."""
        return self.findings.samples.verdicts()

    def changed(self) -> bool:
        """Whether anything was changed that is not saved."""
        return bool(self.verdicts()) or self.entity() != self._begun

    def confirm(self) -> None:
        entity = self.entity()
        problem = self._problem(entity)
        self.complain(problem)
        if not problem:
            self.saved.emit(entity, self.verdicts())

    def show_error(self, sentence: str) -> None:
        """The entity was refused; the dialog stays open. After success, call `accept()`."""
        self.complain(sentence)

    def show_tried(self, tried: Tried) -> None:
        """What became of looking it up in the archive."""
        self.findings.show_tried(tried)
        preview: Preview | None = tried.preview
        self.aliases.show_counts(counts(preview) if preview else {})

    def show_advice(self, advice: Advice) -> None:
        self.findings.show_advice(advice)

    def set_theme(self, theme: Theme) -> None:
        for row in range(self.type.count()):
            kind = self.type.itemText(row)
            sign = icons.icon(icons.entity_icon(kind), theme.entity(kind).ink, 14)
            self.type.setItemIcon(row, sign)
        self.names.set_theme(theme)
        self.findings.set_theme(theme)

    # leaving

    def loss(self) -> str:
        return "Leave without saving what was changed?" if self.changed() else ""

    # inside

    def _problem(self, entity: Entity) -> str:
        if not any(letter.isalnum() for letter in entity.name):
            return "Give the entity a name: the words that stand for it in texts."
        if not _WORD.fullmatch(entity.type):
            return "Choose a type, or type a word of your own, such as “ship”."
        old = (self._entity.watchlist.casefold(), self._entity.name)
        new = (entity.watchlist.casefold(), entity.name)
        if new in self._taken and not (self._entity.id and old == new):
            return (
                f"“{entity.name}” is already tracked in the watchlist “{entity.watchlist}”. "
                "Edit that one, or choose another name or watchlist."
            )
        return ""

    def _connect(self) -> None:
        self.name.textChanged.connect(self.aliases.set_name)
        self.name.textChanged.connect(lambda _text: self._tell())
        self.type.currentTextChanged.connect(lambda _text: self._tell())
        self.watchlist.currentTextChanged.connect(lambda _text: self._tell())
        self.names.changed.connect(self._tell)
        self.findings.suggestions.wanted.connect(lambda text: self.aliases.add([Alias(text)]))

    def _tell(self) -> None:
        entity = self.entity()
        self._warned = False
        self.complain("")
        self.findings.show_kind(entity.type)
        self.findings.suggestions.show_taken([alias.text for alias in entity.spellings()])
        self.edited.emit(entity)

    def _type_choice(self, types: Iterable[str]) -> QComboBox:
        """Known types have their icon and colour, see `set_theme`; a word of one's own can be
        typed."""
        made = QComboBox(self)
        made.setEditable(True)
        made.addItems([*filter(None, dict.fromkeys(types))])
        made.setCurrentIndex(max(0, made.findText(self._entity.type)))
        return made

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(12)
        for label, field, share in (
            ("&Name", self.name, 5), ("&Type", self.type, 2), ("&Watchlist", self.watchlist, 3),
        ):  # fmt: skip
            top.addLayout(self._labelled(label, field), share)
        body = QHBoxLayout()
        body.setSpacing(18)
        body.addWidget(self.names, 1)
        body.addWidget(Rule(self, upright=True))
        body.addWidget(self.findings, 1)
        self.fields.addLayout(top)
        self.fields.addSpacing(8)
        self.fields.addLayout(body, 1)


def _window(widget: QWidget) -> QWidget:
    """Below everything, also where a list of names has opened this."""
    over = widget.parentWidget()
    return widget if over is None else _window(over)
