"""scikit-learn. Its regressor for XOR has a linear output and half of the squared error, which is less work, not more."""

import warnings

from peers.tasks import adding_up, right
from sklearn.linear_model import Perceptron
from sklearn.neural_network import MLPClassifier, MLPRegressor

warnings.simplefilter("ignore")  # it warns of each training that ends before it has converged, which ours all do


def jobs(task, X, y):
    """Return {row: (what is timed, the score of its result)}."""
    how = {"hidden_layer_sizes": task.sizes[1:-1], "batch_size": task.batch_size, "max_iter": task.epochs, "random_state": 0}
    how |= {"tol": 0, "n_iter_no_change": 10**9, "learning_rate_init": task.learning_rate, "alpha": 0}  # to the last epoch
    if task.kind == "xor":
        how |= {"activation": "logistic", "solver": "sgd", "momentum": 0, "shuffle": False, "learning_rate_init": 0.5}
        model = MLPRegressor(**how)
    elif task.kind == "perceptron":
        model = Perceptron(max_iter=task.epochs, tol=None, random_state=0)
    else:
        model = MLPClassifier(**how)
    if task.kind == "predict":
        model.fit(X[:1000], y[:1000])
        return {"scikit-learn": (lambda: model.predict_proba(X), adding_up)}
    target = y.ravel()
    return {"scikit-learn": (lambda: model.fit(X, target), lambda fitted: right(fitted.predict(X), y))}
