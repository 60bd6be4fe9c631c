"""Names of months in the languages feeds use in their dates, in full and cut short."""

import unicodedata
from functools import cached_property

_NAMES = """
1 january januar jänner janvier enero gennaio janeiro ocak yanvar styczeń stycznia январь января
1 січень січня يناير جانفي
2 february februar feber février febrero febbraio fevereiro şubat fevral luty lutego февраль февраля
2 лютий лютого فبراير فيفري شباط
3 march märz mars marzo março mart marzec marca март марта березень березня مارس آذار
4 april avril abril aprile nisan aprel kwiecień kwietnia апрель апреля квітень квітня أبريل ابريل
4 إبريل أفريل نيسان
5 may mai mayo maggio maio mayıs maj maja май мая травень травня مايو ماي أيار
6 june juni juin junio giugno junho haziran iyun czerwiec czerwca июнь июня червень червня يونيو
6 يونيه جوان حزيران
7 july juli juillet julio luglio julho temmuz iyul lipiec lipca июль июля липень липня يوليو يوليه
7 جويلية تموز
8 august août agosto ağustos avqust sierpień sierpnia август августа серпень серпня أغسطس اغسطس
8 أوت آب
9 september septembre septiembre setiembre settembre setembro eylül sentyabr wrzesień września
9 сентябрь сентября вересень вересня سبتمبر أيلول
10 october oktober octobre octubre ottobre outubro ekim oktyabr październik października октябрь
10 октября жовтень жовтня أكتوبر اكتوبر
11 november novembre noviembre novembro kasım noyabr listopad listopada ноябрь ноября листопад
11 листопада نوفمبر
12 december dezember décembre diciembre dicembre dezembro aralık dekabr grudzień grudnia декабрь
12 декабря грудень грудня ديسمبر
"""
_PHRASES = (
    ("كانون الثاني", 1), ("كانون الأول", 12), ("كانون الاول", 12),
    ("تشرين الأول", 10), ("تشرين الاول", 10), ("تشرين الثاني", 11),
)  # fmt: skip


class _MonthWords:
    phrases = _PHRASES
    """Names of two words."""

    def number(self, word: str) -> int:
        """1-12; 0 for what is no month's name, nor its beginning (three letters or more)."""
        return self._by_word.get(_plain(word), 0)

    @cached_property
    def _by_word(self) -> dict[str, int]:
        """Every name and beginning of a name that belongs to one month only."""
        found: dict[str, set[int]] = {}
        whole = dict(_all_names())
        for name, number in whole.items():
            for length in range(3, len(name)):
                found.setdefault(name[:length], set()).add(number)
        short = {word: numbers.pop() for word, numbers in found.items() if len(numbers) == 1}
        return {**short, "sept": 9, **whole}


def _all_names() -> list[tuple[str, int]]:
    return [
        (_plain(name), int(number))
        for number, *names in map(str.split, _NAMES.strip().splitlines())
        for name in names
    ]


def _plain(word: str) -> str:
    """Lower case without accents, so that "Fevrier" and "agu" are understood too."""
    letters = unicodedata.normalize("NFD", word.casefold().replace("ı", "i"))
    return "".join(c for c in letters if not unicodedata.combining(c))


MONTH_WORDS = _MonthWords()
