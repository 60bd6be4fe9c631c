"""What may be a name in a text, by its capitals and numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.entities.names import is_designator, key, names


def signs(text: str, language: str = "") -> list[str]:
    return [name.text for name in names(text, language) if name.sign]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Later Gleb Irisov told The Wall Street Journal.", ["Gleb Irisov", "Wall Street Journal"]),
        ("they met Mohammed bin Salman there", ["Mohammed bin Salman"]),
        ("and the Ministry of Defence of Chad said.", ["Ministry of Defence of Chad"]),
        ("ships in the Red Sea and the Black Sea.", ["Red Sea", "Black Sea"]),
        ("he saw HIMARS and T-90M tanks", ["T-90M", "HIMARS"]),
        ("it is William Burns’s plan", ["William Burns"]),
        ("the man of Erdoğan’ın party", ["Erdoğan"]),
        ("on Monday in March President Saied said.", ["Saied"]),
        ("там министр Сергей Шойгу", ["Сергей Шойгу"]),
        ("mail info@Example.com or #Libya, see http://x.org/About", []),
        ("Smugglers fled. Yesterday it rained. “Never again,” he said.", []),
        ("Rebels Storm Coastal Airbase Overnight", []),
        ("REBELS STORM COASTAL AIRBASE", []),
        ("قال حفتر اليوم", []),
        ("", []),
    ],
)
def test_capitals_inside_of_sentences_are_signs_of_names(text: str, expected: list[str]) -> None:
    assert signs(text) == expected


def test_german_nouns_are_no_names() -> None:
    text = "Am Montag lobte Olaf Scholz die Regierung, die NATO und den Leopard-2 im Hafen."
    assert "NATO" in signs(text, "de")
    assert "Olaf Scholz" in signs(text, "de")
    assert "Regierung" not in signs(text, "de")
    assert "Regierung" in signs(text, "en")


@pytest.mark.parametrize("text", ["T-90M", "S-400", "Su-35", "F-16", "С-400", "A320"])
def test_designators_are_known(text: str) -> None:
    assert is_designator(text)
    assert [name.text for name in names(f"they have {text} there")] == [text]


@pytest.mark.parametrize("text", ["S", "400", "Sarah-1999x", "covid-19", "S-40000"])
def test_other_words_are_no_designators(text: str) -> None:
    assert not is_designator(text)


def test_spellings_of_one_name_have_one_key() -> None:
    assert key("GLEB  Irisov") == key("Gleb Írisov")


@given(st.text("AbcДд Éé.-’'4\n\u00ad한", max_size=60), st.sampled_from(["", "de", "ru"]))
def test_offsets_are_those_of_the_text(text: str, language: str) -> None:
    for name in names(text, language):
        assert text[name.start : name.end] == name.text
        assert name.text.strip() == name.text != ""
