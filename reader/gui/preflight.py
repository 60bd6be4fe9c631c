"""Checks before Qt is imported that Qt will start; the standard library only.

A missing core library is an ImportError, but a missing platform library or display aborts the
process inside Qt with a message that misleads. So the libraries are looked for first, and the
answer names the packages to install.
"""

import ctypes
import os
import sys
from collections.abc import Mapping

_CORE = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libbrotlidec.so.1": "libbrotli1",
}
_X11 = {
    "libX11.so.6": "libx11-6",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
_WAYLAND = {
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
}


def problem(environment: Mapping[str, str] = os.environ) -> str:
    """One sentence (and the install line) saying why the window cannot open, or ""."""
    if not sys.platform.startswith("linux"):
        return ""
    platform = environment.get("QT_QPA_PLATFORM", "").split(":")[0]
    wayland = bool(environment.get("WAYLAND_DISPLAY")) and platform in {"", "wayland"}
    missing = _missing(_CORE)
    if wayland and platform == "wayland":
        missing |= _missing(_WAYLAND)
    elif platform in {"", "xcb"} and not (wayland and not _missing(_WAYLAND)):
        missing |= _missing(_X11)
    if missing:
        packages = " ".join(sorted(set(missing.values())))
        return (
            f"The window needs system libraries that are missing ({', '.join(sorted(missing))}); "
            f"on Debian or Ubuntu install them with: sudo apt install {packages}"
        )
    if platform in {"", "xcb"} and not wayland and not environment.get("DISPLAY"):
        return (
            "There is no display (neither DISPLAY nor WAYLAND_DISPLAY is set): start the program "
            "in a desktop session, under xvfb-run, or use its commands without a window "
            "(media-reader --help)."
        )
    return ""


def _missing(libraries: Mapping[str, str]) -> dict[str, str]:
    return {name: package for name, package in libraries.items() if not _loads(name)}


def _loads(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True
