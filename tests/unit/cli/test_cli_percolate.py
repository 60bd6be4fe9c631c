"""Articles from elsewhere, whatever stands in them, and results that do not wait for the end."""

import json
import subprocess
import sys
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.cli import given as given_articles
from reader.domain.article import ParsedItem
from reader.errors import FileError
from tests.unit.cli.command_line import CommandLine

ODD = 'a\u00e9\u043f\u062d\U0001f600\ud800\x00\n"\\ 2024-T:Z'
PORT = b'{"title": "The port is closed"}'
WRONG = {
    b"words": "is not JSON",
    b'{"title": "a"': "is not JSON",
    b'{"title": "a", "text": "b\x00c"}': "is not JSON",
    b"[" * 100_000: "is not JSON",
    b'{"title": ' + b"9" * 5_000 + b"}": "is not JSON",
    b"[1]": "is not an object",
    b"null": "is not an object",
    b"{}": "has neither “title” nor “text”",
    b'{"headline": "a", "content": "b"}': "has neither “title” nor “text”",
    b'{"title": null}': "has neither “title” nor “text”",
    b'{"title": 5}': "“title” must be a text",
    b'{"title": "a", "text": ["b"]}': "“text” must be a text",
    b'{"title": "a", "published": "yesterday"}': "must be a time such as",
    b'{"title": "a", "published": "0001-01-01T00:00:00+23:00"}': "must be a time such as",
    '{"title": "Порт"}'.encode("cp1251"): "is not UTF-8 text",
    '{"title": "port"}'.encode("utf-16"): "is not UTF-8 text",
}


@pytest.fixture
def port(cli: CommandLine) -> CommandLine:
    cli("saved", "add", "port", "port")
    return cli


@pytest.mark.parametrize(("line", "why"), WRONG.items(), ids=map(str, range(len(WRONG))))
def test_a_wrong_line_is_named_and_those_around_it_are_matched(
    line: bytes, why: str, port: CommandLine
) -> None:
    outcome = port("percolate", "-", "--lines", stdin=b"\n".join((PORT, line, PORT)))
    assert outcome.code == 1
    assert [json.loads(row)["line"] for row in outcome.out.splitlines()] == [1, 3]
    assert outcome.sentence.startswith("Line 2 of standard input")
    assert why in outcome.sentence


def test_a_document_is_whole_or_none(port: CommandLine) -> None:
    outcome = port("percolate", "-", "--json", stdin=PORT + b"\n{}\n" + PORT)
    assert (outcome.code, outcome.out) == (1, "")
    assert "Line 2" in outcome.sentence


def test_a_line_that_is_too_long_is_passed_over(
    port: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(given_articles, "LONGEST", 1_000_000)
    told = b"\n".join((PORT, b'{"text": "%s"}' % (b"x" * 3_500_000), PORT))
    outcome = port("percolate", "-", stdin=told)
    assert [line.split()[0] for line in outcome.out.splitlines()] == ["1", "3"]
    assert outcome.sentence == "Line 2 of standard input is longer than 1 MB."


def test_a_person_is_told_the_words(port: CommandLine) -> None:
    outcome = port("percolate", "-", stdin=PORT)
    assert (outcome.code, outcome.out.strip()) == (0, "1  port: port")


def test_what_is_unusual_but_right_is_matched(port: CommandLine) -> None:
    lines = [
        b"\xef\xbb\xbf" + PORT + b"\r",
        b" \t",
        b'{"title": "\\u0000 port \\ud800", "text": null, "more": {"x": [1]}}',
        '{"title": "порт", "lead": "port"}'.encode(),
        b'{"title": "", "text": "port"}',
    ]
    rows = port.json("percolate", "-", stdin=b"\n".join(lines))
    assert [row["line"] for row in rows] == [1, 3, 4, 5]
    assert rows[1]["why"] == [{"field": "title", "start": 2, "end": 6, "text": "port"}]


def test_one_document_or_lines_but_not_both(port: CommandLine) -> None:
    outcome = port("percolate", "-", "--lines", "--json", stdin=PORT)
    assert (outcome.code, outcome.out) == (2, "")


@given(st.lists(st.binary().map(lambda line: line.replace(b"\n", b""))))
def test_any_bytes_are_articles_or_named_lines(lines: list[bytes]) -> None:
    found = dict(given_articles.articles(BytesIO(b"\n".join(lines))))
    assert set(found) == {n for n, line in enumerate(lines, 1) if line.strip()}
    for number, one in found.items():
        assert isinstance(one, ParsedItem) or f"Line {number} " in str(one)


@given(st.dictionaries(st.sampled_from(("title", "text", "lead", "url", "published")),
                       st.one_of(st.none(), st.integers(), st.text(ODD, max_size=12))))  # fmt: skip
def test_any_object_is_an_article_or_a_named_line(value: dict[str, Any]) -> None:
    ((number, one),) = given_articles.articles(BytesIO(json.dumps(value).encode()))
    assert number == 1
    if isinstance(one, FileError):
        assert "Line 1" in str(one)
    else:
        assert one.texts.title == (value.get("title") or "").replace("\ud800", "\ufffd")


@pytest.fixture
def pipe(port: CommandLine) -> Iterator["subprocess.Popen[str]"]:
    words = ["-m", "reader", "--library", str(port.library), "percolate", "-", "--lines"]
    with subprocess.Popen(
        [sys.executable, *words], text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        yield process
        process.kill()


def test_what_is_found_is_said_before_the_next_line_comes(pipe: "subprocess.Popen[str]") -> None:
    assert pipe.stdin is not None
    assert pipe.stdout is not None
    for number in (1, 2, 3):
        pipe.stdin.write(PORT.decode() + "\n")
        pipe.stdin.flush()
        assert json.loads(pipe.stdout.readline())["line"] == number
    pipe.stdin.close()
    assert pipe.wait(30) == 0
