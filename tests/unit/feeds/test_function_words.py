import pytest

from reader.feeds.function_words import plainly


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The minister said on Monday that the talks with the two sides were at an end", "en"),
        ("Der Minister hat am Montag mit den Vertretern der Länder über die Lage gesprochen", "de"),
        ("Le ministre a déclaré lundi que les discussions avec les deux pays sont finies", "fr"),
        ("El ministro dijo el lunes que la reunión con los dos países no fue larga", "es"),
        ("Il ministro ha detto che la riunione con i due paesi non è stata lunga", "it"),
        ("O ministro disse que a reunião com os dois não foi longa, mas ele já era pelo fim", "pt"),
        ("Powiedział, że spotkanie nie było długie i jest po nim tylko co dla nas", "pl"),
        ("Министр заявил, что встреча не была долгой и после неё он был уже на границе", "ru"),
        ("Міністр заявив, що зустріч не була довгою, але після неї він був вже на кордоні", "uk"),
        ("Той каза, че срещата не е била дълга и след това той ще се върне", "bg"),
        ("قال الوزير إن الاجتماع مع البلدين لا يزال في بدايته بعد أن كان من المتوقع", "ar"),
        ("وزیر گفت که این نشست با دو کشور برای آن است که به پایان شد", "fa"),
    ],
)  # fmt: skip
def test_a_sentence_is_known_by_its_little_words(text: str, language: str) -> None:
    assert plainly(text) == language


@pytest.mark.parametrize(
    "text",
    [
        "",
        "An S-400's radar, two S-300s, a TB2 and an Su-35S",  # types, no Czech "s"
        "De la Vega, Van der Berg and El Ahmadi",
        "the the the the the the",  # one word, however often
        "Lorem ipsum dolor sit amet consectetur",
        "de la que el en les dels amb per una",  # between several languages
        "Ruslands præsident mødtes med den tyrkiske udenrigsminister, og det er ikke for sig selv",
    ],
)
def test_names_types_and_what_several_languages_share_make_nothing_plain(text: str) -> None:
    assert plainly(text) == ""
