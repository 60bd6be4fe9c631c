"""The outside world: bytes in, values out; knows no database."""
