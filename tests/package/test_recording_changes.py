"""A record never outlives what it was made of: what changes between two epochs, or two calls, counts from then on."""

import copy
import gc
import pickle
from functools import partial

import numpy as np
import pytest
from two_ways import recording, same

from nnlib import SGD, Activation, Adam, AdamW, Dense, Dropout, Network, RMSProp, mlp, train
from nnlib.activations import ACTIVATIONS
from nnlib.losses import LOSSES
from nnlib.optimizers import cosine
from nnlib.recording import epochs
from nnlib.training import step

N = 29
HOW = {"loss": "cross_entropy", "batch_size": 7, "rng": 0}


def samples(n=N, seed=0):
    """Return n rows of two normal numbers, and labels of three classes."""
    rng = np.random.default_rng(seed)
    return rng.normal(size=(n, 2)), rng.integers(0, 3, n)


def network_of(seed=0, **how):
    return mlp([2, 5, 4, 3], "tanh", dtype=np.float64, rng=seed, **how)


OPTIMIZERS = {
    "sgd": lambda: SGD(0.1),
    "momentum": lambda: SGD(0.1, 0.9, weight_decay=0.01),
    "nesterov": lambda: SGD(0.1, 0.9, nesterov=True),
    "rmsprop": lambda: RMSProp(0.01),
    "adam": lambda: Adam(0.01),
    "adamw": lambda: AdamW(0.01),
}


def changes_between_epochs(change, optimizer, batch_size, **how):
    """Assert that training comes out the same where `change(network, optimizer, X, y)` comes after its second epoch."""

    def scenario(way):
        network, moving, (X, y) = network_of(**how), optimizer(), samples()
        went = []
        for epoch in way(network, X, y, optimizer=moving, epochs=4, **HOW | {"batch_size": batch_size}):
            went.append(epoch)
            if epoch.number == 2:
                change(network, moving, X, y)
        return went, network, moving

    same(scenario)


def changes_between_calls(change, optimizer, batch_size, **how):
    """Assert that two trainings, one after the other, come out the same where `change` comes between them."""

    def scenario(way):
        network, moving, (X, y) = network_of(**how), optimizer(), samples()
        went = [*way(network, X, y, optimizer=moving, epochs=2, **HOW | {"batch_size": batch_size})]
        change(network, moving, X, y)
        went += way(network, X, y, optimizer=moving, epochs=2, **HOW | {"batch_size": batch_size})
        return went, network, moving

    same(scenario)


when = pytest.mark.parametrize("when", [changes_between_epochs, changes_between_calls])
sizes = pytest.mark.parametrize("batch_size", [7, None])


def set_to(name, value):
    return lambda network, optimizer, X, y: setattr(optimizer, name, value)


SETTINGS = {
    "learning_rate": 0.02,
    "a schedule": ("learning_rate", partial(cosine, rate=0.2, steps=30)),
    "weight_decay": 0.2,
    "no weight_decay": ("weight_decay", 0.0),
    "momentum": 0.3,
    "no momentum": ("momentum", 0.0),
    "nesterov": True,
    "alpha": 0.5,
    "beta1": 0.3,
    "beta2": 0.5,
    "epsilon": 0.1,
    "steps": 20,
}


@when
@sizes
@pytest.mark.parametrize("optimizer", OPTIMIZERS)
@pytest.mark.parametrize("setting", SETTINGS)
def test_a_setting_of_the_optimizer(setting, optimizer, batch_size, when):
    name, value = SETTINGS[setting] if isinstance(SETTINGS[setting], tuple) else (setting, SETTINGS[setting])
    if hasattr(OPTIMIZERS[optimizer](), name):
        when(set_to(name, value), OPTIMIZERS[optimizer], batch_size)  # plain SGD that is given a momentum fails, both ways


@when
@sizes
@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_what_the_optimizer_remembers(optimizer, batch_size, when):
    make = OPTIMIZERS[optimizer]

    def restored(network, moving, X, y):
        state = moving.state()
        moving.restore({name: value if name == "steps" else value / 2 for name, value in state.items()})

    when(lambda network, moving, X, y: moving.reset(), make, batch_size)
    when(restored, make, batch_size)
    when(lambda network, moving, X, y: moving.__setstate__(moving.__dict__), make, batch_size)


@sizes
@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_an_optimizer_that_was_kept_aside_and_restored(optimizer, batch_size):
    def scenario(way):
        network, moving, (X, y) = network_of(), OPTIMIZERS[optimizer](), samples()
        went = []
        for epoch in way(network, X, y, optimizer=moving, epochs=6, **HOW | {"batch_size": batch_size}):
            went.append(epoch)
            if epoch.number == 2:
                kept = moving.state(), network.parameters.copy()
            if epoch.number == 4:
                moving.restore(kept[0])
                network.parameters = kept[1]
        return went, network, moving

    same(scenario)


def use_others(network, optimizer, X, y):
    network.use(network.parameters.copy(), network.gradients.copy())


def use_one_layer_alone(network, optimizer, X, y):
    layer = network.layers[2]
    layer.use(layer.parameters.copy(), layer.gradients.copy())


def use_fewer_digits(network, optimizer, X, y):
    network.use(network.parameters.astype(np.float32), network.gradients.astype(np.float32))


def forget(network, optimizer, X, y):
    network.forget()


def run_forward(network, optimizer, X, y):
    network.forward(X, training=True)


def look(network, optimizer, X, y):
    network.trace(X[:3]), network.predict(X), network.run(X[:1])


def take_a_step(network, optimizer, X, y):
    step(network, X[:5], y[:5], "cross_entropy", optimizer)


def other_gradients(network, optimizer, X, y):
    network.gradients = np.full_like(network.gradients, 0.1)


def other_activation(network, optimizer, X, y):
    network.layers[1] = Activation("relu")


def other_pair(network, optimizer, X, y):
    network.layers[1].pair = ACTIVATIONS["relu"]


def other_last_pair(network, optimizer, X, y):
    network.layers[-1].pair = ACTIVATIONS["sigmoid"]


def other_layer(network, optimizer, X, y):
    network.layers[2] = Dense(5, 4, dtype=np.float64, rng=7)


def one_layer_more(network, optimizer, X, y):
    network.layers.insert(2, Dropout(0.5, rng=0))


def one_layer_less(network, optimizer, X, y):
    del network.layers[1]


def built_anew(network, optimizer, X, y):
    inner = [*network.layers[:-1], Activation("relu"), Dense(3, 3, dtype=np.float64, rng=2), Activation("softmax")]
    for layer in inner:
        layer.in_network = False
    network.__init__(inner)
    optimizer.reset()


def broken_weights(network, optimizer, X, y):
    network.parameters[3] = np.nan


NETWORK = [
    lambda network, optimizer, X, y: setattr(network, "parameters", network.parameters / 2),
    lambda network, optimizer, X, y: setattr(network.layers[2], "weights", np.eye(5, 4)),
    lambda network, optimizer, X, y: setattr(network.layers[2], "bias", np.arange(4)),
    lambda network, optimizer, X, y: network.layers[0].weights.fill(0.3),
    lambda network, optimizer, X, y: network.gradients.fill(7),
    use_others,
    use_one_layer_alone,
    use_fewer_digits,
    forget,
    run_forward,
    look,
    take_a_step,
    other_gradients,
    other_activation,
    other_pair,
    other_last_pair,
    other_layer,
    one_layer_more,
    one_layer_less,
    built_anew,
    broken_weights,
]


@when
@sizes
@pytest.mark.parametrize("change", NETWORK)
def test_the_network(change, batch_size, when):
    when(change, OPTIMIZERS["momentum"], batch_size)


def masks_from_elsewhere(network, optimizer, X, y):
    network.layers[2].rng = np.random.default_rng(9)


def masks_once_more(network, optimizer, X, y):
    network.layers[2].rng.bit_generator.state = np.random.default_rng(9).bit_generator.state


def masks_in_between(network, optimizer, X, y):
    network.layers[2].rng.random(3)


@when
@sizes
@pytest.mark.parametrize(
    "change",
    [
        lambda network, optimizer, X, y: setattr(network.layers[2], "rate", 0.6),
        lambda network, optimizer, X, y: setattr(network.layers[2], "rate", 0.0),
        lambda network, optimizer, X, y: [setattr(network.layers[i], "rate", 0.0) for i in (2, 5)],
        masks_from_elsewhere,
        masks_once_more,
        masks_in_between,
        forget,
        other_layer,
        one_layer_less,
    ],
)
def test_dropout(change, batch_size, when):
    assert isinstance(network_of(dropout=0.3).layers[2], Dropout)
    when(change, OPTIMIZERS["adam"], batch_size, dropout=0.3)


@sizes
def test_dropout_that_begins_later(batch_size):
    def begins(network, optimizer, X, y):
        network.layers[1].rate = 0.5

    def scenario(way):
        layers = [Dense(2, 4, dtype=np.float64, rng=0), Dropout(0.0, rng=0), Dense(4, 3, dtype=np.float64, rng=1)]
        network, optimizer, (X, y) = Network([*layers, Activation("softmax")]), SGD(0.1), samples()
        went = []
        for epoch in way(network, X, y, optimizer=optimizer, epochs=4, **HOW | {"batch_size": batch_size}):
            went.append(epoch)
            if epoch.number == 2:
                begins(network, optimizer, X, y)
        return went, network

    same(scenario)


def set_data(array, index, value):
    def change(network, optimizer, X, y):
        {"X": X, "y": y}[array][index] = value

    return change


@pytest.mark.filterwarnings("ignore:all samples:UserWarning")
@when
@sizes
@pytest.mark.parametrize(
    "change",
    [
        set_data("X", slice(None), 0.5),
        set_data("X", (slice(5), 0), 3.0),
        set_data("y", slice(None), 2),
        set_data("y", slice(9), 0),
        set_data("y", 4, -1),  # which NumPy takes for the last class
        set_data("y", 4, 3),  # which is no class
        set_data("X", (4, 1), np.nan),
        set_data("X", (4, 1), np.inf),
    ],
)
def test_the_samples_in_place(change, batch_size, when):
    when(change, OPTIMIZERS["momentum"], batch_size)


@pytest.mark.parametrize("loss", ["mse", "binary_cross_entropy", "binary_cross_entropy_with_logits"])
@sizes
def test_targets_in_place_of_other_losses(loss, batch_size):
    def scenario(way):
        output = LOSSES[loss].partner or "identity"
        network, optimizer, (X, _) = mlp([2, 4, 2], output=output, dtype=np.float64, rng=0), SGD(0.1), samples()
        y, went = np.random.default_rng(0).integers(0, 2, (N, 2)).astype(float), []
        for epoch in way(network, X, y, loss=loss, optimizer=optimizer, epochs=4, batch_size=batch_size, rng=0):
            went.append(epoch)
            y[: epoch.number] = 1 - y[: epoch.number]
        return went, network

    same(scenario)


@sizes
def test_other_samples_another_size_and_another_loss_by_the_next_call(batch_size):
    def scenario(way):
        network, optimizer = mlp([2, 4, 3], "tanh", "identity", dtype=np.float64), SGD(0.1)
        network.parameters = np.linspace(-1, 1, 27)
        X, y = samples()
        bits = np.eye(3)[y]
        went = []
        for n, loss, labels, size in [
            (29, "mse", bits, 7),
            (29, "cross_entropy_with_logits", y, 7),
            (29, "cross_entropy_with_logits", y, 8),
            (28, "cross_entropy_with_logits", y, 7),
            (28, "binary_cross_entropy_with_logits", bits, 7),
            (29, "binary_cross_entropy_with_logits", bits, None),
            (29, "mse", bits * 3, None),
            (5, "mse", bits, 2),
            (29, "mse", bits, 7),
        ]:
            how = {"loss": loss, "optimizer": optimizer, "epochs": 2, "batch_size": size if batch_size else None, "rng": 0}
            went += way(network, X[:n], labels[:n], **how)
        return went, network

    same(scenario)


def huber():
    gradient = LOSSES["mse"]._replace(
        value=lambda y_hat, y: float(np.abs(y_hat - y).mean()), gradient=lambda y_hat, y: np.sign(y_hat - y) / y.size
    )
    return gradient


@when
@sizes
def test_an_entry_of_the_losses(when, batch_size, monkeypatch):
    def scenario(way):
        with pytest.MonkeyPatch.context() as patch:
            network, optimizer, (X, _) = mlp([2, 4, 2], output="identity", dtype=np.float64, rng=0), SGD(0.1), samples()
            went = []
            for _ in range(2 if when is changes_between_calls else 1):
                for epoch in way(network, X, X, loss="mse", optimizer=optimizer, epochs=3, batch_size=batch_size, rng=0):
                    went.append(epoch)
                    if epoch.number == 2 and when is changes_between_epochs:
                        patch.setitem(LOSSES, "mse", huber())
                patch.setitem(LOSSES, "mse", huber())
            return went, network

    same(scenario)


@sizes
def test_a_derivative_that_is_mended_by_the_next_call(batch_size):
    def scenario(way):
        with pytest.MonkeyPatch.context() as patch:
            went = []
            for slope in (ACTIVATIONS["tanh"].derivative, lambda z, a=None: np.ones_like(z), ACTIVATIONS["tanh"].derivative):
                patch.setitem(ACTIVATIONS, "tanh", ACTIVATIONS["tanh"]._replace(derivative=slope))
                network, (X, y) = network_of(), samples()
                went += way(network, X, y, optimizer=SGD(0.1), epochs=2, **HOW | {"batch_size": batch_size})
                went.append(network)
        return went

    same(scenario)


@sizes
@pytest.mark.parametrize("dropout", [0.0, 0.3])
def test_a_copy_by_whatever_way_in_the_middle(batch_size, dropout, tmp_path):
    def scenario(way):
        network, optimizer, (X, y) = network_of(dropout=dropout), Adam(0.01), samples()
        how, copies, went = HOW | {"batch_size": batch_size, "epochs": 3}, [], []
        for epoch in way(network, X, y, optimizer=optimizer, **how):
            went.append(epoch)
            copies += [
                (copy.deepcopy(network), copy.deepcopy(optimizer)),
                (copy.copy(network), copy.copy(optimizer)),
                (pickle.loads(pickle.dumps(network)), pickle.loads(pickle.dumps(optimizer))),
                (network.astype(np.float32).astype(np.float64), Adam(0.01)),
            ]
            together = copy.deepcopy((network, optimizer))
            copies.append(together)
        for other, moving in copies:
            assert not np.shares_memory(other.parameters, network.parameters)
            went += way(other, X, y, optimizer=moving, **how)
            went += [other, moving]
        return went, network, optimizer

    same(scenario)


@sizes
def test_a_copy_that_is_trained_in_the_middle_leaves_the_original_alone(batch_size):
    def scenario(way):
        network, optimizer, (X, y) = network_of(), Adam(0.01), samples()
        how, went = HOW | {"batch_size": batch_size, "epochs": 3}, []
        for epoch in way(network, X, y, optimizer=optimizer, **how):
            other, moving = copy.deepcopy((network, optimizer))
            went += [epoch, *way(other, X[::-1], y[::-1], optimizer=moving, **how), other, moving]
        return went, network, optimizer

    same(scenario)


def taking_turns(ways):
    """Loop over several trainings at once, an epoch of each in turn."""
    ways, went = list(ways), []
    while ways:
        for way in list(ways):
            epoch = next(way, None)
            went.append(epoch)
            if epoch is None:
                ways.remove(way)
    return went


@sizes
@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_two_networks_that_take_turns(optimizer, batch_size):
    def scenario(way):
        networks, moving, (X, y) = [network_of(seed) for seed in (0, 1)], [OPTIMIZERS[optimizer]() for _ in "ab"], samples()
        how = HOW | {"epochs": 3, "batch_size": batch_size}
        went = taking_turns([way(networks[i], X[i:], y[i:], optimizer=moving[i], **how) for i in (0, 1)])
        return went, networks, moving

    same(scenario)


@sizes
@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_one_network_in_two_trainings_that_take_turns(optimizer, batch_size):
    def scenario(way):
        network, moving, (X, y) = network_of(dropout=0.2), [OPTIMIZERS[optimizer](), SGD(0.05)], samples()
        how = HOW | {"epochs": 3}
        first = way(network, X, y, optimizer=moving[0], **how | {"batch_size": batch_size})
        second = way(network, X[:20], y[:20], optimizer=moving[1], **how | {"epochs": 4})
        third = way(network, X[:20], np.eye(3)[y[:20]], optimizer=moving[0], **how | {"loss": "mse", "batch_size": 9})
        return taking_turns([first, second, third]), network, moving

    same(scenario)


@sizes
@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_one_optimizer_that_moves_two_networks_of_a_kind_in_turn(optimizer, batch_size):
    def scenario(way):
        networks, moving, (X, y) = [network_of(seed) for seed in (0, 1)], OPTIMIZERS[optimizer](), samples()
        how = HOW | {"epochs": 3, "batch_size": batch_size}
        went = taking_turns([way(network, X, y, optimizer=moving, **how) for network in networks])
        return went, networks, moving

    same(scenario)


@sizes
@pytest.mark.parametrize("optimizer", ["momentum", "adam"])
def test_one_optimizer_on_networks_of_two_kinds_is_refused_as_before(optimizer, batch_size):
    def scenario(way):
        moving, (X, y) = OPTIMIZERS[optimizer](), samples()
        went = list(way(network_of(), X, y, optimizer=moving, epochs=2, **HOW | {"batch_size": batch_size}))
        other = mlp([2, 3], dtype=np.float64, rng=0)
        before = other.parameters.copy()
        with pytest.raises(ValueError, match="is at work on") as refused:
            list(way(other, X, y, optimizer=moving, epochs=2, **HOW | {"batch_size": batch_size}))
        assert np.array_equal(other.parameters, before)
        return went, moving, str(refused.value)

    same(scenario)


@sizes
def test_networks_that_come_and_go_in_the_same_memory(batch_size):
    def scenario(way):
        went, (X, y) = [], samples(12)
        for seed in range(30):  # a vector that is freed gives its address, and its id, to the next
            network, optimizer = mlp([2, 3, 3], dtype=np.float64, rng=seed), SGD(0.1, momentum=0.5)
            went += way(network, X, y, optimizer=optimizer, epochs=1, **HOW | {"batch_size": batch_size})
            went.append(network.parameters.copy())
            del network, optimizer
            gc.collect(0)
        return went

    same(scenario)


@sizes
def test_a_training_that_is_left_and_begun_anew(batch_size):
    def scenario(way):
        network, optimizer, (X, y) = network_of(), OPTIMIZERS["adam"](), samples()
        how, went = HOW | {"epochs": 100, "batch_size": batch_size}, []
        for _ in range(3):
            for epoch in way(network, X, y, optimizer=optimizer, **how):
                went.append(epoch)
                if epoch.number == 2:
                    break
        return went, network, optimizer

    same(scenario)


@sizes
def test_a_schedule_is_asked_once_a_step_and_may_look_at_anything(batch_size):
    def scenario(way):
        network, (X, y) = network_of(), samples()
        asked = []

        def rate(step):
            asked.append(step)
            return 0.1 / (1 + np.abs(network.parameters).sum() + len(asked))

        optimizer = SGD(rate, momentum=0.5)
        went = list(way(network, X, y, optimizer=optimizer, epochs=3, **HOW | {"batch_size": batch_size}))
        return went, network, optimizer, asked

    same(scenario)


@sizes
def test_a_schedule_that_cannot_be_copied(batch_size):
    def scenario(way):
        network, (X, y) = network_of(), samples()

        class Falling:
            def __init__(self):
                self.rates = (0.1 / n for n in range(1, 20))  # a generator has no copy

            def __call__(self, step):
                return next(self.rates)

        optimizer = SGD(Falling(), momentum=0.5)
        went = list(way(network, X, y, optimizer=optimizer, epochs=3, **HOW | {"batch_size": batch_size}))
        return went, network, optimizer

    same(scenario)


@sizes
@pytest.mark.parametrize("wrong", [-1, np.nan, None, "0.1"])
def test_a_schedule_that_goes_wrong_ends_the_training_at_its_step(batch_size, wrong):
    def scenario(way):
        network, (X, y) = network_of(), samples()
        optimizer = Adam(lambda step: 0.01 if step < 7 else wrong)
        with pytest.raises((ValueError, TypeError), match="the schedule's learning rate must be") as told:
            list(way(network, X, y, optimizer=optimizer, epochs=12, **HOW | {"batch_size": batch_size}))
        return network.parameters, optimizer, str(told.value)

    same(scenario)


@sizes
def test_nothing_is_left_to_go_back_through(batch_size):
    network, (X, y) = network_of(), samples()
    with recording():
        training = train(network, X, y, optimizer=SGD(0.1), epochs=2, **HOW | {"batch_size": batch_size})
        next(training)
        y_hat = network.forward(X[: batch_size or N], training=True)
        next(training)
    with pytest.raises(ValueError, match="call forward before each backward"):
        network.backward(y_hat, at_z=True)


def records_made(monkeypatch):
    """Return a list that gets an entry for each record of a step that is made from now on."""
    made, make = [], epochs.make_record
    monkeypatch.setattr(epochs, "make_record", lambda *of, **how: made.append(of) or make(*of, **how))
    return made


NUMBERS = {
    "sgd": {"learning_rate": 0.02},
    "momentum": {"learning_rate": 0.02, "weight_decay": 0.2, "momentum": 0.3},
    "nesterov": {"learning_rate": 0.02, "momentum": 0.3},
    "rmsprop": {"learning_rate": 0.02, "alpha": 0.5, "epsilon": 0.1},
    "adam": {"learning_rate": 0.02, "beta1": 0.3, "beta2": 0.5, "epsilon": 0.1},
    "adamw": {"learning_rate": 0.02, "beta1": 0.3, "weight_decay": 1},
}


@sizes
@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_a_number_that_changes_between_epochs_costs_no_record(optimizer, batch_size, monkeypatch):
    def scenario(way):
        network, moving, (X, y) = network_of(), OPTIMIZERS[optimizer](), samples()
        went, changes = [], iter(NUMBERS[optimizer].items())
        for epoch in way(network, X, y, optimizer=moving, epochs=8, **HOW | {"batch_size": batch_size}):
            went.append(epoch)
            if change := next(changes, None):
                setattr(moving, *change)
        return went, network, moving

    made = records_made(monkeypatch)
    same(scenario, ways=["replayed"])
    assert len(made) == (2 if batch_size else 1)


@sizes
@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_a_state_that_is_put_back_costs_no_record(optimizer, batch_size, monkeypatch):
    def scenario(way):
        network, moving, (X, y) = network_of(dropout=0.2), OPTIMIZERS[optimizer](), samples()
        order, went, kept = np.random.default_rng(0), [], None
        generators = [order.bit_generator, network.layers[2].rng.bit_generator]
        for epoch in way(network, X, y, optimizer=moving, epochs=6, **HOW | {"batch_size": batch_size, "rng": order}):
            went.append(epoch)
            if epoch.number == 2:
                kept = network.parameters.copy(), moving.state(), [one.state for one in generators]
            if epoch.number == 4:
                network.parameters = kept[0]
                moving.restore(kept[1])
                for one, state in zip(generators, kept[2], strict=True):
                    one.state = state
        assert [epoch.loss for epoch in went[2:4]] == [epoch.loss for epoch in went[4:]]
        return went, network, moving

    made = records_made(monkeypatch)
    same(scenario, ways=["replayed"])
    assert len(made) == (2 if batch_size else 1)


def test_what_changed_often_for_a_while_is_recorded_again(monkeypatch):
    monkeypatch.setattr(epochs, "WORTH", 5)
    network, moving, (X, y) = network_of(), SGD(0.1), samples()
    training, ways = train(network, X, y, optimizer=moving, epochs=40, **HOW), []
    for epoch in training:
        ways.append(training.way.split(":")[0])
        if epoch.number < 6:
            moving.weight_decay = 0.0 if moving.weight_decay else 0.1
    assert ways[0] == ways[-1] == "replayed"
    assert "plain" in ways[:8]
    assert 2 <= "".join(way[0] for way in ways).count("pr") + 1 <= 3  # and not in every second epoch
