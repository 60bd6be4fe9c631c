"""Questions to the user; every one is opened with `open()` and answers by a signal."""

from reader.gui.views.dialogs.about import AboutDialog
from reader.gui.views.dialogs.add_feed import AddFeedDialog
from reader.gui.views.dialogs.entity import EntityDialog
from reader.gui.views.dialogs.errors import ErrorsDialog
from reader.gui.views.dialogs.note import NoteDialog
from reader.gui.views.dialogs.older_than import OlderThanDialog
from reader.gui.views.dialogs.studio import Studio
from reader.gui.views.dialogs.tags import TagDialog

__all__ = [
    "AboutDialog",
    "AddFeedDialog",
    "EntityDialog",
    "ErrorsDialog",
    "NoteDialog",
    "OlderThanDialog",
    "Studio",
    "TagDialog",
]
