#!/bin/sh
# Keras 3.15.1 on JAX 0.10.2 or PyTorch 2.13.0: told to compute in float64, it rounds tanh, or the loss, to float32.
#
# Guess beforehand: `set_floatx("float64")` does it on PyTorch, and on JAX together with JAX_ENABLE_X64=1.
# Seen: weights, optimizer and most activations are float64 then. But on JAX `tanh` comes back as float32, alone among the
# activations, and the mean squared error has float64's type with float32's digits; on PyTorch every loss is float32. The
# cause is `result_type`, Keras's rule for types, which makes 32 bits of 64 unless TensorFlow is below. A comparison with
# another library to 1e-9 fails at 1e-8, and nothing says why. Written with `sigmoid` and `sum`, the same agrees to 1e-16.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check keras==3.15.1 jax==0.10.2 torch==2.13.0
cat > "$folder/look.py" <<'PY'
import keras
import numpy as np

keras.config.set_floatx("float64")
backend = keras.backend.backend()
x = np.array([[0.1], [0.3]])
names = ("tanh", "sigmoid", "elu", "silu", "gelu", "softplus")
types = {name: keras.backend.standardize_dtype(keras.layers.Dense(1, name)(x).dtype) for name in names}
loss = keras.losses.MeanSquaredError()(x, x + 0.2)
off = abs(float(loss) - 0.04)
print(f"{backend}: {types}; the loss is {keras.backend.standardize_dtype(loss.dtype)}, and off by {off:.0e}")
assert {name for name, kind in types.items() if kind != "float64"} == ({"tanh"} if backend == "jax" else set())
assert off > 1e-10
assert abs(float(keras.ops.sum(keras.ops.convert_to_tensor((x + 0.2 - x) ** 2)) / 2) - 0.04) < 1e-15
z = keras.ops.convert_to_tensor(x)
assert np.abs(2 * keras.ops.convert_to_numpy(keras.ops.sigmoid(2 * z)) - 1 - np.tanh(x)).max() < 1e-15
PY
for backend in jax torch; do
    JAX_ENABLE_X64=1 KERAS_BACKEND=$backend "$folder/env/bin/python" "$folder/look.py"
done
