"""Writing a file as a whole: whoever reads it sees the old one or the new one, never a part."""

import os
from contextlib import suppress
from pathlib import Path

_OWNER_AND_OTHERS, _OWNER = 0o666, 0o600


def write_whole(path: Path, content: bytes, *, private: bool = False) -> None:
    """Safe on disk when it returns. OSError when it cannot be; what was there is still there.

    `private`: at no moment can anybody but the owner read it.
    """
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    mode = _OWNER if private else _OWNER_AND_OTHERS
    try:
        part.unlink(missing_ok=True)
        with open(part, "xb", opener=lambda name, flags: os.open(name, flags, mode)) as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise
