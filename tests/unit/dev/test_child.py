"""Functions in processes of their own."""

from reader.dev.child import Child
from reader.dev.processes import running


def test_what_it_says_is_heard_line_by_line_and_then_the_rest() -> None:
    with Child("builtins", "print", "one", 2, 'three "3"\nfour\nfive') as child:
        assert child.says_within(30)
        assert child.hear() == 'one 2 three "3"'
        assert child.hear() == "four"
        assert child.rest() == "five\n"
        assert not child.failed()
        assert child.ended()


def test_it_hears_what_it_is_told() -> None:
    with Child("code", "interact", "", None, None, "") as child:
        child.tell("print(6 * 7)")
        assert child.hear().endswith("42")


def test_one_that_fails_says_nothing_and_has_failed() -> None:
    with Child("builtins", "open", "/nowhere/at/all") as child:
        assert child.hear() == ""
        child.rest()
        assert child.failed()


def test_one_that_is_left_is_killed_and_gone() -> None:
    with Child("time", "sleep", 60) as child:
        assert not child.ended()
        assert not child.says_within(0)
    assert child.pid not in running()
