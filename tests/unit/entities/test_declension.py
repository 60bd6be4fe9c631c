"""Case endings that would make dozens of forms of a name, in articles of their languages only."""

import pytest

from reader.domain.entity import Alias, Entity
from reader.entities.declension import LANGUAGES, stem, words, words_anywhere
from reader.entities.match import Matcher

FORMS = {
    ("pl", "Putin"): "Putina Putinowi Putinem Putinie",
    ("pl", "Tusk"): "Tuska Tuskowi Tuskiem",
    ("pl", "Duda"): "Dudy Dudzie Dudę Dudą",
    ("pl", "Polska"): "Polski Polsce Polskę Polską",
    ("pl", "Rosja"): "Rosji Rosję Rosją",
    ("pl", "Libia"): "Libii Libię Libią",
    ("pl", "Warszawa"): "Warszawy Warszawie Warszawę",
    ("pl", "Kaczyński"): "Kaczyńskiego Kaczyńskiemu Kaczyńskim",
    ("pl", "Trybunał"): "Trybunału Trybunałowi Trybunałem",
    ("pl", "Assad"): "Assada Assadem Assadzie",
    ("pl", "Andrzej Duda"): "Andrzeja Dudy|Andrzejowi Dudzie|Andrzejem Dudą",
    ("pl", "Joe Biden"): "Joe Bidena|Joe Bidenem",
    ("pl", "al-Assad"): "al-Assada|al Assadem",
    ("cs", "Putin"): "Putina Putinovi Putinem Putinův Putinova",
    ("cs", "Pavel"): "Pavla Pavlovi Pavlem",
    ("cs", "Fiala"): "Fialy Fialovi Fialu Fialou",
    ("cs", "Praha"): "Prahy Praze Prahu Prahou",
    ("cs", "Rusko"): "Ruska Rusku Ruskem",
    ("cs", "Sýrie"): "Sýrii",
    ("cs", "Zelenskyj"): "Zelenského Zelenskému Zelenským",
    ("cs", "Petr Pavel"): "Petra Pavla|Petrem Pavlem",
    ("sk", "Fico"): "Fica Ficovi Ficom",
    ("sk", "Sýria"): "Sýrie Sýrii Sýriu Sýriou",
    ("pl", "Zelensky"): "Zelenskiego Zelenskim",
    ("hr", "Vučić"): "Vučića Vučiću Vučićem Vučićev Vučićeva",
    ("hr", "Ukrajina"): "Ukrajine Ukrajini Ukrajinu Ukrajinom",
    ("hr", "Amerika"): "Amerike Americi Ameriku",
    ("hr", "Zelenski"): "Zelenskog Zelenskom Zelenskim",
    ("bs", "Milorad Dodik"): "Milorada Dodika|Miloradom Dodikom",
    ("sr", "Вучић"): "Вучића Вучићу Вучићем",
    ("sr", "Србија"): "Србије Србији Србију Србијом",
    ("sr", "Srbija"): "Srbije Srbiji Srbiju",
    ("sl", "Putin"): "Putina Putinu Putinom Putinov",
    ("sl", "Janša"): "Janše Janši Janšo",
    ("hr", "Rutte"): "Ruttea Rutteu Rutteom",
    ("uz", "Toshkent"): "Toshkentda Toshkentga Toshkentning Toshkentdan",
    ("kk", "Тоқаев"): "Тоқаевтың Тоқаевқа Тоқаевпен",
    ("kk", "Астана"): "Астанада Астананың Астанаға",
    ("ky", "Бишкек"): "Бишкекте Бишкектин Бишкекке Бишкектен",
    ("lt", "Putin"): "Putinas Putino Putinui Putiną Putinu",
    ("lt", "Ukraina"): "Ukrainos Ukrainai Ukrainą Ukrainoje",
    ("lt", "Nausėda"): "Nausėdos Nausėdai Nausėdą",
    ("lv", "Putins"): "Putina Putinam Putinu Putinā",
    ("lv", "Ukraina"): "Ukrainas Ukrainai Ukrainu Ukrainā",
    ("ro", "România"): "României",
    ("ro", "Ucraina"): "Ucrainei",
    ("ro", "Kremlin"): "Kremlinul Kremlinului",
    ("sq", "Putin"): "Putini Putinit Putinin",
    ("sq", "Ukraina"): "Ukrainë Ukrainës Ukrainën",
    ("fi", "Putin"): "Putinin Putinia Putinissa Putinilta Putinille Putiniin",
    ("fi", "Ukraina"): "Ukrainan Ukrainaa Ukrainassa Ukrainaan Ukrainalle",
    ("fi", "Suomi"): "Suomen Suomea Suomessa Suomeen",
    ("fi", "Helsinki"): "Helsingin Helsingissä Helsinkiin",
    ("fi", "Virtanen"): "Virtasen Virtasta Virtaselle",
    ("fi", "Sanna Marin"): "Sanna Marinin|Sanna Marinille",
    ("et", "Putin"): "Putini Putinit Putinile Putiniga",
    ("et", "Kallas"): "Kallase Kallasega Kallasele",
    ("et", "Ukraina"): "Ukrainat Ukrainas Ukrainasse Ukrainaga",
    ("et", "NATO"): "NATOt NATOs NATOga",
    ("hu", "Orbán"): "Orbánt Orbánnak Orbánnal Orbánra Orbánék",
    ("hu", "Macron"): "Macronnal Macronnak Macront Macronhoz",
    ("hu", "Fidesz"): "Fidesznek Fidesszel Fideszt Fideszben",
    ("hu", "Ukrajna"): "Ukrajnában Ukrajnának Ukrajnával Ukrajnát",
    ("hu", "Orbán Viktor"): "Orbán Viktorral|Orbán Viktornak|Orbán Viktort",
    ("eu", "Putin"): "Putinek Putinen Putini Putinekin",
    ("eu", "Ukraina"): "Ukrainako Ukrainan Ukrainara Ukrainak",
    ("de", "Weißes Haus"): "Weißen Haus|Weißen Hauses|Weiße Haus",
    ("de", "Schwarzes Meer"): "Schwarzen Meer|Schwarzen Meeres",
    ("de", "Libysche Nationalarmee"): "Libyschen Nationalarmee|Libyscher Nationalarmee",
    (
        "ka",
        "პუტინი",
    ): "პუტინმა პუტინს პუტინის პუტინით პუტინთან პუტინზე პუტინისგან პუტინისთვის პუტინიც "
    "პუტინმაც პუტინსაც პუტინამდე",
    ("ka", "ლიბია"): "ლიბიამ ლიბიას ლიბიის ლიბიაში ლიბიიდან ლიბიასთან ლიბიისთვის ლიბიაშიც",
    ("ka", "ზელენსკი"): "ზელენსკიმ ზელენსკის ზელენსკისთან ზელენსკიც",
    ("ka", "თბილისი"): "თბილისში თბილისიდან თბილისამდე",
    ("ka", "ბაქო"): "ბაქოში ბაქოს ბაქოდან ბაქომ",
    ("ka", "ვლადიმერ პუტინი"): "ვლადიმერ პუტინმა|ვლადიმერ პუტინისთვის",
    ("hy", "Պուտին"): "Պուտինի Պուտինին Պուտինը Պուտինն Պուտինից Պուտինով ՊՈՒՏԻՆԸ",
    ("hy", "Լիբիա"): "Լիբիայի Լիբիայում Լիբիայից Լիբիան",
    ("hy", "Բաքու"): "Բաքուն Բաքվում Բաքվի",
    ("hy", "Կիև"): "Կիևի Կիևում Կիևը",
    ("hy", "Վլադիմիր Պուտին"): "Վլադիմիր Պուտինի|Վլադիմիր Պուտինից",
}


def found(alias: Alias, text: str, language: str) -> list[str]:
    matcher = Matcher([Entity("Nobody Else", "other", aliases=(alias,))])
    return [text[match.start : match.end] for match in matcher.find(text, language)]


@pytest.mark.parametrize(("language", "name"), FORMS)
def test_a_name_is_found_in_its_cases_and_whole(language: str, name: str) -> None:
    written = FORMS[language, name]
    for form in written.split("|" if "|" in written else " "):
        assert found(Alias(name), f"„{form}”, {name}.", language) == [form, name]


@pytest.mark.parametrize("language", ["", "en", "de", "ru"])
def test_other_languages_know_nothing_of_these_endings(language: str) -> None:
    assert found(Alias("Tusk"), "Tuska Tuskiem", language) == []


@pytest.mark.parametrize(
    ("alias", "text"),
    [
        (Alias("Duda"), "Grały dudy i kobza, nie ma dudziarza."),
        (Alias("Fiala"), "Fialový květ, Fialka"),
        (Alias("Tusk", inflect=False), "Tuska Tuskiem"),
        (Alias("Tusk", language="cs"), "Tuska Tuskiem"),
        (Alias("LOT"), "LOTem LOTu"),
        (Alias("Xi"), "Xia Xiem"),
        (Alias("S-400"), "S-400a"),
        (Alias("Andrzej Duda"), "Andrzeja Tuska i Dudy"),
    ],
)
def test_what_only_looks_like_a_case_is_not_found(alias: Alias, text: str) -> None:
    assert found(alias, text, "pl") == []


def test_an_alias_that_says_its_language_is_declined_where_the_article_says_nothing() -> None:
    assert found(Alias("Tusk", language="pl"), "Z Tuskiem.", "") == ["Tuskiem"]


@pytest.mark.parametrize(
    ("language", "alias", "text"),
    [
        ("fi", Alias("Marin"), "marinin marinille Marinara Marina"),
        ("fi", Alias("Mali"), "Malibu malin"),
        ("hu", Alias("Haftar"), "Haftarista haftarnak"),
        ("hu", Alias("Orbán Viktor"), "Orbánnak Viktor Orbánnal"),
        ("hr", Alias("Rusija"), "Rusinija rusije Rusijanin"),
        ("sr", Alias("Вучић"), "Вучићевић вучића"),
        ("lv", Alias("Xi"), "Xis Xia"),
        ("et", Alias("US"), "USle USs"),
        ("ro", Alias("Iran"), "Iranian Irana"),
        ("de", Alias("Schwarzes Meer"), "im schwarzen Meer, Schwarzenmeer, Schwarzem Mehr"),
        ("de", Alias("Angela Merkel"), "Angelas Merkel, Angelen Merkel"),
        ("ka", Alias("პუტინი"), "რასპუტინი, პუტინიზმი"),
        ("hy", Alias("Պուտին"), "պուտինի Պուտինյան Ռասպուտինը"),
    ],
)
def test_longer_words_and_small_letters_are_no_cases(
    language: str, alias: Alias, text: str
) -> None:
    assert found(alias, text, language) == []


@pytest.mark.parametrize(
    "name", ["Putin", "Khalifa Belqasim Haftar", "Orban Viktor Kaczynski Duda"]
)
def test_the_index_is_asked_for_every_case_in_one_query(name: str) -> None:
    forms = words_anywhere(Alias(name))
    assert sum(map(len, forms)) < 1000
    for language in LANGUAGES:
        for n, ours in enumerate(words(name, language) if stem(Alias(name), language) else []):
            assert set(ours) <= set(forms[n])


def test_a_name_without_a_stem_of_its_own_keeps_its_form() -> None:
    for name in ("Xi", "Лавров", "حفتر", "42", "a b c d e"):
        assert stem(Alias(name), "pl") == ""
