"""Folder paths: names joined by "/", such as "Mediterranean/Libya".

A "/" inside a name is written "\\/" and a "\\" is written "\\\\", so that every name can be told.
"""

from collections.abc import Iterable


def split(path: str) -> tuple[str, ...]:
    """The names along `path`, outermost first, without white space around them or empty names."""
    names, name, escaped = [], "", False
    for sign in path:
        if escaped:
            name, escaped = name + sign, False
        elif sign == "\\":
            escaped = True
        elif sign == "/":
            names.append(name)
            name = ""
        else:
            name += sign
    names.append(name + "\\" if escaped else name)
    return tuple(stripped for name in names if (stripped := name.strip()))


def join(names: Iterable[str]) -> str:
    """The path along `names`: `split(join(names)) == names` for names that `split` could give."""
    return "/".join(name.replace("\\", "\\\\").replace("/", "\\/") for name in names)
