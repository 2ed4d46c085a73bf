"""Neural networks in NumPy, small enough to read in an afternoon. `import nnlib` needs nothing but NumPy."""

from nnlib import datasets
from nnlib.arrays import one_hot
from nnlib.gradients import check_gradients, numerical_gradient
from nnlib.layers import Activation, Dense, Dropout
from nnlib.network import Network, Residual, mlp
from nnlib.neuron import Neuron
from nnlib.normalization import BatchNorm, LayerNorm
from nnlib.optimizers import SGD, Adam, AdamW, RMSProp
from nnlib.perceptron import Perceptron
from nnlib.training import Epoch, History, fit, train

__all__ = ["Activation", "BatchNorm", "Dense", "Dropout", "Epoch", "History", "LayerNorm", "Network", "Neuron", "Perceptron"]
__all__ += ["SGD", "Adam", "AdamW", "RMSProp", "Residual", "check_gradients", "datasets", "fit", "mlp", "numerical_gradient"]
__all__ += ["one_hot", "train"]
