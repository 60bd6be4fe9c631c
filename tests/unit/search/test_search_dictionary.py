"""Whatever is asked of the sorted forms, the answer is what looking at each of them would give."""

import random
import re

import numpy as np
import pytest
import re2
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.search.dictionary import Dictionary, fingerprints, letters_of, packed
from tests.helpers.search_oracle import edits as distance

LETTERS = "abcst-4éбв東 \x02"
FORM = st.text(LETTERS, min_size=1, max_size=6)


def dictionary(forms: list[str]) -> Dictionary:
    blob, starts = packed(sorted(forms))
    return Dictionary(blob, starts, *fingerprints(blob))


def many(count: int) -> list[str]:
    chance = random.Random(5)
    made = {"".join(chance.choices("abcdeést4-", k=chance.randrange(1, 9))) for _ in range(count)}
    return sorted(made)


MANY = many(3000)


@settings(max_examples=50, deadline=None)
@given(st.sets(FORM, max_size=200), FORM)
def test_a_form_is_found_at_its_place_in_the_order_of_bytes(forms: set[str], other: str) -> None:
    ordered = sorted(forms, key=str.encode)
    made = dictionary(ordered)
    assert len(made) == len(ordered)
    assert made.texts(range(len(made))) == ordered
    for form in [*ordered, other]:
        expected = [ordered.index(form)] if form in forms else []
        assert made.find(form).tolist() == expected
        assert made.place(form.encode()) == sum(one.encode() < form.encode() for one in ordered)


def test_every_form_of_many_is_found() -> None:
    made = dictionary(MANY)
    assert [made.find(form).tolist() for form in MANY] == [[i] for i in range(len(MANY))]
    assert made.find("zzz").tolist() == []
    assert made.find("").tolist() == []


@pytest.mark.parametrize("count", [0, 1, 63, 64, 65, 128, 129])
def test_forms_are_found_whatever_their_number(count: int) -> None:
    forms = MANY[:count]
    made = dictionary(forms)
    assert [made.find(form).tolist() for form in forms] == [[i] for i in range(count)]
    assert made.place(b"\xff") == count
    assert made.matching(".*").tolist() == list(range(count))


@settings(max_examples=50, deadline=None)
@given(st.sets(FORM, max_size=80), st.text(LETTERS, max_size=3))
def test_a_beginning_is_a_run_of_forms(forms: set[str], prefix: str) -> None:
    ordered = sorted(forms, key=str.encode)
    expected = [i for i, form in enumerate(ordered) if form.startswith(prefix)]
    assert dictionary(ordered).beginning(prefix).tolist() == expected


ENDS = ("", "t", "é", "st", "dé", "bst", "cdes", "eésts", "abcdeé", "zzzz", "ést4-b")


@pytest.mark.parametrize("end", ENDS)
@pytest.mark.parametrize("beginning", ["", "a", "dé", "zz"])
def test_what_ends_so_is_found_by_glob_and_pattern(beginning: str, end: str) -> None:
    expected = [
        i
        for i, form in enumerate(MANY)
        if form.startswith(beginning)
        and form.endswith(end)
        and len(form) >= len(beginning) + len(end)
    ]
    made = dictionary(MANY)
    assert made.like(f"{beginning}*{end}").tolist() == expected
    for middle in (".*", "[^x]*", "(.*)"):
        assert made.matching(beginning + middle + end).tolist() == expected
    assert made.matching(f"{beginning}.*{end}|4.*a").tolist() == sorted(
        {*expected, *(i for i, form in enumerate(MANY) if re.fullmatch("4.*a", form))}
    )


@settings(max_examples=50, deadline=None)
@given(st.sets(FORM, max_size=80), st.text(LETTERS + "**??", min_size=1, max_size=5))
def test_a_glob_covers_whole_forms_and_no_space(forms: set[str], glob: str) -> None:
    if " " not in glob:  # words have none; a glob with one is for pairs
        forms = {form for form in forms if " " not in form}
    ordered = sorted(forms, key=str.encode)
    signs = {"*": "[^ ]*", "?": "[^ ]"}
    pattern = re.compile("".join(signs.get(c) or re.escape(c) for c in glob))
    expected = [i for i, form in enumerate(ordered) if pattern.fullmatch(form)]
    assert dictionary(ordered).like(glob).tolist() == expected


PATTERNS = (
    "a.*", "[^a]+", "a?b?c?", "(a|b)c(d|é)*", "s-?[34]*", ".", "..", "[^\\d]*4", "\\W.*", "^a.*$",
    "a|b|e", "(?i)AB.*", "(?s).b", "[[:alpha:]]+", "a{2,}", "\\bab\\b", "(?-s:a.)c", "\\Aab\\z",
    "a\\s*b", "(?:a)(?P<x>b)", "[é-ö]", "\\x{e9}.*", "", "$", "\\Qa-b", "\\Ca", "zzz", "((((a))))",
    "[a-c]+", "a[a-cst]*", "[s-t]+b", ".+e", "d.*",
    "a\\nb", "\\n", "[^x]\\n?[^x]*", "(?m)^a$", "(?U)a.*b", ".*(?-m:^)a", "(?-m)^a.*",
)  # fmt: skip


@pytest.mark.parametrize("pattern", PATTERNS)
def test_a_pattern_covers_whole_forms(pattern: str) -> None:
    forms = ["ab", "abc", "東京", "a b", *MANY]
    ordered = sorted(set(forms), key=str.encode)
    alone = re2.compile(pattern)
    expected = [i for i, form in enumerate(ordered) if alone.fullmatch(form)]
    assert dictionary(ordered).matching(pattern).tolist() == expected


@settings(max_examples=50, deadline=None)
@given(st.text("abt4é", min_size=1, max_size=7), st.integers(0, 2))
def test_typing_errors_are_counted_with_swapped_neighbours_as_one(text: str, edits: int) -> None:
    expected = [i for i, form in enumerate(MANY) if distance(text, form) <= edits]
    assert dictionary(MANY).near(text, edits).tolist() == expected


def test_swapped_neighbours_are_one_error() -> None:
    made = dictionary(["haftar", "hafatr", "other"])
    assert made.texts(made.near("haftar", 1).tolist()) == ["hafatr", "haftar"]


@settings(max_examples=50, deadline=None)
@given(st.lists(st.text(st.characters(exclude_characters="\n", exclude_categories=["Cs"]))))
def test_fingerprints_are_those_of_each_form(forms: list[str]) -> None:
    letters, lengths = fingerprints(packed(forms)[0])
    assert letters.tolist() == [letters_of(form) for form in forms]
    assert lengths.tolist() == [len(form) for form in forms]


def test_a_list_without_letters_says_so() -> None:
    blob, starts = packed(["a", "b"])
    with pytest.raises(ValueError, match="without letters"):
        Dictionary(blob, starts).near("a", 1)


def test_a_pattern_that_would_run_for_ever_elsewhere_does_not() -> None:
    made = dictionary([*MANY, "a" * 60 + "!"])
    assert made.matching("(a+)+$").tolist() == [
        i for i, form in enumerate(sorted([*MANY, "a" * 60 + "!"])) if set(form) == {"a"}
    ]


def test_numbers_of_forms_are_whole_numbers_even_when_there_are_none() -> None:
    made = dictionary([])
    found = (made.find("a"), made.beginning("a"), made.like("a?"), made.matching("a"))
    assert [each.dtype for each in (*found, made.near("a", 1))] == [np.int64] * 5
