"""Everything the window can do, in one list: words, shortcut, icon, and where the keys work.

Menus, buttons, the command palette and the sheet of shortcuts are all made from it, so nothing
can be done with the mouse alone. Each action is carried out by whoever connects to it.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QDeadlineTimer, QObject, Qt, QTimer
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QAbstractButton, QMenu, QWidget

from reader.gui import icons
from reader.gui.theme import LIGHT, Theme

_REST, _SLICE = 400, 3
"""Milliseconds: when icons that are not on show are begun with, and for how long at a time."""


class Where(Enum):
    """Where an action's keys work; those that other widgets need (space, Return) not everywhere."""

    WINDOW = "window"
    READING = "reading"
    """In the list of articles and the article itself."""


@dataclass(frozen=True, slots=True)
class Spec:
    id: str
    text: str
    keys: tuple[str, ...] = ()
    icon: str = ""
    group: str = ""
    where: Where = Where.WINDOW
    checkable: bool = False
    inbox: tuple[str, ...] = ()
    """Further keys while the inbox is on show; other actions lose them there."""
    short: str = ""
    """What a small button says."""


SPECS = (
    Spec("next", "Next article", ("J",), "arrow-down", "Reading"),
    Spec("previous", "Previous article", ("K",), "arrow-up", "Reading"),
    Spec("next_unread", "Next unread article", ("N",), "mail", "Reading"),
    Spec("read_on", "Read on, then next unread", ("Space",), "", "Reading", Where.READING),
    Spec("next_mention", "Next mention", ("M", "."), "chevron-down", "Reading"),
    Spec("previous_mention", "Previous mention", ("Shift+M", ","), "chevron-up", "Reading"),
    Spec("next_hit", "Next search hit, also in the next article", ("F3", "Ctrl+G"), "chevron-down",
         "Reading"),
    Spec("previous_hit", "Previous search hit", ("Shift+F3", "Ctrl+Shift+G"), "chevron-up",
         "Reading"),
    Spec("next_same", "Next mention of the same entity", ("Ctrl+M",), "chevron-down", "Reading"),
    Spec("previous_same", "Previous mention of the same entity", ("Ctrl+Shift+M",), "chevron-up",
         "Reading"),
    Spec("mention_card", "About the current mention", ("E",), "info", "Reading"),
    Spec("confirm_mention", "The current mention is meant: keep it", ("Y",), "check", "Reading"),
    Spec("reject_mention", "The current mention is not meant: take it away", ("Shift+Y",), "x",
         "Reading"),
    Spec("rejected_mentions", "Mentions rejected in this article…", (), "x", "Reading"),
    Spec("highlights", "Highlight mentions", ("H",), "eye", "Reading", checkable=True),
    Spec("choose_highlights", "Choose what is highlighted…", ("Shift+H",), "eye", "Reading"),
    Spec("highlight_everything", "Highlight every type and watchlist", (), "eye", "Reading"),
    Spec("highlight_person", "Highlight people", (), "user-round", "Reading", checkable=True),
    Spec("highlight_organisation", "Highlight organisations", (), "building-2", "Reading",
         checkable=True),
    Spec("highlight_place", "Highlight places", (), "map-pin", "Reading", checkable=True),
    Spec("highlight_weapon", "Highlight weapons", (), "crosshair", "Reading", checkable=True),
    Spec("highlight_event", "Highlight events", (), "calendar", "Reading", checkable=True),
    Spec("highlight_topic", "Highlight topics", (), "hash", "Reading", checkable=True),
    Spec("highlight_other", "Highlight other entities", (), "tag", "Reading", checkable=True),
    Spec("highlight_both", "Highlight with colour and line", (), "", "Reading", checkable=True),
    Spec("highlight_fill", "Highlight with colour only", (), "", "Reading", checkable=True),
    Spec("highlight_underline", "Highlight with a line only, in a pattern for each type", (), "",
         "Reading", checkable=True),
    Spec("caret", "Select text with the keyboard", ("F7",), "", "Reading", checkable=True),
    Spec("open", "Open in browser", ("O",), "external-link", "Reading"),
    Spec("open_here", "Open the chosen article in browser", ("Return", "Enter"), "external-link",
         "Reading", Where.READING),
    Spec("toggle_read", "Mark read or unread", ("R",), "mail-open", "Articles"),
    Spec("star", "Star", ("S",), "star", "Articles"),
    Spec("tag", "Tag…", ("T",), "tag", "Articles"),
    Spec("note", "Note…", ("Shift+N",), "sticky-note", "Articles"),
    Spec("copies", "Show the other reports of this text", ("Shift+C",), "copy", "Articles"),
    Spec("copy_link", "Copy link", ("Ctrl+Shift+C",), "link", "Articles"),
    Spec("all_read", "Mark all read", ("Shift+A",), "check-check", "Articles"),
    Spec("older_read", "Mark older than … read", ("Shift+O",), "clock-3", "Articles"),
    Spec("unread_only", "Unread only", ("U",), "list-filter", "List", checkable=True),
    Spec("sort_date", "Newest first", (), "arrow-down-narrow-wide", "List", checkable=True),
    Spec("sort_score", "Most relevant first", (), "arrow-down-narrow-wide", "List",
         checkable=True),
    Spec("compact", "Compact rows", (), "list", "List", checkable=True),
    Spec("show_new", "Show new articles", ("G",), "arrow-up", "List"),
    Spec("alerts", "Go to the alerts", ("I",), "bell", "Alerts"),
    Spec("keep", "Keep: worth an alert", ("Shift+K",), "check", "Alerts", inbox=("K",)),
    Spec("noise", "Noise: not worth an alert", ("Shift+J",), "bell-off", "Alerts", inbox=("N",)),
    Spec("judge_one", "Judge for one saved search…", ("Shift+L",), "", "Alerts"),
    Spec("inbox_all", "All alerts", ("Alt+1",), "", "Alerts", checkable=True, short="All"),
    Spec("inbox_open", "Alerts not judged yet", ("Alt+2",), "", "Alerts", checkable=True,
         short="To judge"),
    Spec("inbox_kept", "Alerts that were kept", ("Alt+3",), "", "Alerts", checkable=True,
         short="Kept"),
    Spec("inbox_noise", "Alerts that were noise", ("Alt+4",), "", "Alerts", checkable=True,
         short="Noise"),
    Spec("inbox_unseen", "Unseen alerts only", ("Alt+5",), "bell", "Alerts", checkable=True),
    Spec("inbox_search", "Alerts of one saved search", ("Alt+6",), "", "Alerts"),
    Spec("inbox_clear", "Alerts without any filter", ("Alt+0",), "bell", "Alerts"),
    Spec("change_search", "Change the search as suggested…", (), "pencil", "Alerts"),
    Spec("search", "Search", ("Ctrl+K", "/", "Ctrl+F"), "search", "Search"),
    Spec("facets", "Narrow the results", ("Ctrl+Shift+F",), "panel-right", "Search",
         checkable=True),
    Spec("save_search", "Save this search…", ("Ctrl+S",), "bookmark", "Search"),
    Spec("new_alert", "New alert for this…", ("Ctrl+Shift+S",), "bell", "Search"),
    Spec("build_search", "Build a search…", ("Ctrl+Shift+K",), "sliders-horizontal", "Search"),
    Spec("search_help", "How to search", ("Ctrl+F1",), "circle-help", "Search"),
    Spec("add_feed", "Add a feed…", ("Ctrl+N",), "plus", "Library"),
    Spec("track", "Track the selected text…", ("Ctrl+E",), "crosshair", "Library"),
    Spec("discover", "Names nobody tracks yet…", ("Ctrl+Shift+N",), "search", "Library"),
    Spec("lists", "Watchlists and types…", ("Ctrl+Shift+L",), "library", "Library"),
    Spec("starter", "Add a starter watchlist…", (), "library", "Library"),
    Spec("entity_page", "Page of the entity…", ("Shift+E",), "hash", "Library"),
    Spec("refresh", "Refresh all feeds", ("F5", "Ctrl+R"), "refresh-cw", "Library"),
    Spec("stop", "Stop what is under way", ("Ctrl+.",), "circle-stop", "Library"),
    Spec("problems", "Feeds that need attention", (), "triangle-alert", "Library"),
    Spec("import", "Import feeds or entities…", ("Ctrl+I",), "download", "Library"),
    Spec("export", "Export feeds…", ("Ctrl+Shift+E",), "upload", "Library"),
    Spec("undo", "Undo", ("Ctrl+Z",), "undo-2", "Library"),
    Spec("channels", "Alert channels…", ("Ctrl+Shift+A",), "share-2", "Alerts"),
    Spec("pause_hour", "Pause notifications for an hour", (), "bell-off", "Alerts"),
    Spec("pause_day", "Pause notifications until tomorrow", (), "bell-off", "Alerts"),
    Spec("resume", "Resume notifications", (), "bell", "Alerts"),
    Spec("keep_running", "Keep running in the tray when the window is closed", (), "", "Alerts",
         checkable=True),
    Spec("sidebar", "Show the sidebar", ("Ctrl+B",), "panel-left", "Window", checkable=True),
    Spec("entities", "Show the entities of the article", ("Ctrl+Shift+B",), "panel-right",
         "Window", checkable=True),
    Spec("focus_sidebar", "Go to the sidebar", ("Ctrl+1",), "panel-left", "Window"),
    Spec("focus_list", "Go to the list", ("Ctrl+2",), "list", "Window"),
    Spec("focus_article", "Go to the article", ("Ctrl+3",), "file-text", "Window"),
    Spec("focus_panel", "Go to the panel on the right", ("Ctrl+4",), "panel-right", "Window"),
    Spec("back", "Back to what waits", ("Alt+Left",), "chevron-left", "Window"),
    Spec("light", "Light", (), "sun", "Window", checkable=True),
    Spec("dark", "Dark", (), "moon", "Window", checkable=True),
    Spec("system", "Like the system", (), "monitor", "Window", checkable=True),
    Spec("scheme", "Switch light and dark", ("Ctrl+Shift+D",), "sun-moon", "Window"),
    Spec("larger", "Larger text", ("Ctrl++", "Ctrl+="), "a-arrow-up", "Window"),
    Spec("smaller", "Smaller text", ("Ctrl+-",), "a-arrow-down", "Window"),
    Spec("normal", "Normal text size", ("Ctrl+0",), "", "Window"),
    Spec("palette", "All commands…", ("Ctrl+Shift+P",), "command", "Help"),
    Spec("shortcuts", "Keyboard shortcuts", ("F1", "?"), "keyboard", "Help"),
    Spec("about", "About Media Reader", (), "info", "Help"),
    Spec("quit", "Quit", ("Ctrl+Q",), "log-out", "Window"),
)  # fmt: skip


class Actions(QObject):
    """`actions["star"]` is a `QAction`; all belong to the window, so their keys work in it."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._made = {spec.id: self._make(spec) for spec in SPECS}
        for spec in SPECS:
            if spec.where is Where.WINDOW:
                window.addAction(self._made[spec.id])
        self._theme = LIGHT
        self._plain: list[Spec] = []
        self._drawing = QTimer(self, interval=0)
        self._drawing.timeout.connect(self._draw_some)
        self.set_theme(LIGHT)

    def __getitem__(self, name: str) -> QAction:
        return self._made[name]

    def __iter__(self) -> Iterator[tuple[Spec, QAction]]:
        return ((spec, self._made[spec.id]) for spec in SPECS)

    def on(self, name: str, do: Callable[[], object]) -> None:
        """Carries out `do` when the action is chosen, whatever state it reports."""
        self._made[name].triggered.connect(lambda _checked=False: do())

    def add_to(self, *widgets: QWidget) -> None:
        """Makes the keys of reading work in these widgets."""
        for widget in widgets:
            widget.addActions([self._made[s.id] for s in SPECS if s.where is Where.READING])

    def set_theme(self, theme: Theme) -> None:
        """Icons on buttons are drawn at once, those of menus while nothing else is to be done."""
        self._theme = theme
        self._plain = [spec for spec in SPECS if spec.icon]
        for spec in [one for one in self._plain if _on_button(self._made[one.id])]:
            self._draw(spec)
        self._drawing.start(_REST)

    def _draw(self, spec: Spec) -> None:
        self._plain.remove(spec)
        self._made[spec.id].setIcon(icons.icon(spec.icon, self._theme.text2))

    def _draw_some(self) -> None:
        until = QDeadlineTimer(_SLICE)
        while self._plain and not until.hasExpired():
            self._draw(self._plain[0])
        self._drawing.setInterval(0)
        if not self._plain:
            self._drawing.stop()

    def enable(self, names: str, *, on: bool) -> None:
        """Several at once: `enable("star tag note", on=False)`."""
        for name in names.split():
            self._made[name].setEnabled(on)

    def set_inbox(self, *, on: bool) -> None:
        """While it is on show, some keys judge what else they would lead to."""
        taken = {keys for spec in SPECS for keys in spec.inbox}
        for spec in SPECS:
            if spec.inbox or taken.intersection(spec.keys):
                own = [*spec.inbox, *spec.keys] if on else [*spec.keys]
                lost = taken.difference(spec.inbox) if on else set()
                keys = [QKeySequence(key) for key in own if key not in lost]
                self._made[spec.id].setShortcuts(keys)
                self._made[spec.id].setToolTip(_tip(spec, self._made[spec.id]))

    def _make(self, spec: Spec) -> QAction:
        action = QAction(spec.text, self)
        action.setObjectName(spec.id)
        action.setShortcuts([QKeySequence(keys) for keys in spec.keys])
        action.setCheckable(spec.checkable)
        if spec.where is Where.READING:
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.setProperty("inbox", " or ".join(spec.inbox))
        action.setToolTip(_tip(spec, action))
        if spec.short:
            action.setIconText(spec.short)
            action.setProperty("short", spec.short)
        return action


def _on_button(action: QAction) -> bool:
    return any(isinstance(one, QAbstractButton) for one in action.associatedObjects())


def _tip(spec: Spec, action: QAction) -> str:
    tip, keys = spec.text.rstrip("…"), keys_of(action)
    return f"{tip}  ({keys})" if keys else tip


def keys_of(action: QAction) -> str:
    """The shortcuts as a person reads them: "M or .", "Shift+K, in the inbox K"."""
    form = QKeySequence.SequenceFormat.NativeText
    keys, inbox = [keys.toString(form) for keys in action.shortcuts()], action.property("inbox")
    there = f", in the inbox {inbox}" if inbox and inbox not in keys else ""
    return " or ".join(keys) + there


def fill_menu(menu: QMenu, actions: Actions, names: Sequence[str]) -> None:
    """Actions by id, "" for a line between them."""
    for name in names:
        if name:
            menu.addAction(actions[name])
        else:
            menu.addSeparator()
