"""Questions to the user; every one is opened with `open()` and answers by a signal."""
