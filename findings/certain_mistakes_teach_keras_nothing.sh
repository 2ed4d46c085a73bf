#!/bin/sh
# Keras 3.15.1 on JAX 0.10.2 or PyTorch 2.13.0: from a mistake it is certain of, a network with a softmax learns nothing.
#
# Guess beforehand: where the right class has almost no probability, the loss is cut off at some 16, and the gradient is
# still ŷ − y, almost −1, as Keras would find the logits behind the softmax. On samples that wrong, learning is fastest.
# Seen: the loss is 16.118 = −ln 1e-7, and from a gap of 17 between two logits on, every gradient is exactly 0: the
# probability has been clipped to 1e-7, and a constant has no slope. A step of any rate moves no weight, in silence. It is the
# same with a sigmoid and the binary cross-entropy. `from_logits=True`, on a last layer without activation, learns.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check keras==3.15.1 jax==0.10.2 torch==2.13.0
cat > "$folder/look.py" <<'PY'
import keras
import numpy as np


def moved(gap, activation, loss):
    """Return the loss of one sample whose right class is `gap` behind, and how far a step at the rate 1 moves its logit."""
    outputs = 1 if "Binary" in type(loss).__name__ else 2
    start = np.array([-gap] if outputs == 1 else [0, gap], "float32")
    layer = keras.layers.Dense(outputs, activation, bias_initializer=lambda *_, **__: start)
    model = keras.Sequential([keras.Input((1,)), layer])
    model.compile(keras.optimizers.SGD(1.0), loss)
    right = np.array([[1.0]]) if outputs == 1 else np.array([0])
    value = float(model.train_on_batch(np.zeros((1, 1)), right))
    return value, float(layer.get_weights()[1][0] - start[0])


softmax, sigmoid = keras.losses.SparseCategoricalCrossentropy, keras.losses.BinaryCrossentropy
print(keras.backend.backend())
for gap in (5.0, 15.0, 17.0, 20.0):
    found = {
        "softmax": moved(gap, "softmax", softmax()),
        "sigmoid": moved(gap, "sigmoid", sigmoid()),
        "from logits": moved(gap, None, softmax(from_logits=True)),
    }
    print(f"gap {gap:4}:", *(f"{name} {value:.3f}, moved {step:.4f};" for name, (value, step) in found.items()))
    for name, (value, step) in found.items():
        cut = gap >= 17 and name != "from logits"
        assert step == 0 if cut else step > 0.99, (gap, name, step)
        assert abs(value - (-np.log(1e-7) if cut else np.log1p(np.exp(gap)))) < 0.1, (gap, name, value)
PY
for backend in jax torch; do
    KERAS_BACKEND=$backend "$folder/env/bin/python" "$folder/look.py"
done
