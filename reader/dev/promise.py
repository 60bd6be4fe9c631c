"""What a long proof raises when a promise does not hold."""

from reader.errors import ReaderError


class SoakError(ReaderError):
    """A promise was broken: which, and in which try."""
