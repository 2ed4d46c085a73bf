"""The colors of the book: one meaning, one color, in every figure, still or live.

Negative numbers and the class −1 (or 0) are orange, positive numbers and the class +1 (or 1) are blue, zero is the
paper itself. Orange and blue stay apart in all common kinds of color blindness; points differ in shape as well.
The classes of a larger task take the colors of Okabe and Ito (2008).
"""

LIGHT = {
    "page": "#fcfbf8",
    "paper": "#ffffff",
    "ink": "#1f2328",
    "soft": "#59636e",
    "line": "#d1d9e0",
    "negative": "#c4570a",
    "zero": "#f6f5f2",
    "positive": "#1c6bb0",
    "accent": "#7a3ea8",
    "green": "#0f7b5f",
}

DARK = {
    "page": "#0e1116",
    "paper": "#14181e",
    "ink": "#e6edf3",
    "soft": "#9aa5b1",
    "line": "#3a424d",
    "negative": "#f08a3c",
    "zero": "#20262e",
    "positive": "#58a6f5",
    "accent": "#c79bf2",
    "green": "#3fc49b",
}

CLASSES = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#8a8a00", "#7f7f7f", "#a65628", "#5e4fa2")


def as_css() -> str:
    """Return the palette as custom properties, `--nn-ink` and so on, for the light and the dark theme.

    Where the reader's system forces its own colors on pages, it chooses the theme.
    """
    light, dark = ("".join(f"--nn-{name}:{color};" for name, color in theme.items()) for theme in (LIGHT, DARK))
    light += "".join(f"--nn-class-{index}:{color};" for index, color in enumerate(CLASSES))
    forced = "".join(
        f"@media (forced-colors: active) and (prefers-color-scheme: {scheme})"
        f"{{html[data-theme],body[data-jp-theme-light]{{{theme}}}}}\n"
        for scheme, theme in (("light", light), ("dark", dark))
    )
    return f':root{{{light}}}\nhtml[data-theme="dark"],body[data-jp-theme-light="false"]{{{dark}}}\n{forced}'
