"""What training takes of memory beyond its data and the network itself, by NumPy's own account to tracemalloc."""

import tracemalloc

from peers.tasks import TASKS, data
from peers.with_nnlib import jobs


def measure(name="epoch"):
    """Return the peak in bytes, and the bytes of the parameters and of one batch's activations, X and ŷ among them."""
    task, (X, y) = TASKS[name], data(name)
    run, _ = jobs(task, X, y)["nnlib"]
    run()  # what is allocated once and kept, such as imported modules, is no part of training
    tracemalloc.start()
    network = run()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    beyond = peak - network.parameters.nbytes - network.gradients.nbytes
    return {"peak": beyond, "needed": network.parameters.nbytes + task.batch_size * sum(task.sizes) * X.itemsize}
