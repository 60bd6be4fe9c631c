"""Outlets: who publishes."""

from dataclasses import dataclass

KINDS = ("agency", "newspaper", "magazine", "broadcaster", "online", "organisation", "government")


@dataclass(frozen=True, slots=True)
class Outlet:
    name: str
    kind: str
    """One of `KINDS`."""
    hosts: tuple[str, ...]
    """Registered domains, or what is below one when it is shared with others: "wsj.com"."""
    short: tuple[str, ...] = ()
    """How it is called for short: "WSJ"."""
    also: tuple[str, ...] = ()
    """Its name in other languages and scripts."""
    country: str = ""
    """ISO 3166-1 alpha-2: where it is made; "" when that is not known."""
    owner: str = ""
    """The group or state it belongs to: outlets of one owner are one family; "" as above."""
    unsure: frozenset[str] = frozenset()
    """Those of its names that alone may well mean something else: "the Journal"."""

    def names(self) -> tuple[str, ...]:
        """Its name first, then every other form."""
        return (self.name, *self.short, *self.also)
