"""The exercises of the clinic, in its order: five tutorials to mend, and a program of one's own."""

from nnlib.exercises.clinic import attribute, hidden_layer, labels, own_program, stored, training

EXERCISES = [module.EXERCISE for module in (hidden_layer, labels, training, attribute, stored, own_program)]
