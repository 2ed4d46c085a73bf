"""The exercises of the chapter on the artificial neuron, in its order."""

from nnlib.exercises.neuron import boundary, bug_hunt, gate, weighted_sum

EXERCISES = [module.EXERCISE for module in (weighted_sum, boundary, gate, bug_hunt)]
