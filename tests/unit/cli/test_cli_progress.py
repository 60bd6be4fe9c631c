"""Progress is calm: one line written over on a terminal, few lines elsewhere."""

import io

from reader.cli.progress import Progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


class Clock:
    """Moves on by `step` seconds each time it is read."""

    def __init__(self, step: float) -> None:
        self._now, self._step = 0.0, step

    def __call__(self) -> float:
        self._now += self._step
        return self._now


def fetch(stream: io.StringIO, feeds: int, step: float = 0.0) -> str:
    with Progress(stream, Clock(step)) as progress:
        for done in range(feeds + 1):
            progress(done, feeds, done // 2, f"Feed {done}")
    return stream.getvalue()


def test_elsewhere_a_fast_job_writes_its_first_and_last_line_only() -> None:
    assert fetch(io.StringIO(), 500).splitlines() == [
        "0/500  Feed 0",
        "500/500, 250 failed  Feed 500",
    ]


def test_elsewhere_a_slow_job_writes_a_line_every_few_seconds() -> None:
    lines = fetch(io.StringIO(), 100, step=0.5).splitlines()
    assert 10 < len(lines) < 60
    assert all("\r" not in line and "\x1b" not in line for line in lines)


def test_on_a_terminal_one_line_is_written_over_and_gone_at_the_end() -> None:
    written = fetch(Terminal(), 50, step=0.2)
    assert "\n" not in written
    assert written.endswith("\r\x1b[2K")
    assert "50/50" in written


def test_a_long_label_never_wraps_on_a_terminal() -> None:
    stream = Terminal()
    with Progress(stream, Clock(1.0)) as progress:
        progress(1, 2, 0, "x" * 1_000)
        shown = stream.getvalue().removeprefix("\r\x1b[2K")
    assert len(shown) < 1_000


def test_a_single_step_is_not_worth_a_line() -> None:
    assert fetch(io.StringIO(), 1) == ""
    assert fetch(io.StringIO(), 0) == ""
