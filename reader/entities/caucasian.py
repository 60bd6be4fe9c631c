"""How words end in the cases of Georgian and Armenian, with what is written onto them.

Georgian: პუტინი, პუტინმა, პუტინის, პუტინთან (with), პუტინისგან (from), ლიბიაში (in), ლიბიიდან (out
of), and -ც (also) behind any of these. Armenian: Պուտին, Պուտինի, Պուտինը, Պուտինից, Լիբիայում. How
the tables are used is told in `declension`.
"""

from reader.entities.slavic import Rules

_VOWELS = "აეიოუ"
_OF = "ის ისა ისთვის ისგან ისკენ"
_FROM = "ით იდან"
_AT = "ს სა სთან თან ში ზე ვით სავით მდე"


def _also(endings: str, before: str = "") -> str:
    """Each as it is, and with "also" behind it; `before`: a vowel that all of them follow."""
    bare = [before + ending for ending in endings.split()]
    also = [one + ("ც" if one[-1] in _VOWELS else "აც") for one in bare]
    return "|".join([before, *([before + "ც"] if before else []), *bare, *also])


def _vowel(letter: str) -> str:
    return _also(f"მ მა დ დან ვ სთვის სგან სკენ {_AT}", letter)


_GEORGIAN: Rules = (
    ("ი", 1, f"{_vowel('ი')}|{_also(f'მა მ {_OF} {_FROM} {_AT} ად ამდე ო ები ებს ების ებმა')}"),
    ("ა", 1, f"{_vowel('ა')}|{_also(f'{_OF} {_FROM}')}"),
    ("ე", 1, f"{_vowel('ე')}|{_also(f'{_OF} {_FROM}')}"),
    ("ო", 1, _vowel("ო")),
    ("უ", 1, _vowel("უ")),
    ("[^აეიოუ]", 0, _also(f"ი მა მ {_OF} {_FROM} {_AT} ად ამდე ო")),
)
_ARMENIAN: Rules = (
    ("ու", 2, "ու|ուն|ուի|ուին|ուից|ուով|ում|վի|վին|վից|վով|վում"),
    ("[աոօ]", 0, "|ն|յի|յին|յից|յով|յում"),
    ("[եէ]", 0, "|ն|ի|ին|ից|ով|ում|յի|յին|յից|յով|յում"),
    ("[իըւ]", 0, "|ն|ը|ի|ին|ից|ով|ում"),
    ("", 0, "|ը|ն|ի|ին|ից|ով|ում|եր|երը|երի|ներ|ները|ների|ներին|ներից|ներով|ներում"),
)
RULES: dict[str, Rules] = {"ka": _GEORGIAN, "hy": _ARMENIAN}
