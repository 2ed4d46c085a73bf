"""The live figures of the book, as pure functions from settings to pictures. They need NumPy alone."""

from nnlib.explorables.backprop_step_by_step import BackpropStepByStep
from nnlib.explorables.batch_size_and_noise import BatchSizeAndNoise
from nnlib.explorables.bumps import Bumps
from nnlib.explorables.chain_of_slopes import ChainOfSlopes
from nnlib.explorables.chain_rule import ChainRule
from nnlib.explorables.dot_product import DotProduct
from nnlib.explorables.draw_a_digit import DrawADigit
from nnlib.explorables.learning_rate import LearningRate
from nnlib.explorables.loss_and_slope import LossAndSlope
from nnlib.explorables.neurons_in_a_row import NeuronsInARow
from nnlib.explorables.one_neuron_learns import OneNeuronLearns
from nnlib.explorables.shapes import Shapes
from nnlib.explorables.share_one_certainty import ShareOneCertainty
from nnlib.explorables.slopes import Slopes
from nnlib.explorables.spiking_neuron import SpikingNeuron
from nnlib.explorables.train_a_perceptron import TrainAPerceptron
from nnlib.explorables.tune_a_neuron import TuneANeuron
from nnlib.explorables.two_neurons import TwoNeurons
from nnlib.explorables.watch_the_blame_flow import WatchTheBlameFlow
from nnlib.explorables.what_the_hidden_units_see import WhatTheHiddenUnitsSee
from nnlib.explorables.xor_by_hand import XorByHand
from nnlib.explorables.xor_cannot_be_done import XorCannotBeDone

EXPLORABLES = {
    explorable.name: explorable
    for explorable in (
        SpikingNeuron(), TwoNeurons(), TuneANeuron(), NeuronsInARow(), Slopes(), ChainOfSlopes(), ShareOneCertainty(),
        TrainAPerceptron(), XorCannotBeDone(),
        XorByHand(), Shapes(), Bumps(), LossAndSlope(), OneNeuronLearns(), LearningRate(), BatchSizeAndNoise(),
        BackpropStepByStep(), WatchTheBlameFlow(),
        DrawADigit(), WhatTheHiddenUnitsSee(),
        DotProduct(), ChainRule(),
    )
}  # fmt: skip
