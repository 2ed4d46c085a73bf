"""The exercises of the chapter on the perceptron, in its order."""

from nnlib.exercises.perceptron import bug_hunt, correction, epochs, zero_one

EXERCISES = [module.EXERCISE for module in (correction, zero_one, epochs, bug_hunt)]
