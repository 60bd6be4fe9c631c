"""Use cases in plain Python, dependencies handed in."""
