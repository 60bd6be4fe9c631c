"""Whether two counts can differ by chance: Dunning's log-likelihood ratio.

It holds for small counts, where chi-squared does not: seven of nine against none of five is no
chance, two of nine against none of twelve may well be.
"""

import math

SURE = 3.84
"""From this ratio on it is chance in less than one case of twenty."""


def ratio(hits: int, of: int, others: int, of_others: int) -> float:
    """Twice the logarithm of how much likelier `hits` of `of` and `others` of `of_others` are if
    the two shares differ than if they are one."""
    every, all_of = hits + others, of + of_others
    if not all_of:
        return 0.0
    apart = _likely(hits, of, hits / of if of else 0) + _likely(
        others, of_others, others / of_others if of_others else 0
    )
    alike = _likely(hits, of, every / all_of) + _likely(others, of_others, every / all_of)
    return 2 * (apart - alike)


def _likely(hits: int, of: int, share: float) -> float:
    """The logarithm of the chance of exactly these, but for what falls out of the ratio."""
    return (hits * math.log(share) if hits else 0.0) + (
        (of - hits) * math.log(1 - share) if of > hits else 0.0
    )
