"""The collector, parser and searcher processes: messages, loops, supervision; no Qt."""
