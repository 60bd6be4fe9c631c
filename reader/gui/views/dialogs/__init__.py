"""Questions to the user; every one is opened with `open()` and answers by a signal.

Each is imported where it is opened: nobody needs all of them.
"""
