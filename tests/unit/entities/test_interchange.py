import json
import string

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from reader.domain.entity import TYPES, Alias, Entity
from reader.entities.check import check
from reader.entities.interchange import looks_like, read, write_csv, write_json, write_tsv
from reader.errors import FileError, UsageError

LIBYA = """
{"watchlist": "libya", "entities": [
  {"name": "Khalifa Haftar", "type": "person",
   "aliases": ["Haftar", "Hifter", "Хафтар", "حفتر"], "note": "LNA commander"},
  {"name": "Libyan National Army", "type": "organisation",
   "aliases": [{"text": "LNA", "case": true}]}]}
"""

options = st.sampled_from([None, True, False])
words = st.text(
    st.characters(categories=["L", "N", "P", "S", "Zs"], exclude_characters="\\+"),
    min_size=1, max_size=12,
).map(str.strip).filter(lambda text: any(map(str.isalnum, text)))  # fmt: skip
notes = st.text(st.characters(exclude_categories=["C", "Zl", "Zp"], include_characters="\n\r\t"))
types = st.sampled_from([*TYPES, "ship", "Church", "law_firm"])


@st.composite
def entities(draw: st.DrawFn) -> Entity:
    name, *others = draw(st.lists(words, min_size=1, max_size=4, unique=True))
    aliases = tuple(Alias(text, draw(options), draw(st.booleans())) for text in others)
    return Entity(
        name, draw(types), draw(words), aliases, draw(options), draw(st.booleans()), draw(notes)
    )


lists = st.lists(entities(), max_size=5, unique_by=lambda e: (e.watchlist.casefold(), e.name))


def test_a_list_as_people_write_it_is_read() -> None:
    haftar, army = read(LIBYA.encode(), "libya.json").entities
    assert haftar == Entity(
        "Khalifa Haftar", "person", "libya",
        (Alias("Haftar"), Alias("Hifter"), Alias("Хафтар"), Alias("حفتر")), note="LNA commander",
    )  # fmt: skip
    assert army.aliases == (Alias("LNA", case=True),)
    assert army.watchlist == "libya"


@given(lists)
@settings(max_examples=150, deadline=None)
@example([Entity("a", "other", "one"), Entity("b", "other", "two"), Entity("c", "other", "one")])
def test_json_keeps_everything(given_entities: list[Entity]) -> None:
    """In the order given, but for those of one list, which come together."""
    written, names = write_json(given_entities), [one.watchlist for one in given_entities]
    together = sorted(given_entities, key=lambda one: names.index(one.watchlist))
    assert list(read(written, "x.json").entities) == together
    assert looks_like(written) == "watchlist-json"


@given(st.lists(entities(), min_size=1, max_size=5, unique_by=lambda e: (e.watchlist, e.name)))
@settings(max_examples=150, deadline=None)
def test_tables_are_byte_equal_after_reading_and_sorting(given_entities: list[Entity]) -> None:
    by_name = {(e.watchlist.casefold(), e.name): e for e in given_entities}.values()
    written = write_csv(by_name)
    again = write_csv(read(written, "x.csv").entities)
    assert sorted(again.splitlines()) == sorted(written.splitlines())
    assert looks_like(written) == "watchlist-csv"
    by_name = {e.name: e for e in given_entities}.values()
    written = write_tsv(by_name)
    again = write_tsv(read(written, "x.tsv").entities)
    assert sorted(again.splitlines()) == sorted(written.splitlines())
    assert looks_like(written) == "watchlist-tsv"


def test_several_watchlists_are_an_array_of_objects() -> None:
    two = [Entity("A", "person", "one"), Entity("B", "place", "two")]
    written = write_json(two)
    assert [part["watchlist"] for part in json.loads(written)] == ["one", "two"]
    assert list(read(written, "x").entities) == two


@pytest.mark.parametrize(
    ("entity", "said"),
    [
        ('{"name": "X", "typ": "person"}', ['"X"', '"typ"', "name, type, aliases"]),
        ('{"name": "X", "type": 7}', ['"X"', '"type"', "a text"]),
        ('{"name": "X", "case": "yes"}', ['"X"', '"case"', "true or false"]),
        ('{"name": "X", "aliases": "Y"}', ['"X"', '"aliases"', "a list"]),
        ('{"name": "X", "aliases": [3]}', ['"X"', "alias", "text, case, inflect"]),
        ('{"name": "X", "aliases": [{"texts": "a"}]}', ['"X"', '"texts"', "text, case, inflect"]),
        ('{"name": "X", "aliases": [""]}', ['"X"', "alias", "empty"]),
        ('{"type": "person"}', ['"name"', "missing"]),
        ('{"name": "X", "type": "p/q"}', ['"X"', "p/q", "person, organisation"]),
        ('"X"', ["an entity", "object", "name"]),
    ],
)
def test_a_wrong_field_is_named_with_what_is_allowed(entity: str, said: list[str]) -> None:
    whole = f'{{"entities": [{{"name": "Fine", "type": "person"}}, {entity}]}}'
    file = read(whole.encode(), "list.json")
    (rejected,) = file.rejected
    assert [one.name for one in file.entities] == ["Fine"]
    assert all(word in rejected.reason for word in said)
    with pytest.raises(FileError) as caught:
        read(f'{{"entities": [{entity}]}}'.encode(), "list.json")
    assert all(word in str(caught.value) for word in ["list.json", "line 1", *said])


@pytest.mark.parametrize(
    "data",
    [b"", b"hello", b"\xff\xfe\x00", b"{", b'{"entities": 3}', b"<opml/>", b"\x00\x01", b"[1]",
     b"[" * 100_000, b'{"entities": [], "x": 1}'],
)  # fmt: skip
def test_anything_else_is_refused_with_one_sentence(data: bytes) -> None:
    with pytest.raises(FileError, match=r"f\.bin"):
        read(data, "f.bin")


@pytest.mark.parametrize(
    "data",
    [b"", b"<opml/>", b"{}", b'[{"name": "x", "query": "y"}]', b"\x89PNG\r\n", b"a,b\n1,2\n",
     b'{"saved_searches": []}', b"some text\n"],
)  # fmt: skip
def test_files_of_others_are_left_to_them(data: bytes) -> None:
    assert looks_like(data) == ""


def test_a_broken_watchlist_is_recognised_so_that_its_fault_is_told() -> None:
    data = b'{"watchlist": "x", "entities": [{"name": "A",]}'
    assert looks_like(data) == "watchlist-json"
    with pytest.raises(FileError, match="line 1"):
        read(data, "x.json")


def test_csv_of_a_spreadsheet_is_read() -> None:
    data = "\ufeffName;Type;Aliases;Case\r\nKhalifa Haftar;Person;Haftar|Hifter;\r\nLNA;;;true\r\n"
    haftar, army = read(data.encode(), "x.csv").entities
    assert haftar == Entity(
        "Khalifa Haftar", "person", "default", (Alias("Haftar"), Alias("Hifter"))
    )
    assert army == Entity("LNA", "other", case=True)
    assert read(data[1:].encode("utf-16"), "x.csv").entities == (haftar, army)


def test_csv_rows_of_one_name_are_one_entity() -> None:
    data = b"name,type,aliases\nHaftar,person,Hifter\nHaftar,person,Hafter|Hifter\n"
    (haftar,) = read(data, "x.csv").entities
    assert haftar.aliases == (Alias("Hifter"), Alias("Hafter"))


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"name,kind,type\nA,b,c\n", "kind"),
        (b"name,type,case\nA,person,perhaps\n", "true, false or empty"),
        (b"name,type\n,person\n", "line 2: It has no name"),
        (b"name,type\nA,person,x,y\n", "line 2: It has 4 cells"),
        (b'name,type\n"A\n', "not imported"),
    ],
)
def test_csv_faults_are_told(data: bytes, said: str) -> None:
    with pytest.raises(FileError, match=said):
        read(data, "x.csv")


def test_tsv_groups_by_id_and_says_what_it_dropped() -> None:
    data = (
        "khalifa haftar\t10\tp\tKhalifa Haftar\nhifter\t10\tp\tKhalifa Hifter\n"
        "khalifa haftar\t10\tp\tKhalifa Haftar\nun\t11\to\tUnited Nations\nbroken\n"
        "x\t12\tu\tSomething\ny\t13\tt\t???\n"
    )
    found = read(data.encode(), "/lists/names.tsv")
    assert found.entities == (
        Entity("Khalifa Haftar", "person", "names", (Alias("Khalifa Hifter"),)),
        Entity("United Nations", "organisation", "names"),
        Entity("Something", "other", "names"),
    )
    assert [sentence.split()[0] for sentence in found.dropped] == ["1"]
    assert [one.line for one in found.rejected] == [5, 7]


def test_tsv_as_published_with_plus_signs_is_read() -> None:
    data = "1510\tP\tu\tVladimir+Putin\n1510\tP\tru\tВладимир+Путин\n20\tO\tu\tNATO\n"
    found = read(data.encode(), "entities.tsv")
    assert [entity.name for entity in found.entities] == ["Vladimir Putin", "NATO"]
    assert found.entities[0].aliases == (Alias("Владимир Путин"),)
    assert any("language" in sentence for sentence in found.dropped)


def test_of_an_entity_twice_in_a_file_the_first_is_taken() -> None:
    file = read(b'{"entities": [{"name": "A", "note": "1"},\n {"name": "A"}]}', "x.json")
    assert file.entities == (Entity("A", "other", note="1"),)
    assert [(one.line, "twice" in one.reason) for one in file.rejected] == [(2, True)]


@pytest.mark.parametrize(
    ("entity", "said"),
    [
        (Entity("", "person"), "empty"),
        (Entity(" ", "person"), "empty"),
        (Entity("A\nB", "person"), "line break"),
        (Entity(" A", "person"), "white space"),
        (Entity("A\ud800", "person"), "control"),
        (Entity("A" * 301, "person"), "longer"),
        (Entity("???", "person"), "neither a letter nor a digit"),
        (Entity("A", ""), "type"),
        (Entity("A", "Person"), "person, organisation"),
        (Entity("A", "a/b"), "plain word"),
        (Entity("A", "person", ""), "watchlist"),
        (Entity("A", "person", aliases=(Alias(""),)), "alias"),
        (Entity("A", "person", aliases=(Alias("B\t"),)), "alias"),
        (Entity("A", "person", aliases=(Alias("A"),)), "twice"),
        (Entity("A", "person", note="\x00"), "note"),
    ],
)
def test_what_cannot_be_tracked_is_refused_with_a_reason(entity: Entity, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        check(entity)


@given(entities())
@settings(max_examples=50, deadline=None)
def test_what_the_round_trips_use_is_allowed(entity: Entity) -> None:
    check(entity)


@given(st.binary(max_size=60) | st.text(string.printable, max_size=80).map(str.encode))
@settings(max_examples=300, deadline=None)
def test_no_bytes_at_all_break_the_reader(data: bytes) -> None:
    try:
        found = read(data, "f").entities
    except FileError:
        return
    assert looks_like(data) or found == ()
