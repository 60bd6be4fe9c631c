"""What is new in a list of ids, found without holding the interpreter for long.

Two versions of a list are mostly alike: articles were put on top, some were left out. So it goes
along both at once; stretches that are alike are compared as bytes, which takes microseconds.
"""

from array import array

_BYTES = array("q").itemsize
_NEAR = 2048
"""How far a place is looked for where the lists part."""
_PATIENCE = 1000
"""After so many partings the lists are unlike, and sets are the quicker way."""


def news(old: "array[int]", new: "array[int]") -> int:
    """How many ids of `new` are not in `old`; neither holds an id twice."""
    one, other = old.tobytes(), new.tobytes()
    gone, fresh = array("q"), array("q")
    i = j = partings = 0
    while i < len(old) and j < len(new) and partings < _PATIENCE:
        alike = _alike(one, i, other, j)
        i, j, partings = i + alike, j + alike, partings + 1
        if i < len(old) and j < len(new):
            left_out, put_in = _parting(old, i, new, j)
            gone.extend(old[i : i + left_out])
            fresh.extend(new[j : j + put_in])
            i, j = i + left_out, j + put_in
    gone.extend(old[i:])
    fresh.extend(new[j:])
    return len(set(fresh) - set(gone)) if gone else len(fresh)


def _alike(one: bytes, i: int, other: bytes, j: int) -> int:
    """How many numbers are the same from there on; strides double while they are, then halve."""
    a, b = i * _BYTES, j * _BYTES
    stride, found = _BYTES, 0
    longest = min(len(one) - a, len(other) - b)
    while (
        found < longest
        and one[a + found : a + found + stride] == other[b + found : b + found + stride]
    ):
        found, stride = min(longest, found + stride), stride * 2
    while stride >= _BYTES:
        same = one[a + found : a + found + stride] == other[b + found : b + found + stride]
        if same and found + stride <= longest:
            found += stride
        stride //= 2
    return found // _BYTES


def _parting(old: "array[int]", i: int, new: "array[int]", j: int) -> tuple[int, int]:
    """How many of `old` to pass over and how many of `new`, so that they may be alike again."""
    put_in = _place(new[j : j + _NEAR], old[i])
    left_out = _place(old[i : i + _NEAR], new[j])
    if put_in >= 0 and (left_out < 0 or put_in <= left_out):
        return 0, put_in
    return (left_out, 0) if left_out >= 0 else (1, 1)


def _place(stretch: "array[int]", number: int) -> int:
    try:
        return stretch.index(number)
    except ValueError:
        return -1
