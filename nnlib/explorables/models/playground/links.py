"""A link of TensorFlow Playground (Smilkov and others, 2017) as settings of ours, with a sentence for each thing that differs.

Its page keeps its settings in the address: after #, name=value, joined by &. What it makes of each value was read in its
code and seen in its page, commit 02469bd: a setting that a link has not is at its default; a word that is none of its
options is passed over; all but the word false switches a box on; and the last of two values counts. A value that breaks its
page, or leaves it without a number, is refused here.

In the sentences "there" is its page and "here" is this one.
"""

import math
import re

from nnlib.explorables.writing import plural

HOST = "playground.tensorflow.org"
MOST_LETTERS = 10_000
SHOWN = 40  # letters of a value that a sentence shows
NUMBER = re.compile(r"[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?", re.ASCII | re.IGNORECASE)

ACTIVATIONS = {"relu": "relu", "tanh": "tanh", "sigmoid": "sigmoid", "linear": "identity"}
PENALTIES = {"none": "none", "L1": "L1", "L2": "L2"}
PROBLEMS = {"classification": "dataset", "regression": "regDataset"}
DATA = {
    "dataset": {"circle": "circle", "xor": "exclusive or", "gauss": "two clouds", "spiral": "spiral"},
    "regDataset": {"reg-plane": "plane", "reg-gauss": "hills"},
}
POINTS = {"dataset": 500, "regDataset": 1200}  # how many there are, training and test points together
FEATURES = {
    "x": "x₁", "y": "x₂", "xSquared": "x₁²", "ySquared": "x₂²", "xTimesY": "x₁x₂", "sinX": "sin x₁", "sinY": "sin x₂",
}  # fmt: skip
SHOWS = {"showTestData": "test points", "discretize": "classes only"}
WITHOUT_EFFECT = ("cosX", "cosY", "collectStats")
KEYS = {
    "activation", "regularization", "batchSize", "dataset", "regDataset", "learningRate", "regularizationRate", "noise",
    "networkShape", "seed", "percTrainData", "tutorial", "problem", "initZero", "hideText",
    *FEATURES, *SHOWS, *WITHOUT_EFFECT,
}  # fmt: skip
#: What its page can hide, and what is hidden here for it.
HIDES = {
    "playButton": ["play-button"],
    "stepButton": ["step-button"],
    "resetButton": ["restart-button"],
    "learningRate": ["learning_rate"],
    "activation": ["activation"],
    "regularization": ["penalty"],
    "regularizationRate": ["penalty_rate"],
    "dataset": ["data"],
    "percTrainData": ["share"],
    "noise": ["noise", "noise_on"],
    "batchSize": ["batch_size"],
    "numHiddenLayers": ["layers"],
    "problem": [],  # the choice of the data is that of the problem as well
    **dict.fromkeys(SHOWS, ()),  # both stand in one control here
    **dict.fromkeys(FEATURES, ()),
}
#: What its page has not, as it is where it has not.
FIXED = {"noise_on": "what its law says", "standardize": "as given", "loss": "squared error", "optimizer": "SGD",
         "dropout": 0.0, "patience": 0.0, "activations": [], "frozen": []}  # fmt: skip
# The ends of our controls.
RATES, PENALTY_RATES, MOST_BATCH = (0.000001, 10.0), (0.00001, 20.0), 500
NO_PENALTY = 0.001  # the penalty rate, with the penalty "none", of a link that has 0
SHARES, MOST_NOISE, DRAWS = (10, 90), 80.0, 99
MOST_LAYERS, MOST_NEURONS = 6, 8


def opened(text) -> tuple[dict, list, list]:
    """Return the settings of a link, the names of what it hides, and a sentence for each thing that differs.

    Parameters
    ----------
    text : str
        A whole address, or what stands after its #.

    Raises
    ------
    ValueError
        Where the text is no such link, or a value of it is none that its page could learn with.

    Examples
    --------
    >>> settings, hidden, said = opened("#activation=relu&networkShape=3&noise_hide=true")
    >>> settings["activation"], settings["layers"], settings["learning_rate"], hidden
    ('relu', [3], 0.015, ['noise', 'noise_on'])
    >>> said[0]
    'The learning rate is 0.03 there and 0.015 here: the loss there is ½(ŷ − y)², half of the one here, so the steps are alike.'
    """
    link = _Link(text)
    settings = FIXED | _training(link) | _data(link) | _network(link)
    settings["show"] = [name for key, name in SHOWS.items() if link.flag(key)]
    _batches(link, settings)
    hidden = _hidden(link)
    link.tell_the_rest()
    return settings, hidden, link.said


class _Link:
    """The values of a link by their keys, and what is said of them."""

    def __init__(self, text):
        self.said = []
        self.values = {}
        for entry in _after_the_sign(text).split("&"):
            name, *parts = entry.split("=")
            if name in self.values and name:
                self.said.append(f"The link has {_quoted(name)} more than once: the last one counts.")
            self.values[name] = parts[0] if parts else None
        self.values.pop("", None)
        known = [name for name in self.values if name in KEYS or name.removesuffix("_hide") in HIDES]
        if not known and HOST not in text:
            raise ValueError(
                f"{_quoted(text.strip())} is no link of TensorFlow Playground: paste its whole address, such as "
                f"https://{HOST}/#activation=tanh&networkShape=4,2."
            )

    def value(self, key):
        """Return the text of a value; None where there is none, which its page passes over."""
        return self.values.get(key) or None

    def option(self, key, options, default):
        """Return what `options` has for the value, or for the default."""
        value = self.value(key)
        if value is not None and value not in options:
            known = ", ".join(options)
            self.said.append(f"{key} is {_quoted(value)}, which is none of {known}: as there, it stays {default}.")
        return options.get(value, options[default])

    def flag(self, key, default=False):
        """Return whether a box is ticked."""
        value = self.value(key)
        if value not in (None, "true", "false"):
            self.said.append(f"{key} is {_quoted(value)}: as there, all but the word false is true.")
        return default if value is None else value != "false"

    def number(self, key, default, wanted, is_fit=lambda number: number >= 0):
        """Return the number of a value, where it is one to learn with; `wanted` says which ones are."""
        value = self.value(key)
        if value is None:
            return default
        number = float(value) if NUMBER.fullmatch(value) else math.nan
        if not (math.isfinite(number) and is_fit(number)):
            raise ValueError(f"{key} is {_quoted(value)}, which can't be had here: write {wanted}.")
        return number

    def limited(self, number, low, high, what):
        """Return the number between the ends; `what` says what is had here, with {} for the number that is taken."""
        near = min(max(number, low), high)
        if near != number:
            self.said.append(what.format(f"{near:g}"))
        return near

    def tell_the_rest(self):
        """Say what is in the link and does nothing here."""
        if name := self.value("tutorial"):
            self.said.append(f"The tutorial {_quoted(name)} stays there: it is a text beside the network.")
        if self.flag("hideText"):
            self.said.append("There the text of the page is hidden; here it stays.")
        idle = [key for key in WITHOUT_EFFECT if self.flag(key)]
        if idle:
            self.said.append(f"{_listed(idle)}: without effect there, and here as well.")
        unknown = [name for name in self.values if name not in KEYS and name.removesuffix("_hide") not in HIDES]
        if unknown:
            self.said.append(f"{_listed(unknown)}: passed over, as there, where no setting is called so.")


def _after_the_sign(text):
    if len(text) > MOST_LETTERS:
        raise ValueError(f"A link of more than {MOST_LETTERS:,} letters is none of TensorFlow Playground: paste its address.")
    text = re.sub(r"[\t\r\n]", "", text).strip()  # as a browser does
    if "#" in text:
        return text.partition("#")[2]
    return "" if HOST in text or "://" in text else text


def _training(link):
    rate = link.number("learningRate", 0.03, "a number above 0, such as 0.03", lambda rate: rate > 0)
    kind = link.option("regularization", PENALTIES, "none")
    penalty = link.number("regularizationRate", 0.0, "a number from 0 on, such as 0.01")
    ours = link.limited(rate / 2, *RATES, f"The learning rate {rate:g} there has a bound here, so that the steps differ: {{}}.")
    if ours == rate / 2:
        link.said.append(
            f"The learning rate is {rate:g} there and {ours:g} here: the loss there is ½(ŷ − y)², half of the one here, "
            "so the steps are alike."
        )
    ours_penalty = min(max(2 * penalty, PENALTY_RATES[0]), PENALTY_RATES[1]) if penalty else 0.0
    if kind != "none" and not penalty:
        link.said.append(f"{kind} has the rate 0 there, which is no penalty.")
    elif kind != "none":
        if ours_penalty != 2 * penalty:
            link.said.append(
                f"The penalty rate {penalty:g} there would be {2 * penalty:g} here, where {ours_penalty:g} is the "
                f"{'most: the pull is weaker' if ours_penalty < 2 * penalty else 'least: the pull is stronger'}."
            )
        else:
            link.said.append(
                f"The penalty rate is {penalty:g} there and {ours_penalty:g} here: a step of it has the learning rate as a "
                "factor, so these steps are alike as well."
            )
        if kind == "L1":
            link.said.append("A weight that L1 has made 0 stays 0 for ever there; here it can come back.")
    if not ours_penalty:
        kind, ours_penalty = "none", NO_PENALTY
    return {"learning_rate": ours, "penalty": kind, "penalty_rate": ours_penalty}


def _data(link):
    kind = link.option("problem", PROBLEMS, "classification")
    others = {key: link.option(key, DATA[key], next(iter(DATA[key]))) for key in DATA}
    noise = link.number("noise", 0.0, f"a number from 0 to {MOST_NOISE:g}", lambda noise: True)
    if noise > MOST_NOISE or noise < 0:
        taken = 50.0 if noise > 0 else 0.0
        link.said.append(f"noise is {noise:g}, outside of 0 to {MOST_NOISE:g}: as there, {taken:g} is taken.")
        noise = taken
    share = link.number("percTrainData", 50, f"a number from {SHARES[0]} to {SHARES[1]}", lambda share: share > 0)
    parts = f"{share:g}% of the points are for training there, and {{}}% here"
    whole = link.limited(share, *SHARES, f"{parts}: neither part may be empty.")
    if whole % 1:
        link.said.append(parts.format(round(whole)) + ".")
    seed = link.value("seed")
    draw = 1 if seed is None else 1 + int.from_bytes(seed.encode("utf-8", "replace"), "big") % DRAWS
    whose = "A new seed is drawn at each visit" if seed is None else f"The seed {_quoted(seed)} belongs to the generator"
    link.said.append(f"{whose} there: points and first weights follow the same laws here, but are draw {draw} of ours.")
    return {"data": others[kind], "noise": noise, "share": round(whole), "draw": draw, "start": draw}


def _network(link):
    chosen = [key for key in FEATURES if link.flag(key, key in ("x", "y"))]
    gone = [key for key in chosen if link.values.get(f"{key}_hide") == "true"]
    features = [FEATURES[key] for key in chosen if key not in gone]
    if not features:
        raise ValueError("The link has no feature that is on, and nothing can be learned without one: write x=true.")
    return {
        "features": features,
        "layers": _layers(link),
        "activation": link.option("activation", ACTIVATIONS, "tanh"),
        "weights": "zeros" if link.flag("initZero") else "uniform ±0.5",
    }


def _layers(link):
    value = link.values.get("networkShape", "4,2")
    if value is None:
        raise ValueError("networkShape has no =, and the page breaks there: write networkShape=4,2, or networkShape= for none.")
    sizes = []
    for part in value.split(",") if value else []:
        number = float(part) if NUMBER.fullmatch(part) else 0
        if not 0 < number < math.inf:
            raise ValueError(
                f"networkShape is {_quoted(value)}, with {_quoted(part)} for the neurons of a layer: write whole numbers from "
                "1 on, a layer each, such as networkShape=4,2."
            )
        sizes.append(math.ceil(number))
    if [str(size) for size in sizes] != (value.split(",") if sizes else []):
        link.said.append(f"networkShape is {_quoted(value)}: as there, the layers have {_listed(sizes)} neurons.")
    ours = [min(size, MOST_NEURONS) for size in sizes[:MOST_LAYERS]]
    if ours != sizes:
        link.said.append(
            f"The hidden layers have {_listed(sizes)} neurons there, and {_listed(ours)} here, where {MOST_LAYERS} layers of "
            f"{MOST_NEURONS} are the most."
        )
    return ours


def _batches(link, settings):
    batch = link.number("batchSize", 10.0, "a whole number from 1 on, such as 10", lambda size: size >= 1 and size % 1 == 0)
    kind = next(kind for kind, names in DATA.items() if settings["data"] in names.values())
    points = POINTS[kind] * settings["share"] // 100
    if batch > points:
        link.said.append(
            f"There a batch of {batch:g}, which is more than the {points} training points, is never full, and nothing is "
            "learned; here an epoch is one step."
        )
    elif points % batch:
        link.said.append(
            f"The last {plural(int(points % batch), 'point')} of an epoch, less than a batch, wait for the next epoch there; "
            "here they are a batch of their own."
        )
    link.said.append("Each epoch has the points in the same order there, and in a new one here.")
    most = "Batches there are of more points than the {} that are the most here."
    settings["batch_size"] = link.limited(min(batch, points), 1, MOST_BATCH, most)


def _hidden(link):
    hidden = {name.removesuffix("_hide") for name, value in link.values.items() if name.endswith("_hide") and value == "true"}
    for key in link.values:
        if key.endswith("_hide") and link.values[key] not in ("true", "false"):
            link.said.append(f"{key} is {_quoted(link.values[key] or '')}: as there, it hides nothing without the word true.")
    features = [FEATURES[key] for key in FEATURES if key in hidden]
    if features:
        link.said.append(f"{_listed(features)}: hidden there, and so no input; here it can be switched on.")
    if ("problem" in hidden) != ("dataset" in hidden):
        link.said.append("Problem and data are two choices there, of which one is hidden; here they are one.")
    if len(hidden & SHOWS.keys()) == 1:
        link.said.append(f"{_listed(hidden & SHOWS.keys())}: hidden there; here it is one of a group, which stays.")
    names = [name for key in HIDES if key in hidden for name in HIDES[key]]
    return names + ["show"] * (hidden >= SHOWS.keys())


def _listed(items):
    return ", ".join(_quoted(item) if isinstance(item, str) else str(item) for item in items) or "no"


def _quoted(value):
    return f"“{value if len(value) <= SHOWN else value[:SHOWN] + '…'}”"
