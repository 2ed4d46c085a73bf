"""What a reader can do to a figure in one move: choose something, load a preset, or drag one control to an end."""

from legal import ends

from nnlib.explorables import EXPLORABLES


def solved_in_one_move(name, steps=None):
    """Return the settings that are one such move away from an opening, whatever the task, and meet the task at once.

    At once: after as many steps as the figure opens with, or the given ones.
    """
    figure = EXPLORABLES[name]
    steps = figure.opening if steps is None else steps
    task = next((one for one in figure.controls if one.name == "task"), None)
    others = [one for one in figure.controls if one is not task]
    for chosen in task.options if task else [None]:
        opening = {task.name: chosen} if task else {}
        moves = [{}, *figure.presets.values(), *({one.name: end} for one in others for end in ends(one))]
        for move in moves:
            if done(name, opening | move, steps):
                yield opening | move


def done(name, settings, steps=0):
    """Say whether the task of a figure is met with these settings, after so many steps where it trains."""
    figure = EXPLORABLES[name]
    settings = figure.check(settings)
    state = figure.start(settings)
    if steps:
        state = figure.advance(state, settings, steps)
    return bool(figure.challenge(settings, state)[1])
