"""From bytes to text: which encoding a feed is really in.

Servers, XML prologs and the bytes themselves contradict each other often enough that none of them
is simply believed. What the bytes prove comes first, what is declared second, guessing last.
"""

import codecs
import re

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark is its beginning
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_UNMARKED = (
    (b"<\0\0\0", "utf-32-le"),
    (b"\0\0\0<", "utf-32-be"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
    (b"{\0", "utf-16-le"),
    (b"\0{", "utf-16-be"),
)
# What pages call these is in truth a larger set, as browsers know.
_LARGER = {
    "iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254", "iso8859-11": "cp874",
    "tis-620": "cp874", "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932",
    "euc_kr": "cp949", "big5": "big5hkscs",
}  # fmt: skip
_BY_LANGUAGE = {
    "tr": ("cp1254",), "az": ("cp1254",), "ar": ("cp1256",), "fa": ("cp1256",), "he": ("cp1255",),
    "el": ("cp1253",), "pl": ("cp1250", "iso8859-2"), "cs": ("cp1250", "iso8859-2"),
    "sk": ("cp1250", "iso8859-2"), "hu": ("cp1250", "iso8859-2"), "ru": ("cp1251", "koi8-r"),
    "uk": ("cp1251", "koi8-u"), "bg": ("cp1251",), "sr": ("cp1251",), "ja": ("cp932", "euc_jp"),
    "zh": ("gb18030", "big5hkscs"), "ko": ("cp949",), "th": ("cp874",), "vi": ("cp1258",),
    "lt": ("cp1257",), "lv": ("cp1257",), "et": ("cp1257",),
}  # fmt: skip
_WESTERN = ("cp1252",)
_SUSPECTS = [
    "cp1252", "cp1251", "koi8_r", "cp1254", "cp1256", "cp1250", "cp1253", "cp1255", "gb18030",
    "cp932", "euc_jp", "cp949", "big5hkscs",
]  # fmt: skip
_PROLOG = re.compile(rb"<\?xml[^>]{0,200}?\bencoding\s*=\s*[\"']([\w.:-]{2,40})")
_META = re.compile(rb"<meta\b[^>]{0,300}?\bcharset\s*=\s*[\"']?([\w.:-]{2,40})", re.IGNORECASE)
_HEADER = re.compile(r"\bcharset\s*=\s*[\"']?([\w.:-]{2,40})", re.IGNORECASE)
_LANGUAGE = re.compile(rb"(?:<(?:dc:)?language>\s*|\blang=[\"'])([A-Za-z]{2})\b")
_MARKUP = re.compile(rb"<[^<>]*>|[\x00-\x40\x5b-\x60\x7b-\x7f]{4,}")
_HIGH = re.compile(rb"[\x80-\xff]")
_LOOK_ALIKES = frozenset({"cp1250", "cp1252", "cp1254"})  # a short text does not tell them apart
_INSIDE_WORDS = re.compile(r"(?<=[A-Za-z])[^\x00-\x7f]+")
_WESTERN_LETTERS = frozenset(
    "àâäáãåæçèéêëìíîïñòóôöõøùúûüÿœßÀÂÄÁÃÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÖÕØÙÚÛÜŒ’‘“”«»„…–—­\xa0™©®°"
)
_TURKISH_AS_WESTERN = frozenset("ðþýÐÞÝ")
_HEAD = 4096
_SAMPLE = 40_000


def to_text(body: bytes, content_type: str = "") -> tuple[str, str]:
    """The text and the encoding it was read in; never fails, undecodable bytes become U+FFFD."""
    for mark, encoding in (*_BOMS, *_UNMARKED):
        if body.startswith(mark):
            return body.decode(encoding, "replace").removeprefix("\ufeff"), encoding
    declared = _declared(body, content_type)
    if b"\x1b" in body and (stateful := _stateful(declared, body)):
        return body.decode(stateful, "replace"), stateful
    try:
        return body.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
    return _not_utf8(body, declared)


def _not_utf8(body: bytes, declared: list[str]) -> tuple[str, str]:
    for encoding in declared:
        if encoding not in {"utf-8", "utf-16", "utf-32", "utf-7"}:
            return body.decode(encoding, "replace"), encoding
    text = body.decode("utf-8", "replace")
    if text.count("\ufffd") <= max(2, 0.05 * len(_HIGH.findall(body))):
        return text, "utf-8"  # a few damaged bytes do not make it another encoding
    encoding = _guess(body)
    return body.decode(encoding, "replace"), encoding


def _declared(body: bytes, content_type: str) -> list[str]:
    """Encodings named by the document itself, then by the server; only those Python knows."""
    head = body[:_HEAD]
    names = [m[1].decode("ascii") for p in (_PROLOG, _META) if (m := p.search(head))]
    if found := _HEADER.search(content_type):
        names.append(found[1])
    return [known for name in names if (known := _known(name))]


def _known(name: str) -> str:
    try:
        codec = codecs.lookup(name.removeprefix("x-"))
    except LookupError:
        return ""
    if not getattr(codec, "_is_text_encoding", True):  # "zip", "rot13" and the like are codecs too
        return ""
    return _LARGER.get(codec.name, codec.name)


def _stateful(declared: list[str], body: bytes) -> str:
    """ISO-2022 and its like are all ASCII bytes, so they would pass for UTF-8."""
    return next((e for e in declared if e.startswith(("iso2022", "hz"))), _stateful_by_bytes(body))


def _stateful_by_bytes(body: bytes) -> str:
    return "iso2022_jp" if b"\x1b$B" in body or b"\x1b$@" in body else ""


def _guess(body: bytes) -> str:
    sample = _MARKUP.sub(b" ", body[: 10 * _SAMPLE])[:_SAMPLE]
    spoken = _LANGUAGE.search(body[:_HEAD])
    likely = _BY_LANGUAGE.get(spoken[1].decode("ascii").lower(), _WESTERN) if spoken else ()
    if len(likely) == 1 and _fits(sample, likely[0]):
        return likely[0]
    from charset_normalizer import from_bytes  # only here: hardly any feed needs it

    best = from_bytes(sample, cp_isolation=list(likely) or _SUSPECTS).best()
    encoding = _LARGER.get(best.encoding, best.encoding) if best else (likely or _WESTERN)[0]
    return _latin(sample) or encoding if encoding in _LOOK_ALIKES and not likely else encoding


def _latin(sample: bytes) -> str:
    """Western or Turkish when the letters inside words say so; "" when they do not."""
    inside = set("".join(_INSIDE_WORDS.findall(sample.decode("cp1252", "replace"))))
    if inside <= _WESTERN_LETTERS:
        return "cp1252"
    return "cp1254" if inside <= _WESTERN_LETTERS | _TURKISH_AS_WESTERN else ""


def _fits(sample: bytes, encoding: str) -> bool:
    try:
        sample.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True
