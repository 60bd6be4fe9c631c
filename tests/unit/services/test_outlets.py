"""The gazetteer of outlets: sound as data, and found by host, by name and behind feeds."""

import re
from collections import Counter

import pytest

from reader.domain.fold import fold_key
from reader.domain.outlet import KINDS, Outlet
from reader.services.outlets import Outlets, by_host, gazetteer, spellings
from tests.helpers.world import FakeFeed, World, item

_CODES = """
    AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS
    BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE
    EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM
    HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC
    LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA
    NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW
    SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO
    TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW
"""
ISO_3166 = frozenset(re.findall("[A-Z]{2}", _CODES))
ALL = gazetteer().all


def test_there_are_outlets_of_every_kind_and_of_the_regions_that_matter_most() -> None:
    countries = Counter(outlet.country for outlet in ALL)
    assert len(ALL) >= 400
    assert {outlet.kind for outlet in ALL} == set(KINDS)
    assert min(countries[one] for one in ("RU", "UA", "TR", "AZ", "LY", "SY", "IL", "IR")) >= 6


def test_names_and_hosts_belong_to_one_outlet_unless_they_are_said_to_be_unsure() -> None:
    names = Counter(outlet.name for outlet in ALL)
    hosts = Counter(host for outlet in ALL for host in outlet.hosts)
    sure = Counter(
        key
        for outlet in ALL
        for key in {fold_key(name) for name in outlet.names() if name not in outlet.unsure}
    )
    for counted in (names, hosts, sure):
        assert [what for what, count in counted.items() if count > 1] == []


def test_every_row_is_well_formed() -> None:
    for outlet in ALL:
        names = outlet.names()
        assert outlet.hosts, outlet
        assert all(re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)+", host) for host in outlet.hosts), (
            outlet
        )
        assert not any(host.startswith("www.") for host in outlet.hosts), outlet
        assert outlet.country in ISO_3166 | {""}, outlet
        assert all(name and name == name.strip() and "?" not in name for name in names), outlet
        assert len(set(names)) == len(names), outlet


@pytest.mark.parametrize(
    ("host", "name"),
    [
        ("wsj.com", "The Wall Street Journal"),
        ("feeds.a.dj.wsj.com", "The Wall Street Journal"),
        ("WWW.Caliber.AZ.", "Caliber.Az"),
        ("feeds.bbci.co.uk", "BBC News"),
        ("arabic.cnn.com", "CNN Arabic"),
        ("edition.cnn.com", "CNN"),
    ],
)
def test_a_host_and_those_below_it_lead_to_the_outlet(host: str, name: str) -> None:
    found = by_host(host)
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize("host", ["", "com", "notwsj.com", "wsj.com.example", "localhost"])
def test_a_host_that_only_looks_like_one_leads_nowhere(host: str) -> None:
    assert by_host(host) is None


def test_a_name_is_found_in_any_case_and_script_and_a_shared_one_is_everybodys() -> None:
    def called(name: str) -> set[str]:
        return {outlet.name for outlet in gazetteer().by_name(name)}

    assert called("wsj") == called("Wall street journal") == {"The Wall Street Journal"}
    assert called("ТАСС") == called("تاس") == {"TASS"}
    assert {"The Times", "The New York Times"} <= called("The Times")
    assert called("The Daily Nothing") == set()


def test_a_feed_elsewhere_is_its_sites_or_that_of_all_its_articles() -> None:
    known = gazetteer()

    def behind(url: str, site: str = "", links: tuple[str, ...] = ()) -> str | None:
        outlet = known.of_feed(url, site, links)
        return outlet.name if outlet else None

    service = "https://feeds.service.example/x"
    assert behind("https://tass.com/rss", "https://reuters.com/") == "TASS"
    assert behind(service, "https://www.reuters.com/") == "Reuters"
    assert behind(service, "", ("https://ria.ru/1", "https://ria.ru/2", "")) == "RIA Novosti"
    assert behind(service, "", ("https://ria.ru/1", "https://tass.ru/2")) is None
    assert behind(service, "", ("https://ria.ru/1", "https://nobody.example/2")) is None
    assert behind("https://[broken/") is None


def test_looking_for_a_text_goes_through_names_hosts_country_and_owner() -> None:
    quay = Outlet("The Quay", "newspaper", ("quay.example",), ("TQ",), ("Причал",), "MT", "Dockers")
    outlets = Outlets([quay, Outlet("Pier", "online", ("pier.example",))])
    for text in ("quay", "tq", "ПРИЧАЛ", "quay.ex", "mt", "dockers"):
        assert outlets.find(text) == [quay], text
    assert len(outlets.find("")) == 2
    assert outlets.find("nothing like it") == []


BBC = "https://feeds.bbci.co.uk/world/rss.xml"


@pytest.fixture
def wires(world: World) -> World:
    """Two feeds that were never read: one of a known host, one of nobody's."""
    world.feed("quay").publish(item("One"))
    world.feeds[BBC] = FakeFeed(BBC, "World").publish(item("Two"))
    world.store.feeds.add(BBC, now=world.now)
    return world


def called(world: World) -> set[tuple[str, str]]:
    return {(feed.title, feed.outlet) for feed in world.store.feeds.all()}


def test_a_feed_of_a_known_host_is_given_its_outlet_and_others_their_title(wires: World) -> None:
    wires.refresh()
    assert called(wires) == {("The Quay Wire", "The Quay Wire"), ("World", "BBC News")}


def test_a_title_of_the_users_own_keeps_the_gazetteer_out(wires: World) -> None:
    wires.library.rename_feed(BBC, "Auntie")
    wires.refresh()
    assert ("Auntie", "World") in called(wires)


def test_an_outlet_is_offered_and_meant_by_its_short_form(wires: World) -> None:
    wires.refresh()
    offered = wires.finder.complete("outlet:би-", len("outlet:би-"))
    assert [one.text for one in offered] == ['"BBC News"']
    hint = wires.finder.found("outlet:би-би-си").hint
    assert hint == 'There is no outlet “би-би-си”. Did you mean outlet:"BBC News"?'
    assert spellings("The Quay Wire") == ("The Quay Wire",)
