"""The traps that research had found in other programs, one by one."""

import pytest

from reader.domain.article import Texts
from reader.domain.entity import Alias, ContextRule, Entity
from reader.entities.match import Matcher
from reader.entities.overlap import shown_anew

NEAR_BURNS = (ContextRule("requires", ("CIA", "William"), 30),)
KNOWN = [
    Entity("Khalifa Haftar", "person", aliases=(Alias("Haftar"), Alias("Хафтар"), Alias("حفتر"))),
    Entity("Saddam Haftar", "person"),
    Entity("Bashar al-Assad", "person", aliases=(Alias("al-Assad"), Alias("Assad"))),
    Entity("Recep Tayyip Erdoğan", "person", aliases=(Alias("Erdoğan"),)),
    Entity("William Burns", "person", aliases=(Alias("Burns", case=True, rules=NEAR_BURNS),)),
    Entity("Vladimir Putin", "person", aliases=(Alias("Путин"), Alias("פוטין"))),
    Entity("Kyriakos Mitsotakis", "person", aliases=(Alias("Μητσοτάκης"),)),
    Entity("S-400", "weapon", aliases=(Alias("إس-400"),)),
    Entity("Libyan National Army", "organisation"),
    Entity("Fox-IT", "organisation"),
    Entity("AT&T", "organisation"),
    Entity("Caliber.Az", "organisation"),
    Entity("World Health Organization", "organisation", aliases=(Alias("WHO"),)),
    Entity("Libya", "place", aliases=(Alias("Libyan"), Alias("リビア"), Alias("ливийский"),
                                      Alias("לוב"), Alias("Λιβύη"))),
    Entity("Bolivia", "place", aliases=(Alias("ボリビア"),)),
    Entity("Mali", "place"),
    Entity("Giorgia Meloni", "person", aliases=(Alias("Meloni"),)),
    Entity("Dmitry Peskov", "person", aliases=(Alias("Песков"),)),
    Entity("İstanbul", "place", language="tr"),
    Entity("Isparta", "place", language="tr"),
    Entity("Łódź", "place"),
    Entity("Tromsø", "place"),
    Entity("Gießen", "place"),
    Entity("drone", "topic", plural=True, aliases=(Alias("беспилотник", plural=True),
                                                   Alias("дрон", plural=True))),
]  # fmt: skip
ENTITIES = [
    Entity(e.name, e.type, "traps", e.aliases, e.case, e.inflect, "", n, e.language, e.plural)
    for n, e in enumerate(KNOWN, start=1)
]
MATCHER = Matcher(ENTITIES)


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "Haftar’s, HAFTAR and Haf\u00adtar", ["Haftar", "HAFTAR", "Haf\u00adtar"]),
        ("en", "al‑Assad, AL ASSAD, Bashar\u00a0al–Assad's", ["al‑Assad", "AL ASSAD",
                                                            "Bashar\u00a0al–Assad"]),
        ("en", "S 400, S‑400, S400, S-400s, С-400", ["S 400", "S‑400", "S400", "S-400s", "С-400"]),
        ("en", "S-4000, PS-400, 400, S-40", []),
        ("ar", "وحفتر لحفتر حَفْتَر", ["حفتر", "حفتر", "حَفْتَر"]),
        ("ar", "وإس 400 ولإس-400", ["إس 400", "إس-400"]),
        ("ru", "Хафтаром, ХАФТАРА; хафтарианец", ["Хафтаром", "ХАФТАРА"]),
        ("tr", "ERDOĞAN, Erdogan’ın, Erdog\u0306an'a", ["ERDOĞAN", "Erdogan", "Erdog\u0306an"]),
        ("tr", "İstanbul ISTANBUL istanbul", ["İstanbul", "ISTANBUL", "istanbul"]),
        ("tr", "ISPARTA ısparta", ["ISPARTA", "ısparta"]),
        ("pl", "Lodz, ŁÓDŹ", ["Lodz", "ŁÓDŹ"]),
        ("no", "Tromso, TROMSØ", ["Tromso", "TROMSØ"]),
        ("de", "GIESSEN, Giessen", ["GIESSEN", "Giessen"]),
        ("en", "Malian, mali, Maligned", []),
        ("it", "Meloni, MELONI e i meloni", ["Meloni", "MELONI"]),
        ("ru", "Песков, Песковым; песков и песка", ["Песков", "Песковым"]),
        ("en", "the Assads and Assadabad", []),
        ("en", "A fox, an IT firm, Foxit; Fox-IT", ["Fox-IT"]),
        ("en", "Neither AT T nor ATT, but AT&T", ["AT&T"]),
        ("en", "Caliber Az, caliber.az", ["caliber.az"]),
        ("en", "who asked the WHO", ["WHO"]),
        ("en", "WHO ASKED THEM?", []),
        ("en", "al fresco", []),
        ("en", "Burns said so. Ken Burns too.", []),
        ("en", "CIA chief Burns said so.", ["Burns"]),
        ("ja", "リビアの リビングと オリビア", ["リビア"]),
        ("ja", "ボリビア", ["ボリビア"]),
        ("ru", "в путину; путиной; Путиным; ПУТИНА", ["Путиным", "ПУТИНА"]),
        ("ru", "ливийская нефть, ливийских", ["ливийская", "ливийских"]),
        ("ru", "Беспилотники и дронов", ["Беспилотники", "дронов"]),
        ("uk", "Дрони і дронів", ["Дрони", "дронів"]),
        ("he", "פוטין, ופוטין, שפוטין, לפוטין", ["פוטין"] * 4),
        ("he", "בלוב, כלוב, שלוב", ["לוב"]),
        ("el", "του Μητσοτάκη, της Λιβύης, ΛΙΒΥΗ", ["Μητσοτάκη", "Λιβύης", "ΛΙΒΥΗ"]),
    ],
)  # fmt: skip
def test_exactly_what_is_meant_is_found(language: str, text: str, expected: list[str]) -> None:
    assert [text[one.start : one.end] for one in MATCHER.find(text, language)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Saddam Haftar spoke.", ["Saddam Haftar"]),
        ("Saddam Haftar, son of Haftar", ["Saddam Haftar", "Khalifa Haftar"]),
        ("Khalifa Haftar and Saddam Haftar", ["Khalifa Haftar", "Saddam Haftar"]),
        ("Haftar's Libyan National Army", ["Khalifa Haftar", "Libyan National Army", "Libya"]),
    ],
)
def test_a_surname_in_another_persons_name_is_no_mention_but_a_country_in_an_armys_is(
    text: str, expected: list[str]
) -> None:
    assert [one.entity.name for one in MATCHER.find(text)] == expected


def test_mentions_that_are_put_together_again_lose_surnames_too() -> None:
    texts = Texts("Saddam Haftar", "", "Haftar and Saddam Haftar")
    alone = [one for entity in ENTITIES[:2] for one in Matcher([entity]).mentions(texts)]
    assert len(alone) == 5
    assert shown_anew(alone) == MATCHER.mentions(texts)


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("tr", "Mali yıl bitti. “Mali konular zor.”\nMALİ PİYASALAR", 0),
        ("tr", "Mali'de darbe oldu. Mali ordusu. Fransa Mali’den çıktı.", 3),
        ("tr", "Fransa, Mali ordusunu eğitti. Mali yıl bitti.", 2),
        ("pl", "Mali przedsiębiorcy. Prezydent Mali przyjechał.", 2),
        ("en", "Mali voted. MALI VOTED", 2),
        ("", "Mali voted.", 1),
    ],
)
def test_a_word_that_begins_a_sentence_is_a_name_where_another_mention_says_so(
    language: str, text: str, expected: int
) -> None:
    assert len(Matcher([Entity("Mali", "place")]).find(text, language)) == expected


def test_the_fishing_season_is_told_from_a_person_by_what_else_the_article_says() -> None:
    matcher = Matcher([Entity("Vladimir Putin", "person", aliases=(Alias("Путин"),))])
    texts = Texts(title="Путина началась", lead="", body="Путина идёт. В путину выходят суда.")
    assert matcher.mentions(texts, "ru") == ()
    texts = Texts(title="Путина встретили", lead="", body="Путин прилетел утром.")
    assert [one.field for one in matcher.mentions(texts, "ru")] == ["title", "body"]
    assert len(matcher.find("Речь Путина. РЕЧЬ ПУТИНА В МОСКВЕ", "ru")) == 2
