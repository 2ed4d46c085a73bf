"""A plugin for nbval, which runs cells without a history: IPython then overlooks the semicolon that silences a value.

With it, cells run as they do in Jupyter.
"""

from nbval.kernel import RunningKernel


def execute_cell_input(self, cell_input, allow_stdin=None):
    """Send a cell to the kernel and return the id of the message."""
    return self.kc.execute(cell_input, store_history=True, allow_stdin=allow_stdin, stop_on_error=False)


RunningKernel.execute_cell_input = execute_cell_input
