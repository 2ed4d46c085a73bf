"""The live figures, a file each, in the order of the chapters: a new figure is named here."""

from nnlib.explorables.figures.atlas_of_xor import AtlasOfXor
from nnlib.explorables.figures.backprop_step_by_step import BackpropStepByStep
from nnlib.explorables.figures.batch_size_and_noise import BatchSizeAndNoise
from nnlib.explorables.figures.broadcasting import Broadcasting
from nnlib.explorables.figures.bumps import Bumps
from nnlib.explorables.figures.chain_of_slopes import ChainOfSlopes
from nnlib.explorables.figures.chain_rule import ChainRule
from nnlib.explorables.figures.dot_product import DotProduct
from nnlib.explorables.figures.draw_a_digit import DrawADigit
from nnlib.explorables.figures.learning_rate import LearningRate
from nnlib.explorables.figures.loss_and_slope import LossAndSlope
from nnlib.explorables.figures.neurons_in_a_row import NeuronsInARow
from nnlib.explorables.figures.one_neuron_learns import OneNeuronLearns
from nnlib.explorables.figures.playground import Playground
from nnlib.explorables.figures.race import Race
from nnlib.explorables.figures.schedules import Schedules
from nnlib.explorables.figures.shapes import Shapes
from nnlib.explorables.figures.share_one_certainty import ShareOneCertainty
from nnlib.explorables.figures.signal_through_depth import SignalThroughDepth
from nnlib.explorables.figures.sliding_kernel import SlidingKernel
from nnlib.explorables.figures.slopes import Slopes
from nnlib.explorables.figures.spiking_neuron import SpikingNeuron
from nnlib.explorables.figures.the_clinic import TheClinic
from nnlib.explorables.figures.too_much_capacity import TooMuchCapacity
from nnlib.explorables.figures.train_a_perceptron import TrainAPerceptron
from nnlib.explorables.figures.tune_a_neuron import TuneANeuron
from nnlib.explorables.figures.two_neurons import TwoNeurons
from nnlib.explorables.figures.watch_the_blame_flow import WatchTheBlameFlow
from nnlib.explorables.figures.what_a_test_score_is_worth import WhatATestScoreIsWorth
from nnlib.explorables.figures.what_depth_is_good_for import WhatDepthIsGoodFor
from nnlib.explorables.figures.what_the_hidden_units_see import WhatTheHiddenUnitsSee
from nnlib.explorables.figures.xor_by_hand import XorByHand
from nnlib.explorables.figures.xor_cannot_be_done import XorCannotBeDone

#: The live figures of the book by their names, in the order of its chapters.
EXPLORABLES = {
    explorable.name: explorable
    for explorable in (
        SpikingNeuron(), TwoNeurons(), TuneANeuron(), NeuronsInARow(), Slopes(), ChainOfSlopes(), ShareOneCertainty(),
        TrainAPerceptron(), XorCannotBeDone(),
        XorByHand(), Shapes(), Bumps(), LossAndSlope(), OneNeuronLearns(), LearningRate(), BatchSizeAndNoise(),
        BackpropStepByStep(), WatchTheBlameFlow(),
        Race(), Schedules(),
        SignalThroughDepth(), WhatDepthIsGoodFor(),
        TooMuchCapacity(), WhatATestScoreIsWorth(),
        DrawADigit(), WhatTheHiddenUnitsSee(),
        Playground(),
        SlidingKernel(), AtlasOfXor(),
        TheClinic(),
        Broadcasting(), DotProduct(), ChainRule(),
    )
}  # fmt: skip
