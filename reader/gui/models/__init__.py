"""Rows for Qt."""
