"""A reader's program as the checks see it: something that can be made, asked and trained, whatever it is made of.

What it learns is not asked for but found: every number and every array in it that its answers depend on, and that is not the
data themselves. So a class, a dictionary of arrays and a list of lists can all be examined.
"""

import contextlib
import copy
import io
import random
import warnings
from dataclasses import dataclass
from types import BuiltinFunctionType, FunctionType, MethodType, ModuleType

import numpy as np

NO_HOLDERS = (
    ModuleType,
    FunctionType,
    MethodType,
    BuiltinFunctionType,
    type,
    str,
    bytes,
    np.random.Generator,
    np.random.RandomState,
)
MEASURED = ("mean", "std", "var", "mu", "sigma", "running")  # what a program may keep of its data: no optimizer steps with it
DEEPEST = 6  # attributes within attributes that are looked at


class Stopped(Exception):
    """A program of the reader's ended with an error, `error`, while it was `doing` something."""

    def __init__(self, doing, error):
        super().__init__(doing, error)
        self.doing, self.error = doing, error


@dataclass
class Slot:
    """A place in a network that holds one number or one array."""

    name: str  #: As the reader would write it, such as "W1" or "layers[0].weights".
    holder: object  #: The dictionary, list or object that has it.
    key: object  #: Its key there, its place, or the name of the attribute.

    @property
    def value(self):
        """What is there now."""
        return self.holder[self.key] if isinstance(self.holder, dict | list | tuple) else getattr(self.holder, self.key)

    @property
    def array(self) -> np.ndarray:
        """What is there now, as an array of its own, float64."""
        return np.array(self.value, dtype=float)

    def put(self, array):
        """Write other numbers of the same shape there, in place where it is an array."""
        value = self.value
        if isinstance(value, np.ndarray) and value.ndim:
            value[...] = array
        elif isinstance(self.holder, dict | list):
            self.holder[self.key] = type(array)(array) if np.ndim(array) else float(array)
        else:
            setattr(self.holder, self.key, float(array))


def slots(network) -> list[Slot]:
    """Return every place in a network that holds a number or an array of numbers; of views of one memory the smallest."""
    network = [network] if isinstance(network, np.ndarray) else network
    found = list(_walk(network, "", set(), 0))
    arrays = sorted((slot for slot in found if isinstance(slot.value, np.ndarray)), key=lambda slot: slot.value.size)
    kept = []
    for slot in arrays:
        if not any(np.shares_memory(slot.value, other.value) for other in kept):
            kept.append(slot)
    return [slot for slot in found if not isinstance(slot.value, np.ndarray) or any(slot is other for other in kept)]


def _walk(thing, name, seen, depth):
    if isinstance(thing, NO_HOLDERS) or id(thing) in seen or depth > DEEPEST:
        return
    seen.add(id(thing))
    if isinstance(thing, dict):
        pairs = [(key, value, f"{name}[{key!r}]" if name else str(key)) for key, value in thing.items()]
    elif isinstance(thing, list | tuple):
        pairs = [(i, value, f"{name or 'network'}[{i}]") for i, value in enumerate(thing)]
    elif hasattr(thing, "__dict__"):
        pairs = [(key, value, f"{name}.{key}" if name else key) for key, value in vars(thing).items()]
    else:
        return
    for key, value, called in pairs:
        if isinstance(value, np.ndarray):
            if value.dtype.kind in "fiu" and value.size and value.flags.writeable:
                yield Slot(called, thing, key)
            elif value.dtype == object:
                yield from _walk(list(value.flat), called, seen, depth + 1)
        elif isinstance(value, bool | np.bool_ | complex):
            continue
        elif isinstance(value, int | float | np.number):
            if not isinstance(thing, tuple):
                yield Slot(called, thing, key)
        else:
            yield from _walk(value, called, seen, depth + 1)


class Program:
    """A program to be examined: how it is made, asked and trained, and samples that it is meant for.

    Parameters
    ----------
    fresh : callable
        Returns a new, untrained network: an object of any kind that holds its parameters.
    predict : callable
        From (network, X) to the answers, one a row of X.
    train : callable or None
        From (network, X, y): it trains for one step, in place, or returns the network after it.
    X, y : array
        Samples (samples, features), and their targets in the shape that the program wants.
    """

    def __init__(self, fresh, predict, train, X, y):
        self._fresh, self._predict, self._train = fresh, predict, train
        self.X, self.y = np.asarray(X), np.asarray(y)
        self.trains = train is not None
        self.parameters = ()  # names, once they have been found

    def fresh(self):
        """Return a new network."""
        return self._call("it was made", self._fresh)

    def ask(self, network, X) -> np.ndarray:
        """Return the answers to the rows of X, float64, of the shape that the program gives them."""
        answers = self._call("it was asked", self._predict, network, np.array(X))
        try:
            return np.array(answers, dtype=float)
        except (TypeError, ValueError) as error:
            raise Stopped("its answers were read as numbers", error) from error

    def step(self, network, X, y):
        """Return the network after one step of training."""
        after = self._call("it was trained", self._train, network, np.array(X), np.array(y))
        return after if _like(after, network) else network

    def copy(self, network):
        """Return a network like this one that shares nothing with it."""
        return self._call("it was copied", copy.deepcopy, network)

    def _call(self, doing, function, *arguments):
        try:
            return function(*arguments)
        except Exception as error:
            raise Stopped(doing, error) from error

    def find_parameters(self, rng):
        """Find what the answers depend on, and keep its names as `parameters`."""
        small = 0.1 / max(1, abs(self.X).max())
        found = set()
        for keep, size in ((1, 0.3), (0, small)):  # moved a little, and begun anew, near zero, where nothing is saturated
            mixed = self.fresh()
            self._shake(mixed, [slot for slot in self._candidates(mixed) if not _is_whole(slot)], rng, keep, size)
            found |= self._that_matter(mixed, rng, size)
        self.parameters = tuple(slot.name for slot in slots(self.fresh()) if slot.name in found)

    def _that_matter(self, network, rng, size) -> set:
        """Return the names of those whose change changes the answers of a network."""
        probe = self.X, self.X + rng.normal(size=self.X.shape)
        before, names = self._answers(network, probe), set()
        for slot in self._candidates(network):
            twin = self.copy(network)
            self._shake(twin, [other for other in slots(twin) if other.name == slot.name], rng, 1, 2 * size)
            after = self._answers(twin, probe)
            if after is not None and before is not None and not np.array_equal(after, before):
                names.add(slot.name)
        return names

    def _shake(self, network, places, rng, keep, size):
        """Write into places of a network what is there, `keep` times, and a random number."""
        for slot in places:
            with contextlib.suppress(Exception):  # a read-only property, or an array of whole numbers
                slot.put(keep * slot.array + size * rng.normal(size=slot.array.shape))

    def _candidates(self, network):
        return [slot for slot in slots(network) if not self._is_data(slot) and not _is_measured(slot.name)]

    def _is_data(self, slot) -> bool:
        value = np.asarray(slot.value)
        return any(value.shape == data.shape and value.ndim and np.array_equal(value, data) for data in (self.X, self.y))

    def _answers(self, network, probe):
        try:
            answers = np.array([self.ask(network, X) for X in probe])
        except (Stopped, ValueError):  # the latter where the answers have no common shape
            return None
        return answers if np.isfinite(answers).all() else None

    def slots_of(self, network) -> list[Slot]:
        """Return the places of the parameters in a network."""
        return [slot for slot in slots(network) if slot.name in self.parameters]

    def values(self, network) -> dict:
        """Return {name: array} of the parameters, copied."""
        return {slot.name: slot.array for slot in self.slots_of(network)}

    def shaken(self, rng, size, keep=1):
        """Return a new network whose parameters, times `keep`, have been moved at random, by steps of this size."""
        network = self.fresh()
        self._shake(network, self.slots_of(network), rng, keep, size)
        return network


def _like(after, network) -> bool:
    """Say whether what `train` returned is a network, and not a loss or a list of them."""
    if type(after) is not type(network) or after is network:
        return False
    before, now = slots(network), slots(after)
    return bool(now) and [slot.name for slot in before] == [slot.name for slot in now]


def _is_whole(slot) -> bool:
    """Say whether a place holds one whole number, as counts and sizes are."""
    return isinstance(slot.value, int | np.integer)


def _is_measured(name) -> bool:
    last = name.rpartition(".")[2].strip("_").lower()
    return last.startswith(MEASURED)


@contextlib.contextmanager
def apart():
    """Show nothing of what programs print and warn of, and let NumPy's and Python's own generators begin alike each time.

    Afterward these are as they were.
    """
    theirs, pythons = np.random.get_state(), random.getstate()  # noqa: NPY002
    try:
        np.random.seed(0)  # noqa: NPY002
        random.seed(0)
        with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        np.random.set_state(theirs)  # noqa: NPY002
        random.setstate(pythons)
