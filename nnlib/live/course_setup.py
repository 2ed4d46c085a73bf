"""What every chapter's first cell does: figures are stored as pictures that are the same on every run, and sharp."""

import logging


def course_setup():
    """Draw the notebook's figures as SVG and PNG, without dates or random names; outside a notebook, do nothing.

    The SVG is what the book shows and what the tests compare to the last digit; the PNG is for viewers that show no SVG.
    """
    from IPython import get_ipython

    if (shell := get_ipython()) is None:
        return
    logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)  # a first start is no fault, and no output
    from matplotlib import rcParams
    from matplotlib_inline.config import InlineBackend

    rcParams["svg.hashsalt"] = "nnlib"
    backend = InlineBackend.instance(parent=shell)  # its settings last; older matplotlibs start it only with pyplot
    backend.shell = shell
    backend.print_figure_kwargs = {**backend.print_figure_kwargs, "metadata": {"Date": None}}
    backend.figure_formats = {"png", "svg"}
