from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.domain.article import Mention, Texts
from reader.domain.entity import Alias, Entity
from reader.domain.fold import fold, fold_key
from reader.entities.abbreviations import respelled
from reader.entities.match import Match, Matcher


def entity(name: str, *aliases: str | Alias, case: bool | None = None, id: int = 0) -> Entity:  # noqa: A002
    spellings = tuple(Alias(one) if isinstance(one, str) else one for one in aliases)
    return Entity(name, "other", aliases=spellings, case=case, id=id)


def found(text: str, *names: str | Alias | Entity) -> list[str]:
    """The texts of what is shown; every place must be where the match says."""
    entities = [one if isinstance(one, Entity) else _lone(one) for one in names]
    return [text[m.start : m.end] for m in Matcher(entities).find(text) if m.shown]


def _lone(name: str | Alias) -> Entity:
    if isinstance(name, Alias):
        return Entity(name.text, "other", case=name.case, inflect=name.inflect)
    return entity(name)


ARTICLE = (
    "Reports: Ruritania ships S-400 and S-300 batteries to eastern Sylvania\n"
    "Ruritania’s navy moved S‑400 radars out of Strelsau, US and Sylvanian officials told "
    "Caliber.Az, citing The Zenda Street Journal.\n\n"
    "Marshal Rupert al‑Hentzau, whose Sylvanian National Army holds the port, met the Black Elk "
    "Group. Black Elk fighters came with Hentzau’s guard; the CIA warned us — and NATO.\n"
    "“The Ruritanian Ministry for Emergency Situations sent S-400s,” said Fritz von Tarlenheim."
)
LEXICON = (
    entity("Ruritania", "Ruritanian", "Strelsau"),
    entity("Sylvania", "Sylvanian"),
    entity("Sylvanian National Army", "SNA"),
    entity("Rupert al-Hentzau", "Hentzau", "al-Hentzau"),
    entity("S-400"),
    entity("S-300"),
    entity("United States", "US"),
    entity("NATO"),
    entity("CIA"),
    entity("Caliber.Az"),
    entity("Zenda Street Journal", "The Zenda Street Journal"),
    entity("Black Elk", "Black Elk Group"),
    entity("Ruritanian Ministry for Emergency Situations"),
    entity("Fritz von Tarlenheim"),
    entity("Zembla"),
)


def test_a_whole_article_gives_every_entity_at_its_place() -> None:
    shown = [m for m in Matcher(LEXICON).find(ARTICLE) if m.shown]
    assert [(m.entity.name, ARTICLE[m.start : m.end]) for m in shown] == [
        ("Ruritania", "Ruritania"),
        ("S-400", "S-400"),
        ("S-300", "S-300"),
        ("Sylvania", "Sylvania"),
        ("Ruritania", "Ruritania"),
        ("S-400", "S‑400"),
        ("Ruritania", "Strelsau"),
        ("United States", "US"),
        ("Sylvania", "Sylvanian"),
        ("Caliber.Az", "Caliber.Az"),
        ("Zenda Street Journal", "The Zenda Street Journal"),
        ("Rupert al-Hentzau", "Rupert al‑Hentzau"),
        ("Sylvanian National Army", "Sylvanian National Army"),
        ("Black Elk", "Black Elk Group"),
        ("Black Elk", "Black Elk"),
        ("Rupert al-Hentzau", "Hentzau"),
        ("CIA", "CIA"),
        ("NATO", "NATO"),
        (
            "Ruritanian Ministry for Emergency Situations",
            "Ruritanian Ministry for Emergency Situations",
        ),
        ("S-400", "S-400s"),
        ("Fritz von Tarlenheim", "Fritz von Tarlenheim"),
    ]


def test_mentions_inside_longer_ones_of_others_count_but_are_not_shown() -> None:
    hidden = [m for m in Matcher(LEXICON).find(ARTICLE) if not m.shown]
    assert [(m.entity.name, m.alias) for m in hidden] == [
        ("Sylvania", "Sylvanian"),
        ("Ruritania", "Ruritanian"),
    ]


def test_the_alias_is_given_as_the_user_wrote_it() -> None:
    haftar = entity("Khalifa Haftar", "Haftar", "Хафтар", "حفتر")
    text = "HAFTAR, с Хафтаром, وحفتر"
    assert [m.alias for m in Matcher([haftar]).find(text)] == ["Haftar", "Хафтар", "حفتر"]


def test_an_alias_written_out_goes_before_one_derived() -> None:
    both = entity("S-400", "С-400")
    assert [m.alias for m in Matcher([both]).find("S-400 С-400")] == ["S-400", "С-400"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Haftar’s forces, Haftar's, Haftars' and haftar", ["Haftar", "Haftar", "haftar"]),
        ("anti-Haftar pro-HAFTAR-style (Haftar)", ["Haftar", "HAFTAR", "Haftar"]),
        ("Haf\u00adtar \u200eHaftar\u200f", ["Haf\u00adtar", "Haftar"]),
        ("Haftarism Alhaftar Haftar2 _Haftar_", ["Haftar"]),
        ("Ha\u0301ftar", ["Ha\u0301ftar"]),
        ("", []),
        ("\ud800Haftar\udfff", ["Haftar"]),
    ],
)
def test_word_boundaries_and_marks(text: str, expected: list[str]) -> None:
    assert found(text, "Haftar") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("AL ASSAD, al‑Assad, al\u00a0Assad", ["AL ASSAD", "al‑Assad", "al\u00a0Assad"]),
        ("Al\r\n   Assad", ["Al\r\n   Assad"]),
        ("Al\n\nAssad", []),
        ("Al, Assad. Al/Assad", []),
        ("alAssad al-Assads", []),
    ],
)
def test_dashes_and_spaces_are_one(text: str, expected: list[str]) -> None:
    assert found(text, "al-Assad") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("S-400 S 400 S400 S‑400 S–400", ["S-400", "S 400", "S400", "S‑400", "S–400"]),
        ("С-400 С400 С 400 комплексы С-400", ["С-400", "С400", "С 400", "С-400"]),
        ("S-400s, S400s and S-400's", ["S-400s", "S400s", "S-400"]),
        ("S-4000 PS-400 S-400V s-400 S-40 XS400", []),
        ("it's 400, IT'S 400, S 400,000, S-400.5", []),
        ("S-400. S-400, then", ["S-400", "S-400"]),
        ("新型S-400を売却", ["S-400"]),
        ("“S-400”/S-400", ["S-400", "S-400"]),
    ],
)
def test_designators_in_every_spelling(text: str, expected: list[str]) -> None:
    assert found(text, "S-400") == expected


@pytest.mark.parametrize(
    ("alias", "text", "expected"),
    [
        ("С-400", "S-400 and С400", ["S-400", "С400"]),
        ("T-72B3", "T-72B3, T72B3, Т-72Б3, T-72B", ["T-72B3", "T72B3", "Т-72Б3"]),
        ("Kh-101", "Kh-101, Х-101, kh101, KH-101s", ["Kh-101", "Х-101", "kh101", "KH-101s"]),
        ("Х-101", "Kh-101 X-101 Х101", ["Kh-101", "X-101", "Х101"]),
        ("Su-35", "su-35, Су-35, Su 35; en su 35 aniversario", ["su-35", "Су-35", "Su 35"]),
        ("MQ-9", "MQ-9s, MQ9, MQ-9B", ["MQ-9s", "MQ9"]),
        ("F-16", "F-16, l’F-16, F16 et F-16s", ["F-16", "F-16", "F16", "F-16s"]),
        ("S400", "S-400 S 400", ["S-400", "S 400"]),
        ("S-400 Triumf", "S400 Triumf; S-400", ["S400 Triumf"]),
        ("G20", "G-20 and G20 leaders", ["G-20", "G20"]),
        ("9K720", "9K720 and 9К720; 19K720, 9K7201", ["9K720", "9К720"]),
        ("2S19", "2S19, 2С19 (Мста-С), 2S19s", ["2S19", "2С19", "2S19s"]),
        ("2S19", "2S-19, 2С‑19, 2S 19; 2s 19, 2s-19", ["2S-19", "2С‑19", "2S 19"]),
        ("2S-19", "2S19 and 2С19; 12S-19, 2S-190", ["2S19", "2С19"]),
        ("9K720", "9K-720, 9К‑720", ["9K-720", "9К‑720"]),
        ("3M-54", "3М54, 3M-54", ["3М54", "3M-54"]),
        ("Buk-M3", "Buk‑M3, Бук‑М3, «Бук М3», Бук М-3", ["Buk‑M3", "Бук‑М3", "Бук М3", "Бук М-3"]),
        ("Бук-М3", "Buk-M3, Buk M3; Buk-M30, Ubuk-M3", ["Buk-M3", "Buk M3"]),
        ("Tor-M2", "Тор-М2, ТОР-М2, Тор-М2У", ["Тор-М2", "ТОР-М2"]),
        ("Leopard 2A6", "Leopard 2 A6s, Leopard-2A6; Leopard 2", ["Leopard 2 A6s", "Leopard-2A6"]),
        ("Leopard 2 A6", "Leopard 2A6, Леопард 2А6", ["Leopard 2A6", "Леопард 2А6"]),
        ("T-72B3", "T-72 B3 and Т-72 Б3", ["T-72 B3", "Т-72 Б3"]),
        ("Su-35S", "a Su-35's wing, Su-35 S", []),
        ("Shahed-136", "Шахед-136, Shahed 136s, Shahed136, Shahed-13", ["Шахед-136", "Shahed 136s",
                                                                        "Shahed136"]),
        ("Шахед-136", "Shahed-136, SHAHED-136", ["Shahed-136", "SHAHED-136"]),
        ("H-6", "H-6 and Х-6", ["H-6"]),
        ("Brigade 444", "brigade 444, Brigade-444; brigades 444", ["brigade 444", "Brigade-444"]),
    ],
)  # fmt: skip
def test_other_designators(alias: str, text: str, expected: list[str]) -> None:
    assert found(text, alias) == expected


def test_a_joiner_in_a_persian_name_may_be_a_space() -> None:
    assert found("خامنه ای و خامنه\u200cای", "خامنه\u200cای") == ["خامنه ای", "خامنه\u200cای"]


@pytest.mark.parametrize(
    ("alias", "text", "expected"),
    [
        ("US", "us and the US; US-led, US’s", ["US", "US", "US"]),
        ("WHO", "who said WHO", ["WHO"]),
        ("U.S.", "U.S. officials, u.s., U.S.A., U.S.-led", ["U.S.", "U.S."]),
        ("NATO", "nato NATO Nato", ["NATO"]),
        ("UNESCO", "Unesco, UNESCO", ["Unesco", "UNESCO"]),
        ("США", "в США и сша", ["США"]),
        ("Apple", "an apple and Apple", ["Apple"]),
        ("apple", "an apple and Apple", ["apple", "Apple"]),
        ("F-35A", "F-35As, F-35AS, F-35A and F-35", ["F-35As", "F-35A"]),
        ("MiG-31K", "MiG-31Ks and MiG-31KS", []),
        ("Leopard", "a leopard, a Leopard and LEOPARD", ["Leopard", "LEOPARD"]),
        ("Burns", "it burns; Burns said", ["Burns"]),
        ("Калибр", "пистолет, калибр 9 мм; «Калибр»", ["Калибр"]),
        ("The Sun", "the sun, the Sun", ["the Sun"]),
        ("Вера", "вера и Вера, Вере, вере", ["Вера", "Вере"]),
        ("Haftar", "haftar HAFTAR", ["haftar", "HAFTAR"]),
        ("Morning Star", "morning star; Morning Star", ["Morning Star"]),
        ("AT&T", "AT&T, at&t, AT T", ["AT&T"]),
        (Alias("LNA", case=True), "LNA lna Lna", ["LNA"]),
        (Alias("iPhone", case=True), "iPhone iphone IPHONE", ["iPhone"]),
        (Alias("McKinsey", case=True), "McKinsey Mckinsey", ["McKinsey"]),
        (Alias("US", case=False), "us US", ["us", "US"]),
        (Alias("Apple", case=False), "apple", ["apple"]),
        (Alias("Москва", case=True), "Москвы москвы МОСКВЫ", ["Москвы"]),
        (Alias("s-400", case=False), "S-400 s 400", ["S-400", "s 400"]),
    ],
)
def test_case_rules(alias: str | Alias, text: str, expected: list[str]) -> None:
    assert found(text, alias) == expected


def test_capitals_say_nothing_in_a_line_of_capitals() -> None:
    assert found("TELL US ABOUT APPLE PIE", "US", "Apple") == ["APPLE"]
    assert found("TELL US ABOUT HAFTAR AND S-400", "US", "Haftar", "S-400") == ["HAFTAR", "S-400"]
    assert found("US", "US") == ["US"]
    assert found("TELL THEM\nThe US said", "US") == ["US"]


def test_another_mention_bears_out_capitals_in_a_line_of_capitals() -> None:
    states = entity("United States", "US")
    assert found("WHAT THE US WANTS\nThe US said", states) == ["US", "US"]
    assert found("UNITED STATES: US LEAVES", states) == ["UNITED STATES", "US"]
    assert found("US LEAVES\nUnited States", states) == ["US", "United States"]


def test_a_shouted_title_is_borne_out_by_the_body() -> None:
    matcher = Matcher([entity("NATO", id=7)])
    texts = Texts("NATO MEETS IN STRELSAU", "", "The NATO summit")
    assert [(m.field, m.start, m.end) for m in matcher.mentions(texts)] == [
        ("title", 0, 4),
        ("body", 4, 8),
    ]
    assert matcher.mentions(Texts("NATO MEETS IN STRELSAU", "", "The summit")) == ()
    believed = Matcher([entity("NATO", case=True)])
    assert len(believed.mentions(Texts("NATO MEETS IN STRELSAU"))) == 1


@pytest.mark.parametrize(
    ("alias", "text", "expected"),
    [
        ("Caliber.Az", "Caliber.Az, CALIBER.AZ; Caliber Az", ["Caliber.Az", "CALIBER.AZ"]),
        ("C++", "C++, C++11 and C, C+", ["C++", "C++"]),
        (".NET", "uses .NET and net", [".NET"]),
        ("Yahoo!", "Yahoo! Inc, Yahoo", ["Yahoo!"]),
        ("Côte d'Ivoire", "la Cote d’Ivoire", ["Cote d’Ivoire"]),
        ("Ivoire", "d’Ivoire", ["Ivoire"]),
        ('ЧВК "Вагнер"', "бойцы ЧВК «Вагнер»", ["ЧВК «Вагнер»"]),
        ("Straße", "STRASSE strasse Straße", ["STRASSE", "strasse", "Straße"]),
    ],
)
def test_aliases_with_signs(alias: str, text: str, expected: list[str]) -> None:
    assert found(text, alias) == expected


@pytest.mark.parametrize(
    ("alias", "text", "expected"),
    [
        ("حفتر", "قال حفتر وحفتر لحفتر بحفتر فحفتر كحفتر، وبحفتر", ["حفتر"] * 7),
        ("حفتر", "حَفْتَر حفـتر \u200fحفتر\u200f", ["حَفْتَر", "حفـتر", "حفتر"]),
        ("حفتر", "حفترية محفتر", []),
        ("القذافي", "القذافى والقذافي للقذافي", ["القذافى", "القذافي", "قذافي"]),
        ("جيش", "الجيش والجيش للجيش جيش", ["جيش"] * 4),
        ("Erdoğan", "Erdoğan'ın Erdogan’a ERDOĞAN erdoğanlar", ["Erdoğan", "Erdogan", "ERDOĞAN"]),
        ("Türkiye", "Türkiye’nin TÜRKİYE", ["Türkiye", "TÜRKİYE"]),
        ("Əliyev", "İlham Aliyev, Əliyev'in", ["Aliyev", "Əliyev"]),
        ("Isparta", "ısparta ISPARTA İsparta", ["ısparta", "ISPARTA", "İsparta"]),
        ("Хафтар", "Хафтара Хафтаром хафтарианец Хафтар", ["Хафтара", "Хафтаром", "Хафтар"]),
        ("Халифа Хафтар", "Халифы Хафтара, Халифа-Хафтар", ["Халифы Хафтара", "Халифа-Хафтар"]),
        ("Зеленський", "Зеленського, Зеленским", ["Зеленського"]),
        (Alias("Хафтар", inflect=False), "Хафтара Хафтар", ["Хафтар"]),
        ("東京", "東京都と東京", ["東京", "東京"]),
        ("習近平", "国家主席習近平は", ["習近平"]),
        ("ハリファ・ハフタル", "ハリファ・ハフタル氏、ハリファ", ["ハリファ・ハフタル"]),
        ("ลิเบีย", "รัสเซียในลิเบียวันนี้", ["ลิเบีย"]),
        ("러시아", "러시아는 친러시아 러시아", ["러시아", "러시아"]),
        ("NATO", "北約NATO峰會 나토(NATO)는", ["NATO", "NATO"]),
        ("S-400システム", "新型S-400システムを", ["S-400システム"]),
        ("लीबिया", "लीबिया में लीबियाई", ["लीबिया"]),
        ("Mali", "Malian Mali. Mali’s Somali", ["Mali", "Mali"]),
    ],
)  # fmt: skip
def test_scripts_and_endings(alias: str | Alias, text: str, expected: list[str]) -> None:
    assert found(text, alias) == expected


def test_overlaps_of_one_entity_count_once() -> None:
    haftar = entity("Khalifa Haftar", "Haftar", "Khalifa", "Haftar Khalifa")
    assert found("Khalifa Haftar Khalifa", haftar) == ["Khalifa Haftar", "Khalifa"]


def test_two_entities_of_one_alias_are_both_shown() -> None:
    first, second = entity("Burns", id=1), Entity("Burns", "place", "other list", id=2)
    both = Matcher([first, second]).find("Burns")
    assert [(m.entity.id, m.shown) for m in both] == [(1, True), (2, True)]


def test_mentions_carry_the_entity_and_the_field() -> None:
    haftar = Entity("Haftar", "person", id=3)
    texts = Texts("Haftar", "met Haftar", "and Хафтар")
    assert Matcher([haftar]).mentions(texts) == (
        Mention(3, "Haftar", "person", "Haftar", "title", 0, 6),
        Mention(3, "Haftar", "person", "Haftar", "lead", 4, 10),
    )


def test_nothing_to_track_finds_nothing() -> None:
    assert Matcher([]).find("Haftar") == []
    assert Matcher([entity("???"), entity("")]).find("??? Haftar") == []


aliases = st.lists(
    st.text(alphabet="abß -'.東", min_size=1, max_size=5).filter(
        lambda text: any(c.isalnum() for c in fold_key(text)) and not [*respelled(text)]
    ),
    min_size=1,
    max_size=3,
    unique=True,
)
texts = st.text(alphabet="aabbABßé -–'’.,東京\u00ad\u0301\n", max_size=40)


@given(st.lists(aliases, min_size=1, max_size=5), texts)
@settings(max_examples=500, deadline=None)
def test_every_place_that_a_plain_search_finds_and_no_other(
    lists: list[list[str]], text: str
) -> None:
    entities = [entity(name, *others, id=i) for i, (name, *others) in enumerate(lists)]
    got = Matcher(entities).find(text)
    assert [(m.start, m.end, m.entity.id, m.shown) for m in got] == _plainly(entities, text)
    assert all(fold_key(text[m.start : m.end]) == fold_key(m.alias) for m in got)
    _in_order(got)


def _in_order(matches: list[Match]) -> None:
    for one, other in pairwise(matches):
        assert (one.start, -one.end) <= (other.start, -other.end)


def _plainly(entities: list[Entity], text: str) -> list[tuple[int, int, int, bool]]:
    folded = fold(text, squeeze=True)
    spans = set()
    for one in entities:
        for alias in one.spellings():
            key = fold_key(alias.text)
            for start in range(len(folded.text)):
                end = start + len(key)
                if folded.text[start:end] == key and _whole(folded.text, start, end):
                    spans.add((folded.origin(start), -folded.end(end), one.id))
    result: list[tuple[int, int, int, bool]] = []
    for start, minus_end, number in sorted(spans):
        if all(end <= start for _, end, other, _ in result if other == number):
            free = all(end <= start or (first, end) == (start, -minus_end)
                       for first, end, _, shown in result if shown)  # fmt: skip
            result.append((start, -minus_end, number, free))
    return result


def _whole(text: str, start: int, end: int) -> bool:
    before, after = text[start - 1 : start], text[end : end + 1]
    glued_before = (
        before.isalnum() and text[start].isalnum() and not {before, text[start]} & {*"東京"}
    )
    glued_after = (
        after.isalnum() and text[end - 1].isalnum() and not {after, text[end - 1]} & {*"東京"}
    )
    return not glued_before and not glued_after and not (text[end - 1] == "." and after.isalnum())
