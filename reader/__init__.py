"""Media Reader: feeds in, indexed, tracked entities highlighted, searched and saved."""

__version__ = "0.1.0"
