"""Case endings of names in the Slavic languages in Latin letters, and in Serbian: Putina, w Libii.

Russian and Ukrainian, in whose articles most such names are met, have `russian`. How the tables are
used is told in `declension`.
"""

Rules = tuple[tuple[str, int, str], ...]
"""What a word ends with, how many letters make way, and what may stand there instead."""

_POLISH: Rules = (
    ("ka", 2, "ka|ki|ce|ke|ko|kiej"),
    ("ga", 2, "ga|gi|dze|ge|go"),
    ("cha", 3, "cha|chy|sze|che|cho"),
    ("ra", 2, "ra|ry|rze|re|ro"),
    ("ta", 2, "ta|ty|cie|te|to"),
    ("da", 2, "da|dy|dzie|de|do"),
    ("la", 2, "la|ly|le|li|lo"),
    ("[ji]a", 1, "a|i|e|o"),
    ("a", 1, "a|y|i|ie|e|o"),
    ("ek", 2, "ek|ka|kowi|kiem|ku"),
    ("iec", 3, "iec|ca|cowi|cem|cu"),
    ("i", 1, "i|iego|iemu|im"),
    ("[kg]y", 1, "y|iego|iemu|im"),
    ("y", 1, "y|ego|emu|ym"),
    ("o", 1, "o|a|u|owi|em|ie|y|e"),
    ("e", 0, "|go|mu|m"),
    ("u", 0, ""),
    ("[kg]", 0, "|a|u|owi|iem"),
    ("t", 1, "t|ta|tu|towi|tem|cie"),
    ("d", 1, "d|da|du|dowi|dem|dzie"),
    ("r", 1, "r|ra|ru|rowi|rem|rze"),
    ("[zcjln]", 0, "|a|u|owi|em|ie|i|y|e"),
    ("[^aeiouy]", 0, "|a|u|owi|em|ie"),
)
_CZECH: Rules = (
    ("ova", 1, "a|e|ou|u|ej"),
    ("ha", 2, "ha|hy|ze|hu|hou|hovi"),
    ("ga", 2, "ga|gy|ze|ge|gu|gou|govi"),
    ("cha", 3, "cha|chy|se|chu|chou|chovi"),
    ("ka", 2, "ka|ky|ce|ke|ku|kou|kovi"),
    ("ia", 1, "a|e|i|u|ou"),
    ("a", 1, "a|y|e|i|u|ou|ovi"),
    ("[iy]e", 1, "e|i"),
    ("e", 0, "|m|ho|mu"),
    ("yj", 2, "yj|y|eho|emu|ym|om"),
    ("y", 1, "y|eho|emu|ym|om"),
    ("i", 0, "|ho|mu|m"),
    ("o", 1, "o|a|u|e|em|om|ovi"),
    ("u", 0, ""),
    ("ek", 2, "ek|ka|ku|kovi|kem|kom|kuv"),
    ("ec", 2, "ec|ce|ci|cem|com|covi"),
    ("el", 2, "el|la|lu|lovi|lem|lom|luv|ela|elu|elovi|elem|elom|ele|eli"),
    ("[^aeiouy]", 0, "|a|e|i|u|ovi|em|om|uv|ova|ove|ovi"),
)
_SOUTHERN: Rules = (
    ("ka", 2, "ka|ke|ki|ci|ku|kom"),
    ("ga", 2, "ga|ge|gi|zi|gu|gom"),
    ("[^i]ja", 1, "a|e|i|u|om"),
    ("[eo]va", 1, "a|e|i|u|om|oj"),
    ("a", 1, "a|e|i|u|om|in|ina|ine|ino|inu|inog|inom"),
    ("ski", 1, "i|og|oga|om|omu|ome|im"),
    ("i", 0, "|ja|ju|jem|jom|jev|jeva|jeve|jevo|jevu|jevog|jevom"),
    ("o", 1, "o|a|u|om|i|ov|ova|ove|ovo|ovom"),
    ("e", 0, "|a|u|om|em|i|in|ina|ine|ov|ova|ove|ovo|ovom"),
    ("u", 0, "|a|u|om|ja|ju|jem|ov|ova|ove|ovo"),
    ("ac", 2, "ac|ca|cu|cem|com|ce|cev|ceva|ceve|cevo|cevog|cevom"),
    ("[^aeiou]", 0, ("|a|u|om|em|e|ov|ova|ove|ovo|ovu|ovi|ovog|ovom|ovim|ovih"
                    "|ev|eva|eve|evo|evu|evi|evog|evom|evim|evih")),
)  # fmt: skip
_SLOVENE: Rules = (
    ("a", 1, "a|e|i|o|in|ina|ine|ino|inega|inem"),
    ("s?ki", 1, "i|ega|emu|em|im"),
    ("i", 0, "|ja|ju|jem|jev|jeva|jeve|jevo|jevi|jevega|jevem"),
    ("[eo]", 1, "o|e|a|u|om|em|i|ov|ova|ove|ovega"),
    ("ec", 2, "ec|ca|cu|cem|cev|ceva|ceve|cevo|cevega|cevem"),
    ("r", 0, "|ja|ju|jem|jev|jeva|a|u|om|ov|ova|ove|ovo|ovi|ovega|ovem"),
    ("[^aeiou]", 0, "|a|u|om|em|ov|ova|ove|ovo|ovi|ovega|ovem|ev|eva|eve|evo|evi|evega|evem"),
)  # fmt: skip
RULES: dict[str, Rules] = {
    "pl": _POLISH, "cs": _CZECH, "sk": _CZECH, "sl": _SLOVENE,
    "hr": _SOUTHERN, "sr": _SOUTHERN, "bs": _SOUTHERN,
}  # fmt: skip
_LETTERS = str.maketrans("abcdefghijklmnoprstuvz", "абцдефгхијклмнопрстувз")


def _in_cyrillic(rules: Rules) -> Rules:
    return tuple((end.translate(_LETTERS), cut, new.translate(_LETTERS)) for end, cut, new in rules)


CYRILLIC_RULES: dict[str, Rules] = {"sr": _in_cyrillic(_SOUTHERN)}
