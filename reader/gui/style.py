"""The style sheet of Qt's own widgets. Colours are named after the attributes of a `Theme`.

Grounds are set here and not by palettes: Qt forgets the palette of a widget that has a style
sheet when it is shown. It goes by properties: `ground` and `ink` name a colour of the theme, `kind`
of a button is "primary", "quiet" or "switch".
"""

from collections.abc import Mapping
from string import Template

from reader.paths import resource

_SHEET = Template("""
QWidget[ground="side"] { background: $side; }
QWidget[ground="list"] { background: $list; }
QWidget[ground="page"] { background: $page; }
QWidget[ground="line"] { background: $line; }
QLabel[ink="text"] { color: $text; }
QLabel[ink="text2"] { color: $text2; }
QLabel[ink="text3"] { color: $text3; }
QAbstractItemView[ground] { selection-background-color: transparent; outline: 0; }
QToolTip { background: $page; color: $text; border: 1px solid $field_line; padding: 5px 7px; }

QMenu { background: $page; color: $text; border: 1px solid $field_line; padding: 5px; }
QMenu::item { padding: 6px 26px 6px 12px; border-radius: 5px; margin: 0 1px; }
QMenu::item:selected { background: $selection; }
QMenu::item:disabled { color: $text3; }
QMenu::icon { padding-left: 8px; }
QMenu::icon:checked { background: $selection; border: 1px solid $selection_bar;
  border-radius: 4px; margin-left: 5px; padding: 2px; }
QMenu::indicator { width: 13px; height: 13px; left: 9px; }
QMenu::indicator:checked { image: url("$tick"); background: $button; border-radius: 4px; }
QMenu::separator { height: 1px; background: $line; margin: 5px 8px; }

QDialog { background: $page; }
QDialog QLabel { background: transparent; }
QMessageBox QLabel { color: $text; }

QLineEdit, QPlainTextEdit, QComboBox, QSpinBox, QTimeEdit {
  background: $field; color: $text; border: 1px solid $field_line; border-radius: 7px;
  padding: 6px 9px; selection-background-color: $selection; selection-color: $text; }
QLineEdit:focus, QPlainTextEdit:focus, QComboBox:focus, QSpinBox:focus, QTimeEdit:focus {
  border: 1px solid $selection_bar; }
QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled,
QTimeEdit:disabled { color: $text3; }
QComboBox { padding-right: 24px; }
QComboBox::drop-down { border: none; width: 24px; }
QComboBox::down-arrow { image: url("$arrow"); width: 14px; height: 14px; }
QComboBox QAbstractItemView {
  background: $page; color: $text; border: 1px solid $field_line; padding: 4px;
  selection-background-color: $selection; selection-color: $text; outline: 0; }
QAbstractItemView#completions {
  background: $page; color: $text; border: 1px solid $field_line;
  selection-background-color: $selection; selection-color: $text; outline: 0; }

QPushButton {
  background: $page; color: $text; border: 1px solid $field_line; border-radius: 7px;
  padding: 6px 14px; font-weight: 500; min-height: 18px; }
QPushButton:hover { background: $hover; }
QPushButton:pressed { background: $line; }
QPushButton:focus { border: 1px solid $selection_bar; }
QPushButton:disabled { color: $text3; background: $list; }
QPushButton:default, QPushButton[kind="primary"] {
  background: $button; color: #ffffff; border: 1px solid $button; font-weight: 600; }
QPushButton:default:hover, QPushButton[kind="primary"]:hover { background: $selection_bar; }
QPushButton:default:focus, QPushButton[kind="primary"]:focus { border: 1px solid $text; }
QPushButton:default:disabled, QPushButton[kind="primary"]:disabled {
  background: $track; color: $text3; border: 1px solid $track; }
QPushButton[kind="quiet"] {
  background: transparent; border: 1px solid transparent; color: $accent; }
QPushButton[kind="quiet"]:hover { background: $hover; }
QPushButton[kind="quiet"]:focus { border: 1px solid $selection_bar; }

QToolButton { background: transparent; border: 1px solid transparent; border-radius: 6px;
  padding: 4px; color: $text2; }
QToolButton:hover { background: $hover; }
QToolButton:pressed, QToolButton:checked { background: $selection; }
QToolButton[kind="switch"]:checked { background: transparent; }
QToolButton[kind="switch"]:checked:hover { background: $hover; }
QToolButton:focus { border: 1px solid $selection_bar; }
QToolButton::menu-indicator { image: none; width: 0; }

QCheckBox, QRadioButton { color: $text; spacing: 8px; background: transparent; }
QCheckBox:disabled, QRadioButton:disabled { color: $text3; }
QCheckBox::indicator, QAbstractItemView::indicator, QRadioButton::indicator {
  width: 15px; height: 15px; border: 1px solid $text3; background: $field; }
QCheckBox::indicator, QAbstractItemView::indicator { border-radius: 4px; }
QRadioButton::indicator { border-radius: 8px; }
QCheckBox::indicator:checked, QAbstractItemView::indicator:checked,
QRadioButton::indicator:checked {
  background: $button; border: 1px solid $button; }
QCheckBox::indicator:checked, QAbstractItemView::indicator:checked { image: url("$tick"); }
QCheckBox::indicator:disabled { background: $track; border: 1px solid $track; }
QCheckBox::indicator:focus, QRadioButton::indicator:focus { border: 1px solid $accent; }

QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle { background: $field_line; border-radius: 3px; margin: 3px; }
QScrollBar::handle:vertical { min-height: 34px; }
QScrollBar::handle:horizontal { min-width: 34px; }
QScrollBar::handle:hover { background: $text3; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QAbstractScrollArea { border: none; }
QAbstractScrollArea::corner { background: transparent; }

QSplitter::handle { background: $line; }
QSplitter::handle:hover { background: $selection_bar; }
QListWidget, QTableWidget { background: $field; color: $text; border: 1px solid $field_line;
  border-radius: 7px; outline: 0; padding: 3px; }
QTableWidget QComboBox { margin: 2px 4px 2px 2px; padding: 3px 24px 3px 8px; }
QListWidget::item { padding: 6px 8px; border-radius: 5px; }
QListWidget::item:selected { background: $selection; color: $text; }
QListWidget::item:hover:!selected { background: $hover; }
""")


def sheet(colours: Mapping[str, str]) -> str:
    """The style sheet with every colour filled in; a missing name is a `KeyError`."""
    return _SHEET.substitute(colours, **_signs())


def _signs() -> dict[str, str]:
    """What style sheets can only take from files."""
    return {name: resource("icons", f"widget-{name}.svg").as_posix() for name in ("arrow", "tick")}
