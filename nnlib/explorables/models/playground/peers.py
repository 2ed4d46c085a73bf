"""The playground as a program for PyTorch and for Keras: from the same first weights and in the same order, the same numbers.

The data, the first weights, the order of the samples and what dropout silences are all drawn by NumPy's generators, as nnlib
draws them. Where a library has another formula than nnlib, the program has nnlib's, and says so.
"""

from nnlib.explorables.models.playground.layers import activations_of, frozen_of, sizes_of
from nnlib.explorables.models.playground.programs import PRINTS, counted, data, product, when
from nnlib.explorables.models.playground.run import SMALL, output_of
from nnlib.explorables.models.playground.task import task_of
from nnlib.explorables.writing import literal

WEIGHTS = {
    SMALL: "weights = rng.uniform(-0.5, 0.5, (inputs, outputs))",
    "xavier": "most = np.sqrt(6 / (inputs + outputs))\n    weights = rng.uniform(-most, most, (inputs, outputs))",
    "he": "weights = rng.normal(0, np.sqrt(2 / inputs), (inputs, outputs))",
    "zeros": "weights = np.zeros((inputs, outputs))",
}
PATIENCE = """\
    if (test := losses()[1]) < best:
        best, best_epoch, best_weights = test, epoch, {weights}
    elif epoch - best_epoch >= {patience}:
        break
"""

PYTORCH = """\
# The playground's network in PyTorch, after {epochs}, with the numbers that nnlib has.
import numpy as np
import torch

torch.set_default_dtype(torch.float64)

{data}X, y, X_test, y_test = map(torch.tensor, (X, y, X_test, y_test))

# The network, and its first weights, which NumPy draws as for nnlib
rng = np.random.default_rng({start})
{dropout}model = torch.nn.Sequential(
{layers}
)
dense = [layer for layer in model if isinstance(layer, torch.nn.Linear)]
for layer in dense:
    outputs, inputs = layer.weight.shape  # the other way around than in nnlib
    {weights}
    layer.weight.data[:] = torch.tensor(weights.T)
    layer.bias.data.fill_({bias})
{frozen}loss = torch.nn.{loss}()
optimizer = torch.optim.{optimizer}


def losses():
    model.eval()
    with torch.no_grad():
        training, test = loss(model(X), y), loss(model(X_test), y_test)
    model.train()
    return training.item(), test.item()


{prints}{training}"""
TORCH_BEST = (
    "torch.nn.utils.parameters_to_vector(model.parameters())",
    "torch.nn.utils.vector_to_parameters(best_weights, model.parameters())",
)
KERAS_BEST = "model.get_weights()", "model.set_weights(best_weights)"
TORCH_FROZEN = """\
for layer in {layers}:
    layer.requires_grad_(False)  # it is frozen: no gradient, no step
"""
TORCH_LOSSES = {
    "mse": "MSELoss",
    "binary_cross_entropy": "BCEWithLogitsLoss",
    "cross_entropy": "CrossEntropyLoss",
}
TORCH_LAYERS = {
    "tanh": "Tanh()",
    "relu": "ReLU()",
    "sigmoid": "Sigmoid()",
    "identity": "Identity()",
    "leaky_relu": "LeakyReLU(0.01)",
    "elu": "ELU()",
    "gelu": "GELU()",
    "gelu_tanh": 'GELU(approximate="tanh")',
    "silu": "SiLU()",
    "softmax": "Softmax(dim=1)",
}
TORCH_DROPOUT = """

class Dropout(torch.nn.Module):  # torch.nn.Dropout has a generator of its own, and would silence others
    def forward(self, a):
        return a * torch.tensor(rng.random(a.shape) >= {rate}) / (1 - {rate}) if self.training else a


"""
TORCH_OPTIMIZERS = {
    "SGD": "SGD(model.parameters(), {rate})",
    "momentum": "SGD(model.parameters(), {rate}, momentum=0.9)",
    "RMSProp": "RMSprop(model.parameters(), {rate})",
    "Adam": "Adam(model.parameters(), {rate})",
}
TORCH_PULLS = {  # the penalty's part of a step, before the optimizer's and after it
    "none": ("", ""),
    "L1": ("", "layer.weight -= layer.weight.clip(-{most}, {most})"),
    "L2": ("layer.weight -= {most} * layer.weight", ""),
}
TORCH_PULL = """\
with torch.no_grad():
    for layer in {dense}:  # the penalty: on the weights, not on the biases
        {pull}
"""

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


def pytorch_program(settings, epochs) -> str | None:
    """Return the program in PyTorch, which prints what the figure shows after so many epochs; None where there are no data."""
    task = task_of(settings)
    if task.trouble:
        return None
    output, loss = output_of(task.kind, settings["loss"])
    of_z = loss != "mse"
    rate = literal(settings["dropout"]) if settings["dropout"] and settings["layers"] else None
    sizes, frozen, lines = sizes_of(settings, task), frozen_of(settings), []
    for i, then in enumerate([*activations_of(settings), output], 1):
        hidden = i < len(sizes) - 1
        line = f"    torch.nn.Linear({sizes[i - 1]}, {sizes[i]}),"
        line += "" if not hidden and (of_z or then == "identity") else f" torch.nn.{TORCH_LAYERS[then]},"
        lines.append(line + (" Dropout()," if rate and hidden else ""))
    if of_z:
        lines[-1] += "  # the loss makes probabilities of what comes out"
    return PYTORCH.format(
        epochs=counted(epochs),
        data=data(settings, task, output, loss),
        start=round(settings["start"]),
        dropout=TORCH_DROPOUT.format(rate=rate) if rate else "",
        layers="\n".join(lines),
        weights=WEIGHTS[settings["weights"]],
        bias=_bias(settings),
        frozen=TORCH_FROZEN.format(layers=_some(frozen)) if frozen else "",
        loss=TORCH_LOSSES[loss],
        optimizer=TORCH_OPTIMIZERS[settings["optimizer"]].format(rate=literal(settings["learning_rate"])),
        prints=PRINTS,
        training=_training(settings, epochs, _torch_epoch(settings, task), TORCH_BEST),
    )


def _some(layers):
    """Return in Python these of the layers with weights, counted from 0."""
    return f"[{', '.join(f'dense[{i}]' for i in layers)}]"


def _torch_epoch(settings, task):
    frozen = frozen_of(settings)
    learning = _some([i for i in range(len(settings["layers"]) + 1) if i not in frozen]) if frozen else "dense"
    before, after = (
        TORCH_PULL.format(dense=learning, pull=pull.format(most=product(settings))) if pull else ""
        for pull in TORCH_PULLS[settings["penalty"]]
    )
    step = "optimizer.zero_grad()\nloss(model({X}), {y}).backward()\n" + before + "optimizer.step()\n" + after
    size = round(settings["batch_size"])
    if size >= len(task.X):
        return _indented(step.format(X="X", y="y"))
    batch = f"order = order_rng.permutation(len(X))\nfor start in range(0, len(X), {size}):\n"
    batch += f"    rows = order[start : start + {size}]\n" + _indented(step.format(X="X[rows]", y="y[rows]"))
    return _indented(batch)


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
        bias=_bias(settings),
        frozen=KERAS_FROZEN.format(places=(*((2 if rate else 1) * i for i in frozen),)) if frozen else "",
        loss=KERAS_LOSSES[loss].format(share=f" / {sizes[-1]}" if sizes[-1] > 1 else ""),
        optimizer=_keras_optimizer(settings),
        eagerly=", run_eagerly=True" if rate else "",
        prints=PRINTS,
        training=_training(settings, epochs, f"{order}    model.fit({rows}, shuffle=False, verbose=0)\n", KERAS_BEST),
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


def _bias(settings):
    return "0.1" if settings["weights"] == SMALL else "0.0"


def _indented(lines):
    return "".join(f"    {line}\n" for line in lines.splitlines())


def _training(settings, epochs, epoch, best):
    """Return the loop over the epochs, given the lines of one, and how weights are kept and given back."""
    if not epochs:
        return ""
    patience, (kept, given_back) = round(settings["patience"]), best
    shown = "\n".join(when(epochs, "epoch")) + "\n"
    shown += PATIENCE.format(weights=kept, patience=patience) if patience else ""
    lines = f"for epoch in range(1, {epochs + 1}):\n{epoch}{shown}"
    if "order_rng" in epoch:
        lines = (
            f"order_rng = np.random.default_rng({round(settings['start'])})  # draws the order, as nnlib.train does\n{lines}"
        )
    return f'best = np.inf\n{lines}{given_back}\nshow("best")\n' if patience else lines
