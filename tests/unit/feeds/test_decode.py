import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.feeds.decode import to_text

RUSSIAN = "Северсталь сообщила о росте производства в первом квартале"
TURKISH = "Cumhurbaşkanı dün İstanbul'da açıklama yaptı, gün boyu görüştü"
POLISH = "Minister zażółcił gęślą jaźń, powiedział rzecznik w środę"
JAPANESE = "日本語のニュースを毎日配信しています"
CHINESE = "中国新闻网今天报道了港口的消息"
ARABIC = "أخبار اليوم من مدينة القاهرة"
WESTERN = "Le café “naïve” n’était pas là, señor Müller"


@settings(deadline=None, max_examples=50)
@given(st.text())
def test_utf8_is_always_right(text: str) -> None:
    shown = text.removeprefix("\ufeff")
    marks = ("<\0", "\0<", "{\0", "\0{", "\x1b", "\ufeff")
    if not text.startswith(marks) and "\x1b" not in text:
        assert to_text(text.encode()) == (shown, "utf-8")


@settings(deadline=None, max_examples=50)
@given(st.binary(max_size=300), st.sampled_from(["", "text/xml; charset=koi8-r", "x; charset=zip"]))
def test_no_bytes_make_it_fail(body: bytes, content_type: str) -> None:
    text, encoding = to_text(body, content_type)
    text.encode("utf-8")
    "".encode(encoding)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (RUSSIAN, "cp1251"), (RUSSIAN, "koi8-r"), (RUSSIAN, "utf-16"), (RUSSIAN, "utf-16-le"),
        (RUSSIAN, "utf-8-sig"), (RUSSIAN, "utf-32"), (TURKISH, "cp1254"), (POLISH, "cp1250"),
        (POLISH, "iso8859-2"), (JAPANESE, "shift_jis"), (JAPANESE, "euc_jp"),
        (JAPANESE, "iso2022_jp"),
        (CHINESE, "gb2312"), (CHINESE, "gb18030"), (ARABIC, "cp1256"), (WESTERN, "cp1252"),
    ],
)  # fmt: skip
def test_the_declared_encoding_is_used_where_utf8_is_ruled_out(text: str, encoding: str) -> None:
    by_prolog = f'<?xml version="1.0" encoding="{encoding}"?><t>{text}</t>'
    assert text in to_text(by_prolog.encode(encoding))[0]
    by_header = f"<t>{text}</t>"
    assert text in to_text(by_header.encode(encoding), f'text/xml; charset="{encoding}"')[0]


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (RUSSIAN, "cp1251"), (RUSSIAN, "koi8-r"), (TURKISH, "cp1254"), (POLISH, "cp1250"),
        (JAPANESE, "shift_jis"), (JAPANESE, "euc_jp"), (JAPANESE, "iso2022_jp"),
        (CHINESE, "gb2312"),
        (ARABIC, "cp1256"), (WESTERN, "cp1252"),
    ],
)  # fmt: skip
def test_undeclared_encodings_are_recognised(text: str, encoding: str) -> None:
    assert text in to_text(f"<rss><title>{text}</title></rss>".encode(encoding))[0]


def test_utf8_wins_over_a_wrong_declaration() -> None:
    body = f'<?xml version="1.0" encoding="iso-8859-1"?><t>{RUSSIAN}</t>'.encode()
    assert RUSSIAN in to_text(body, "text/xml; charset=windows-1251")[0]


def test_a_damaged_byte_does_not_turn_a_feed_into_another_encoding() -> None:
    text, encoding = to_text((RUSSIAN * 5).encode() + b"\xff and more")
    assert (text.count("\ufffd"), encoding) == (1, "utf-8")
    assert RUSSIAN in text


def test_latin_1_means_what_browsers_take_it_for() -> None:
    body = '<?xml version="1.0" encoding="iso-8859-1"?><t>“quoted” – €</t>'.encode("cp1252")
    assert "“quoted” – €" in to_text(body)[0]


def test_the_language_of_the_feed_decides_between_look_alikes() -> None:
    words = "Iğdır’da kış"
    body = f"<rss><language>tr</language><t>{words}</t></rss>".encode("cp1254")
    assert words in to_text(body)[0]
