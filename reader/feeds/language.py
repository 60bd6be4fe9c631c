"""Which language a text is in.

Scripts decide first, then letters that only one language of a script has, then little words where
they leave no doubt, then what the feed says of itself where the script agrees, and a statistical
model last, limited to the languages news comes in. A wrong language costs more than none: it would
be stemmed by the wrong rules.
"""

import re
from functools import cache
from typing import Any

from reader.feeds.clean import fold
from reader.feeds.function_words import plainly

_SAMPLE = 300
_FEWEST = {"cyrillic": 3, "arabic": 3, "latin": 12}
"""Letters needed before a script with several languages is judged without a hint."""
_SURE = 0.9
"""Where the model contradicts the feed it must be this sure. Its figures are of 0-1."""
_LIKELY = 0.45
_ENGLISH = 0.22
"""Enough for English, whose headlines are full of names, which look like many a language."""
_LONG = 40


def _codes(text: str) -> frozenset[str]:
    return frozenset(text.split())


_LATIN = _codes(
    "en de fr es it pt pl tr az nl sv da no fi cs sk hu ro hr sr sl lt lv et sq vi id ca uz eu gl"
    " is ga cy sw af"
)
_CYRILLIC = _codes("ru uk be bg sr mk kk ky tg mn")
_ARABIC = _codes("ar fa ur ps ku ug")
_MODEL = _LATIN | _CYRILLIC | _ARABIC
"""What the model chooses from. A language it is not offered is taken for its likest neighbour."""
_SAID = _codes("bs mt ms tl so ha yo zu xh rw ku tk lb eo")
"""More languages in Latin letters that are believed when a feed says so, and never guessed."""
_ALIKE = (_codes("hr sr bs"), _codes("da no"), _codes("id ms"))
"""The model confuses these: whatever it says, the feed is right about them."""

_SCRIPTS = (
    ("latin", re.compile(r"[A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u0259\u1e00-\u1eff]")),
    ("cyrillic", re.compile(r"[\u0400-\u052f]")),
    ("arabic", re.compile(r"[\u0620-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc]")),
    ("han", re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")),
    ("kana", re.compile(r"[\u3041-\u30ff\uff66-\uff9d]")),
    ("hangul", re.compile(r"[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]")),
    ("hebrew", re.compile(r"[\u0590-\u05ff]")),
    ("greek", re.compile(r"[\u0370-\u03ff\u1f00-\u1fff]")),
    ("thai", re.compile(r"[\u0e00-\u0e7f]")),
    ("georgian", re.compile(r"[\u10a0-\u10ff]")),
    ("armenian", re.compile(r"[\u0530-\u058f]")),
    ("devanagari", re.compile(r"[\u0900-\u097f]")),
    ("bengali", re.compile(r"[\u0980-\u09ff]")),
    ("gurmukhi", re.compile(r"[\u0a00-\u0a7f]")),
    ("gujarati", re.compile(r"[\u0a80-\u0aff]")),
    ("tamil", re.compile(r"[\u0b80-\u0bff]")),
    ("telugu", re.compile(r"[\u0c00-\u0c7f]")),
    ("sinhala", re.compile(r"[\u0d80-\u0dff]")),
    ("lao", re.compile(r"[\u0e80-\u0eff]")),
    ("burmese", re.compile(r"[\u1000-\u109f]")),
    ("ethiopic", re.compile(r"[\u1200-\u137f]")),
    ("khmer", re.compile(r"[\u1780-\u17ff]")),
)
_ONE_LANGUAGE = {
    "kana": "ja", "hangul": "ko", "hebrew": "he", "greek": "el", "thai": "th", "georgian": "ka",
    "armenian": "hy", "devanagari": "hi", "bengali": "bn", "gurmukhi": "pa", "gujarati": "gu",
    "tamil": "ta", "telugu": "te", "sinhala": "si", "lao": "lo", "burmese": "my", "khmer": "km",
    "ethiopic": "am",
}  # fmt: skip
_HINTS = {
    "latin": _LATIN | _SAID, "cyrillic": _CYRILLIC, "arabic": _ARABIC,
    "han": frozenset({"zh", "ja"}), "hebrew": frozenset({"he", "yi"}),
    "devanagari": frozenset({"hi", "mr", "ne"}), "ethiopic": frozenset({"am", "ti"}),
    "bengali": frozenset({"bn", "as"}),
}  # fmt: skip
_OWN_LETTERS = (
    ("uk", re.compile(r"[їєґЇЄҐ]")),
    ("be", re.compile(r"[ўЎ]")),
    ("mk", re.compile(r"[ѓќѕЃЌЅ]")),
    ("sr", re.compile(r"[ђћЂЋ]")),
    ("kk", re.compile(r"[әғқұһӘҒҚҰҺ]")),
    ("ur", re.compile(r"[ٹڈڑںے]")),
    ("ps", re.compile(r"[ټډړږښڼ]")),
    ("fa", re.compile(r"[پچژگیک]")),
    ("az", re.compile(r"[əƏ]")),
)
_SCRIPT_OF = {"uk": "cyrillic", "be": "cyrillic", "mk": "cyrillic", "sr": "cyrillic"} | {
    "kk": "cyrillic", "ur": "arabic", "ps": "arabic", "fa": "arabic", "az": "latin",
}  # fmt: skip
_AZERI = re.compile(r"[əƏ]|[a-zçğıöşü]*[qx][a-zçğıöşü]*", re.IGNORECASE)
_DEFAULT = {"cyrillic": "ru", "arabic": "ar"}
_UKRAINIAN = re.compile(r"[іїєґ]", re.IGNORECASE)
_OLD_CODES = {"iw": "he", "in": "id", "ji": "yi", "nb": "no", "nn": "no", "cn": "zh", "jp": "ja"}


def normal(code: str) -> str:
    """ISO 639-1 of what a feed calls its language ("en-US", "RU_ru"); "" if that is none."""
    word = re.split(r"[-_\s,;]", code.strip().lower(), maxsplit=1)[0]
    word = _OLD_CODES.get(word, word)
    return word if re.fullmatch(r"[a-z]{2}", word) else ""


def detect(text: str, hint: str = "") -> str:
    """ISO 639-1 of the language of `text`, "" when it cannot be known.

    `hint` is what the feed says. It decides for short texts of a script that fits; a longer text
    that plainly is something else overrules it, for many a feed never changed its template's "en".
    """
    hint = normal(hint)
    beginning = fold(text[: 2 * _SAMPLE])
    sample = beginning[: _SAMPLE // 2 if hint else _SAMPLE]
    script, letters = _script(sample)
    if script in _ONE_LANGUAGE and hint not in _HINTS.get(script, ()):
        return _ONE_LANGUAGE[script]
    agrees = hint if hint in _HINTS.get(script, ()) else ""
    if script == "han":
        return agrees or "zh"
    if not script or script in _ONE_LANGUAGE:
        return agrees
    own = _own(sample, script, letters)
    return own or _judged(beginning, sample, script, letters, agrees)


def _script(sample: str) -> tuple[str, int]:
    """The prevailing script with its letters; a fifth of kana makes Chinese signs Japanese."""
    if sample.isascii():
        letters = sum(map(str.isalpha, sample))
        return ("latin", letters) if letters else ("", 0)
    counts = {name: len(pattern.findall(sample)) for name, pattern in _SCRIPTS}
    if counts["kana"] * 5 >= counts["han"] + counts["kana"] > 0:
        counts["kana"] += counts.pop("han")
    weights = {n: c * (3 if n in {"han", "kana", "hangul"} else 1) for n, c in counts.items()}
    best = max(weights, key=lambda name: weights[name])
    return (best, counts[best]) if counts[best] else ("", 0)


def _own(sample: str, script: str, letters: int) -> str:
    """A language by its own letters: more than a borrowed name would bring along."""
    for language, pattern in _OWN_LETTERS:
        if _SCRIPT_OF[language] == script and len(pattern.findall(sample)) * 50 >= letters:
            return language
    return ""


def _judged(beginning: str, sample: str, script: str, letters: int, hint: str) -> str:
    if letters < _FEWEST[script] or (hint and letters < _LONG):
        return hint
    plain = plainly(beginning)
    if plain in _HINTS[script] and hint in {"", plain}:
        return plain
    best, sure = _model_says(sample)
    if best == "uk" and not _UKRAINIAN.search(sample):
        best, sure = "ru", _LIKELY  # hardly a line of Ukrainian does without its і
    if best in {"az", "tr"}:
        best = "az" if _is_azeri(sample, letters) else "tr"
    if best not in _HINTS[script]:
        return hint or _DEFAULT.get(script, "")
    if hint:
        alike = any({best, hint} <= group for group in _ALIKE)
        return best if sure >= _SURE and not alike else hint
    enough = _ENGLISH if best == "en" else _LIKELY
    return best if sure >= enough else _DEFAULT.get(script, "")


def _is_azeri(sample: str, letters: int) -> bool:
    """Turkish has neither ə nor, but for names, q and x; Azerbaijani is full of them."""
    return len(_AZERI.findall(sample)) * 40 >= letters


def _model_says(sample: str) -> tuple[str, float]:
    best, sure = _model().classify(sample)
    return str(best), float(sure)


@cache
def _model() -> Any:
    """Loaded when first needed: a second and 15 MB, which a feed in Chinese never costs."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    full = LanguageIdentifier.from_model_file(MODEL_FILE)
    full.set_languages(sorted(_MODEL))
    tables = (full.nb_ptc, full.nb_pc, full.nb_classes, full.tk_nextmove, full.tk_output)
    # A second object, because the first one keeps the tables of all languages (80 MB).
    return LanguageIdentifier(*tables, norm_probs=True, tk_row=full.tk_row)
