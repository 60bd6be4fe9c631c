"""When the matcher of a library's names is made: for the first text, and not before."""

from reader.domain.article import Texts
from reader.domain.entity import Entity
from reader.entities import russian
from reader.services.lexicon import Lexicon
from tests.helpers.world import World


class CountedEndings:
    """The rules, and how often a name was declined by them."""

    name = "counted"

    def __init__(self) -> None:
        self.asked = 0

    def cases(self, word: str, language: str) -> list[list[str]]:
        self.asked += 1
        return russian.RULES.cases(word, language)


def test_names_that_change_cost_nothing_until_a_text_is_looked_through(world: World) -> None:
    endings = CountedEndings()
    lexicon = Lexicon(world.store, endings)
    world.library.track(Entity("Орланов", "person", "ports"))
    lexicon.reload()
    assert endings.asked == 0
    assert [one.entity for one in lexicon.mentions(Texts("С Орлановым", "", ""))] == ["Орланов"]
    assert endings.asked > 0


def test_a_name_that_came_later_is_found_after_a_reload(world: World) -> None:
    lexicon = Lexicon(world.store, russian.RULES)
    text = Texts("Орланов и Пробник", "", "")
    assert lexicon.mentions(text) == ()
    for name in ("Орланов", "Пробник"):
        world.library.track(Entity(name, "person", "ports"))
        lexicon.reload()
        assert lexicon.mentions(text)[-1].entity == name
