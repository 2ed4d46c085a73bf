"""The live figures of the book, as pure functions from settings to pictures. They need NumPy alone."""

from nnlib.explorables.draw_a_digit import DrawADigit
from nnlib.explorables.train_a_perceptron import TrainAPerceptron
from nnlib.explorables.tune_a_neuron import TuneANeuron

EXPLORABLES = {explorable.name: explorable for explorable in (TuneANeuron(), TrainAPerceptron(), DrawADigit())}
