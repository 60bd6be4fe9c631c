"""Colours of the window in its two schemes, and what Qt's own widgets need of them.

Everything that is painted takes its colours from a `Theme`; nothing else knows a colour. Texts on
every surface, and inks and texts on every tint, have a contrast of at least 4.5 (WCAG AA).
"""

from dataclasses import dataclass, fields
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette

from reader.gui.style import sheet


class EntityColours(NamedTuple):
    """`ink` for words and icons on `tint`; `rule` for underlines, marks and charts."""

    ink: QColor
    tint: QColor
    rule: QColor


@dataclass(frozen=True, slots=True, eq=False)
class Theme:
    """Surfaces from outside (`side`) to inside (`page`), lines, three greys of text, one accent."""

    name: str
    side: QColor
    list: QColor
    page: QColor
    line: QColor
    line2: QColor
    text: QColor
    text2: QColor
    text3: QColor
    hover: QColor
    selection: QColor
    selection_bar: QColor
    accent: QColor
    button: QColor
    field: QColor
    field_line: QColor
    track: QColor
    match: QColor
    match_current: QColor
    bad: QColor
    ok: QColor
    star: QColor
    entities: dict[str, EntityColours]

    @property
    def dark(self) -> bool:
        return self.name == "dark"

    def entity(self, type: str) -> EntityColours:  # noqa: A002 - it is the word of the domain
        """Colours of an entity's type; those of "other" for a type the user made up."""
        return self.entities.get(type) or self.entities["other"]


def _entities(**rows: tuple[str, str, str]) -> dict[str, EntityColours]:
    return {name: EntityColours(*map(QColor, row)) for name, row in rows.items()}


LIGHT = Theme(
    name="light",
    side=QColor("#F5F4F1"),
    list=QColor("#FAFAF8"),
    page=QColor("#FFFFFF"),
    line=QColor("#E6E4DF"),
    line2=QColor("#EFEDE8"),
    text=QColor("#1B1A18"),
    text2=QColor("#55524C"),
    text3=QColor("#6B6760"),
    hover=QColor("#EBE9E4"),
    selection=QColor("#E3ECFB"),
    selection_bar=QColor("#2F62C9"),
    accent=QColor("#2756B8"),
    button=QColor("#2F62C9"),
    field=QColor("#FFFFFF"),
    field_line=QColor("#D9D6CF"),
    track=QColor("#E6E4DF"),
    match=QColor("#FFE58A"),
    match_current=QColor("#E7B800"),
    bad=QColor("#B3261E"),
    ok=QColor("#1F7A3F"),
    star=QColor("#C98A12"),
    entities=_entities(
        person=("#7A4106", "#FBEACD", "#BD7C14"),
        organisation=("#1D4287", "#DFE9FB", "#5586DA"),
        place=("#14573A", "#D8F0E2", "#3F9A6E"),
        weapon=("#8C1D3C", "#FBE1E6", "#D05C78"),
        event=("#0E5560", "#D3F0F2", "#2F97A2"),
        topic=("#552A93", "#EBE2FB", "#9169D6"),
        other=("#45433E", "#E9E7E2", "#85817A"),
    ),
)

DARK = Theme(
    name="dark",
    side=QColor("#17181A"),
    list=QColor("#1B1C1F"),
    page=QColor("#202124"),
    line=QColor("#2E3034"),
    line2=QColor("#292B2F"),
    text=QColor("#E9E7E3"),
    text2=QColor("#B4B1AA"),
    text3=QColor("#9D9A93"),
    hover=QColor("#26282C"),
    selection=QColor("#22324F"),
    selection_bar=QColor("#7FA8F5"),
    accent=QColor("#9DBDF9"),
    button=QColor("#2F5FB8"),
    field=QColor("#242629"),
    field_line=QColor("#383B40"),
    track=QColor("#34373C"),
    match=QColor("#6B5A12"),
    match_current=QColor("#C9A52A"),
    bad=QColor("#F2A19A"),
    ok=QColor("#8FD6A6"),
    star=QColor("#E5B454"),
    entities=_entities(
        person=("#F4D093", "#4A3717", "#B98A3A"),
        organisation=("#B3CCFB", "#24395F", "#5E8AD8"),
        place=("#A3E0BF", "#1D4531", "#4E9B75"),
        weapon=("#FBBCC8", "#542733", "#C26A80"),
        event=("#97E0E6", "#18454B", "#4C9AA3"),
        topic=("#D6C3FB", "#3D2F61", "#8D70C9"),
        other=("#D3D0C9", "#3A3B3F", "#8E8B84"),
    ),
)

_ROLES = {
    QPalette.ColorRole.Window: "side",
    QPalette.ColorRole.Base: "field",
    QPalette.ColorRole.AlternateBase: "list",
    QPalette.ColorRole.Button: "side",
    QPalette.ColorRole.Text: "text",
    QPalette.ColorRole.WindowText: "text",
    QPalette.ColorRole.ButtonText: "text",
    QPalette.ColorRole.BrightText: "bad",
    QPalette.ColorRole.PlaceholderText: "text3",
    QPalette.ColorRole.Highlight: "selection",
    QPalette.ColorRole.HighlightedText: "text",
    QPalette.ColorRole.ToolTipBase: "page",
    QPalette.ColorRole.ToolTipText: "text",
    QPalette.ColorRole.Link: "accent",
    QPalette.ColorRole.LinkVisited: "accent",
    QPalette.ColorRole.Accent: "accent",
    QPalette.ColorRole.Light: "line2",
    QPalette.ColorRole.Midlight: "line2",
    QPalette.ColorRole.Mid: "field_line",
    QPalette.ColorRole.Dark: "field_line",
    QPalette.ColorRole.Shadow: "line",
}


def palette(theme: Theme) -> QPalette:
    made = QPalette()
    for role, name in _ROLES.items():
        made.setColor(role, getattr(theme, name))
    disabled = QPalette.ColorGroup.Disabled
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        made.setColor(disabled, role, theme.text3)
    made.setColor(disabled, QPalette.ColorRole.WindowText, theme.text3)
    return made


def style_sheet(theme: Theme) -> str:
    """For Qt's own widgets: menus, tool tips, fields, buttons, scroll bars, dialogs."""
    named = {f.name: getattr(theme, f.name) for f in fields(theme)}
    colours = {name: value.name() for name, value in named.items() if isinstance(value, QColor)}
    return sheet(colours)


def system_theme(app: QGuiApplication) -> Theme:
    """What the desktop prefers; light where it does not say."""
    dark = app.styleHints().colorScheme() == Qt.ColorScheme.Dark
    return DARK if dark else LIGHT
