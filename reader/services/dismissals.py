"""Names that a person does not want to be offered: journalled, and taken back by undo."""

from typing import Any

from reader.domain.library import Changes
from reader.entities.names import key
from reader.errors import UsageError
from reader.services.journalled import Journalled
from reader.store.store import Store
from reader.store.untracked import Untracked

KINDS = {"dismiss name": "dismissing a name"}
"""The journal entries written here, and their names in a sentence."""


class Dismissals(Journalled):
    def dismiss_name(self, name: str) -> Changes:
        """Discovery does not offer it again, however it is spelled by fold. UsageError when there
        is nothing in it; no change when it was dismissed before."""
        name_key = key(name)
        if not any(map(str.isalnum, name_key)):
            raise UsageError("Say which name is not to be offered again.")
        with self._store.transaction():
            if not Untracked(self._store.connection).dismiss(name_key, name, self._clock()):
                return Changes()
            self._record("dismiss name", {"key": name_key, "name": name}, {})
        return Changes(entities=True)


def take_back_dismissal(store: Store, before: dict[str, Any]) -> Changes:
    """The name that the journal kept may be offered again. In the caller's transaction."""
    return Changes(entities=Untracked(store.connection).readmit(before["key"]))
