"""What must stand near an alias, and what must not."""

import pytest

from reader.domain.article import Texts
from reader.domain.entity import Alias, ContextRule, Entity
from reader.entities.context import word_starts
from reader.entities.match import Match, Matcher

NEEDS = ContextRule("requires", ("CIA", "director", "William"), 30)
FILLER = "word " * 31


def burns(*rules: ContextRule, name: str = "Director Burns of Langley") -> Matcher:
    return Matcher([Entity(name, "person", aliases=(Alias("Burns", rules=rules),), id=1)])


def found(text: str, *rules: ContextRule) -> list[str]:
    return [text[m.start : m.end] for m in burns(*rules).find(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Burns of the CIA", 1),
        ("the CIA’s Burns", 1),
        ("the DIRECTOR, Burns", 1),
        ("Burns", 0),
        ("Burns of the cia", 0),
        ("Burns of the CIAO", 0),
        ("William Burns", 1),
        (f"CIA {FILLER}Burns", 0),
        (f"CIA {'word ' * 30}Burns", 1),
        (f"Burns {'word ' * 30}CIA", 1),
        (f"Burns {FILLER}CIA", 0),
        (f"CIA {'well-known ' * 30}Burns", 1),
    ],
)
def test_required_words_count_within_their_distance(text: str, expected: int) -> None:
    assert len(found(text, NEEDS)) == expected


def test_without_a_distance_anywhere_in_the_article_will_do() -> None:
    rule = ContextRule("requires", ("CIA",))
    assert found(f"CIA {FILLER}Burns", rule) == ["Burns"]
    texts = Texts("Burns is here", "", f"{FILLER}The CIA said")
    assert len(burns(rule).mentions(texts)) == 1


def test_a_distance_is_counted_inside_one_text() -> None:
    assert burns(NEEDS).mentions(Texts("The CIA", "", "Burns")) == ()


def test_words_of_a_not_rule_drop_what_stands_near_them() -> None:
    rule = ContextRule("not", ("Ken", "Burns Night"), 2)
    assert found("Ken Burns filmed; and then, much later, Burns spoke", rule) == ["Burns"]
    assert found("On Burns Night they ate", rule) == []
    assert found("Kenneth Burns", rule) == ["Burns"]


def test_all_rules_must_hold() -> None:
    rules = NEEDS, ContextRule("not", ("film",))
    assert found("CIA director Burns", *rules) == ["Burns"]
    assert found("CIA director Burns in a film", *rules) == []
    assert found("Burns", *rules) == []


def test_words_of_rules_are_compared_as_aliases_are() -> None:
    assert found("Burns и ЦРУ", ContextRule("requires", ("ЦРУ",))) == ["Burns"]
    assert found("директором Burns", ContextRule("requires", ("директор",))) == ["Burns"]
    assert found("Burns’s S400", ContextRule("requires", ("S-400",))) == ["Burns"]
    assert found("Burns in Köln", ContextRule("requires", ("Koln",))) == ["Burns"]
    assert found("中央情报局Burns", ContextRule("requires", ("情报",), 2)) == ["Burns"]


def test_words_of_rules_count_in_lines_of_capitals_and_with_endings_of_the_language() -> None:
    assert found("CIA CHIEF BURNS IN KYIV", NEEDS) == ["BURNS"]
    assert found("TELL US MORE ABOUT BURNS", NEEDS) == []
    matcher = burns(ContextRule("requires", ("Langley",)))
    assert len(matcher.find("Langleyde Burns", "tr")) == 1
    assert matcher.find("Langleyde Burns", "en") == []


def test_a_full_name_bears_out_the_surname_alone() -> None:
    entity = Entity("William Burns", "person", aliases=(Alias("Burns", rules=(NEEDS,)),), id=1)
    text = f"William Burns came. {FILLER * 2} Burns left."
    assert len(Matcher([entity]).find(text)) == 2
    texts = Texts("Burns comes", "", "William Burns, said to be 69")
    assert [m.field for m in Matcher([entity]).mentions(texts)] == ["title", "body"]


def test_a_title_bears_out_the_surname_further_on() -> None:
    assert len(found(f"CIA director Burns came. {FILLER * 2} Burns left.", NEEDS)) == 2
    assert found(f"Burns came. {FILLER * 2} Burns left.", NEEDS) == []


def test_a_mention_that_a_not_rule_drops_bears_out_nothing() -> None:
    rules = ContextRule("requires", ("CIA",), 3), ContextRule("not", ("Ken",), 1)
    assert found(f"Ken Burns, CIA {FILLER} Burns", *rules) == []


def test_another_entity_bears_out_nothing() -> None:
    one = Entity("Burns", "person", rules=(NEEDS,), id=1)
    other = Entity("Burns, Oregon", "place", aliases=(Alias("Burns"),), id=2)
    assert [m.entity.id for m in Matcher([one, other]).find("Burns")] == [2]


def test_rules_of_an_entity_are_for_its_name_and_every_alias() -> None:
    entity = Entity("Jordan", "place", aliases=(Alias("Jordania"),),
                    rules=(ContextRule("not", ("NBA",)),))  # fmt: skip
    assert len(Matcher([entity]).find("Jordan, Jordania")) == 2
    assert Matcher([entity]).find("Jordan, Jordania, NBA") == []


def test_a_short_name_in_a_line_of_capitals_is_believed_with_its_context() -> None:
    rule = ContextRule("requires", ("alliance",))
    texts = Texts("NATO MEETS IN STRELSAU", "", "The alliance is worried")
    assert len(Matcher([Entity("NATO", "other", rules=(rule,))]).mentions(texts)) == 1
    assert Matcher([Entity("NATO", "other")]).mentions(texts) == ()
    unmet = Matcher([Entity("NATO", "other", rules=(ContextRule("requires", ("pact",)),))])
    assert unmet.mentions(texts) == ()


def test_a_longer_name_that_its_rules_drop_does_not_hide_a_shorter_one() -> None:
    unmet = Alias("Wagner Hall", rules=(ContextRule("requires", ("war",)),))
    entity = Entity("Wagner", "organisation", aliases=(unmet,))
    text = "in Wagner Hall"
    assert [text[m.start : m.end] for m in Matcher([entity]).find(text)] == ["Wagner"]


def test_rules_cost_nothing_where_no_name_is_found() -> None:
    matcher = burns(NEEDS)
    asked: list[str] = []

    class Recording(Matcher):
        def find(self, text: str, language: str = "") -> list[Match]:
            asked.append(text)
            return super().find(text, language)

    matcher._words = Recording([Entity("CIA", "other")])
    assert matcher.find("The CIA director and William") == []
    assert asked == []
    assert len(matcher.find("Burns of the CIA")) == 1
    assert asked == ["Burns of the CIA"]


@pytest.mark.parametrize(
    ("text", "starts"),
    [
        ("one two", [0, 4]),
        ("well-known man", [0, 11]),
        ("O'Neill’s", [0]),
        ("新型S-400系统", [0, 1, 2, 7, 8]),
        ("", []),
        ("a- b", [0, 3]),
    ],
)
def test_words_are_counted_as_people_count_them(text: str, starts: list[int]) -> None:
    assert word_starts(text) == starts
