"""All commands in one list, found by typing a few letters."""

from PySide6.QtCore import (
    QEvent,
    QObject,
    QPointF,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QAction, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QDialog,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from reader.gui import fonts
from reader.gui.actions import Actions, keys_of
from reader.gui.models.rows import Index
from reader.gui.theme import Theme
from reader.gui.views import paint

_ACTION = Qt.ItemDataRole.UserRole
_GROUP = Qt.ItemDataRole.UserRole + 1
ROW = 34


class CommandPalette(QDialog):
    """Return carries out the chosen command, Esc closes; what cannot be done is absent."""

    def __init__(self, actions: Actions, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("All commands")
        self.setAccessibleName("All commands")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFixedSize(560, 460)
        self.field, self.rows = QLineEdit(), QListWidget()
        self.field.setPlaceholderText("What do you want to do?")
        self.field.setAccessibleName("Find a command")
        self.rows.setAccessibleName("Commands")
        self.rows.setItemDelegate(_Delegate(theme, self))
        self.rows.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.rows.setUniformItemSizes(True)
        self._actions = actions
        box = QVBoxLayout(self)
        box.setContentsMargins(14, 14, 14, 14)
        box.setSpacing(10)
        box.addWidget(self.field)
        box.addWidget(self.rows)
        self.field.installEventFilter(self)
        self.field.textChanged.connect(self.show_matches)
        self.field.returnPressed.connect(self.choose)
        self.rows.itemActivated.connect(lambda _item: self.choose())
        self.rows.itemClicked.connect(lambda _item: self.choose())
        self.show_matches("")

    def show_matches(self, text: str) -> None:
        """Lists the commands that hold every word of `text`."""
        wanted = text.casefold().split()
        self.rows.clear()
        for spec, action in self._actions:
            name = f"{spec.group} {spec.text}".casefold()
            if action.isEnabled() and spec.id != "palette" and all(w in name for w in wanted):
                item = QListWidgetItem(spec.text)
                item.setData(_ACTION, action)
                item.setData(_GROUP, spec.group)
                item.setData(Qt.ItemDataRole.AccessibleDescriptionRole, keys_of(action))
                self.rows.addItem(item)
        self.rows.setCurrentRow(0)

    def choose(self) -> None:
        item = self.rows.currentItem()
        if item is not None:
            action: QAction = item.data(_ACTION)
            self.accept()
            action.trigger()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrow keys move in the list while the field keeps the focus."""
        keys = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
        pressed = event.type() == QEvent.Type.KeyPress
        if pressed and isinstance(event, QKeyEvent) and event.key() in keys:
            self.rows.keyPressEvent(event)
            return True
        return super().eventFilter(watched, event)


class _Delegate(QStyledItemDelegate):
    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(100, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        box, theme = QRectF(option.rect).adjusted(3, 1, -3, -1), self._theme
        action: QAction = index.data(_ACTION)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            paint.rounded(painter, box, 6, theme.selection)
        elif option.state & QStyle.StateFlag.State_MouseOver:
            paint.rounded(painter, box, 6, theme.hover)
        action.icon().paint(painter, box.adjusted(10, 8, 0, -8).toRect().adjusted(0, 0, 0, 0),
                            Qt.AlignmentFlag.AlignLeft)  # fmt: skip
        keys = keys_of(action)
        wide = paint.width(keys, fonts.ui(12))
        words = QRectF(box.x() + 38, box.y(), box.width() - 60 - wide, box.height())
        paint.line_of_text(painter, words, action.text(), fonts.ui(13), theme.text)
        right = QRectF(box.right() - wide - 14, box.y(), wide + 4, box.height())
        align = Qt.AlignmentFlag.AlignRight
        paint.line_of_text(painter, right, keys, fonts.ui(12), theme.text3, align)
        if action.isChecked():
            corner = QPointF(right.left() - 24, box.center().y() - 7)
            paint.icon(painter, corner, "check", theme.accent, 14)
        painter.restore()
