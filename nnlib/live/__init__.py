"""The hosts of explorables: a notebook in Jupyter, and the static page. Both run the same view."""


def figure(name, **settings):
    """Return a live figure: the explorable `name` as a widget, whose traits are its settings.

    Raises ValueError for an unknown name or an illegal setting.
    """
    from nnlib.live.jupyter import Figure  # needs anywidget, which the page's Python has not

    return Figure(name, **settings)
