"""Panels that have nothing to show now."""


def hidden(panel) -> dict:
    """Return a panel that keeps its name and its kind, but is not shown: the others take its place.

    It is sent and checked like any other, so let it be an empty one.
    """
    return panel | {"shown": False}


def shown(panel) -> bool:
    """Return whether a panel is shown, as it is unless it is `hidden`."""
    return panel.get("shown", True)
