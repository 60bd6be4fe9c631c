"""A worker process that never was."""

import multiprocessing


class Process:
    """A worker whose other end the test holds."""

    pid = 4711

    def __init__(self) -> None:
        self.connection, self.theirs = multiprocessing.Pipe()

    def close(self, patience: float = 3.0) -> None:
        self.connection.close()
        self.theirs.close()
