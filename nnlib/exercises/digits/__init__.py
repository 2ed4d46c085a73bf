"""The exercises of the chapter on digits, in its order."""

from nnlib.exercises.digits import answer_or_pass, bug_hunt, confusion, hold_out, two_shares

EXERCISES = [module.EXERCISE for module in (hold_out, confusion, two_shares, answer_or_pass, bug_hunt)]
