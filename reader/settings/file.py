"""The file of settings: commented TOML in the library.

A missing file, or a missing line, is the default; a line that makes no sense is an error that names
it, never silently another value.
"""

import json
import logging
import tomllib
from collections.abc import Mapping
from dataclasses import Field, fields
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from reader.errors import FileError
from reader.files import write_whole
from reader.settings.options import SECTIONS, Settings, allowed, as_kind, described, fits

logger = logging.getLogger(__name__)

RENAMED: Mapping[str, str] = {}
"""Former names of settings, "section.name", with the present ones."""


def load(path: Path) -> Settings:
    """FileError names the setting, its value and what is allowed; unknown ones only warn."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Settings()
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as problem:
        raise FileError(
            f"{path} cannot be read ({problem}); mend it, or delete it to get the defaults."
        ) from problem
    return _settings(renamed(_flat(table), RENAMED), path)


class Watched:
    """Settings that follow their file; used by one thread at a time.

    `first`: what holds until the file changes.
    """

    def __init__(self, path: Path, first: Settings) -> None:
        self._path = path
        self._seen = _state(path)
        self._now = first

    def get(self) -> Settings:
        """The settings as the file has them now.

        FileError, once, when it was changed to something impossible: what held before then goes
        on to hold.
        """
        state = _state(self._path)
        if state != self._seen:
            self._seen = state
            self._now = load(self._path)
        return self._now


def _state(path: Path) -> tuple[int, ...]:
    """Another one whenever the file was written; empty when there is none."""
    try:
        told = path.stat()
    except OSError:
        return ()
    return told.st_mtime_ns, told.st_size, told.st_ino


def save(path: Path, settings: Settings) -> None:
    """Writes every setting with its meaning; all or nothing. FileError when it cannot."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, as_toml(settings).encode())
    except OSError as problem:
        raise FileError(
            f"{path} cannot be written ({problem.strerror}); check the disk and its permissions."
        ) from problem


def as_toml(settings: Settings) -> str:
    lines = [
        "# Settings of Media Reader. A line that is missing, or starts with #, is the default."
    ]
    for section, kind in SECTIONS.items():
        lines += ["", f"[{section}]"]
        for each in fields(kind):
            value = getattr(getattr(settings, section), each.name)
            lines.append(f"# {each.metadata['meaning']}: {allowed(each)}")
            lines.append(f"{each.name} = {json.dumps(value, ensure_ascii=False)}")
    return "\n".join(lines) + "\n"


def renamed(values: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    """Former names become present ones; where both are set, the present one counts."""
    moved = {names[name]: value for name, value in values.items() if name in names}
    kept = {name: value for name, value in values.items() if name not in names}
    return {**moved, **kept}


def _flat(table: Mapping[str, Any]) -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for section, values in table.items():
        if isinstance(values, dict):
            flat.update({f"{section}.{name}": value for name, value in values.items()})
        else:
            flat[section] = values
    return flat


def _settings(values: dict[str, Any], path: Path) -> Settings:
    known = {one.name for one in described()}
    for name in sorted(values.keys() - known):
        near = get_close_matches(name, known, n=1)
        hint = f"; did you mean {near[0]}?" if near else ""
        logger.warning("%s: there is no setting %s%s", path, name, hint)
    sections = {
        section: kind(
            **{
                each.name: _checked(f"{section}.{each.name}", each, values, path)
                for each in fields(kind)
                if f"{section}.{each.name}" in values
            }
        )
        for section, kind in SECTIONS.items()
    }
    return Settings(**sections)


def _checked(name: str, each: Field[Any], values: dict[str, Any], path: Path) -> Any:
    value = as_kind(values[name], each)
    if not fits(value, each):
        raise FileError(
            f"{path}: {name} = {_quoted(name, value)} is not possible; allowed is {allowed(each)}."
        )
    return value


def _quoted(name: str, value: Any) -> str:
    """As it stands in the file, but for what may be a password within an address."""
    told = json.dumps(value, ensure_ascii=False, default=str)
    return f'"…@{told.rpartition("@")[2]}' if name == "webhook.url" and "@" in told else told
