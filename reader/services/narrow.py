"""The parts of a typed query and its narrowing, which are the language's own."""

from reader.search.narrow import narrowed
from reader.search.typed import clauses

__all__ = ["clauses", "narrowed"]
