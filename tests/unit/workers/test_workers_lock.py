"""One collector per library, found by its lock, reached only by the same user."""

import signal
import stat
import subprocess
import sys
import threading
from multiprocessing import AuthenticationError
from multiprocessing.connection import Client, Connection
from pathlib import Path

import pytest

from reader.errors import BusyError, StoreError
from reader.paths import LibraryPaths
from reader.workers.lock import CollectorLock, Doorway, connect

HOLD = """
import sys, time
from pathlib import Path
from reader.paths import LibraryPaths
from reader.workers.lock import CollectorLock, Doorway
lock = CollectorLock.acquire(LibraryPaths(Path(sys.argv[1])))
door = Doorway(lock)
print(door._address, flush=True)
time.sleep(60)
"""


@pytest.fixture
def paths(tmp_path: Path) -> LibraryPaths:
    return LibraryPaths(tmp_path / "library")


def test_lock_is_held_by_one_at_a_time(paths: LibraryPaths) -> None:
    lock = CollectorLock.acquire(paths)
    assert lock is not None
    with lock:
        assert CollectorLock.acquire(paths) is None
    again = CollectorLock.acquire(paths)
    assert again is not None
    again.release()


def test_killed_holder_leaves_neither_lock_nor_socket(paths: LibraryPaths) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(paths.root)], stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        address = Path(holder.stdout.readline().strip())
        assert CollectorLock.acquire(paths) is None
        assert address.is_socket()
        holder.send_signal(signal.SIGKILL)
    lock = CollectorLock.acquire(paths)
    assert lock is not None
    lock.release()
    assert not address.parent.exists()


def test_strange_lock_file_removes_nothing(paths: LibraryPaths) -> None:
    """What a lock file names is only swept up when it is a socket of ours."""
    precious = paths.root / "media-reader-x" / "collector"
    precious.parent.mkdir(parents=True)
    precious.write_text("a file")
    for told in (f'{{"address": "{precious}"}}', "[]", '{"address": 1}', "\xff"):
        paths.collector_lock.write_text(told, encoding="latin-1")
        lock = CollectorLock.acquire(paths)
        assert lock is not None
        lock.release()
    assert precious.read_text() == "a file"


def test_folder_that_cannot_be_made_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="--library"):
        CollectorLock.acquire(LibraryPaths(tmp_path / "file" / "library"))


def test_nobody_who_answers_is_busy(paths: LibraryPaths) -> None:
    with pytest.raises(BusyError, match="does not answer"):
        connect(paths)
    lock = CollectorLock.acquire(paths)
    assert lock is not None
    with lock, pytest.raises(BusyError):
        connect(paths)


class Porter:
    """Echoes what each visitor says, on a thread, until the door closes."""

    def __init__(self, door: Doorway) -> None:
        self._door = door
        self._thread = threading.Thread(target=self._stand)
        self._thread.start()

    def _stand(self) -> None:
        for visitor in self._door.visitors():
            with visitor:
                visitor.send(("echo", visitor.recv()))

    def gone(self) -> bool:
        self._thread.join(60)
        return not self._thread.is_alive()


def echo(connection: Connection, word: str) -> object:
    with connection:
        connection.send(word)
        return connection.recv()


def test_doorway_lets_in_who_has_the_key_and_closes_at_once(paths: LibraryPaths) -> None:
    lock = CollectorLock.acquire(paths)
    assert lock is not None
    with lock:
        door = Doorway(lock)
        porter = Porter(door)
        assert echo(connect(paths), "hello") == ("echo", "hello")
        folder = Path(door._address).parent
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        assert stat.S_IMODE(paths.collector_lock.stat().st_mode) == 0o600
        door.close()
        assert porter.gone()
        assert not folder.exists()


def test_stranger_is_not_let_in_and_does_not_close_the_door(paths: LibraryPaths) -> None:
    lock = CollectorLock.acquire(paths)
    assert lock is not None
    with lock:
        door = Doorway(lock)
        porter = Porter(door)
        with pytest.raises(AuthenticationError):
            Client(door._address, family="AF_UNIX", authkey=b"guessed")
        Client(door._address, family="AF_UNIX").close()  # leaves before it is asked for the key
        assert echo(connect(paths), "still there") == ("echo", "still there")
        door.close()
        assert porter.gone()
