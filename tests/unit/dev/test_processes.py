"""Families of processes, and the memory they take together."""

import os
import subprocess
import sys
import time

from reader.dev.processes import PeakMemory, alive, end, family, memory

PARENT = """
import subprocess, sys
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
print(child.pid, flush=True)
child.wait()
"""


def test_a_family_is_the_process_with_its_descendants_and_can_be_ended() -> None:
    parent = subprocess.Popen([sys.executable, "-c", PARENT], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    members = family(parent.pid)
    assert [one.pid for one in members] == [parent.pid, child]
    assert len(alive(members)) == 2
    end(members)
    parent.communicate()
    deadline = time.monotonic() + 60
    while alive(members) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert alive(members) == []
    assert family(parent.pid) == []


def test_a_later_process_of_the_same_number_is_not_taken_for_the_old_one() -> None:
    (me,) = (one for one in family(os.getpid()) if one.pid == os.getpid())
    older = type(me)(me.pid, me.parent, me.born - 1, me.name)
    assert alive([me]) == [me]
    assert alive([older]) == []


def test_peak_memory_counts_children_and_remembers_the_most() -> None:
    with PeakMemory(os.getpid(), every=0.01) as peak:
        mine = memory(os.getpid())
        holding = "b = bytearray(60_000_000); input(); del b; input()"
        child = subprocess.Popen([sys.executable, "-c", holding], stdin=subprocess.PIPE)
        deadline = time.monotonic() + 60
        while peak.bytes < mine + 55_000_000 and time.monotonic() < deadline:
            time.sleep(0.01)
        child.communicate(b"\n\n")
    assert mine > 10_000_000
    assert peak.bytes > mine + 55_000_000
    assert memory(child.pid) == 0
