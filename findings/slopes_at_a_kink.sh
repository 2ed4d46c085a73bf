#!/bin/sh
# JAX 0.10.2, PyTorch 2.13.0, autograd 1.9.1: the same function has four slopes at its kink, even inside one library.
#
# Guess beforehand: at 0 every ReLU has the slope 0, and where two inputs of a maximum are equal each takes half.
# Seen, the slope at 0 of max(0, z), of clip(z, 0, 6) and of |z|, by how it is written:
#   JAX       nn.relu 0, maximum(0, z) 1/2, nn.relu6 0, clip 1/2, abs 1
#   PyTorch   relu 0, clamp(min=0) 1, relu6 0, clamp(0, 6) 1, abs 0
#   autograd  maximum(0, z) 1/2, clip 0, abs 0
# The maximum of three equal numbers gives a third to each in all three, but in PyTorch all to the first as soon as a
# dimension is named, `max(0)`, and in max_pool1d.
# A network whose weighted sums start at exactly 0, as with zero weights, therefore learns or stands still by spelling.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check jax==0.10.2 torch==2.13.0 autograd==1.9.1 numpy==2.4.6
"$folder/env/bin/python" - <<'PY'
import autograd
import autograd.numpy as anp
import jax
import jax.numpy as jnp
import numpy as np
import torch


def by_torch(function, x=0.0):
    x = torch.tensor(x, requires_grad=True)
    function(x).sum().backward()
    return x.grad.tolist()


zero = {
    "JAX": {
        "nn.relu": jax.grad(jax.nn.relu)(0.0),
        "maximum(0, z)": jax.grad(lambda z: jnp.maximum(0.0, z))(0.0),
        "nn.relu6": jax.grad(jax.nn.relu6)(0.0),
        "clip(z, 0, 6)": jax.grad(lambda z: jnp.clip(z, 0, 6))(0.0),
        "abs": jax.grad(jnp.abs)(0.0),
    },
    "PyTorch": {
        "relu": by_torch(torch.relu),
        "clamp(min=0)": by_torch(lambda z: z.clamp(min=0)),
        "relu6": by_torch(torch.nn.functional.relu6),
        "clamp(0, 6)": by_torch(lambda z: z.clamp(0, 6)),
        "abs": by_torch(torch.abs),
    },
    "autograd": {
        "maximum(0, z)": autograd.grad(lambda z: anp.maximum(0, z))(0.0),
        "clip(z, 0, 6)": autograd.grad(lambda z: anp.clip(z, 0, 6))(0.0),
        "abs": autograd.grad(anp.abs)(0.0),
    },
}
seen = {library: [float(slope) for slope in slopes.values()] for library, slopes in zero.items()}
for library, slopes in zero.items():
    print(library, {name: float(slope) for name, slope in slopes.items()})
assert seen == {"JAX": [0, 0.5, 0, 0.5, 1], "PyTorch": [0, 1, 0, 1, 0], "autograd": [0.5, 0, 0]}, seen

equal = [1.0, 1.0, 1.0]
third = [1 / 3] * 3
shares = {
    "JAX max": jax.grad(jnp.max)(jnp.ones(3)).tolist(),
    "autograd max": autograd.grad(anp.max)(np.ones(3)).tolist(),
    "PyTorch max()": by_torch(torch.max, equal),
    "PyTorch amax()": by_torch(torch.amax, equal),
    "PyTorch max(0)": by_torch(lambda x: x.max(0).values, equal),
    "PyTorch max_pool1d": by_torch(lambda x: torch.nn.functional.max_pool1d(x[None], 3), equal),
}
for name, share in shares.items():
    print(name, share)
    wanted = [1.0, 0.0, 0.0] if name in ("PyTorch max(0)", "PyTorch max_pool1d") else third
    assert np.allclose(share, wanted, atol=1e-6), (name, share)
PY
