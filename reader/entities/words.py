"""Common words that are also names: an alias that looks like one of them needs its capital.

A list of our own, for judging aliases a person types ("Apple", "Shell", "Nice"), not for judging
texts. It holds the most frequent words of English, the English words that name companies, papers,
places and people, and a few of other languages. Folded (`reader.domain.fold`).
"""

import re
from functools import cache

from reader.domain.fold import fold_key

_FREQUENT = """
a about above across after again against age ago air all almost alone along already also always am
among an and another any anyone anything are area arm army around art as ask at away back bad bank
base be because become before began behind being below best better between big bill bit black blue
board body book both boy bring brother brown business but by call came can car card care case cat
cell change child church city class clear close club coast cold come common company cost could
count country court cross cup cut dark data daughter day dead deal death deep did die do does dog
done door down draw dream drive during each early earth east easy eat edge end enough even evening
ever every eye face fact fall family far farm fast father feel few field fight film find fire first
fish five floor flower fly follow food foot for force form four free friend from front full fund
game garden gas gave get girl give glass go god gold good government great green ground group grow
guard gun had half hall hand happy hard has have he head health hear heart heat heavy help her here
high hill him his hold home horse hospital hot hour house how however human hundred i ice idea if
in industry inside into iron is island it its job join just keep key kill kind king knew know lady
lake land language large last late law lead leader learn leave led left less let letter level life
light like line list little live local long look lose lost lot love low made main make man many map
mark market matter may me mean meet men middle might mile mind mine minister minute miss mission
model modern moment money month moon more morning most mother mountain mouth move much music must
my name nation national near need never new news next night nine no none nor north not note nothing
now number of off office oil old on once one only open or order other our out over own page pair
paper park part party pass past path pay peace people person picture piece place plan plane plant
play point police poor port post power president press price prince public pull push put queen
question quick quite race rain ran rather reach read ready real red report rest rich ride right
ring rise river road rock room round rule run safe said sale salt same sand saw say school sea
search season second see seen sell send sense service set seven several shall she ship shop short
should show shut side sign silver since sing sister sit six size skin sky sleep slow small snow so
soldier some son song soon sort sound south space speak speed spring square stage stand star start
state station stay steel step still stone stop store storm story street strong such summer sun
support sure system table take talk team tell ten test than that the their them then there these
they thing think third this those though thought three through time to today together told too took
top total touch toward town trade train tree true trust try turn two under union unit united until
up upon us use very video view village voice wait walk wall want war was watch water wave way we
week well went were west what wheel when where which while white who whole why wide wife wild will
win wind window wine winter with within without woman women wood word work world would write wrong
year yellow yes yet you young your
"""
_NAMES = """
accord ace acorn action advance aegis agency aid alliance alpha alphabet amazon amber ambition
ample anchor angel apple arc arch arena argus ariel arrow aspen aspire atlas aurora autumn
avalanche axis baker balance balloon bath bay bear beaver bishop blackberry blade blaze block bloom
bolt bond boost boots boss box branch brave bravo breeze brick bridge bright brook buck buffalo
bull bush butler canal candy canon carbon cardinal carpenter castle caterpillar cave century chad
challenger chance chancellor charity charter chase chess chief china chrome cisco citadel civil
claim clay cliff cloud coach coal cobra college colt comet compass concord condor constellation
continental cook cooper copper coral cork corona cosmos council courage cow crane crown crystal
cube current dagger dawn defence defense delta democrat desert diamond digital discover discovery
dominion dove dragon drake duke eagle echo eclipse economist edge eden element elite emerald empire
energy enterprise envoy epic era exchange executive express faith falcon federal fiat finance
fisher fleet flint fog ford forest forge fort fortune forum foster foundation fox foxtrot frank
frontier future galaxy gallery gap gates gem general genesis gilt glacier globe goal governor grace
grant gray grey guardian guess gulf guinea hail hammer harbor harbour harmony harp hawk hay hazel
herald heritage hero hill hobby holly honest hope horizon hornet hunt hunter ideal igloo impact
independence independent indigo infinity insight inspire institute intelligence intent
international iris ivory ivy jack jade jaguar jam javelin jewel journal journey joy judge jumper
june jury justice kale kite knight labor labour lamb lance lancet laser league legend liberal
liberty lily lime lion lotus lynx mace magnum major march marine marlin marsh marshal mason mass
match matrix maven max mercury metal meta meteor midland mike mint mirror mobile monitor moor moss
mustang nature navy nest network nice nickel nobel noble nova nut oak oasis observer ocean office
olive omega onyx opal optic oracle orange orbit outlook owl palm pan panther paragon parliament
partner patriot patron pearl peak penguin penny pepper phoenix pie pilot pioneer pitch plaza
polestar polish pollock pope porter premier pride prime prism progress prospect pulse puma quality
quest rainbow ranger raven ray reading rebel record reform regent register reliance renaissance
republic republican reserve resolve revolution rice robin rocket root rose rover ruby sabre sage
saint sapphire scorpion scout seal secretary senate sense shark shell shield short signal slack
snap snow social society solar sole solid sparrow spear spectrum spike spirit sport sprint square
squire standard staples steam steer stinger strait stream strike sunrise surge swan swift sword
talent target teller tempest temple tender terra thistle thorn thunder tide tiger time times titan
torch tower toy tribune trident trinity triumph trump turkey twitter typhoon union unity universe
vale valley vanguard vanity venture verge victor victory vine viper virgin visa vision vista
vulture wagon ward warrior watchman weaver welcome wells whale wheat wing wings wire wise wolf
wonder wool worth yard young zoom
"""
_ELSEWHERE = """
le la les un une des du de et est dans pour sur avec par plus ce se en au aux que qui monde orange
soir matin libre croix equipe point parisien terre mer paix pierre rose der die das und ein eine
ist nicht mit auf von zu im am den dem welt zeit bild spiegel stern essen el los las del una y o es
por con para mundo pais razon paz cruz sol leon rico il lo gli di che non una per con sole terra
stampa repubblica nato verde rosa bir ve bu da de icin ile ne o su baris umut deniz yildiz gunes
kaya demir toprak aslan savas var yeni milli birlik hava xalq sulh azad и в не на я что тот быть с
а весь это как она по но они к у из за вы так же от мир вера надежда любовь роман лев звезда победа
свобода дом труд правда время новости факты известия град бук тор смерч ураган игла волна россыпь
восток запад север юг звезда заря огонь алмаз тополь ярс искра і та що це як до від світ воля слава
зоря право час життя
"""

_NAMES_ELSEWHERE = """
meloni grillo conte monti fico bianco leone poutine damas casado iglesias guerra rey torres
duda lis wilk zajac katar lodz kopacz miller fiala zeman hora fidan guler kalin mali qatar cad
surt humus akar soylu bozdag simsek kilic ates bulut cicek merz песков волков баранов котов
орлов зайцев ирисов лосев чад доха катар сирт хама судно баку мали малі рада мороз коваль
гончар
"""
"""Surnames and places that are words of a language other than English. News is full of them as
names, so nothing is said against them; only small letters mean the word."""


_FIRST = {
    "mali": "tr az pl sk sl hr sr bs", "малі": "uk", "мали": "bg mk sr", "путина": "ru",
}  # fmt: skip
"""Words that begin sentences of these languages more often than the names that are spelled so:
financial, small, the fishing season."""
_RATHER = {fold_key(word): frozenset(spoken.split()) for word, spoken in _FIRST.items()}


_NAMES_TOO = """
abrams acre aden affirm alligator anthem aster avenger backfire balls ban banks bass blackjack
booker boxer brimstone bullet burns cable chime chinook citizens cleverly cologne copilot cotton
cougar darling derby dingo dodge fields flanker focus fossil fuchs fulcrum gang gazelle gepard
ghost gladiator greyhound growler harpoon harrier havoc hellfire hills hull java jersey jobs
leopard lens liberation lightning lima lucid madeira male manifesto marder maverick minuteman
mirage mistral neptune osprey pang parma pence poseidon predator presse progressive providence
prowler rafale raider ram rapier raptor reaper rivers rugby sanders satan scalp science scud seat
sentinel sentry sessions sidewinder smart snowflake sparks spectator split straw stripe sturgeon
supreme swatch switchblade tan taurus teams telegram telegraph tester threads toast tomahawk
tomcat tornado travelers troy truss tudor tyre vampire vans viking waltz warren waters wicker
woods zircon estado expresso folha globo jornada kurier mercurio nacion oman publico reforma unita
universal vanguardia aksam akinci atak bora cumhuriyet hisar milliyet sabah siper takvim tayfun
zaman авангард акация аллигатор барс бобер булава бумеранг буревестник верба вести взгляд вихрь
выстрел вільха гвоздика герань гиацинт дождь завтра калибр кинжал коалиция конкурс корнет ланцет
лента лютий медуза метис нептун оникс орлан оса панцирь патриот пекло пион посейдон редут рись
рысь синева солнцепек спутник стрела тигр торнадо тюльпан фагот флокс форпост циркон штурм эхо
"""
"""Weapons, papers, firms and surnames that are words when written small. Nothing is said against
them either: whoever tracks one of them knows."""


@cache
def _names_elsewhere() -> frozenset[str]:
    return frozenset(map(fold_key, f"{_NAMES_ELSEWHERE} {_NAMES_TOO}".split()))


@cache
def _common() -> frozenset[str]:
    return frozenset(map(fold_key, f"{_FREQUENT} {_NAMES} {_ELSEWHERE}".split()))


def rather_words(folded: str) -> frozenset[str]:
    """The languages in which it is likelier a word than a name where every word has a capital."""
    return _RATHER.get(folded, frozenset())


def needs_capital(text: str) -> bool:
    """Whether an alias written small is rather something else than a name."""
    return fold_key(text) in _names_elsewhere() or is_common(text)


def is_common(text: str) -> bool:
    """Whether every word of an alias is an everyday word when written small."""
    words = re.findall(r"\w+", fold_key(text))
    return bool(words) and all(word in _common() for word in words)
