"""The network of a hundred tutorials in JAX alone: functions, their derivatives, and arrays that nothing changes."""

import sys

import jax
import jax.numpy as jnp
import numpy as np

start = dict(np.load(sys.argv[1]))
X, y, X_test = start["X"], start["y"], start["X_test"]
jax.config.update("jax_enable_x64", X.dtype == np.float64)  # JAX computes in float32 unless it is told


def logits_of(weights, X, mask=1):
    W1, b1, W2, b2 = weights
    hidden = jax.nn.relu(X.reshape(len(X), -1) @ W1 + b1)
    return (hidden * mask) @ W2 + b2


def loss_of(weights, X, mask, y):
    log_p = jax.nn.log_softmax(logits_of(weights, X, mask))
    return -jnp.mean(log_p[jnp.arange(len(y)), y])


def step(weights, means, squares, t, X, mask, y):
    """Adam by hand, since JAX has no optimizers: Optax has."""
    loss, gradients = jax.value_and_grad(loss_of)(weights, X, mask, y)
    means = jax.tree.map(lambda m, g: 0.9 * m + 0.1 * g, means, gradients)
    squares = jax.tree.map(lambda v, g: 0.999 * v + 0.001 * g**2, squares, gradients)

    def moved(w, m, v):
        return w - 0.001 * m / (1 - 0.9**t) / (jnp.sqrt(v / (1 - 0.999**t)) + epsilon)

    return jax.tree.map(moved, weights, means, squares), means, squares, loss


epsilon = float(start.get("epsilon", 1e-8))
weights = [jnp.array(start[name]) for name in ("W1", "b1", "W2", "b2")]
outputs = jax.nn.softmax(logits_of(weights, X_test))
rows, mask = start["orders"][0, :32], start["masks"][0, :32]
gradients = jax.grad(loss_of)(weights, X[rows], mask, y[rows])

step, losses, t = jax.jit(step), [], 0  # compiled once for each shape
means = squares = jax.tree.map(jnp.zeros_like, weights)
for order, masks in zip(start["orders"], start["masks"], strict=True):
    total = 0.0
    for i in range(0, len(X), 32):
        rows, mask, t = order[i : i + 32], masks[i : i + 32], t + 1
        weights, means, squares, loss = step(weights, means, squares, t, X[rows], mask, y[rows])
        total += float(loss) * len(rows)
    losses.append(total / len(X))

answers = logits_of(weights, X_test).argmax(axis=1)
gradients = np.concatenate([np.ravel(gradient) for gradient in gradients])
found = {"outputs": outputs, "gradients": gradients, "losses": losses, "answers": answers}
np.savez(sys.argv[2], **found)
