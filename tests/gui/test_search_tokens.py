"""Which parts of a query become chips, what stands on them, and where they are in the text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from query_words import clauses_of
from test_theme import contrast

from reader.domain.search import Clause
from reader.gui.edit_history import LONGEST, EditHistory
from reader.gui.theme import DARK, LIGHT, Theme
from reader.gui.tokens import MOST, caption, folded, is_token, moved, pieces

WORDS = st.sampled_from(
    ['"a b"', "is:unread", "tag:x", "port", "AND", "(", ")", "🚢", "حفتر", '"open', " ", "  "]
)
QUERIES = st.lists(WORDS, max_size=12).map(" ".join)


@settings(deadline=None)
@given(QUERIES)
def test_pieces_are_the_whole_text_with_every_place_in_it(text: str) -> None:
    shown = folded(text, clauses_of(text), None, ())
    assert shown.text == text
    units = sum(piece.units for piece in shown)
    for place in range(units + 1):
        offset = shown.offset(place)
        if text[offset - 1 : offset] != "🚢" or place == shown.place(offset):
            assert shown.place(offset) == place
    assert shown.place(len(text)) == units


@settings(deadline=None)
@given(QUERIES, st.integers(0, 60))
def test_what_the_caret_touches_stays_text_unless_it_is_a_chip_already(
    text: str, caret: int
) -> None:
    found = clauses_of(text)
    chips = {c.start for _, c in folded(text, found, caret, ()).chips()}
    kept = {(c.start, c.end) for c in found}
    always = {c.start for _, c in folded(text, found, caret, kept).chips()}
    assert always == {c.start for c in found if is_token(c, text)}
    assert chips == {s for s in always for c in found
                     if c.start == s and not c.start <= caret <= c.end}  # fmt: skip


@settings(deadline=None)
@given(QUERIES, st.integers(0, 60), st.integers(0, 8), st.sampled_from(["", "x", ' "', "is:read "]))
def test_clauses_beside_a_change_are_known_to_be_there_still(
    text: str, at: int, gone: int, new: str
) -> None:
    changed = text[:at] + new + text[at + gone :]
    for clause in moved(clauses_of(text), text, changed):
        assert any(
            changed[clause.start : clause.end] == text[old.start : old.end]
            for old in clauses_of(text)
            if (old.value, old.kind) == (clause.value, clause.kind)
        )


def test_a_change_between_two_clauses_leaves_both() -> None:
    text = 'is:unread "a b"'
    assert len(moved(clauses_of(text), text, 'is:unread port "a b"')) == 2
    assert len(moved(clauses_of(text), text, 'is:unrea "a b"')) == 1


def test_plain_words_operators_and_unfinished_parts_are_no_tokens() -> None:
    text = 'port AND tag: "open'
    assert not any(is_token(clause, text) for clause in clauses_of(text))


def test_words_of_a_bracket_with_a_field_are_text() -> None:
    text = "title:(port)"
    assert not is_token(Clause(7, 11, "filter", "port", "title"), text)


def test_too_many_tokens_are_all_text() -> None:
    text = " ".join(f"tag:t{n}" for n in range(MOST + 1))
    assert folded(text, clauses_of(text), None, ()) == pieces(text, ())


@pytest.mark.parametrize(
    ("clause", "raw", "said"),
    [
        (Clause(0, 5, "phrase", "a b"), '"a b"', ("", "“a b”")),
        (Clause(0, 7, "phrase", "a b"), '"a b"~3', ("", "“a b” ~3")),
        (Clause(0, 5, "filter", "ship", "tag"), "tag:ship", ("tag", "ship")),
        (Clause(0, 5, "filter", "ship", "tag", excluded=True), "-tag:ship", ("not tag", "ship")),
        (Clause(0, 5, "phrase", "a b", excluded=True), '-"a b"', ("not", "“a b”")),
        (Clause(4, 9, "filter", "ship", "tag", excluded=True), "tag:ship", ("tag", "ship")),
        (Clause(0, 5, "filter", "Tobruk", "entity", type="place"), "", ("place", "Tobruk")),
        (Clause(0, 5, "filter", "Tobruk", "entity"), "", ("entity", "Tobruk")),
        (Clause(0, 5, "filter", "30d", "last"), "", ("last", "30 days")),
        (Clause(0, 5, "filter", "1y", "last"), "", ("last", "1 year")),
        (Clause(0, 5, "filter", "24h", "seen"), "", ("first seen", "24 hours")),
        (Clause(0, 5, "filter", "soon", "last"), "", ("last", "soon")),
        (Clause(0, 5, "filter", "de", "lang"), "", ("language", "German")),
        (Clause(0, 5, "filter", "2024..2025", "date"), "", ("date", "2024 – 2025")),
    ],
)
def test_a_chip_says_what_it_is_in_words(clause: Clause, raw: str, said: tuple[str, str]) -> None:
    assert caption(clause, raw) == said


# the history


def test_a_run_of_letters_is_one_step_and_a_space_ends_it() -> None:
    history = EditHistory()
    for n in range(1, 9):
        history.note("port sea"[:n], n)
    assert history.undo().text == "port "
    assert history.undo().text == "port"
    assert history.undo() == ("", 0)
    assert not history.can_undo
    assert [history.redo().text for _ in range(3)] == ["port", "port ", "port sea"]


def test_letters_at_another_place_are_another_step() -> None:
    history = EditHistory()
    history.note("b", 1)
    history.moved(0)
    history.note("ab", 1)
    assert history.undo().text == "b"


def test_deleting_is_a_step_of_its_own() -> None:
    history = EditHistory()
    for text in ("a", "ab", "a", ""):
        history.note(text, len(text))
    assert history.undo().text == "ab"


def test_a_new_change_forgets_what_was_undone() -> None:
    history = EditHistory()
    history.note("a", 1)
    history.undo()
    history.note("b", 1)
    assert not history.can_redo


def test_only_so_many_steps_are_kept() -> None:
    history = EditHistory()
    for n in range(LONGEST * 2):
        history.note(f"{n}", 1, alone=True)
    steps = 0
    while history.can_undo:
        history.undo()
        steps += 1
    assert steps == LONGEST


@settings(deadline=None)
@given(st.lists(st.text("ab ", max_size=6), max_size=20))
def test_undo_and_redo_are_each_others_inverse(texts: list[str]) -> None:
    history = EditHistory()
    for text in texts:
        history.note(text, len(text))
    last, seen = (texts or [""])[-1], []
    while history.can_undo:
        seen.append(history.undo())
    assert not seen or seen[-1].text == ""
    for state in reversed(seen[:-1]):
        assert history.redo() == state
    assert (history.redo().text if seen else last) == last


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_what_stands_on_a_chip_can_be_read(theme: Theme) -> None:
    tint = theme.entity("other").tint
    for ink in (theme.text, theme.text2, theme.bad):
        assert contrast(ink, tint) >= 4.5


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_the_note_of_a_chosen_row_can_be_read(theme: Theme) -> None:
    assert contrast(theme.text3, theme.selection) >= 4.5
