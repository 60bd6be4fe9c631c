"""Endings from a dictionary and by rule: one interface, and what is used says its name."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest

from reader.domain.entity import Entity
from reader.entities import morphology, russian
from reader.entities.match import Matcher
from reader.entities.morphology import Dictionary


@dataclass(frozen=True)
class FakeTag:
    case: str | None
    number: str | None = "sing"
    gender: str | None = "masc"
    POS: str = "NOUN"


@dataclass(frozen=True)
class FakeWord:
    word: str
    tag: FakeTag
    is_known: bool = True
    lexeme: Sequence["FakeWord"] = field(default=())


def declined(nominative: str, *forms: str, known: bool = True, **values: str) -> FakeWord:
    """A noun with its genitive, dative, accusative, instrumental and locative."""
    cases = ("gent", "datv", "accs", "ablt", "loct")
    lexeme = [FakeWord(w, FakeTag(c, **values)) for w, c in zip(forms, cases, strict=True)]
    return FakeWord(nominative, FakeTag("nomn", **values), known, lexeme)


class FakeAnalyser:
    """Knows a few words; what it does not know it guesses, as the real one does."""

    def __init__(self, *words: FakeWord) -> None:
        self._words = {word.word: word for word in words}
        self.asked: list[str] = []

    def parse(self, word: str) -> Sequence[FakeWord]:
        self.asked.append(word)
        return [self._words.get(word, FakeWord(word, FakeTag("nomn"), is_known=False))]


def found(text: str, name: str, endings: russian.Endings) -> list[str]:
    return [text[m.start : m.end] for m in Matcher([Entity(name, "other")], endings).find(text)]


def test_the_dictionary_declines_what_it_knows() -> None:
    time = declined("время", "времени", "времени", "время", "временем", "времени", gender="neut")
    dictionary = Dictionary(lambda _: FakeAnalyser(time))
    assert dictionary.cases("время", "ru")[0] == ["времени"]
    assert found("Время, Времени, Временем, Времям", "Время", dictionary) == [
        "Время", "Времени", "Временем",
    ]  # fmt: skip


def test_the_rules_decline_what_it_does_not_know() -> None:
    dictionary = Dictionary(lambda _: FakeAnalyser())
    for word in ("хафтар", "ливия", "зеленский"):
        assert dictionary.cases(word, "ru") == russian.RULES.cases(word, "ru")


def test_only_forms_of_the_same_number_and_gender_are_taken() -> None:
    plural = FakeWord("хафтаров", FakeTag("gent", "plur"))
    feminine = FakeWord("хафтары", FakeTag("gent", "sing", "femn"))
    one = declined("хафтар", "хафтара", "хафтару", "хафтара", "хафтаром", "хафтаре")
    word = FakeWord(one.word, one.tag, True, [*one.lexeme, plural, feminine])
    dictionary = Dictionary(lambda _: FakeAnalyser(word))
    assert dictionary.cases("хафтар", "ru")[0] == ["хафтара"]


def test_a_second_locative_counts_and_other_cases_do_not() -> None:
    forms = [FakeWord("крыму", FakeTag("loc2")), FakeWord("крымушко", FakeTag("voct"))]
    word = FakeWord("крым", FakeTag("nomn"), True, forms)
    dictionary = Dictionary(lambda _: FakeAnalyser(word))
    assert dictionary.cases("крым", "ru")[4] == ["крыму"]
    assert all("крымушко" not in case for case in dictionary.cases("крым", "ru"))


def test_verbs_and_words_in_another_case_are_no_names() -> None:
    verb = FakeWord("стал", FakeTag("nomn", POS="VERB"), True, [FakeWord("x", FakeTag("gent"))])
    dictionary = Dictionary(lambda _: FakeAnalyser(verb))
    assert dictionary.cases("стал", "ru") == russian.RULES.cases("стал", "ru")


def test_ukrainian_forms_say_no_number() -> None:
    forms = [FakeWord("києва", FakeTag("gent", None))]
    word = FakeWord("київ", FakeTag("nomn", None), True, forms)
    dictionary = Dictionary(lambda language: FakeAnalyser(*[word] * (language == "uk")))
    assert dictionary.cases("київ", "uk surely")[0] == ["києва"]


def test_a_language_without_a_dictionary_is_declined_by_rule_and_asked_for_once() -> None:
    asked: list[str] = []

    def analyser(language: str) -> FakeAnalyser:
        asked.append(language)
        raise ValueError("no dictionary")

    dictionary = Dictionary(analyser)
    for _ in range(3):
        assert dictionary.cases("харків", "uk") == russian.RULES.cases("харків", "uk")
    assert asked == ["uk"]


def test_both_say_who_they_are() -> None:
    assert russian.RULES.name == "rules"
    assert Dictionary(lambda _: FakeAnalyser()).name == "pymorphy3"


def test_without_the_extra_the_rules_are_the_best_there_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def missing(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr(morphology, "import_module", missing)
    assert morphology.best.__wrapped__() is russian.RULES


def test_with_the_extra_the_dictionary_is_used_and_loaded_only_when_asked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    loaded: list[str] = []

    class FakeModule:
        @staticmethod
        def MorphAnalyzer(lang: str) -> FakeAnalyser:
            loaded.append(lang)
            return FakeAnalyser()

    monkeypatch.setattr(morphology, "import_module", lambda _: FakeModule)
    best = morphology.best.__wrapped__()
    assert (best.name, loaded) == ("pymorphy3", [])
    assert found("Haftar", "Haftar", best) == ["Haftar"]
    assert loaded == []
    assert found("Хафтара", "Хафтар", best) == ["Хафтара"]
    assert loaded == ["ru", "uk"]
