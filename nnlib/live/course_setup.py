"""What every chapter's first cell does: plots in the book's looks, stored as sharp pictures, the same on every run."""

import logging


def course_setup():
    """Draw the notebook's plots in the book's looks, as SVG and PNG; outside a notebook, do nothing.

    The SVG is what the book shows and what the tests compare to the last digit: it has no dates or random names, and its
    letters are letters, which a page sets in its own typeface. The PNG is for viewers that show no SVG.
    """
    from IPython import get_ipython

    if (shell := get_ipython()) is None:
        return
    logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)  # a first start is no fault, and no output
    from matplotlib import rcParams
    from matplotlib_inline.config import InlineBackend

    from nnlib.plotting import STYLE

    rcParams.update({**STYLE, "svg.hashsalt": "nnlib", "svg.fonttype": "none"})
    backend = InlineBackend.instance(parent=shell)  # its settings last; older matplotlibs start it only with pyplot
    backend.shell = shell
    backend.print_figure_kwargs = {**backend.print_figure_kwargs, "metadata": {"Date": None}}
    backend.figure_formats = {"png", "svg"}
