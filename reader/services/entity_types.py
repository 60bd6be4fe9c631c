"""The types of entities: how they look, and those a person made. Part of `Library`."""

from reader.domain.entity import TYPES
from reader.domain.filters import same_name
from reader.domain.library import Changes
from reader.domain.looks import EntityType, TypeLine, colour_of, every_type, icon_of
from reader.entities.check import check_type
from reader.errors import NotFoundError, TakenError, UsageError
from reader.services.journalled import Journalled
from reader.services.naming import rename_in_searches
from reader.services.rescan import ask_again
from reader.services.tracked_undo import Former


class Types(Journalled):
    def types(self) -> list[TypeLine]:
        """The built-in ones, then all others that are in use or were made, by name."""
        used = self._store.types.used()
        types = every_type(self._store.types.all(), used)
        return [TypeLine(one, used.get(one.name, 0)) for one in types]

    def add_type(self, name: str, colour: str = "", icon: str = "") -> Changes:
        """UsageError for what is no name, colour or icon; TakenError when there is such a type."""
        title = self._free_type(name)
        return self._put_type(EntityType(title, colour_of(colour), icon_of(icon)))

    def edit_type(
        self, name: str, *, colour: str | None = None, icon: str | None = None
    ) -> Changes:
        """None leaves it; "" gives it the usual colour or icon again."""
        title = self.type_named(name)
        present = {one.name: one for one in self._store.types.all()}.get(title, EntityType(title))
        changed = EntityType(
            title,
            present.colour if colour is None else colour_of(colour),
            present.icon if icon is None else icon_of(icon),
        )
        return Changes() if changed == present else self._put_type(changed)

    def rename_type(self, name: str, new_name: str) -> Changes:
        """For all its entities; saved searches that ask for it go on doing so."""
        title = self._own(name)
        if new_name.strip() == title:
            return Changes()
        new = self._free_type(new_name, title)
        with self._store.transaction():
            types, ids = self._store.types.all(), self._store.types.entities_of(title)
            self._store.types.rename(title, new)
            self._store.types.retype(ids, new)
            queries = rename_in_searches(self._store, "type", title, new)
            former = Former(types=types, retyped=(title, ids), queries=queries, scan=False)
            self._record("rename type", former.told(), {"name": new})
            ask_again(self._store)
        return Changes(entities=True, counts=True, lists=True, saved=bool(queries))

    def remove_type(self, name: str, to: str = "other") -> Changes:
        """Its entities are of the type `to` then."""
        title, other = self._own(name), self.type_named(to)
        if title == other:
            raise UsageError(f"The entities of “{title}” cannot stay in it: name another type.")
        with self._store.transaction():
            types, ids = self._store.types.all(), self._store.types.entities_of(title)
            self._store.types.remove(title)
            self._store.types.retype(ids, other)
            former = Former(types=types, retyped=(title, ids), scan=False)
            self._record("remove type", former.told(), {})
            ask_again(self._store)
        return Changes(entities=True, counts=True, lists=True)

    def type_named(self, name: str) -> str:
        """As it is written; case does not count. NotFoundError when there is none."""
        names = [line.type.name for line in self.types()]
        found = [one for one in names if one == name] or [n for n in names if same_name(name, n)]
        if not found:
            raise NotFoundError(f"There is no type “{name}”; there are: {', '.join(names)}.")
        return found[0]

    def _put_type(self, type_: EntityType) -> Changes:
        with self._store.transaction():
            former = Former(types=self._store.types.all(), scan=False)
            self._record("edit type", former.told(), {"name": type_.name})
            self._store.types.put(type_)
        return Changes(entities=True, lists=True)

    def _own(self, name: str) -> str:
        title = self.type_named(name)
        if title in TYPES:
            raise UsageError(f"“{title}” is built in: give it another colour or icon instead.")
        return title

    def _free_type(self, name: str, own: str = "") -> str:
        title = " ".join(name.split())
        check_type(title)
        taken = [line.type.name for line in self.types() if same_name(title, line.type.name)]
        if taken and taken != [own]:
            raise TakenError(f"There is a type “{taken[0]}” already: choose another name.")
        return title
