"""Whoosh: the only package that imports it."""
