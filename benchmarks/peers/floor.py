"""What no NumPy program can do without: the products of matrices, the gathering of batches, Adam's traffic with memory."""

import numpy as np


def jobs(task, X, y):
    """Return {row: (what is timed, no score)}."""
    if task.kind == "perceptron":
        weights, z = np.zeros(X.shape[1]), np.empty(len(X))
        return {"products": (lambda: [X.dot(weights, out=z) for _ in range(task.epochs)], None)}
    inputs, hidden, outputs = task.sizes
    rng, dtype = np.random.default_rng(0), np.dtype(task.dtype)

    def array(*shape):
        return rng.normal(scale=0.01, size=shape).astype(dtype)

    W1, W2, rows = array(inputs, hidden), array(hidden, outputs), 1000 if task.kind == "predict" else task.batch_size
    a, z, y_hat = array(rows, inputs), array(rows, hidden), array(rows, outputs)
    back, slopes1, slopes2 = array(rows, hidden), array(inputs, hidden), array(hidden, outputs)

    def forward(x, n):
        x.dot(W1, out=z[:n])
        z[:n].dot(W2, out=y_hat[:n])

    def step(x, n):
        forward(x, n)
        z[:n].T.dot(y_hat[:n], out=slopes2)
        y_hat[:n].dot(W2.T, out=back[:n])
        x.T.dot(back[:n], out=slopes1)

    def products():
        for _ in range(task.epochs):
            for first in range(0, len(X), rows):
                x = a if task.kind != "predict" else X[first : first + rows]
                (forward if task.kind == "predict" else step)(x[: len(X) - first], min(rows, len(X) - first))

    if task.kind != "classes":
        return {"products": (products, None)}
    p, g, m, s, scratch = (array((inputs + 1) * hidden + (hidden + 1) * outputs) for _ in range(5))

    def floor():
        for _ in range(task.epochs):
            order = rng.permutation(len(X))
            for first in range(0, len(X), rows):
                chosen = order[first : first + rows]
                x = X.take(chosen, axis=0, out=a[: len(chosen)], mode="clip")
                step(x, len(chosen))
                # Adam reads p, m, s and g, and writes p, m and s: three copies and a half move as many bytes.
                for source, target in ((p, scratch), (m, p), (s, m), (g[: len(g) // 2], s[: len(g) // 2])):
                    np.copyto(target, source)

    return {"products": (products, None), "floor": (floor, None)}
