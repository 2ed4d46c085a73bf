"""Training: forward, loss, backward, step; batch by batch, epoch by epoch.

`step` takes one batch through all of it. `train` does so for batch after batch, gives one record an epoch and leaves it
to the caller to print, to draw or to stop; `fit` is for those who just want the network trained. All arguments are
checked at the call, before anything changes.
"""

import math
import warnings
from functools import partial
from time import perf_counter
from typing import NamedTuple

import numpy as np

from nnlib.arrays import as_count, as_matrix, as_rng, choose, is_finite, quiet, same_length
from nnlib.doors import as_flag, as_list, as_optimizer, checked
from nnlib.losses import LOSSES
from nnlib.network import BY_NATURE, Network, Terms
from nnlib.recording import Recorded
from nnlib.wording.foreign import our_arguments, words
from nnlib.wording.printable import printable

OWN = "A loss of your own: LOSSES['name'] = Loss(value, gradient, targets=as_values), all three from nnlib.losses."
LOOP = "write for epoch in train(...): or fit(...)."
CAUSES = "most often the learning rate is too high, try a tenth of it; else standardize X"


class Epoch(NamedTuple):
    """One pass through the samples."""

    number: int  #: Counted from 1.
    loss: float  #: The mean over the samples, each batch measured before its own step.
    accuracy: float | None  #: The share of right answers, measured likewise; None for a regression.
    validation_loss: float | None  #: Measured after the last step, without dropout; None without validation samples.
    validation_accuracy: float | None  #: The share of right answers, measured with it.
    seconds: float  #: How long it took.


class History(list):
    """The epochs of one training, in order; `history.loss`, `history.seconds` and so on list one field of them.

    A slice is a History too. So is a sum, `first + second`: one training that went on, in which the second's epochs are
    counted on from the last of the first.

    Examples
    --------
    >>> history = History([Epoch(1, 0.5, None, None, None, 0.1), Epoch(2, 0.25, None, None, None, 0.1)])
    >>> history
    History: 2 epochs, loss 0.5 → 0.25
    >>> history.loss
    [0.5, 0.25]
    """

    def __getattr__(self, name):
        if name not in Epoch._fields:
            raise AttributeError(f"a History has {', '.join(Epoch._fields)}. Got {name!r} instead.")
        return [getattr(epoch, name) for epoch in self]

    def __getitem__(self, index):
        chosen = super().__getitem__(index)
        return History(chosen) if isinstance(index, slice) else chosen

    def __add__(self, other):
        joined = History(self)
        ahead = 0
        for epoch in as_list(other, "history", "what nnlib.fit returns", Epoch, "an epoch, as nnlib.fit returns it"):
            if joined and epoch.number + ahead <= joined[-1].number:  # counted from 1 again
                ahead = joined[-1].number + 1 - epoch.number
            joined.append(epoch._replace(number=epoch.number + ahead))
        return joined

    def __iadd__(self, other):
        self[:] = self + other
        return self

    def copy(self):
        """Return a History of the same epochs."""
        return self[:]

    def __repr__(self):
        course = f", loss {self[0].loss:.4g} → {self[-1].loss:.4g}" if self else ""
        return printable(f"History: {len(self)} epochs{course}")


class _NotFinite(FloatingPointError):
    """A loss or a weight is no longer finite."""


def _as_task(network, X, y, loss, optimizer):
    name, given, loss = loss, y, loss_for(network, loss)
    X, y = as_samples(network, loss, X, y)
    _make_ready(optimizer, network)
    network.terms = _terms(network, name, given)
    return network, X, y, loss, optimizer


@our_arguments
@quiet("over", "invalid")  # where NumPy would warn, we raise one clear error
@checked(_as_task)
def step(network, X, y, loss, optimizer):
    """Take one training step on a batch, in place: forward, loss, backward, and the optimizer's step.

    Parameters
    ----------
    network, X, y, loss, optimizer
        As for `train`.

    Returns
    -------
    loss : float
        The loss of the batch before the step, with dropout where the network has any.
    accuracy : float or None
        The share of right answers, measured likewise; None for a regression.

    Raises
    ------
    ValueError or TypeError
        Where an argument does not fit. Nothing has changed then.
    FloatingPointError
        Where the loss is not finite. No step has been taken then.

    Examples
    --------
    >>> from nnlib import SGD, mlp
    >>> network = mlp([1, 1], output="identity", dtype=np.float64, rng=0)
    >>> network.parameters[:] = 0
    >>> step(network, [[1.0]], [[2.0]], "mse", SGD(0.25))
    (4.0, None)
    >>> network.parameters.tolist()
    [1.0, 1.0]
    """
    y_hat = network.propagate(X, training=True)
    value = loss.value(y_hat, y)
    if not math.isfinite(value):
        raise _NotFinite(f"the loss is no longer finite: {CAUSES}.")
    accuracy = loss.accuracy(y_hat, y) if loss.answer else None
    backpropagate(network, loss, y_hat, y)
    optimizer.step(network.parameters, network.gradients)
    return value, accuracy


_next_quietly = quiet("over", "invalid")(next)


class Training:
    """The epochs of one training: it is looping over them that trains, one epoch a round.

    Examples
    --------
    >>> from nnlib import SGD, mlp
    >>> training = train(mlp([1, 1], output="identity"), [[1.0]], [2.0], loss="mse", optimizer=SGD(0.25), epochs=3)
    >>> training
    Training, not begun: write for epoch in train(...): or fit(...).
    >>> [epoch.number for epoch in training]
    [1, 2, 3]
    """

    def __init__(self, epochs, recorded):
        self._epochs = epochs
        self._recorded = recorded
        self._begun = False

    @property
    def way(self):
        """The way the last epoch was trained, "replayed" by the record of a step, or "plain" and why (`nnlib.recording`)."""
        return self._recorded.way

    def __iter__(self):
        return self

    def __next__(self):
        self._begun = True
        return _next_quietly(self._epochs)

    def close(self):
        """Stop, as a loop does that breaks."""
        self._begun = True
        self._epochs.close()

    def __repr__(self):
        return f"Training, {'begun' if self._begun else 'not begun'}: {LOOP}"

    def __del__(self):
        if not self._begun:
            warnings.warn(f"train(...) was never looped over, so nothing was trained: {LOOP}", RuntimeWarning, stacklevel=2)


@our_arguments
def train(network, X, y=None, *, loss, optimizer, epochs, batch_size=None, rng=None, validation=None, patience=None):
    """Train the network in place, as you loop over what is returned, which gives an `Epoch` after each pass.

    Parameters
    ----------
    network : Network
        What is trained. Its precision is kept.
    X : array (samples, inputs)
        The samples. A layer sees them in batches of rows; each batch but a full one is a part of one array that the
        next batch overwrites, so a layer of your own copies what it wants to keep beyond `backward`.
    y : array
        For "cross_entropy" labels (samples,) or one-hot rows; for "binary_cross_entropy" zeros and ones, for "mse"
        numbers, of the shape of the network's output.
    loss : str
        A name in LOSSES; "cross_entropy" needs a network that ends in softmax, "binary_cross_entropy" in sigmoid, and
        either one "_with_logits" a network that ends in none of them.
    optimizer : Optimizer
        SGD(0.1), Adam() and so on: an object with `step(parameters, gradients)`.
    epochs : int
        How many passes through the samples, each in a new random order.
    batch_size : int, optional
        Samples a step; None for all at once.
    rng : int or numpy.random.Generator, optional
        Decides the order.
    validation : pair (X, y), optional
        Measured after each epoch, and never learned from.
    patience : int, optional
        Stop after so many epochs without a new lowest validation loss, and give back the weights of the lowest.

    Returns
    -------
    Training
        An iterator: each round of ``for epoch in train(…):`` trains for one pass through the samples, and gives the
        `Epoch` with what was measured in it.

    Raises
    ------
    ValueError or TypeError
        At the call, where an argument does not fit.
    FloatingPointError
        When the loss is no longer finite; the network then has its old weights again.

    Examples
    --------
    >>> from nnlib import SGD, datasets, mlp
    >>> X, y = datasets.moons(100, rng=0)
    >>> network = mlp([2, 8, 2], dtype=np.float64, rng=0)
    >>> for epoch in train(network, X, y, loss="cross_entropy", optimizer=SGD(0.5), epochs=20, batch_size=10, rng=0):
    ...     pass
    >>> print(f"epoch {epoch.number}: {epoch.accuracy:.0%} right")
    epoch 20: 89% right
    """
    name, given, loss = loss, y, loss_for(network, loss)
    X, y = as_samples(network, loss, X, y)
    if loss.answer and len(y) > 1 and (y == y[0]).all():
        warnings.warn("all samples have the same label: pass samples of at least two classes.", stacklevel=3)
    if validation is None and patience is not None:
        raise ValueError("patience needs samples that are not trained on to watch: pass validation=(X, y).")
    if validation is not None:
        if not isinstance(validation, tuple | list) or len(validation) != 2:
            raise TypeError(f"validation must be a pair (X, y). Got {type(validation).__name__} instead.")
        validation = as_samples(network, loss, *validation, "validation ")
    epochs = as_count(epochs, "epochs")
    rng = as_rng(rng)
    patience = math.inf if patience is None else as_count(patience, "patience")
    batch_size = len(X) if batch_size is None else as_count(batch_size, "batch_size")
    if batch_size > len(X):
        warnings.warn(f"batch_size {batch_size} is more than the {len(X)} samples: {len(X)} is taken.", stacklevel=3)
    _make_ready(optimizer, network)
    terms = _terms(network, name, given)
    samples, size = (X, y), min(batch_size, len(X))
    recorded = Recorded(network, loss, optimizer, backpropagate, *samples, size, epochs)
    training = _epochs(network, terms, loss, optimizer, samples, size, rng, validation, epochs, patience, recorded)
    return Training(training, recorded)


def loss_for(network, name):
    """Return the loss of this name, or raise ValueError where it does not go with the network's output."""
    if not isinstance(network, Network):
        kind = type(network).__name__
        cure = words("networks").get(kind, 'make one first, such as mlp([2, 8, 1], output="sigmoid").')
        raise TypeError(f"network must be a Network, not of the type {kind}: {cure}")
    loss = choose(name, LOSSES, "loss", OWN)
    if loss.partner not in (None, network.output):
        logits = f"{name}_with_logits"
        other = f', or pass loss="{logits}"' if network.output == "identity" and logits in LOSSES else ""
        raise ValueError(
            f"loss {name!r} goes with the output {loss.partner!r}, but the network's output is {network.output!r}: "
            f"end the network in Activation({loss.partner!r}){other}."
        )
    return loss


def as_samples(network, loss, X, y, prefix=""):
    """Return X and y, checked, in the network's precision, y as the loss takes it unchecked."""
    X = as_matrix(X, network.inputs, f"{prefix}X", network.dtype)
    if y is None:
        raise TypeError(f"{prefix}y holds None: pass one label, or one number, for each row of {prefix}X.")
    if hasattr(y, "__len__") and getattr(y, "ndim", 1):
        same_length(X, y, (f"{prefix}X", f"{prefix}y"))
    return X, loss.targets(y, (len(X), network.outputs), network.dtype, f"{prefix}y")


def _terms(network, name, y) -> Terms:
    """Return what a network that is trained on `y` by the loss of this name will answer in."""
    y = np.asarray(y)
    if LOSSES[name].answer is None and network.output in BY_NATURE and np.isin(y, (0, 1)).all():
        name = BY_NATURE[network.output]  # zeros and ones are classes, also where squared error brings them near
    return Terms(name, y.shape[1:])


def _make_ready(optimizer, network):
    if hasattr(as_optimizer(optimizer), "prepare"):
        optimizer.prepare(network.parameters, network.gradients)


def _epochs(network, terms, loss, optimizer, samples, batch_size, rng, validation, epochs, patience, recorded):
    start = best = network.parameters.copy()
    network.terms, old_terms = terms, network.terms
    lowest = math.inf
    waited = 0
    for number in range(1, epochs + 1):
        began = perf_counter()
        try:
            measured = recorded.epoch(rng) or _one_epoch(network, loss, optimizer, _batches(*samples, batch_size, rng))
            measured += _measure(recorded, loss, *validation) if validation else (None, None)
            lost = number == epochs and not is_finite(network.parameters)
            if lost or not math.isfinite(measured[0] + (measured[2] or 0)):
                raise _NotFinite
        except _NotFinite:
            network.parameters[:] = start
            network.terms = old_terms
            if hasattr(optimizer, "reset"):
                optimizer.reset()
            raise FloatingPointError(
                f"the loss is no longer finite in epoch {number}: {CAUSES}. "
                "The network has the weights again that it had before training."
            ) from None
        if patience < math.inf:
            waited += 1
            if measured[2] < lowest:
                lowest = measured[2]
                best = network.parameters.copy()
                waited = 0
        yield Epoch(number, *measured, perf_counter() - began)
        if waited >= patience:
            break
    if patience < math.inf:
        network.parameters[:] = best


def _one_epoch(network, loss, optimizer, batches):
    """Take a step on each batch; return the mean loss over the samples, and the accuracy."""
    total = right = samples = 0
    for X, y in batches:
        value, accuracy = step.unchecked(network, X, y, loss, optimizer)
        samples += len(y)
        total += value * len(y)
        if loss.answer:
            right += accuracy * len(y)
    return total / samples, right / samples if loss.answer else None


def _batches(X, y, size, rng):
    """Return X and y in batches of `size` rows in a new random order, or all at once, as they are."""
    return [(X, y)] if size == len(X) else _shuffled(X, y, size, rng)


def _shuffled(X, y, size, rng):
    order = np.arange(len(X), dtype=np.int32)
    rng.shuffle(order)
    batch = np.empty((size, X.shape[1]), X.dtype)  # one for all batches: memory anew for each would cost more than the rows
    for start in range(0, len(X), size):
        rows = order[start : start + size]
        # mode="clip" lets NumPy write into `batch` directly: no row can be out of range
        yield X.take(rows, axis=0, out=batch[: len(rows)], mode="clip"), y.take(rows, axis=0)


def backpropagate(network, loss, y_hat, y):
    """Set the network's gradients; beside its partner the loss gives δ = (ŷ − y) / n, past the output activation.

    Parameters
    ----------
    network : Network
        Whose `forward` has just been called.
    loss : Loss
        An entry of LOSSES.
    y_hat : array (samples, outputs)
        What `forward` returned.
    y : array
        The targets, as the loss takes them: labels (samples,) or numbers (samples, outputs).

    Examples
    --------
    >>> from nnlib import mlp
    >>> from nnlib.losses import LOSSES
    >>> network, X, y = mlp([2, 2], rng=0), np.eye(2), np.array([0, 1])
    >>> backpropagate(network, LOSSES["cross_entropy"], network.forward(X, training=True), y)
    >>> network.gradients.shape
    (6,)
    """
    if loss.partner:
        network.backward(loss.delta(y_hat, y), at_z=True, to_input=False)
    else:
        network.backward(loss.gradient(y_hat, y), to_input=False)


def _measure(network, loss, X, y):
    y_hat = network.run(X)
    return loss.value(y_hat, y), loss.accuracy(y_hat, y) if loss.answer else None


@partial(our_arguments, more=train)
def fit(network, X, y=None, *, epochs, progress=True, **settings) -> History:
    """Run `train` to its end under a progress bar; return the history of the epochs.

    Interrupted (Ctrl-C, or the stop button of a notebook), it returns the epochs so far; the network is as the last step
    has left it.

    Parameters
    ----------
    network, X, y, epochs, settings
        The arguments of `train`.
    progress : bool
        Whether to show the bar; without tqdm there is none.

    Examples
    --------
    >>> from nnlib import SGD, datasets, mlp
    >>> X, y = datasets.moons(100, rng=0)
    >>> network = mlp([2, 8, 2], dtype=np.float64, rng=0)
    >>> history = fit(network, X, y, loss="cross_entropy", optimizer=SGD(0.5), epochs=20, progress=False, rng=0)
    >>> len(history.loss)
    20
    """
    progress = as_flag(progress, "progress")
    records = train(network, X, y, epochs=epochs, **settings)
    history = History()
    if progress:
        try:
            from tqdm import tqdm

            records = tqdm(records, total=epochs, unit="epoch")
        except ImportError:
            progress = False
    try:
        for epoch in records:
            history.append(epoch)
            if progress:
                records.set_postfix_str(f"loss {epoch.loss:.4g}", refresh=False)
    except KeyboardInterrupt:
        pass
    return history
