"""The style sheet of the reading side: what its widgets need beside the window's own."""

from reader.gui.theme import Theme


def sheet(theme: Theme) -> str:
    c = {name: getattr(theme, name).name() for name in ("page", "line", "side", "list")}
    c |= {name: getattr(theme, name).name() for name in ("text", "text2", "text3", "field_line")}
    return f"""
        #articleView, #articleToolbar, #articleView QTextBrowser {{ background: {c["page"]}; }}
        #hairline {{ background: {c["line"]}; border: none; }}
        #pill {{ background: {c["page"]}; border: 1px solid {c["field_line"]};
          border-radius: 7px; }}
        #pill QToolButton {{ padding: 1px; }}
        #pill #pillName {{ font-size: 12px; font-weight: 500; color: {c["text"]};
          padding: 1px 4px; }}
        #pillCount {{ font-size: 12px; color: {c["text3"]}; padding: 0 6px 0 10px; }}
        #notices {{ background: {c["list"]}; border-bottom: 1px solid {c["line"]}; }}
        #notices QLabel {{ font-size: 12px; color: {c["text2"]}; }}
        #address {{ font-size: 12px; color: {c["text2"]}; background: {c["side"]};
          border: 1px solid {c["line"]}; border-radius: 5px; padding: 3px 9px; }}
    """
