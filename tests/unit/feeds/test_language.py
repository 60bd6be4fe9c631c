import subprocess
import sys

import pytest

from reader.feeds.language import detect, normal


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Russia shifts advanced air-defence systems from Syria", "en"),
        ("Россия перебрасывает системы ПВО из Сирии в Ливию", "ru"), ("Новости дня", "ru"),
        ("Росія перекидає системи ППО із Сирії до Лівії", "uk"), ("Міністр заявив у понеділок",
        "uk"),
        ("حفتر يستقبل وفدا رسميا في بنغازي", "ar"), ("ارتش ایران اعلام کرد که", "fa"),
        ("Cumhurbaşkanı bugün önemli bir açıklama yaptı", "tr"),
        ("Azərbaycan Prezidenti bəyanatla çıxış edib", "az"), ("Xaricə köçürülən vəsait artıb",
        "az"),
        ("Der Minister hat am Montag gesagt, dass", "de"), ("Le ministre a déclaré lundi que",
        "fr"),
        ("El ministro dijo el lunes que la reunión", "es"), ("Il ministro ha detto lunedì che",
        "it"),
        ("O ministro disse na segunda-feira que não", "pt"),
        ("Minister powiedział w poniedziałek", "pl"),
        ("中国外交部发言人表示", "zh"), ("日本の首相は月曜日に", "ja"),
        ("한국 대통령은 월요일", "ko"),
        ("ראש הממשלה אמר ביום שני", "he"), ("Ο πρωθυπουργός δήλωσε", "el"), ("ประเทศไทย", "th"),
    ],
)  # fmt: skip
def test_headlines_tell_their_language(text: str, language: str) -> None:
    assert detect(text) == language


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("da", "Ruslands præsident mødtes mandag i Moskva med den tyrkiske udenrigsminister"),
        ("sk", "Ruský prezident sa v pondelok v Moskve stretol s tureckým ministrom zahraničia"),
        ("fi", "Venäjän presidentti tapasi maanantaina Moskovassa Turkin ulkoministerin"),
        ("et", "Venemaa president kohtus esmaspäeval Moskvas Türgi välisministriga"),
        ("hr", "Ruski predsjednik sastao se u ponedjeljak u Moskvi s turskim ministrom"),
        ("sl", "Ruski predsednik se je v ponedeljek v Moskvi srečal s turškim ministrom"),
        ("lt", "Rusijos prezidentas pirmadienį Maskvoje susitiko su Turkijos ministru"),
        ("lv", "Krievijas prezidents pirmdien Maskavā tikās ar Turcijas ārlietu ministru"),
        ("vi", "Tổng thống Nga hôm thứ Hai đã gặp Bộ trưởng Ngoại giao Thổ Nhĩ Kỳ"),
        ("id", "Presiden Rusia pada hari Senin bertemu dengan menteri luar negeri Turki"),
        ("ca", "El president rus es va reunir dilluns a Moscou amb el ministre turc"),
        ("mk", "Рускиот претседател во понеделникот се сретна со турскиот министер"),
        ("da", "Han sagde at det er en aftale som de har været med til, og at den er på plads"),
        ("no", "Han sa at det er en avtale som de har vært med på, og at den er på plass nå"),
        ("sk", "Povedal, že to nie je dohoda, ktorá by sa na to hodila, ale že o nej budú rokovať"),
        ("hr", "Rekao je da se na to ne može pristati i da je dogovor koji su postigli loš"),
        ("sl", "Povedal je, da se na to ne more pristati in da je dogovor, ki so ga dosegli, slab"),
        ("my", "ရုရှားသမ္မတ"), ("am", "የሩሲያ ፕሬዚዳንት"), ("bn", "রুশ প্রেসিডেন্ট"), ("km", "ប្រធានាធិបតី"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("hint", ["", "en-US", "its own"])
def test_a_language_is_not_taken_for_its_neighbour(language: str, text: str, hint: str) -> None:
    told = detect(text, language if hint == "its own" else hint)
    assert told == language or (hint == "en-US" and told == "en")


@pytest.mark.parametrize("hint", ["hr", "sr", "bs"])
def test_a_feed_says_which_of_languages_that_only_it_can_tell_apart(hint: str) -> None:
    text = "Predsednik Srbije sastao se u ponedeljak u Moskvi sa ruskim ministrom spoljnih poslova"
    assert detect(text, hint) == hint


@pytest.mark.parametrize(
    ("text", "hint"), [("Perezida yahuye na minisitiri", "rw"), ("Kabul", "so")]
)
def test_a_feed_is_believed_in_languages_that_are_never_guessed(text: str, hint: str) -> None:
    assert detect(text, hint) == hint


@pytest.mark.parametrize("text", ["", "S-400", "123 456", "Ok", "😀", "NATO"])
def test_too_little_text_has_no_language_of_its_own(text: str) -> None:
    assert detect(text) == ""


@pytest.mark.parametrize(
    ("text", "hint", "language"),
    [
        ("NATO", "en-GB", "en"), ("Le Pen", "fr", "fr"), ("東京", "ja", "ja"), ("東京", "", "zh"),
        ("Север", "bg", "bg"), ("Север", "en", "ru"), ("NATO", "ru", ""), ("S-400", "zz-!", ""),
        ("حفتر", "fa", "fa"), ("नमस्ते", "mr", "mr"),
    ],
)  # fmt: skip
def test_the_feeds_own_word_counts_for_short_texts_of_a_script_that_fits(
    text: str, hint: str, language: str
) -> None:
    assert detect(text, hint) == language


def test_a_template_that_says_english_does_not_make_turkish_english() -> None:
    text = "Cumhurbaşkanı bugün İstanbul'da önemli bir açıklama yaptı ve şehirden ayrıldı"
    assert detect(text, "en-US") == "tr"


def test_a_template_that_says_german_does_not_make_plain_english_german() -> None:
    text = "The minister said that the talks with the two sides were at an end by the evening"
    assert detect(text, "de") == "en"


def test_a_foreign_name_does_not_change_the_language_around_it() -> None:
    assert (
        detect("President Əliyev met the minister in Paris on Tuesday to talk about peace") == "en"
    )
    assert detect("Встреча с компанией Їжа в Москве прошла вчера поздно вечером и удачно") == "ru"


@pytest.mark.parametrize(
    ("code", "normalised"),
    [
        ("en-US", "en"), ("RU_ru", "ru"), ("iw", "he"), ("nb-NO", "no"), ("", ""), ("english", ""),
        (" de ", "de"), ("zh-Hans-CN", "zh"), ("x", ""),
    ],
)  # fmt: skip
def test_codes_are_normalised_or_dropped(code: str, normalised: str) -> None:
    assert normal(code) == normalised


def test_the_model_is_loaded_only_when_it_is_needed() -> None:
    code = (
        "import sys; from reader.feeds.language import detect; detect('中国外交部', 'zh');"
        "detect('NATO', 'en'); detect('The talks were at an end, he said in the evening');"
        "assert 'py3langid' not in sys.modules and 'numpy' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)
