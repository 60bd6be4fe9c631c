"""What is refused of an entity, and what is only warned of."""

import pytest

from reader.domain.entity import Alias, ContextRule, Entity
from reader.entities.check import check, warnings
from reader.errors import UsageError


def about(name: str | Alias, *others: Entity) -> list[str]:
    alias = Alias(name) if isinstance(name, str) else name
    return list(warnings(Entity("Something Rare Indeed", "other", aliases=(alias,)), others))


@pytest.mark.parametrize("name", ["", "  ", "?!", "\u200f"])
def test_nothing_to_look_for_is_refused(name: str) -> None:
    with pytest.raises(UsageError, match=r"empty|letter|white space|control"):
        check(Entity(name, "person"))
    with pytest.raises(UsageError, match=r"empty|letter|white space|control"):
        check(Entity("A Name", "person", aliases=(Alias(name),)))


@pytest.mark.parametrize(
    ("alias", "part"),
    [
        ("X", "“X” is a single letter"),
        ("ab", "“ab” is shorter than 3 letters and matches in any case"),
        (Alias("US", case=False), "“US” is shorter than 3 letters"),
        ("Shell", "“Shell” is also an everyday word"),
        ("the sun", "“the sun” is also an everyday word"),
        ("время", "“время” is also an everyday word"),
    ],
)
def test_a_doubtful_alias_is_warned_of(alias: str | Alias, part: str) -> None:
    (sentence,) = about(alias)
    assert sentence.startswith(part)
    assert sentence.endswith(".")


@pytest.mark.parametrize(
    "alias",
    [
        "Haftar", "US", "东", "东京", "S-400", "Хафтар", Alias("Shell", case=True),
        Alias("Shell", rules=(ContextRule("requires", ("oil",)),)), Alias("ab", case=True),
    ],
)  # fmt: skip
def test_other_aliases_are_not(alias: str | Alias) -> None:
    assert about(alias) == []


def test_everyday_words_that_make_a_name_together_are_not_warned_of() -> None:
    assert not about("The Wall Street Journal")
    assert not about("High State Council")


def test_the_name_is_looked_at_too() -> None:
    assert warnings(Entity("Nice", "place"))[0].startswith("“Nice” is also an everyday word")


def test_an_alias_of_two_entities_is_told_with_the_other_one() -> None:
    other = Entity("Burns, Oregon", "place", "towns", (Alias("BURNS"),), id=4)
    (sentence,) = about("burns", other)
    assert sentence == (
        "“burns” is also an alias of “Burns, Oregon” (towns); every place will count for both."
    )


def test_an_entity_shares_nothing_with_itself() -> None:
    stored = Entity("Haftar", "person", "libya", (Alias("Hifter"),), id=4)
    assert warnings(stored, [stored]) == ()
    assert warnings(Entity("Haftar", "person", "libya", (Alias("Hifter"),)), [stored]) == ()
    assert len(warnings(Entity("Haftar", "person", "other"), [stored])) == 1


def test_a_language_that_is_no_code_is_refused() -> None:
    with pytest.raises(UsageError, match="no code of two or three letters"):
        check(Entity("A Name", "person", aliases=(Alias("B", language="Turkish"),)))
    with pytest.raises(UsageError, match="no code of two or three letters"):
        check(Entity("A Name", "person", language="x"))


@pytest.mark.parametrize(
    "rule", [ContextRule("not", ()), ContextRule("not", ("?",)), ContextRule("not", ("a",), -1)]
)
def test_a_context_rule_without_sense_is_refused(rule: ContextRule) -> None:
    with pytest.raises(UsageError, match="context rule"):
        check(Entity("A Name", "person", rules=(rule,)))
    with pytest.raises(UsageError, match="context rule"):
        check(Entity("A Name", "person", aliases=(Alias("B", rules=(rule,)),)))
