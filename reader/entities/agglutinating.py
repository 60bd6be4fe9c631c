"""Endings of names in Finnish, Estonian, Hungarian, Basque, Uzbek, Kazakh and Kyrgyz: Putinille.

Only the last word of a name takes them. How the tables are used is told in `declension`.
"""

from reader.entities.slavic import Rules


def _after(vowel: str, endings: str) -> str:
    return "|".join(vowel + ending for ending in endings.split("|"))


_FINNISH_ENDINGS = "n|a|ta|ssa|sta|lla|lta|lle|na|ksi|tta|t"
_FINNISH_E = _after("e", "n|ssa|sta|lla|lta|lle|na|ksi|tta|en|t")
_FINNISH: Rules = (
    ("nen", 3, "nen|sta|" + _after("se", "n|ssa|sta|en|lla|lta|lle|na|ksi|tta|t")),
    ("nki", 2, "ki|kia|kiin|kina|" + _after("gi", "n|ssa|sta|lla|lta|lle|ksi|tta|t")),
    ("i", 1, _after("i", f"|{_FINNISH_ENDINGS}|in") + "|" + _FINNISH_E + "|ea"),
    ("a", 0, f"|{_FINNISH_ENDINGS}|an|han"),
    ("e", 0, f"|{_FINNISH_ENDINGS}|en|hen|seen"),
    ("o", 0, f"|{_FINNISH_ENDINGS}|on|hon"),
    ("u", 0, f"|{_FINNISH_ENDINGS}|un|hun"),
    ("y", 0, f"|{_FINNISH_ENDINGS}|yn|hyn"),
    ("s", 1, "s|sta|" + _after("si", f"{_FINNISH_ENDINGS}|in") + "|" + _after("k", "sia|siin")
             + "|" + _after("ks", _FINNISH_E)),
    ("", 0, "|" + _after("i", f"{_FINNISH_ENDINGS}|in|en")),
)  # fmt: skip
_ESTONIAN_ENDINGS = "|t|d|sse|s|st|le|l|lt|ks|na|ni|ta|ga"
_ESTONIAN: Rules = (
    ("[aeiouy]", 0, _ESTONIAN_ENDINGS),
    ("nn", 0, "|" + _after("a", _ESTONIAN_ENDINGS) + "|" + _after("i", _ESTONIAN_ENDINGS)),
    ("s", 0, "|t|" + _after("e", _ESTONIAN_ENDINGS) + "|" + _after("i", _ESTONIAN_ENDINGS)),
    ("", 0, "|" + _after("i", _ESTONIAN_ENDINGS)),
)
_BOTH = "|nak|nek|ban|ben|ba|be|bol|rol|tol|ra|re|nal|nel|hoz|hez|ig|ert|kent|ek"
_DIGRAPHS = ("sz", "gy", "ny", "cs", "zs", "ty", "ly")
_SINGLE = "bcdfghjklmnpqrstvwxyz"
_HUNGARIAN: Rules = (
    ("[aeiouy]", 0, f"{_BOTH}|t|n|val|vel|e|ei|k|kat|ket|knak|knek"),
    *(
        (two, 2, _after(two, f"{_BOTH}|t|ot|et|on|en|e|ok") + f"|{two[0]}{two}al|{two[0]}{two}el")
        for two in _DIGRAPHS
    ),
    *((one, 0, f"{_BOTH}|t|ot|et|at|on|en|e|ok|{one}al|{one}el") for one in _SINGLE),
)
_BASQUE: Rules = (
    ("[aeiou]", 0, "|k|ri|ren|rekin|rentzat|z|n|ko|koa|koak|ra|rako|tik|raino"),
    ("", 0, "|ek|i|en|ekin|entzat|engan|ez|eko|era|etik"),
)
_UZBEK: Rules = (("", 0, "|ning|ni|ga|ka|da|dan|dagi|gacha|lar|larning|larga|larni"),)
_KAZAKH: Rules = (
    ("", 0, "|" + "|".join(
        f"{first}{vowel}{last}"
        for first, vowels, last in (
            ("н", "ыі", "ң"), ("д", "ыі", "ң"), ("т", "ыі", "ң"), ("н", "ыі", ""), ("д", "ыі", ""),
            ("т", "ыі", ""), ("ғ", "а", ""), ("г", "е", ""), ("қ", "а", ""), ("к", "е", ""),
            ("д", "ае", ""), ("т", "ае", ""), ("д", "ае", "н"), ("т", "ае", "н"), ("н", "ае", "н"),
            ("м", "е", "н"), ("б", "е", "н"), ("п", "е", "н"), ("д", "ае", "ғы"), ("д", "е", "гі"),
        )
        for vowel in vowels
    )),
)  # fmt: skip
_KYRGYZ: Rules = (
    ("", 0, "|" + "|".join(
        f"{first}{vowel}{last}"
        for first, last in (
            ("н", "н"), ("д", "н"), ("т", "н"), ("н", ""), ("д", ""), ("т", ""), ("г", ""),
            ("к", ""),
        )
        for vowel in "ыиуүаеоө"
    )),
)  # fmt: skip
CYRILLIC_RULES: dict[str, Rules] = {"kk": _KAZAKH, "ky": _KYRGYZ}
RULES: dict[str, Rules] = {
    "fi": _FINNISH, "et": _ESTONIAN, "hu": _HUNGARIAN, "eu": _BASQUE, "uz": _UZBEK,
}  # fmt: skip
