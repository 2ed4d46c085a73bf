"""What a figure exports is a program that imports nnlib alone and prints the figure's own numbers."""

import ast
import re
import subprocess
import sys

import numpy as np
import pytest

from nnlib.explorables import EXPLORABLES
from nnlib.explorables.models.reader import likeness
from nnlib.explorables.writing import literal
from nnlib.live.protocol import code, reply

NUMBER = r"(?<![A-Za-z])-?\d+(?:\.\d+)?(?:e-?\d+)?"


def role(panel, role, index=0):
    """Return the first line of a panel with this role, or a later one."""
    return [line["at"] for line in panel["lines"] if line["role"] == role][index]


def curves(panel):
    return [line["at"] for line in panel["lines"] if line["role"] == "curve" and len(line["at"])]


def outputs(part, said):
    """Return the numbers of the last matrix, or where there is none the numbers in what nnlib has said instead."""
    return part["values"].ravel() if "values" in part else [float(number) for number in re.findall(NUMBER, said)]


def found(picture):
    """Return the numbers of the steps so far, in their order, as nodes and edges show them."""
    _, (first, _, second), (output,), (loss,) = picture["graph"]["layers"]
    edges = {edge["sets"]: edge["gradient"] for edge in picture["graph"]["edges"]}
    numbers = [neuron[part] for neuron in (first, second, output) for part in ("before", "value")]
    numbers += [loss["value"], output["gradient"], *(edges[name] for name in ("v1", "v2", "c"))]
    numbers += [first["gradient"], *(edges[name] for name in ("w11", "w21", "b1"))]
    numbers += [second["gradient"], *(edges[name] for name in ("w12", "w22", "b2"))]
    (handle,) = picture["slope"]["handles"]
    numbers += [handle["at"][1]] if "learning_rate" in handle["sets"] else []
    return [number for number in numbers if number is not None]


# The numbers of a figure that its program prints, in that order; None for a figure that exports no program.
PRINTED = {
    "the_clinic": None,  # its program would be the diagnosis
    "spiking_neuron": lambda picture, state: [
        len(role(picture["voltage"], "spikes")) / 2,
        role(picture["rate"], "points")[0, 1],
        role(picture["rate"], "guide")[1, 1],
    ],
    "two_neurons": lambda picture, state: [
        number
        for place, node in (("first", (1, 0)), ("second", (2, 0)))
        for number in (len(role(picture[place], "spikes")) / 2, picture["diagram"]["layers"][node[0]][node[1]]["value"])
    ],
    "neurons_in_a_row": lambda picture, state: [layer[0]["value"] for layer in picture["diagram"]["layers"][1:]],
    "slopes": lambda picture, state: [
        picture["function"]["handles"][0]["at"][1],
        *2 * [picture["derivative"]["handles"][0]["at"][1]],
    ],
    "chain_of_slopes": lambda picture, state: [
        role(picture["outputs"], "points")[-1, 1],
        role(picture["gradient"], "points")[-1, 1],
    ],
    "share_one_certainty": lambda picture, state: [*picture["sums"]["values"], *2 * [*picture["shares"]["values"]]],
    "xor_cannot_be_done": lambda picture, state: [4 - picture["plane"]["points"]["wrong"].sum()],
    "tune_a_neuron": lambda picture, state: [layer[0]["value"] for layer in picture["diagram"]["layers"][1:]],
    "train_a_perceptron": lambda picture, state: [*state["weights"], state["bias"]],
    "loss_and_slope": lambda picture, state: [
        value for name in ("loss", "by_prediction", "by_z") for value in picture[name]["handles"][0]["at"][1:]
    ],
    "one_neuron_learns": lambda picture, state: [
        picture[name]["lines"][i]["at"][-1, 1] for i in (0, 1) for name in ("outputs", "losses")
    ],
    "xor_by_hand": lambda picture, state: [float(row["cells"][3]) for row in picture["corners"]["rows"]],
    "shapes": lambda picture, state: outputs(picture["second"]["parts"][-1], picture["says"]["lines"][-1]),
    "bumps": lambda picture, state: role(picture["function"], "curve", 1)[::50, 1],
    "learning_rate": lambda picture, state: [*role(picture["plane"], "points")[-1], role(picture["loss"], "points")[-1, 1]],
    "batch_size_and_noise": lambda picture, state: [
        *role(picture["plane"], "trail")[-1],
        role(picture["loss"], "curve", 1)[-1, 1],
    ],
    "signal_through_depth": lambda picture, state: [
        role(picture[way], "points")[layer, 1] for way in ("forward", "backward") for layer in (1, -1)
    ],
    "what_depth_is_good_for": lambda picture, state: [
        np.interp(x, *role(picture["function"], "points" if len(picture["function"]["lines"][0]["at"]) < 34 else "curve").T)
        for x in np.linspace(0, 1, 11)
    ],
    "broadcasting": lambda picture, state: [
        *(number for part in picture["sums"]["parts"] if "values" in part for number in part["values"].ravel()),
        *(
            float(number)
            for line in picture["says"]["lines"]
            if "operands" in line or "bounds" in line
            for number in re.findall(NUMBER, line.split("✘")[-1])
        ),
    ],
    "sliding_kernel": lambda picture, state: picture["answers"]["field"][::-6, ::6].ravel(),
    "dot_product": lambda picture, state: [
        *2 * [role(picture["turn"], "points")[0, 1]],
        *(np.hypot(*handle["at"]) for handle in picture["arrows"]["handles"]),
    ],
    "chain_rule": lambda picture, state: [
        *(layer[0]["value"] for layer in picture["diagram"]["layers"][1:]),
        *(edge["gradient"] for edge in picture["diagram"]["edges"]),
        *2 * [picture["diagram"]["layers"][0][0]["gradient"]],
    ],
    "backprop_step_by_step": lambda picture, state: found(picture),
    "watch_the_blame_flow": lambda picture, state: [
        node["value"] for way in ("forward", "backward") for layer in picture[way]["layers"][1:] for node in layer
    ],
    "race": lambda picture, state: [
        number
        for trail, loss in zip(*(curves(picture[name]) for name in ("plane", "loss")), strict=True)
        for number in (*trail[len(loss) - 1], loss[-1, 1])
    ],
    "schedules": lambda picture, state: [
        len(picture["plane"]["points"]["at"]),
        role(picture["loss"], "curve", 1)[-20:, 1].mean(),
    ],
    "too_much_capacity": lambda picture, state: [
        *(number for number in (len(role(picture["losses"], "curve")),) if number),
        *(number for line in (0, 1) for number in role(picture["losses"], "curve", line)[-1:, 1]),
        *(1 - picture[name]["points"]["wrong"].mean() for name in ("training", "validation")),
    ],
    "what_a_test_score_is_worth": lambda picture, state: [
        np.ptp(role(picture["scores"], "level")[:, 0]) / 2 / 1.96,
        picture["intervals"]["points"]["at"][-1, 0],
        *picture["luck"]["handles"][0]["at"],
        float(picture["equations"]["lines"][-1].split()[-4]),
    ],
    "draw_a_digit": lambda picture, state: [
        *(number for pair in enumerate(picture["answer"]["values"]) for number in pair),
        *(np.max(getattr(likeness(picture["seen"]["values"]), part)) for part in ("near", "far", "other")),
    ],
    "playground": lambda picture, state: state["curve"][:: max(1, -(-int(state["epoch"]) // 20)), :3].ravel(),
    "atlas_of_xor": lambda picture, state: [role(picture["losses"], "curve")[-1, 1], *picture["answers"]["values"]],
    "what_the_hidden_units_see": lambda picture, state: [
        picture["evidence"]["values"].sum(),
        *(number for pair in enumerate(picture["answer"]["values"]) for number in pair),
    ],
}


def runs():
    """Each figure with its defaults and each of its presets, and where it trains after some steps."""
    for name, explorable in EXPLORABLES.items():
        for label, settings in {"defaults": {}, **explorable.presets}.items():
            for steps in (0, 1, 40) if explorable.trains else (0,):
                if code(name, settings)["code"] is not None:
                    yield pytest.param(name, settings, steps, id=f"{name}-{label}-{steps}")


def test_without_points_there_is_no_program():
    assert code("train_a_perceptron", {"points": []}) == {"code": None}


def printed(program):
    """Return the numbers that a program prints in a fresh Python, in which each warning is an error."""
    run = subprocess.run([sys.executable, "-W", "error", "-c", program], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    return [float(number) for number in re.findall(NUMBER, run.stdout)]


def test_every_figure_says_what_its_program_prints():
    assert PRINTED.keys() == EXPLORABLES.keys()
    exporting = {name for name, e in EXPLORABLES.items() if e.code(e.defaults(), 0) is not None}
    assert exporting == {name for name, numbers in PRINTED.items() if numbers}


@pytest.mark.parametrize(("name", "settings", "steps"), list(runs()))
def test_the_program_prints_the_figures_numbers(name, settings, steps):
    shown = reply(name, settings, steps=steps)
    expected = PRINTED[name]({panel["name"]: panel for panel in shown["picture"]}, shown["state"])
    np.testing.assert_allclose(printed(code(name, settings, steps)["code"]), expected, rtol=0, atol=1e-6)


@pytest.mark.parametrize("name", [name for name in EXPLORABLES if PRINTED.get(name)])
def test_the_program_imports_public_names_of_nnlib_and_numpy_alone(name):
    for node in ast.walk(ast.parse(code(name, {})["code"])):
        names = [alias.name for alias in node.names] if isinstance(node, (ast.Import, ast.ImportFrom)) else []
        module = node.module if isinstance(node, ast.ImportFrom) else names[0] if names else "nnlib"
        assert module.split(".")[0] in {"nnlib", "numpy"}
        assert not any(part.startswith("_") for part in [*module.split("."), *names])


@pytest.mark.parametrize(
    "value", [0.1 + 0.2, "tanh", [1, 2.5], np.array([[1 / 3, -2], [1e-9, 4e7]]), np.empty((0, 3)), np.arange(2000.0)]
)
def test_a_literal_is_read_again_to_the_last_digit(value):
    again = eval(literal(value), {"np": np})
    np.testing.assert_array_equal(again, value)
    assert np.shape(again) == np.shape(value)
