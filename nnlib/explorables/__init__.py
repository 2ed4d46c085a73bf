"""The live figures of the book, as pure functions from settings to pictures. They need NumPy alone."""

from nnlib.explorables.backprop_step_by_step import BackpropStepByStep
from nnlib.explorables.chain_of_slopes import ChainOfSlopes
from nnlib.explorables.draw_a_digit import DrawADigit
from nnlib.explorables.neurons_in_a_row import NeuronsInARow
from nnlib.explorables.slopes import Slopes
from nnlib.explorables.spiking_neuron import SpikingNeuron
from nnlib.explorables.train_a_perceptron import TrainAPerceptron
from nnlib.explorables.tune_a_neuron import TuneANeuron
from nnlib.explorables.two_neurons import TwoNeurons
from nnlib.explorables.watch_the_blame_flow import WatchTheBlameFlow
from nnlib.explorables.xor_cannot_be_done import XorCannotBeDone

EXPLORABLES = {
    explorable.name: explorable
    for explorable in (
        SpikingNeuron(), TwoNeurons(), TuneANeuron(), NeuronsInARow(), Slopes(), ChainOfSlopes(),
        TrainAPerceptron(), XorCannotBeDone(), BackpropStepByStep(), WatchTheBlameFlow(),
        DrawADigit(),
    )
}  # fmt: skip
