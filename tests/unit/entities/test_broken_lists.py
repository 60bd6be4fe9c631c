"""Files of watchlists with broken rows: every good row comes in, every bad one is named."""

import json
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.domain.entity import Alias, Entity
from reader.domain.looks import EntityType
from reader.domain.watchlist import Watchlist
from reader.entities.check import summary
from reader.entities.interchange import CSV, JSON, TSV, looks_like, losses, read, write_json
from reader.entities.rows import ToldList, WatchlistFile
from reader.errors import FileError

GOOD = st.sampled_from(["Khalifa Haftar", "Tobruk", "С-400", "حفتر", 'Al "x" Wahat'])


def names(file: WatchlistFile) -> list[str]:
    return [one.name for one in file.entities]


def lines(file: WatchlistFile) -> list[int]:
    return [one.line for one in file.rejected]


def csv_row(name: str) -> str:
    quoted = name.replace('"', '""')
    return f'libya,"{quoted}",person,,,"a\nnote"\n'


BAD_CSV = {
    "no name": "libya,,person,,,\n",
    "wrong case": "libya,Bad,person,,maybe,\n",
    "too many cells": "libya,Bad,person,,,,,x\n",
    "open quotation mark": 'libya,"Bad,person,,,\n',
    "text after a quotation mark": 'libya,"Bad" man,person,,,\n',
    "wrong type": "libya,Bad,a/b,,,\n",
    "too long": f"libya,{'x' * 400},person,,,\n",
    "empty alias of no letter": "libya,Bad,person,?!,,\n",
}


@pytest.mark.parametrize("kind", BAD_CSV)
def test_rows_below_a_bad_one_of_a_csv_come_in(kind: str) -> None:
    good = [csv_row(name) for name in ("One", "Two", "Three")]
    text = f"watchlist,name,type,aliases,case,note\n{good[0]}{BAD_CSV[kind]}{good[1]}{good[2]}"
    file = read(text.encode(), "x.csv")
    assert names(file) == ["One", "Two", "Three"]
    assert lines(file) == [4]
    assert all(one.note == "a\nnote" for one in file.entities)


@given(st.lists(st.tuples(GOOD, st.sampled_from([None, *BAD_CSV])), min_size=1, max_size=8))
@settings(max_examples=100, deadline=None)
def test_no_mixture_of_bad_rows_costs_a_good_one(rows: list[tuple[str, str | None]]) -> None:
    text, bad = "watchlist,name,type,aliases,case,note\nlibya,First,person,,,\n", []
    for name, kind in rows:
        if kind is not None:
            bad.append(text.count("\n") + 1)
            text += BAD_CSV[kind]
        text += csv_row(name)
    file = read(text.encode(), "x.csv")
    assert set(names(file)) == {"First", *(name for name, _ in rows)}
    assert lines(file) == bad


def as_json(rows: list[str]) -> bytes:
    inside = ",\n".join(rows)
    return f'{{"watchlist": "libya", "entities": [\n{inside}\n]}}\n'.encode()


BAD_JSON = {
    "no name": '{"type": "person"}',
    "unknown field": '{"name": "Bad", "typ": "person"}',
    "no object": "7",
    "no JSON": '{"name": "Bad",, "type": "person"}',
    "no quotation mark": '{"name": "Bad, "aliases": ["x"]}',
    "no bracket": '{"name": "Bad", "aliases": ["x"}',
    "half": '{"name": "Ba',
    "twice": '{"name": "One"}',
}


@pytest.mark.parametrize("kind", BAD_JSON)
def test_entities_below_a_bad_one_of_a_json_come_in(kind: str) -> None:
    rows = ['{"name": "One"}', BAD_JSON[kind], '{"name": "Two"}', '{"name": "Three"}']
    file = read(as_json(rows), "x.json")
    assert names(file) == ["One", "Two", "Three"]
    assert lines(file) == [3]
    assert file.rejected[0].reason


def test_a_file_that_was_cut_off_gives_what_is_whole() -> None:
    whole = write_json([Entity(f"Name {n}", "person", "libya", (Alias("x"),)) for n in range(9)])
    for length in range(whole.index(b"Name 2"), len(whole) - 5, 7):
        file = read(whole[:length], "x.json")
        assert names(file) == [f"Name {n}" for n in range(len(names(file)))]
        assert len(file.entities) + len(file.rejected) >= whole[:length].count(b'"name"')


def test_several_lists_keep_their_names_beside_bad_entities() -> None:
    text = (
        '[{"entities": [{"name": "A"}, {"nam": 1}], "watchlist": "one"},\n'
        ' {"watchlist": "two", "entities": [{"name": "B"}]}]'
    )
    file = read(text.encode(), "x.json")
    assert [(one.watchlist, one.name) for one in file.entities] == [("one", "A"), ("two", "B")]
    assert lines(file) == [1]


def test_rows_of_a_tsv_that_have_no_name_are_named_by_line() -> None:
    text = "a b\t1\tp\tA B\n\nnothing\nc\t2\tp\t???\nd e\t3\tp\tD E\n"
    file = read(text.encode(), "names.tsv")
    assert (names(file), lines(file)) == (["A B", "D E"], [3, 4])


CYRILLIC = "name,type,aliases\nХалифа Хафтар,person,Хафтар|ЛНА\nС-400,weapon,\nКиїв,place,\n"
WESTERN = "name,type,aliases\nFrançois Fillon,person,Président\nMünchen,place,Zürich – Stadt\n"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        *((text, one) for text in (CYRILLIC, WESTERN)
          for one in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be")),
        (CYRILLIC, "cp1251"), (WESTERN, "cp1252"),
    ],
)  # fmt: skip
def test_an_encoding_is_told_from_what_is_written(text: str, encoding: str) -> None:
    data = text.encode(encoding)
    assert looks_like(data) == CSV
    file = read(data, "x.csv")
    assert file.entities == read(text.encode(), "x.csv").entities
    assert bool(file.dropped) == (encoding in ("cp1251", "cp1252")), "what was guessed is said"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (CYRILLIC.replace("ї", "и"), "koi8-r"), (CYRILLIC.replace("ї", "и"), "cp866"),
        ("name,type\nخليفة حفتر,person\nبنغازي,place\n", "cp1256"),
        ("name,type\nRecep Tayyip Erdoğan,person\nŞırnak,place\n", "cp1254"),
        ("name,type\nΚυριάκος Μητσοτάκης,person\nΑθήνα,place\n", "cp1253"),
        ("name,type\nLech Wałęsa,person\nŁódź,place\n", "cp1250"),
        ("name,type\n東京都,place\n北京市,place\n", "shift-jis"),
        ("name,type\n北京,place\n", "gbk"),
    ],
)  # fmt: skip
def test_what_would_be_guessed_wrongly_is_refused(text: str, encoding: str) -> None:
    with pytest.raises(FileError, match=r"x\.csv is not UTF-8 text; save it as UTF-8"):
        read(text.encode(encoding), "x.csv")


LISTS = (Watchlist("empty", "", True, True), Watchlist("libya", "who\nis who", False, True))
TYPES = (EntityType("person", "rose"), EntityType("ship", "#12ab34", "star"))


def test_json_keeps_entities_of_lists_that_come_in_turns() -> None:
    mixed = [Entity("A", "person", "one"), Entity("B", "person", "two"), Entity("C", "x", "one")]
    told = json.loads(write_json(mixed))
    assert [[e["name"] for e in one["entities"]] for one in told] == [["A", "C"], ["B"]]


def test_json_keeps_notes_switches_and_looks() -> None:
    written = write_json([Entity("A", "ship", "libya")], LISTS, TYPES)
    file = read(written, "x.json")
    assert file.lists == (ToldList("empty"), ToldList("libya", "who\nis who", False))
    assert file.types == TYPES
    told = [Watchlist(one.name, one.note or "", one.enabled is not False) for one in file.lists]
    assert write_json(file.entities, told, file.types) == written


@pytest.mark.parametrize(
    "fields",
    ['"note": 7', '"enabled": "no"', '"types": {}', '"types": [{"name": "x", "colour": "sky"}]',
     '"types": [{"colour": "rose"}]', '"colour": "rose"'],
)  # fmt: skip
def test_what_a_list_cannot_say_is_refused(fields: str) -> None:
    with pytest.raises(FileError, match=r"x\.json was not imported"):
        read(f'{{"entities": [{{"name": "A"}}], {fields}}}'.encode(), "x.json")


def test_what_a_table_cannot_keep_is_counted() -> None:
    entities = [Entity("A", "ship", "libya", note="n"), Entity("B", "person", "empty")]
    assert losses(entities, JSON, LISTS, TYPES) == ()
    told = losses(entities, CSV, LISTS, TYPES)
    assert told == (
        "The note of 1 watchlist cannot be kept.",
        "Being switched off, of 1 watchlist cannot be kept.",
        "The colour and icon of 2 types cannot be kept.",
    )
    assert set(losses(entities, TSV, LISTS, TYPES)) > set(told)


def test_doubtful_names_of_many_are_counted_with_examples() -> None:
    entities = [Entity(one, "topic") for one in ("Q", "ab", "apple", "Tobruk", "中", "WHO")]
    told = " ".join(summary(entities))
    assert "single letters and will be found very often: 1 (Q)." in told
    assert ": 1 (ab)." in told
    assert "everyday words: 1 (apple)." in told
    assert "中" not in told
    assert "WHO" not in told


@pytest.mark.parametrize("broken", [str.upper, lambda text: text[:-3], lambda text: text + "}"])
def test_json_that_is_broken_around_its_lists_is_refused(broken: Callable[[str], str]) -> None:
    text = json.dumps([{"watchlist": "x", "entities": [{"name": "A"}], "enabled": True}])
    with pytest.raises(FileError, match=r"x\.json"):
        read(broken(text).encode(), "x.json")
