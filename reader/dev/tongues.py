"""Invented languages to write news in: words by what they are, commonest first, and sentences.

English has a few hundred real words at the top and invented ones with English endings below;
the others are invented in the letters, with the small words and the endings, of the real ones.
A sentence is a row of slots (`SENTENCES`); each slot takes a word of its kind.
"""

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain, islice, product

FULL_STOP, COMMA = ".", ","
CAPITAL = "^"
"""Before a slot: its words with a capital, as at the beginning of a sentence."""

SENTENCES = """
    ^D N V D A N P D N .
    ^D A N O V O D S V D N P D K , P D A S P D N .
    ^P D N , H V D N P S O V D K P M .
    ^D N , A C A P D K , V O D N Z R A .
    ^S P M V D N P D A N , O D K Z A P D S .
    ^D K P D N V P D A S C O G D N P D N P M .
    ^M V O D S Z G D N , C D K V R .
    ^O Z D N P D A N O V P # C D S .
    ^D N P D N , V P D K , O I D S P D A N P D N R .
    ^S C S V D K P D N , V H , D N P D A N .
    ^P # , D N P D S V D S , P # P D N .
    ^D A K V D N O I D N , C O V O D S O R Z D N P D A N .
    ^O V O D N Z A C O D S V R G .
    ^G D N P D K , D N V O D A S O I P D N .
    ^D S C S V D K P D N P D N .
    ^D S V D N R , P D K P D S , O V P D A N .
"""
TITLES = """
    ^M V K P A S
    ^S V N P K P M
    ^K V S , N V
    ^H O I N P K C S
    ^A N P M Z K O I S
    ^S Z G D N P D K
"""

_STARTS = 2_000
_ROOTS = {"en": 3_000}
_FEW_ROOTS = 500
_PHRASES = {"en": 30_000}
_FEW_PHRASES = 6_000
_NAMES = {"en": 500_000}
_FEW_NAMES = 30_000
_SHORT_NAMES = 6_000
_PERSONS = 5_000

_EN_NOUNS = """
    government minister president country state people year week day month company market police
    official report court party election leader war force army attack security group talk deal
    oil price bank share rate growth trade budget tax plan law vote parliament region border city
    capital port river road bridge airport hospital school university student worker union strike
    protest crowd street home family child woman man victim refugee camp aid food water power gas
    energy plant mine factory firm industry product sale profit loss debt loan fund investor
    analyst economy crisis inflation currency dollar euro budget source statement agency reporter
    newspaper interview question answer decision meeting summit visit agreement treaty sanction
    embassy ambassador envoy mission troop soldier officer general commander rebel militia fighter
    weapon missile rocket drone tank ship submarine aircraft radar system base defence threat
    operation raid strike bomb explosion fire storm flood earthquake disaster rescue death injury
    hospital doctor disease virus vaccine patient drug study research scientist climate emission
    forest farm farmer crop grain wheat harvest animal match team player coach season goal title
"""
_EN_VERBS = """
    say tell ask call announce report warn confirm deny accuse claim add explain describe want need
    help work move turn start open close return follow reach cross enter pass join support back
    oppose reject accept approve sign order plan expect believe consider discuss agree demand urge
    launch attack kill wound capture release arrest charge investigate question detain deport
    deploy withdraw supply deliver export import produce build repair destroy damage protect
    defend guard watch monitor visit attend host address chair remain appear happen continue end
    increase reduce raise lower cut gain lose drop climb recover slow improve worsen finance invest
"""
_EN_ADJECTIVES = """
    new national political military public local foreign former economic international senior
    special major recent possible large small high low long short early late strong weak heavy
    light open free common central northern southern eastern western rural urban legal illegal
    civil federal private official armed nuclear naval joint regional global general financial
    social human deadly serious severe critical key likely clear final full interim temporary
    permanent peaceful violent massive rapid steady sharp modest broad narrow deep
"""
_EN_SMALL = {
    "D": "the a the this its an the their some his every her these many no several all",
    "P": "of in to for on with at by from after over against under between during about into "
    "near through before since without across amid towards despite beyond within",
    "C": "and but or while and as because though when if where until",
    "O": "that it would he to not they will which had she there could who should what might also",
    "^O": "it he there they she this that nobody others those most both",
}

_ENDINGS: Mapping[str, Mapping[str, str]] = {
    "de": {"N": "ung heit er e and ort", "S": "ungen heiten ern en ten", "V": "te ierte elte",
           "Z": "t iert elt", "G": "end ierend", "I": "en ieren eln", "A": "lich ige isch bar",
           "R": "weise erweise"},
    "fr": {"N": "tion ment eur ance age", "S": "tions ments eurs ances", "V": "a ait ent",
           "Z": "e it", "G": "ant issant", "I": "er ir re", "A": "ique el eux able",
           "R": "ement iquement"},
    "es": {"N": "ción dad miento or ura", "S": "ciones dades mientos ores", "V": "ó aron aba",
           "Z": "a e", "G": "ando iendo", "I": "ar er ir", "A": "ico al oso able",
           "R": "amente icamente"},
    "ru": {"N": "ние ство тель ка ость", "S": "ния ства тели ки ости", "V": "л ла ли ировал",
           "Z": "ет ит ирует", "G": "я ивая", "I": "ть ить ировать", "A": "ный ская ное овых",
           "R": "но ски"},
    "ar": {"N": "ة ان ية", "S": "ات ين ون", "V": "ت وا نا", "Z": "ه ها", "G": "اً",
           "I": "وا تم", "A": "ي ية", "R": "اً ياً"},
}  # fmt: skip
_SMALL: Mapping[str, Mapping[str, str]] = {
    "de": {"D": "der die das ein den eine dem", "P": "in von mit auf für an bei nach aus über",
           "C": "und aber oder weil", "O": "dass es nicht sich wird er sie hatte", "^O": "es er"},
    "fr": {"D": "le la les un des une ce", "P": "de à en dans pour sur par avec après contre",
           "C": "et mais ou car", "O": "que il ne pas qui se elle avait", "^O": "il elle"},
    "es": {"D": "el la los las un una su", "P": "de en a por con para sobre contra tras hasta",
           "C": "y pero o porque", "O": "que no se lo ha fue le había", "^O": "esto hubo"},
    "ru": {"D": "этот весь свой его тот их", "P": "в на с по из к о от для у после против",
           "C": "и но а или", "O": "что не он это как она было они", "^O": "он это"},
    "ar": {"D": "هذا هذه كل تلك بعض", "P": "في من على إلى عن مع بعد ضد", "C": "و لكن أو ثم",
           "O": "أن لا كان ما التي الذي قد", "^O": "هناك كان"},
}  # fmt: skip
_LETTERS: Mapping[str, tuple[str, str, str]] = {
    "en": ("b br c ch cl d dr f fl g gr h j l m n p pl pr r s sc sh sp st str t tr v w",
           "a e i o u ea ou", "n r l m t s nd nt rk st ct mp ss ck p d g"),
    "de": ("b br d f fl g gr h k kl m n p pf r sch schl sp st t tr v w z",
           "a e i o u ä ö ü au ei", "n r l m t s nd cht rk st tz ck lt"),
    "fr": ("b br c ch d dr f fr g gr j l m n p pr r s t tr v", "a e i o u é è ou oi ai",
           "n r l m t s nd rt st v qu ss ch"),
    "es": ("b br c d f g gr j l ll m n p pr r s t tr v", "a e i o u á í ie ue",
           "n r l s nd rt st ñ z d c"),
    "ru": ("б бр в г гр д ж з к кр л м н п пр р с ст т тр х ч ш", "а е и о у я ы ё",
           "н р л м т с ст в ж к г д"),
    "ar": ("ب ت ج ح خ د ر ز س ش ص ط ع غ ف ق ك ل م ن", "ا و ي", "ب د ر س ع ف ق ل م ن ه"),
}  # fmt: skip


@dataclass(frozen=True)
class Tongue:
    """`words`: for every slot its words, commonest first."""

    code: str
    words: Mapping[str, Sequence[str]]


@cache
def tongue(code: str) -> Tongue:
    """One of "en", "de", "fr", "es", "ru", "ar"; always the same words. KeyError for others."""
    chance = random.Random(f"words of {code}")
    made = _english(chance) if code == "en" else _foreign(code, chance)
    words: dict[str, Sequence[str]] = {**made}
    words["M"] = _names(code)
    words["H"] = [f"{chance.choice(words['M'][:400])} {name}" for name in words["M"][:_PERSONS]]
    words["K"] = _phrases(words, _PHRASES.get(code, _FEW_PHRASES), chance)
    words["#"] = _numbers()
    for slot in ("D", "P", "S", "K", "A", "G", "M", "H"):
        words[CAPITAL + slot] = [w[0].upper() + w[1:] for w in words[slot][:_STARTS]]
    words["^O"] = [w.capitalize() for w in words["^O"]]
    return Tongue(code, words)


def _english(chance: random.Random) -> dict[str, list[str]]:
    roots = _roots("en", chance)
    nouns = _with(_EN_NOUNS, roots, ("", "ation", "er", "ment", "ity", "ism"), chance)
    verbs = _with(_EN_VERBS, roots, ("", "ate", "ise", "en"), chance)
    adjectives = _with(_EN_ADJECTIVES, roots, ("al", "ive", "ous", "ic", "able", "less"), chance)
    words = {slot: text.split() for slot, text in _EN_SMALL.items()}
    return words | {
        "N": nouns,
        "S": [_plural(noun) for noun in nouns],
        "A": adjectives,
        "R": [adjective + "ly" for adjective in adjectives],
        "I": verbs,
        "Z": [_plural(verb) for verb in verbs],
        "V": [_ended(verb, "ed") for verb in verbs],
        "G": [_ended(verb, "ing") for verb in verbs],
    }


def _with(
    known: str, roots: Sequence[str], endings: Sequence[str], chance: random.Random
) -> list[str]:
    made = [root + chance.choice(endings) for root in roots]
    made += [root + endings[-1] for root in roots]
    return list(dict.fromkeys([*known.split(), *made]))


def _foreign(code: str, chance: random.Random) -> dict[str, list[str]]:
    words = {slot: text.split() for slot, text in _SMALL[code].items()}
    for slot, endings in _ENDINGS[code].items():
        forms = endings.split()
        rows = [root + chance.choice(forms) for root in _roots(code, random.Random(code))]
        words[slot] = list(dict.fromkeys(rows))
    if code == "de":
        for slot in ("N", "S"):
            words[slot] = [word.capitalize() for word in words[slot]]
    return words


def _roots(code: str, chance: random.Random) -> list[str]:
    """Of one or two syllables, in a random order."""
    onsets, vowels, codas = (row.split() for row in _LETTERS[code])
    found: dict[str, None] = {}
    while len(found) < _ROOTS.get(code, _FEW_ROOTS):
        first = chance.choice(onsets) + chance.choice(vowels)
        second = chance.choice(onsets) + chance.choice(vowels) if chance.random() < 0.7 else ""
        found[first + second + chance.choice(codas)] = None
    return list(found)


def _names(code: str) -> list[str]:
    """Of two syllables first, then of three: the commonest are the shortest, as in life."""
    onsets, vowels, codas = (row.split() for row in _LETTERS[code])
    chance = random.Random(f"names of {code}")
    firsts = [a + b for a, b in product(onsets, vowels)]
    lasts = [a + b + c for a, b, c in product(onsets[::2], vowels[::2], codas[::2])]
    for row in (firsts, lasts):
        chance.shuffle(row)
    firsts = [start.capitalize() for start in firsts]
    short = chance.sample([a + b for a, b in product(firsts, lasts)], _SHORT_NAMES)
    ends = [b.lower() + c for c, b in product(lasts, firsts[::5])]
    long = (a + end for end in ends for a in firsts[::2])
    return list(dict.fromkeys(islice(chain(short, long), _NAMES.get(code, _FEW_NAMES))))


def _phrases(words: Mapping[str, Sequence[str]], count: int, chance: random.Random) -> list[str]:
    """Words that stand together: "armed group", "oil price", "air defence system"."""

    def common(slot: str) -> str:
        row = words[slot]
        return row[int(len(row) ** chance.random()) - 1]

    shapes: tuple[Callable[[], str], ...] = (
        lambda: f"{common('A')} {common('N')}",
        lambda: f"{common('N')} {common('S')}",
        lambda: f"{common('A')} {common('N')} {common('S')}",
    )
    made = (chance.choice(shapes)() for _ in range(count))
    return list(dict.fromkeys(made))


@cache
def _numbers() -> Sequence[str]:
    chance = random.Random("numbers")
    small = [str(number) for number in range(2, 100)]
    years = [str(year) for year in range(2026, 1989, -1)]
    whole = [str(number) for number in chance.sample(range(100, 100_000), 40_000)]
    parts = [f"{number // 100}.{number % 100:02d}" for number in range(100, 40_100)]
    chance.shuffle(parts)
    return [*small, *years, *(one for pair in zip(whole, parts, strict=True) for one in pair)]


def _plural(word: str) -> str:
    """Also the third person of a verb."""
    if word.endswith("y") and word[-2] not in "aeiou":
        return word[:-1] + "ies"
    return word + ("es" if word.endswith(("s", "x", "ch", "sh")) else "s")


def _ended(verb: str, ending: str) -> str:
    if verb.endswith("e"):
        return verb[:-1] + ending
    if ending == "ed" and verb.endswith("y") and verb[-2] not in "aeiou":
        return verb[:-1] + "ied"
    return verb + ending
