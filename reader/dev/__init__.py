"""Tools for developers: python -m reader.dev."""
