"""Options of names and aliases in files: our JSON keeps all of them, tables say what they drop."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.domain.entity import Alias, ContextRule, Entity, entity_from, entity_values
from reader.entities import interchange
from reader.errors import FileError

BURNS = Entity(
    "William Burns",
    "person",
    "envoys",
    (
        Alias("Burns", True, False, "en", True, (
            ContextRule("requires", ("CIA", "director"), 30), ContextRule("not", ("Ken Burns",)),
        )),
        Alias("Бернс"),
    ),
    None,
    True,
    "a note",
    language="en",
    plural=True,
    rules=(ContextRule("not", ("Oregon",), 2),),
)  # fmt: skip

words = st.text(alphabet="abcЖß東é", min_size=1, max_size=5)
rules = st.lists(
    st.builds(
        ContextRule,
        st.sampled_from(["requires", "not"]),
        st.lists(words, min_size=1, max_size=3).map(tuple),
        st.integers(0, 99),
    ),
    max_size=2,
).map(tuple)
options = {
    "case": st.sampled_from([None, True, False]),
    "inflect": st.booleans(),
    "language": st.sampled_from(["", "tr", "uk"]),
    "plural": st.booleans(),
    "rules": rules,
}
entities = st.builds(
    lambda names, aliases, **values: Entity(
        names[0], "person", aliases=tuple(map(_named, names[1:], aliases)), **values
    ),
    st.lists(words, min_size=3, max_size=3, unique=True),
    st.lists(st.builds(Alias, st.just("x"), **options), min_size=0, max_size=2),
    **options,
)


def _named(text: str, alias: Alias) -> Alias:
    return Alias(text, alias.case, alias.inflect, alias.language, alias.plural, alias.rules)


@given(entities)
def test_json_keeps_every_option(entity: Entity) -> None:
    data = interchange.write_json([entity])
    assert interchange.read(data, "f").entities == (entity,)
    assert interchange.losses([entity], interchange.JSON) == ()


@given(entities)
def test_plain_values_keep_every_option_through_json(entity: Entity) -> None:
    assert entity_from(json.loads(json.dumps(entity_values(entity)))) == entity


def test_values_told_before_there_were_rules_are_read() -> None:
    told = {
        "name": "A", "type": "person", "watchlist": "w", "case": None, "inflect": True, "note": "",
        "id": 4, "aliases": [{"text": "B", "case": True, "inflect": False}],
    }  # fmt: skip
    expected = Entity("A", "person", "w", (Alias("B", True, False),), id=4)
    assert entity_from(told) == expected


def test_json_writes_only_what_is_not_the_default() -> None:
    told = json.loads(interchange.write_json([BURNS]))["entities"][0]
    assert told == {
        "name": "William Burns",
        "type": "person",
        "aliases": [
            {
                "text": "Burns", "case": True, "inflect": False, "language": "en", "plural": True,
                "rules": [
                    {"requires": ["CIA", "director"], "within": 30}, {"not": ["Ken Burns"]},
                ],
            },
            "Бернс",
        ],
        "language": "en",
        "plural": True,
        "rules": [{"not": ["Oregon"], "within": 2}],
        "note": "a note",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("field", "value", "allowed"),
    [
        ("language", "Turkish", 'the code of a language, like "tr"'),
        ("language", 3, 'the code of a language, like "tr"'),
        ("plural", "yes", "true or false"),
        ("rules", "CIA", "a list of"),
        ("rules", [{}], "a list of"),
        ("rules", [{"requires": []}], "a list of"),
        ("rules", [{"requires": ["a"], "not": ["b"]}], "a list of"),
        ("rules", [{"requires": ["a"], "within": -1}], "a list of"),
        ("rules", [{"requires": ["a"], "within": True}], "a list of"),
        ("rules", [{"requires": ["a"], "near": 1}], "a list of"),
        ("rules", [{"requires": [" "]}], "a list of"),
        ("rules", [{"requires": ["?!"]}], "has no word to look for"),
        ("rules", [{"not": ["a\nb"]}], "cannot be looked for"),
    ],
)
def test_a_wrong_option_is_named_with_what_is_allowed(
    field: str, value: object, allowed: str
) -> None:
    for fields in (
        {"name": "A", field: value},
        {"name": "A", "aliases": [{"text": "B", field: value}]},
    ):
        data = json.dumps({"entities": [fields]}).encode()
        with pytest.raises(FileError, match="was not imported") as raised:
            interchange.read(data, "list.json")
        assert allowed in str(raised.value)


def test_csv_says_what_it_cannot_keep() -> None:
    assert interchange.losses([BURNS], interchange.CSV) == (
        "The options (case, inflect, language, plural, rules) of 1 name cannot be kept.",
        "The options (case, inflect, language, plural, rules) of 1 alias cannot be kept.",
    )
    plain = Entity("A", "person", aliases=(Alias("B"),), case=True, note="n")
    assert interchange.losses([plain], interchange.CSV) == ()
    assert interchange.read(interchange.write_csv([plain]), "f.csv").entities == (plain,)


def test_tsv_says_what_it_cannot_keep() -> None:
    plain = Entity("A", "person", "w", (Alias("B", True), Alias("C", False)), case=True)
    assert interchange.losses([plain, BURNS], interchange.TSV) == (
        "The options (case, inflect, language, plural, rules) of 2 names cannot be kept.",
        "The options (case, inflect, language, plural, rules) of 3 aliases cannot be kept.",
        "The note of 1 entity cannot be kept.",
        "The name of 2 watchlists cannot be kept.",
    )
