"""The playground as a program for Keras, with the numbers that nnlib has."""

from nnlib.explorables.models.playground.layers import activations_of, frozen_of, sizes_of
from nnlib.explorables.models.playground.peers import WEIGHTS, bias_of, loop
from nnlib.explorables.models.playground.programs import PRINTS, counted, data, product
from nnlib.explorables.models.playground.run import output_of
from nnlib.explorables.models.playground.task import task_of
from nnlib.explorables.writing import literal

KERAS = """\
# The playground's network in Keras, after {epochs}, with the numbers that nnlib has.
import os

os.environ |= {{"KERAS_BACKEND": "jax", "JAX_ENABLE_X64": "1"}}  # else JAX computes in float32, whatever Keras is told
import keras
import numpy as np

keras.config.set_floatx("float64")

{data}
# The network, and its first weights, which NumPy draws as for nnlib
rng = np.random.default_rng({start})
{own}model = keras.Sequential([
    keras.Input(({inputs},)),
{layers}
])
for layer in model.layers{dense}:
    inputs, outputs = layer.kernel.shape
    {weights}
    layer.set_weights([weights, np.full(outputs, {bias})])
{frozen}{optimizer}

{loss}

def losses():
    return [float(keras.ops.sum(loss(*pair))) / len(pair[0]) for pair in ((y, model(X)), (y_test, model(X_test)))]


{prints}model.compile(optimizer, loss{eagerly})
{training}"""
KERAS_FROZEN = """\
for i in {places}:
    model.layers[i].trainable = False  # it is frozen: no step
"""
KERAS_LOSSES = {  # of each sample; nnlib's z, where Keras calls what comes out "logits"
    "mse": """\
def loss(y, y_hat):  # keras.losses.MeanSquaredError computes its mean in float32
    return keras.ops.sum((y_hat - y) ** 2, axis=-1){share}
""",
    "binary_cross_entropy": """\
def loss(y, z):  # keras.losses.BinaryCrossentropy(from_logits=True) computes its mean in float32
    return keras.ops.sum(keras.ops.softplus(z) - y * z, axis=-1)
""",
    "cross_entropy": """\
def loss(y, z):
    return keras.losses.sparse_categorical_crossentropy(y, z, from_logits=True)
""",
}
KERAS_ACTIVATIONS = {  # by their names, where Keras means the same by them
    "tanh": "tanh",
    "leaky_relu": "lambda z: keras.ops.leaky_relu(z, 0.01)",
    "gelu": "lambda z: keras.ops.gelu(z, approximate=False)",
    "gelu_tanh": "lambda z: keras.ops.gelu(z, approximate=True)",
}
KERAS_TANH = """

def tanh(z):
    return 2 * keras.ops.sigmoid(2 * z) - 1  # on JAX, Keras 3.15 computes its own tanh in float32, whatever comes in


"""
KERAS_DROPOUT = """

class Dropout(keras.layers.Layer):  # keras.layers.Dropout has a generator of its own, and would silence others
    def call(self, a, training=False):
        return a * (rng.random(a.shape) >= {rate}) / (1 - {rate}) if training else a


"""
KERAS_OPTIMIZERS = {
    "SGD": "SGD({rate}{decay})",
    "momentum": "SGD({rate}, momentum=0.9{decay})",
    "RMSProp": "RMSprop({rate}{decay})",
    "Adam": "Adam({rate}{decay})",
}
KERAS_STEPS = {
    "RMSProp": """\
        s = self._velocities[self._get_variable_index(variable)]
        self.assign_add(s, 0.01 * (gradient**2 - s))  # Keras has 0.1, and a larger ε, inside the root
        self.assign_sub(variable, learning_rate * gradient / (keras.ops.sqrt(s) + 1e-8))
""",
    "Adam": """\
        steps = keras.ops.cast(self.iterations + 1, "float64")
        self.epsilon = 1e-8 * keras.ops.sqrt(1 - self.beta_2**steps)  # which Keras adds to √v before its correction
        super().update_step(gradient, variable, learning_rate)
""",
}
KERAS_STEP = "        super().update_step(gradient, variable, learning_rate)\n"
KERAS_L1 = """\
        if len(variable.shape) == 2:  # the penalty: on the weights, not on the biases
            self.assign_sub(variable, keras.ops.clip(variable, -{most}, {most}))
"""
KERAS_OPTIMIZER = """

class Optimizer(keras.optimizers.{kind}):  # with nnlib's formula
    def update_step(self, gradient, variable, learning_rate):
{step}

optimizer = Optimizer({arguments}
"""
KERAS_BEST = "model.get_weights()", "model.set_weights(best_weights)"


def keras_program(settings, epochs) -> str | None:
    """Return the program in Keras, which prints what the figure shows after so many epochs; None where there are no data."""
    task = task_of(settings)
    if task.trouble:
        return None
    output, loss = output_of(task.kind, settings["loss"])
    of_z = loss != "mse"
    rate = literal(settings["dropout"]) if settings["dropout"] and settings["layers"] else None
    sizes, frozen, lines = sizes_of(settings, task), frozen_of(settings), []
    for i, then in enumerate([*activations_of(settings), output], 1):
        hidden = i < len(sizes) - 1
        then = "identity" if not hidden and of_z else then
        then = "" if then == "identity" else f", {KERAS_ACTIVATIONS.get(then, repr(then).replace(chr(39), chr(34)))}"
        lines.append(f"    keras.layers.Dense({sizes[i]}{then})," + (" Dropout()," if rate and hidden else ""))
    if of_z:
        lines[-1] += "  # the loss makes probabilities of what comes out"
    own = KERAS_TANH if any(", tanh)" in line for line in lines) else ""
    own += KERAS_DROPOUT.format(rate=rate) if rate else ""
    size = round(settings["batch_size"])
    rows = "X, y, batch_size=len(X)" if size >= len(task.X) else f"X[order], y[order], batch_size={size}"
    order = "" if size >= len(task.X) else "    order = order_rng.permutation(len(X))\n"
    return KERAS.format(
        epochs=counted(epochs),
        data=data(settings, task, output, loss),
        start=round(settings["start"]),
        own=own.replace("\n\n\n\n\n", "\n\n\n"),
        inputs=sizes[0],
        layers="\n".join(lines),
        dense="[::2]" if rate else "",
        weights=WEIGHTS[settings["weights"]],
        bias=bias_of(settings),
        frozen=KERAS_FROZEN.format(places=(*((2 if rate else 1) * i for i in frozen),)) if frozen else "",
        loss=KERAS_LOSSES[loss].format(share=f" / {sizes[-1]}" if sizes[-1] > 1 else ""),
        optimizer=_keras_optimizer(settings),
        eagerly=", run_eagerly=True" if rate else "",
        prints=PRINTS,
        training=loop(settings, epochs, f"{order}    model.fit({rows}, shuffle=False, verbose=0)\n", KERAS_BEST),
    )


def _keras_optimizer(settings):
    name, penalty = settings["optimizer"], settings["penalty"]
    decay = f", weight_decay={literal(settings['penalty_rate'])}" if penalty == "L2" else ""
    made = KERAS_OPTIMIZERS[name].format(rate=literal(settings["learning_rate"]), decay=decay)
    step = KERAS_STEPS.get(name, KERAS_STEP) + (KERAS_L1.format(most=product(settings)) if penalty == "L1" else "")
    lines = f"optimizer = keras.optimizers.{made}\n"
    if step != KERAS_STEP:
        kind, arguments = made.split("(")
        lines = KERAS_OPTIMIZER.format(kind=kind, step=step, arguments=arguments)
    if penalty == "L2":
        lines += 'optimizer.exclude_from_weight_decay(var_names=["bias"])\n'
    return lines
