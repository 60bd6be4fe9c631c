"""Dates as feeds write them: RFC 822, ISO 8601, and what else people and programs come up with.

A date is read only when it can mean one thing: `03/04/2024` is nobody's date. Without a zone it is
taken as UTC. Whether a date is believable is another question, for `plausible`.
"""

import re
import unicodedata
from datetime import UTC, datetime, timedelta, timezone

from reader.feeds.months import MONTH_WORDS

_EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
_AHEAD = timedelta(hours=24)
_LONGEST = 120

_ZONES = {
    "ut": 0, "utc": 0, "gmt": 0, "z": 0, "wet": 0, "west": 60, "bst": 60, "cet": 60, "mez": 60,
    "cest": 120, "mesz": 120, "cat": 120, "sast": 120, "eet": 120, "eest": 180, "msk": 180,
    "мск": 180, "msd": 240, "trt": 180, "eat": 180, "ast": -240, "adt": -180, "azt": 240,
    "gst": 240, "amt": 240, "get": 240, "irst": 210, "pkt": 300, "uzt": 300, "ist": 330, "npt": 345,
    "ict": 420, "wib": 420, "sgt": 480, "hkt": 480, "awst": 480, "pht": 480, "jst": 540, "kst": 540,
    "acst": 570,
    "aest": 600, "acdt": 630, "aedt": 660, "nzst": 720, "nzdt": 780, "est": -300, "et": -300,
    "edt": -240, "cst": -360, "ct": -360, "cdt": -300, "mst": -420, "mt": -420, "mdt": -360,
    "pst": -480, "pt": -480, "pdt": -420, "akst": -540, "akdt": -480, "hst": -600, "brt": -180,
    "art": -180, "clt": -240, "cot": -300, "pet": -300, "nst": -210, "ndt": -150,
}  # fmt: skip

_CLOCK = re.compile(
    r"(?<![\d:])(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?:[:.](?P<second>\d{2})(?:[.,]\d+)?)?(?!\d)"
    r"(?:\s?(?P<half>[ap])\.?m\b\.?)?\s*(?P<zone>.*)"
)
_OFFSET = re.compile(r"(?:utc|gmt|ut)?\s*([+\-−])\s?(\d{1,2}):?(\d{2})?(?!\d)")
_WORD = re.compile(r"[^\W\d_]+")
_YEAR_FIRST = re.compile(
    r"(\d{4})(?:\s?[-/.年]\s?(\d{1,2})(?:\s?[-/.月]\s?(\d{1,2})(?!\d)日?)?)?(?=[t\s,]|$)"
)
_DAY_FIRST = re.compile(r"(?<!\d)(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})(?!\d)")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:t?(\d{2})(\d{2})(\d{2})?)?\s*(z|[+-]\d{4})?\Z")
_EPOCH = re.compile(r"(\d{9,10})(?:\.\d+)?\Z|(\d{12,13})\Z")
_WEEKDAY = re.compile(r"^[^\W\d_]+\.?(?:\s+[^\W\d_]+)?\s*[,،、]\s*")
_NUMBER = re.compile(r"(?<![\d:.])(\d{1,4})(?![\d:])")
_DIGITS = {c: str(unicodedata.digit(chr(c))) for c in (*range(0x660, 0x66A), *range(0x6F0, 0x6FA))}


def parse_date(text: str) -> datetime | None:
    """The moment `text` names, in UTC; None when it names none, or more than one."""
    folded = " ".join(text.translate(_DIGITS).replace("İ", "i").casefold().split())
    if not folded or len(folded) > _LONGEST:
        return None
    try:
        return _compact(folded) or _spelled(folded)
    except (ValueError, OverflowError):
        return None


def plausible(date: datetime, now: datetime) -> bool:
    """Whether an article may carry this date: not before 1990, at most a day ahead of `now`."""
    return _EARLIEST <= date <= now + _AHEAD


def _compact(text: str) -> datetime | None:
    """Nothing but digits: seconds or milliseconds since 1970, or a date without punctuation."""
    if epoch := _EPOCH.match(text):
        seconds = float(epoch[1]) if epoch[1] else float(epoch[2]) / 1000
        return datetime.fromtimestamp(seconds, UTC)
    if not (found := _COMPACT.match(text)):
        return None
    year, month, day, *clock = (int(g or 0) for g in found.groups()[:6])
    return _moment((year, month, day), (clock[0], clock[1], clock[2]), _zone(found[7] or ""))


def _spelled(text: str) -> datetime | None:
    clock, zone = (0, 0, 0), ""
    if found := _CLOCK.search(_after_date(text)):
        clock = _clock(found)
        zone = found["zone"]
    day = _day(text, found["zone"] if found else "")
    return _moment(day, clock, _zone(zone)) if day else None


def _after_date(text: str) -> str:
    """Without a numeric date, whose dots would pass for a clock's."""
    if found := _YEAR_FIRST.match(text):
        return text[found.end() :]
    return text if _month(text) else _DAY_FIRST.sub(" ", text, count=1)


def _clock(found: re.Match[str]) -> tuple[int, int, int]:
    hour, minute = int(found["hour"]), int(found["minute"])
    if found["half"] and hour > 12:
        raise ValueError("no such hour")
    if found["half"]:
        hour = hour % 12 + (12 if found["half"] == "p" else 0)
    return hour, minute, int(found["second"] or 0)


def _day(text: str, after_clock: str) -> tuple[int, int, int] | None:
    if found := _YEAR_FIRST.match(text):
        return int(found[1]), int(found[2] or 1), int(found[3] or 1)
    if named := _named(_WEEKDAY.sub("", text), after_clock):
        return named
    found = _DAY_FIRST.search(text)
    return _day_first(found) if found else None


def _day_first(found: re.Match[str]) -> tuple[int, int, int] | None:
    """Dots put the day first everywhere; slashes and dashes only where the numbers say so."""
    day, month, year = int(found[1]), int(found[3]), _full_year(found[4])
    if month > 12 and found[2] != ".":
        return year, day, month
    if found[2] == "/" and day <= 12 and day != month:
        return None
    return year, month, day


def _named(text: str, after_clock: str) -> tuple[int, int, int] | None:
    """A month by name, with a day and a year in any order."""
    month = _month(text)
    if not month:
        return None
    numbers = _NUMBER.findall(f"{_CLOCK.sub(' ', text)} {_OFFSET.sub(' ', after_clock)}")
    years = [n for n in numbers if len(n) == 4]
    days = [n for n in numbers if len(n) <= 2]
    if years and days:
        return int(years[0]), month, int(days[0])
    if len(days) >= 2 and not years:
        return _full_year(days[1]), month, int(days[0])
    return None


def _month(text: str) -> int:
    """The last month named: an abbreviated weekday before it may look like one (it. "mar")."""
    for words, number in MONTH_WORDS.phrases:
        if words in text:
            return number
    found = [n for word in _WORD.findall(text) if (n := MONTH_WORDS.number(word))]
    return found[-1] if found else 0


def _full_year(digits: str) -> int:
    year = int(digits)
    if len(digits) > 2:
        return year
    return year + (2000 if year < 69 else 1900)


def _zone(text: str) -> timedelta:
    """East of Greenwich. A name nobody knows counts as UTC."""
    text = text.lstrip("( ")
    if found := _OFFSET.match(text):
        away = timedelta(hours=int(found[2]), minutes=int(found[3] or 0))
        return away if found[1] == "+" else -away
    word = _WORD.match(text)
    return timedelta(minutes=_ZONES.get(word[0], 0)) if word else timedelta()


def _moment(day: tuple[int, int, int], clock: tuple[int, int, int], zone: timedelta) -> datetime:
    """The clock may run past midnight ("24:10") or hold a leap second; anything else is refused."""
    hour, minute, second = clock
    if hour > 24 or minute > 59 or second > 60 or abs(zone) > timedelta(hours=15):
        raise ValueError("no such time")
    start = datetime(*day, tzinfo=timezone(zone))
    return (start + timedelta(hours=hour, minutes=minute, seconds=second)).astimezone(UTC)
