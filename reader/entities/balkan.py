"""Case endings and articles that Romanian and Albanian write onto names: României, Putinit.

How the tables are used is told in `declension`.
"""

from reader.entities.slavic import Rules

_ROMANIAN: Rules = (
    ("[cg]a", 1, "a|ai|ii"),
    ("a", 1, "a|ei|ai"),
    ("e", 0, "|i|a|le"),
    ("u", 0, "|l|lui"),
    ("[^aeiou]", 0, "|ul|ului"),
)
_ALBANIAN: Rules = (
    ("ia", 1, "|a|se|ne|s|ne"),
    ("[ae]", 1, "a|e|es|en|se"),
    ("[kgh]", 0, "|u|ut|un|i|it|in"),
    ("[iou]", 0, "|ja|je|s|n|t|se|ne"),
    ("[^aeiou]", 0, "|i|it|in"),
)
RULES: dict[str, Rules] = {"ro": _ROMANIAN, "sq": _ALBANIAN}
