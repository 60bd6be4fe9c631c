"""Case endings of names in Lithuanian and Latvian, which give foreign names endings of their own.

Putinas, Putino; Putins, Putinam. How the tables are used is told in `declension`.
"""

from reader.entities.slavic import Rules

_LITHUANIAN: Rules = (
    ("ias", 2, "as|o|ui|a|u|yje|e"),
    ("as", 2, "as|o|ui|a|u|e|ai"),
    ("is", 2, "is|io|iui|i|iu|yje|y"),
    ("ys", 2, "ys|io|iui|i|iu|yje|y"),
    ("us", 2, "us|aus|ui|u|umi|uje|au"),
    ("a", 1, "a|os|ai|oje|u"),
    ("e", 1, "e|es|ei|eje"),
    ("[iouy]", 0, ""),
    ("", 0, "|as|o|ui|a|u|e|is|io|iui|i|iu"),
)
_LATVIAN: Rules = (
    ("[ei]js", 1, "s|a|am|u"),
    ("is", 2, "is|a|im|i|ja|jam|ju"),
    ("us", 2, "us|u|um"),
    ("s", 1, "s|a|am|u|i|iem"),
    ("a", 1, "a|as|ai|u|am"),
    ("e", 1, "e|es|ei|i|em"),
    ("[iou]", 0, ""),
    ("", 0, "|s|a|am|u|i|is|im"),
)
RULES: dict[str, Rules] = {"lt": _LITHUANIAN, "lv": _LATVIAN}
