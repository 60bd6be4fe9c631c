"""What an outlet puts around a text is dropped, and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.domain.fold import fold
from reader.stories.wording import as_printed, split, unended, unopened, worded

OPENED = {
    "LONDON, Dec 16 (Reuters) - Prices rose": "Prices rose",
    "KYIV, Dec. 16 (AP) — The city": "The city",
    "KYIV — The city": "The city",
    "Berlin (dpa) - Der Minister": "Der Minister",
    "PARIS, 16 déc (AFP) - Le ministre": "Le ministre",
    "(ANSA) - ROMA, 16 DIC - Il ministro": "Il ministro",
    "Madrid, 16 dic (EFE).- El ministro": "El ministro",
    "МОСКВА, 16 декабря. /ТАСС/. Министр": "Министр",
    "МОСКВА, 16 дек — РИА Новости. Министр": "Министр",
    "Москва. 16 декабря. INTERFAX.RU - Министр": "Министр",
    "КИЇВ, 16 грудня (Укрінформ) - Міністр": "Міністр",
    "ANKARA (AA) – Bakan": "Bakan",
    "لندن (رويترز) - قال الوزير": "قال الوزير",
    "دمشق-سانا أكد الوزير": "أكد الوزير",
    "新华社北京12月16日电（记者王明）部长": "部长",
    "【共同】首相は": "首相は",
    "(서울=연합뉴스) 홍길동 기자 = 장관은": "장관은",
    "Reuters - Oil": "Oil",
}
UNTOUCHED = [
    "The minister told AP that he (the minister) would go - at once",
    "Russia lost the war — report says",
    "He said — and meant it — that",
    "Climate (a report) is",
    "A trend (upwards) - and more",
    "",
    "—",
]


@pytest.mark.parametrize("text", OPENED)
def test_opening_of_an_agency_is_dropped(text: str) -> None:
    assert unopened(text) == OPENED[text]


@pytest.mark.parametrize("text", UNTOUCHED)
def test_ordinary_beginning_is_kept(text: str) -> None:
    assert unopened(text) == text


@pytest.mark.parametrize(
    "ending",
    [
        "Read more »",
        "… Continue reading",
        "[…] The post Some Title appeared first on Some Blog.",
        "Der Beitrag Ein Titel erschien zuerst auf Ein Blog.",
        "Weiterlesen",
        "Lire la suite...",
        "Leer más",
        "Читать далее",
        "Читати далі",
        "Devamını oku",
        "اقرأ المزيد",
        "阅读全文",
        "続きを読む",
        "(Reporting by A. B.; Editing by C. D.)",
    ],
)
def test_ending_of_a_teaser_is_dropped(ending: str) -> None:
    assert split(unended(fold(f"One two three. {ending}").text)).text == b"one two three"


def test_words_of_an_ending_within_a_text_are_kept() -> None:
    text = "she could read more books than anybody else " + "in the whole wide world " * 8
    assert unended(text) == text


def test_words_are_the_same_however_they_are_written() -> None:
    plain = worded("Le cafe d'Elise, 12 rue de l'Eglise").text
    assert worded("LE CAFÉ d’Élise – 12, rue de l’Église").text == plain


def test_signs_of_scripts_without_spaces_are_words() -> None:
    assert split("地铁5号线").text.decode().split() == ["地", "铁", "5", "号", "线"]
    assert split("地铁5号线").signs
    assert not split("the 地铁 of the town is new").signs


@given(st.text())
def test_ascii_takes_a_short_cut_to_the_same_words(text: str) -> None:
    folded = fold(text).text.encode("ascii", "ignore").decode()
    long_way = split(folded + " й").text.removesuffix("й".encode()).strip()
    assert split(folded).text == long_way


@given(st.text())
def test_any_text_has_words(text: str) -> None:
    assert b"  " not in worded(text).text
    assert all(as_printed(text))
