"""Training does what one would do by hand, says what it did, stops when it should, and leaves nothing half done."""

import sys
import warnings

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnlib import SGD, Adam, Dense, Epoch, History, Network, fit, mlp, train
from nnlib.arrays import one_hot
from nnlib.losses import cross_entropy, mse
from nnlib.training import step

XOR = np.array([[0, 0], [0, 1], [1, 0], [1, 1]]), np.array([0, 1, 1, 0])


def blobs(n=60, seed=0):
    """Return n points around three corners of a triangle, and their labels."""
    rng = np.random.default_rng(seed)
    y = np.arange(n) % 3
    return np.array([[0, 0], [4, 0], [0, 4]])[y] + rng.normal(size=(n, 2)), y


def settings_for(**changes):
    return {"loss": "cross_entropy", "optimizer": SGD(0.1), "epochs": 3, "batch_size": 16, "rng": 0, **changes}


def test_an_epoch_by_hand():
    # ŷ = w x + b from w = b = 0 on (1, 2), (3, 4): errors −2, −4, loss (4 + 16) / 2 = 10
    # ∂L/∂w = 2/2 (−2·1 − 4·3) = −14, ∂L/∂b = −6; with η = 0.1: w = 1.4, b = 0.6
    network = Network([Dense(1, 1, weights="zeros", dtype=np.float64)])
    [epoch] = train(network, [[1], [3]], [2, 4], loss="mse", optimizer=SGD(0.1), epochs=1, batch_size=None, rng=0)
    assert network.parameters == pytest.approx([1.4, 0.6])
    assert epoch[:5] == (1, 10.0, None, None, None)
    assert 0 < epoch.seconds < 10


def test_the_loss_of_an_epoch_is_the_mean_over_its_samples_as_the_batches_met_them():
    # batches of 2 and of 1: with η tiny the weights hardly move, so the mean is that of all three samples
    X, y = np.array([[1.0], [2.0], [4.0]]), np.array([0.0, 0.0, 0.0])
    network = Network([Dense(1, 1, weights=[[1.0]], dtype=np.float64)])
    [epoch] = train(network, X, y, loss="mse", optimizer=SGD(1e-12), epochs=1, batch_size=2, rng=0)
    assert epoch.loss == pytest.approx((1 + 4 + 16) / 3)


def test_training_is_forward_loss_backward_step_in_the_shuffled_order():
    X, y = blobs(10)
    network, by_hand = (mlp([2, 5, 3], "tanh", dtype=np.float64, rng=0) for _ in range(2))
    optimizer, rng = Adam(0.01), np.random.default_rng(5)
    for _ in range(2):
        order = rng.permutation(10)
        for rows in (order[:4], order[4:8], order[8:]):
            by_hand.backward((by_hand.forward(X[rows]) - one_hot(y[rows], 3)) / len(rows), at_z=True)
            optimizer.step(by_hand.parameters, by_hand.gradients)
    list(train(network, X, y, **settings_for(optimizer=Adam(0.01), epochs=2, batch_size=4, rng=5)))
    np.testing.assert_allclose(network.parameters, by_hand.parameters, rtol=1e-12)


@pytest.mark.parametrize("batch_size", [None, 4])
def test_training_is_one_step_a_batch(batch_size):
    X, y = blobs(10)
    network, by_steps = (mlp([2, 5, 3], "tanh", dropout=0.2, dtype=np.float64, rng=0) for _ in range(2))
    [epoch] = train(network, X, y, **settings_for(optimizer=Adam(0.01), epochs=1, batch_size=batch_size, rng=5))
    order, optimizer, measured = np.random.default_rng(5).permutation(10), Adam(0.01), []
    for rows in (order[:4], order[4:8], order[8:]) if batch_size else (slice(None),):
        measured.append((len(y[rows]), *step(by_steps, X[rows].tolist(), y[rows], "cross_entropy", optimizer)))
    assert network.parameters.tobytes() == by_steps.parameters.tobytes()
    rows, losses, right = np.transpose(measured)
    assert (epoch.loss, epoch.accuracy) == pytest.approx((rows @ losses / 10, rows @ right / 10), rel=1e-14)


def test_a_step_measures_the_loss_before_it_and_a_regression_has_no_accuracy():
    # as above, by hand: loss 10, then w = 1.4, b = 0.6
    network = Network([Dense(1, 1, weights="zeros", dtype=np.float64)])
    assert step(network, [[1], [3]], [2, 4], "mse", SGD(0.1)) == (10, None)
    assert network.parameters == pytest.approx([1.4, 0.6])
    assert step(network, [[1], [3]], [2, 4], "mse", SGD(0.1))[0] == pytest.approx((0**2 + 0.8**2) / 2)


def test_a_step_from_a_loss_that_is_not_finite_is_not_taken():
    network, optimizer = Network([Dense(1, 1, weights=[[1e30]])]), Adam()
    with pytest.raises(FloatingPointError, match="the loss is no longer finite: most often the learning rate is too high"):
        step(network, [[1.0]], [0], "mse", optimizer)
    assert network.parameters.tolist() == [np.float32(1e30), 0]
    assert optimizer.steps == 0


@pytest.mark.parametrize(
    ("changes", "error", "words"),
    [
        ({"X": [[np.nan, 0]]}, ValueError, "X has 1 values that are NaN"),
        ({"y": [3]}, ValueError, "y holds the label 3"),
        ({"y": [0, 1]}, ValueError, "y has 2 labels but X has 1 samples"),
        ({"loss": "mes"}, ValueError, "loss must be one of 'mse'"),
        ({"loss": "binary_cross_entropy"}, ValueError, "goes with the output 'sigmoid'"),
        ({"optimizer": Adam}, TypeError, r"optimizer must be an object such as SGD\(0.1\)"),
    ],
)
def test_a_step_refuses_what_train_refuses_and_changes_nothing(changes, error, words):
    network = mlp([2, 4, 3], rng=0)
    before = network.parameters.tobytes()
    with pytest.raises(error, match=words):
        step(**{"network": network, "X": [[1, 2]], "y": [0], "loss": "cross_entropy", "optimizer": Adam(), **changes})
    assert network.parameters.tobytes() == before


@pytest.mark.parametrize(
    ("output", "loss", "labels"),
    [("softmax", "cross_entropy", XOR[1]), ("sigmoid", "binary_cross_entropy", XOR[1]), ("sigmoid", "mse", XOR[1])],
)
def test_xor_is_learned(output, loss, labels):
    network = mlp([2, 8, 2 if output == "softmax" else 1], "tanh", output, dtype=np.float64, rng=0)
    history = fit(network, XOR[0], labels, loss=loss, optimizer=Adam(0.05), epochs=300, batch_size=None, progress=False)
    assert network.predict(XOR[0]).tolist() == [0, 1, 1, 0]
    assert history.loss[-1] < 0.02 < history.loss[0]
    assert history.accuracy[-1] == (None if loss == "mse" else 1.0)


def test_labels_one_hot_rows_and_a_column_train_alike():
    X, y = blobs()
    trained = []
    for labels in (y, y.tolist(), one_hot(y), y[:, None], y.astype(float)):
        network = mlp([2, 4, 3], rng=0)
        list(train(network, X, labels, **settings_for()))
        trained.append(network.parameters.tobytes())
    assert len(set(trained)) == 1


def test_a_list_of_numbers_is_the_column_of_one_output_and_is_not_broadcast():
    X = np.linspace(-1, 1, 20)[:, None]
    network = Network([Dense(1, 1, weights="zeros", dtype=np.float64)])
    history = fit(network, X, 3 * X[:, 0] + 1, loss="mse", optimizer=SGD(0.5), epochs=200, batch_size=None, progress=False)
    np.testing.assert_allclose(network.parameters, [3, 1], rtol=1e-9)
    assert history.loss[-1] < 1e-15


@given(st.integers(0, 50), st.sampled_from([1, 7, 16, None]))
@settings(max_examples=20)
def test_a_seed_gives_the_same_training_bit_for_bit(seed, batch_size):
    X, y = blobs(30)
    runs = []
    for rng in (seed, np.random.default_rng(seed)):
        network = mlp([2, 4, 3], dropout=0.2, rng=seed)
        losses = [epoch.loss for epoch in train(network, X, y, **settings_for(rng=rng, batch_size=batch_size))]
        runs.append((network.parameters.tobytes(), losses))
    assert runs[0] == runs[1]


def test_another_seed_gives_another_order():
    X, y = blobs()
    one, two = mlp([2, 4, 3], rng=0), mlp([2, 4, 3], rng=0)
    list(train(one, X, y, **settings_for(rng=0)))
    list(train(two, X, y, **settings_for(rng=1)))
    assert not np.array_equal(one.parameters, two.parameters)


class Watch(Dense):
    """A dense layer that notes the batches which come by in training."""

    def forward(self, X, training=False):
        if training:
            self.__dict__.setdefault("seen", []).append(np.array(X))
        return super().forward(X, training)


def test_every_epoch_takes_each_sample_once_in_a_new_order_and_in_new_batches():
    X = np.arange(10.0)[:, None]
    watch = Watch(1, 1, weights="zeros", dtype=np.float64)
    list(train(Network([watch]), X, X, loss="mse", optimizer=SGD(1e-9), epochs=20, batch_size=4, rng=0))
    epochs = [watch.seen[i : i + 3] for i in range(0, 60, 3)]
    assert all([len(batch) for batch in epoch] == [4, 4, 2] for epoch in epochs)
    orders = [tuple(np.concatenate(epoch)[:, 0]) for epoch in epochs]
    assert all(sorted(order) == X[:, 0].tolist() for order in orders)
    assert len(set(orders)) == 20
    assert len({frozenset(epoch[0][:, 0]) for epoch in epochs}) > 10


def test_a_full_batch_is_used_as_it_is():
    X = np.arange(4.0)[:, None]
    for batch_size in (None, 4):
        seen = []

        class Same(Dense):
            def forward(self, X, training=False, seen=seen):
                seen.append(X)
                return super().forward(X, training)

        list(
            train(
                Network([Same(1, 1, dtype=np.float64)]),
                X,
                X,
                loss="mse",
                optimizer=SGD(0.01),
                epochs=2,
                batch_size=batch_size,
                rng=0,
            )
        )
        assert all(x is X for x in seen)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize(
    ("loss", "output"), [("cross_entropy", "softmax"), ("binary_cross_entropy", "sigmoid"), ("mse", "identity")]
)
def test_training_stays_in_the_precision_of_the_network(dtype, loss, output):
    seen = set()

    class Spy(Dense):
        def forward(self, X, training=False):
            z = super().forward(X, training)
            seen.update({X.dtype, z.dtype})
            return z

        def backward(self, delta, to_input=True):
            seen.update({delta.dtype})
            back = super().backward(delta, to_input)
            seen.update({self.gradients.dtype} if back is None else {back.dtype})
            return back

    X, y = blobs()
    hidden = mlp([2, 4, 3], output=output, dropout=0.2, dtype=dtype).layers
    layers = [
        Spy(2, 4, dtype=dtype, rng=0),
        type(hidden[1])("gelu"),
        type(hidden[2])(0.2, rng=0),
        Spy(4, 3, dtype=dtype, rng=1),
    ]
    network = Network([*layers, type(hidden[1])(output)])
    optimizer = Adam()
    list(train(network, X, one_hot(y), **settings_for(loss=loss, optimizer=optimizer, validation=(X, one_hot(y)))))
    assert seen == {np.dtype(dtype)}
    assert network.parameters.dtype == dtype
    assert {vector.dtype for name, vector in optimizer.state().items() if name != "steps"} == {np.dtype(dtype)}


def test_the_callers_arrays_are_left_as_they_were():
    X, y = blobs()
    before = X.copy(), y.copy()
    list(train(mlp([2, 4, 3], dtype=np.float64, rng=0), X, y, **settings_for(validation=(X, y))))
    assert np.array_equal(X, before[0])
    assert np.array_equal(y, before[1])


def test_validation_is_measured_after_the_epoch_without_dropout_and_changes_nothing():
    X, y = blobs()
    X_new, y_new = blobs(30, seed=1)
    network, alone = (mlp([2, 8, 3], dropout=0.3, dtype=np.float64, rng=0) for _ in range(2))
    for epoch in train(network, X, y, **settings_for(validation=(X_new, y_new))):
        assert epoch.validation_loss == pytest.approx(cross_entropy(network.predict_proba(X_new), y_new), rel=1e-12)
        assert epoch.validation_accuracy == (network.predict(X_new) == y_new).mean()
    list(train(alone, X, y, **settings_for()))
    assert network.parameters.tobytes() == alone.parameters.tobytes()


def test_an_epoch_holds_plain_numbers_which_print_as_such():
    X, y = blobs()
    [epoch] = train(mlp([2, 4, 3], rng=0), X, y, **settings_for(epochs=1, validation=(X, y)))
    assert [type(value) for value in epoch] == [int, float, float, float, float, float]


def test_a_regression_has_a_validation_loss_and_no_accuracy():
    X = np.linspace(0, 1, 10)[:, None]
    network = mlp([1, 4, 1], "tanh", "identity", dtype=np.float64, rng=0)
    [epoch] = train(network, X, X, **settings_for(loss="mse", epochs=1, batch_size=5, validation=[X, X]))
    assert epoch.validation_loss == pytest.approx(mse(network.predict(X), X))
    assert epoch.accuracy is epoch.validation_accuracy is None


def test_nothing_is_trained_before_the_first_epoch_is_asked_for_and_one_may_stop_at_any():
    X, y = blobs()
    network = mlp([2, 4, 3], rng=0)
    start = network.parameters.copy()
    epochs = train(network, X, y, **settings_for(epochs=10**9))
    assert np.array_equal(network.parameters, start)
    assert [next(epochs).number, next(epochs).number] == [1, 2]
    assert not np.array_equal(network.parameters, start)


def test_early_stopping_waits_as_long_as_told_and_gives_back_the_best_weights():
    # validation wants ŷ = 0, training pulls the bias from 2 down past it to −2: the best is on the way
    X = np.zeros((4, 1))
    network = Network([Dense(1, 1, weights="zeros", bias=2.0, dtype=np.float64)])
    kept, epochs = [], []
    for epoch in train(network, X, X - 2, loss="mse", optimizer=SGD(0.05), epochs=100, validation=(X, X), patience=4, rng=0):
        epochs.append(epoch)
        kept.append(network.parameters.copy())
    losses = [epoch.validation_loss for epoch in epochs]
    best = int(np.argmin(losses))
    assert 0 < best == len(epochs) - 5
    assert np.array_equal(network.parameters, kept[best])


def test_patience_that_never_runs_out_still_gives_back_the_best_weights():
    X = np.zeros((4, 1))
    network = Network([Dense(1, 1, weights="zeros", bias=2.0, dtype=np.float64)])
    epochs = list(train(network, X, X - 2, loss="mse", optimizer=SGD(0.05), epochs=30, validation=(X, X), patience=100))
    assert len(epochs) == 30
    assert mse(network.predict(X), X) == min(epoch.validation_loss for epoch in epochs) < epochs[-1].validation_loss


@pytest.mark.parametrize("batch_size", [None, 3])
@pytest.mark.parametrize("momentum", [0.0, 0.9])
def test_a_learning_rate_far_too_high_is_told_by_the_epoch_and_undone(batch_size, momentum):
    X = np.linspace(0, 9, 10)[:, None]
    network, fresh, optimizer = Network([Dense(1, 1, rng=0)]), Network([Dense(1, 1, rng=0)]), SGD(1.0, momentum)
    told = r"no longer finite in epoch \d+: .* learning rate is too high, try a tenth of it"
    with pytest.raises(FloatingPointError, match=told):
        list(train(network, X, X, loss="mse", optimizer=optimizer, epochs=500, batch_size=batch_size, rng=0))
    assert network.parameters.tobytes() == fresh.parameters.tobytes()
    optimizer.learning_rate = 1e-4  # and both start anew
    list(train(network, X, X, loss="mse", optimizer=optimizer, epochs=2, batch_size=batch_size, rng=0))
    list(train(fresh, X, X, loss="mse", optimizer=SGD(1e-4, momentum), epochs=2, batch_size=batch_size, rng=0))
    assert network.parameters.tobytes() == fresh.parameters.tobytes()


def test_weights_that_break_in_the_very_last_step_are_told_as_well():
    network = Network([Dense(1, 1, weights=[[1.0]])])
    with pytest.raises(FloatingPointError, match="no longer finite in epoch 1"):
        list(train(network, [[1e15]], [0], loss="mse", optimizer=SGD(1e30), epochs=1, rng=0, batch_size=None))
    assert network.parameters.tolist() == [1, 0]


def test_a_validation_loss_that_overflows_is_told_as_well():
    network = Network([Dense(1, 1, weights=[[1.0]])])
    with pytest.raises(FloatingPointError, match="no longer finite in epoch 1"):
        list(
            train(
                network,
                [[1.0]],
                [0],
                loss="mse",
                optimizer=SGD(0.1),
                epochs=1,
                batch_size=1,
                validation=([[1e30]], [0]),
            )
        )


def test_a_history_has_a_list_for_each_field_and_says_how_the_loss_went():
    history = History([Epoch(1, 0.5, 0.25, None, None, 0.1), Epoch(2, 0.125, 1.0, None, None, 0.1)])
    assert history.loss == [0.5, 0.125]
    assert history.accuracy == [0.25, 1.0]
    assert history[-1].number == len(history) == 2
    assert repr(history) == "History: 2 epochs, loss 0.5 → 0.125"
    assert repr(History()) == "History: 0 epochs"
    with pytest.raises(AttributeError, match=r"a History has number, loss, .* Got 'losses' instead"):
        _ = history.losses


def history_of(*losses, first=1):
    return History(Epoch(number, loss, None, None, None, 0.1) for number, loss in enumerate(losses, start=first))


def test_histories_add_up_to_one_training_whose_epochs_run_on():
    first, second = history_of(0.5, 0.4), history_of(0.3, 0.2)
    whole = first + second
    assert type(whole) is History
    assert (whole.number, whole.loss) == ([1, 2, 3, 4], [0.5, 0.4, 0.3, 0.2])
    assert (first.number, second.number) == ([1, 2], [1, 2])
    assert sum([first, second, first], History()).number == [1, 2, 3, 4, 5, 6]
    assert (History() + [*first, *second]).number == [1, 2, 3, 4]  # a plain list that counts from 1 again
    assert (History() + first, first + History()) == (first, first)
    first += second
    assert (type(first), first) == (History, whole)


def test_what_counts_on_already_keeps_its_numbers():
    history = history_of(0.5, 0.4, 0.3, 0.2)
    assert history[:1] + history[1:] == history[:2] + history[2:] == history
    assert (history[:1] + history[2:]).number == [1, 3, 4]
    assert (history[2:] + history[:2]).number == [3, 4, 5, 6]


def test_a_slice_or_a_copy_of_a_history_is_one():
    history = history_of(0.5, 0.4, 0.3)
    for part in (history[1:], history[::-1], history[:], history.copy(), history[5:]):
        assert type(part) is History
    assert history[1:].loss == [0.4, 0.3]
    assert history.copy() is not history
    assert type(history[0]) is Epoch
    assert repr(history[1:]) == "History: 2 epochs, loss 0.4 → 0.3"


def test_a_training_that_goes_on_adds_up_to_the_one_that_was_never_broken_off():
    X, y = blobs()
    whole, parts, settings = mlp([2, 4, 3], rng=0), mlp([2, 4, 3], rng=0), settings_for(epochs=4, batch_size=None)
    once = fit(whole, X, y, **settings, progress=False)
    optimizer = settings_for()["optimizer"]
    first, second = (fit(parts, X, y, **{**settings, "epochs": 2, "optimizer": optimizer}, progress=False) for _ in range(2))
    together = first + second
    assert together.number == once.number
    assert len(together.loss) == 4


def test_fit_runs_the_same_training_as_train():
    X, y = blobs()
    one, two = mlp([2, 4, 3], rng=0), mlp([2, 4, 3], rng=0)
    history = fit(one, X, y, progress=False, **settings_for())
    epochs = list(train(two, X, y, **settings_for()))
    assert one.parameters.tobytes() == two.parameters.tobytes()
    assert history.loss == [epoch.loss for epoch in epochs]


def test_fit_shows_a_bar_unless_told_not_to(capsys):
    X, y = blobs()
    fit(mlp([2, 4, 3], rng=0), X, y, **settings_for())
    shown = capsys.readouterr()
    assert "3/3" in shown.err
    assert "loss" in shown.err
    fit(mlp([2, 4, 3], rng=0), X, y, progress=False, **settings_for())
    silent = capsys.readouterr()
    assert silent.out == silent.err == shown.out == ""


def test_fit_needs_no_tqdm(monkeypatch, capsys):
    monkeypatch.setitem(sys.modules, "tqdm", None)
    X, y = blobs()
    assert len(fit(mlp([2, 4, 3], rng=0), X, y, **settings_for())) == 3
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("progress", [True, False])
def test_an_interrupted_fit_returns_the_epochs_so_far_and_a_network_that_works(progress):
    class Impatient(SGD):
        def step(self, parameters, gradients):
            if self.steps == 10:
                raise KeyboardInterrupt
            super().step(parameters, gradients)

    X, y = blobs(64)
    network, same = mlp([2, 4, 3], rng=0), mlp([2, 4, 3], rng=0)
    history = fit(network, X, y, progress=progress, **settings_for(optimizer=Impatient(0.1), epochs=100, batch_size=16))
    assert history.number == [1, 2]  # four steps an epoch
    assert network.predict(X).shape == (64,)
    assert history.loss == [epoch.loss for epoch in train(same, X, y, **settings_for(epochs=2, batch_size=16))]
    assert not np.array_equal(network.parameters, same.parameters)  # two steps further


def test_any_object_with_a_step_is_an_optimizer():
    class Still:
        def step(self, parameters, gradients):
            self.largest = abs(gradients).max()

    X, y = blobs()
    network, still = mlp([2, 4, 3], rng=0), Still()
    start = network.parameters.copy()
    list(train(network, X, y, **settings_for(optimizer=still)))
    assert np.array_equal(network.parameters, start)
    assert still.largest > 0


def test_a_batch_larger_than_the_samples_is_cut_and_said():
    X, y = blobs(30)
    one, two = mlp([2, 4, 3], rng=0), mlp([2, 4, 3], rng=0)
    with pytest.warns(UserWarning, match="batch_size 64 is more than the 30 samples: 30 is taken") as caught:
        list(train(one, X, y, **settings_for(batch_size=64)))
    assert caught[0].filename == __file__
    list(train(two, X, y, **settings_for(batch_size=None)))
    assert one.parameters.tobytes() == two.parameters.tobytes()


def test_samples_of_one_class_only_are_said():
    with pytest.warns(UserWarning, match="all samples have the same label: pass samples of at least two classes"):
        list(train(mlp([2, 4, 3]), np.ones((4, 2)), [1, 1, 1, 1], **settings_for(batch_size=4)))
    network, settings = mlp([2, 4, 1], output="sigmoid"), settings_for(loss="binary_cross_entropy", batch_size=4)
    with pytest.warns(UserWarning, match="all samples have the same label"):
        list(train(network, np.ones((4, 2)), [1] * 4, **settings))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        list(train(mlp([2, 4, 3]), np.ones((1, 2)), [1], **settings_for(batch_size=1)))
