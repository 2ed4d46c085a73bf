"""The hosts of explorables: a notebook in Jupyter, and the static page. Both run the same view."""


def figure(name, *, autoplay=False, **settings):
    """Return a live figure: the explorable `name` as a widget, whose traits are its settings.

    With `autoplay` a figure that trains begins to play, for some seconds, when a reader comes to it on a page of the book.

    Raises ValueError for an unknown name or an illegal setting.
    """
    from nnlib.live.jupyter import Figure  # needs anywidget, which the page's Python has not

    return Figure(name, autoplay=autoplay, **settings)
