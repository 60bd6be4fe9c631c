"""Widgets and delegates: layout, painting, focus."""
