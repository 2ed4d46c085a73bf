"""An explorable is data in, data out: settings (and a state, where something trains) go in, a picture comes out.

It never draws. Its host keeps the settings and the states, so that a figure can rewind; the same explorable
serves a notebook, the static page and a test. Explorables compute in float64, so that all three agree.
"""

from functools import lru_cache, wraps

from nnlib.arrays import choose


class Explorable:
    """What every explorable is; a subclass gives `name`, `title`, `controls` and `picture`, and what else it needs.

    Attributes
    ----------
    name : str
        As in EXPLORABLES, in a page's `data-explorable` and in its file's name.
    title : str
        For people.
    controls : tuple
        What can be set, see `nnlib.explorables.controls`.
    groups : dict
        For each title the names of the controls below it, for a figure with many of them: it then takes the whole width of
        the page, and shows a network, an output and the groups at once; on a phone each group is folded up.
    more : dict
        For each title the names of controls that are folded up below it: they can be set in a picture as well.
    needs : dict
        For the name of a control that says something with some settings alone, these: the name of a choice, and its options.
        With others it is not shown.
    presets : dict
        For each label the settings that it changes.
    mode : str
        The name of a choice that says which preset is on, for those that are called like one of its options; or nothing.
    trains : bool
        Whether `advance` does something.
    pace : int
        Milliseconds between two steps while it plays.
    speed : int
        How many steps a picture it makes at the most when it begins to play, for a figure that has a slider for that, up to
        as fast as it goes; its pace is 0. Without it, 0, a picture is a step.
    unit : str
        What a step is called, in "812 epochs/s".
    opens : str
        What a text is called that the figure can open, such as a link of another page; empty where there is none.
    opening : int
        How many steps it has made when it opens, for a first picture that shows something; they can be rewound. A link
        opens on the same state with settings of its own, so the state may only say how far a run is.
    """

    name = ""
    title = ""
    controls = ()
    groups = {}
    more = {}
    needs = {}
    presets = {}
    mode = ""
    trains = False
    pace = 0
    speed = 0
    unit = "epoch"
    opens = ""
    opening = 0

    def __repr__(self):
        return f"<explorable {self.name}: {', '.join(control.name for control in self.controls)}>"

    def defaults(self) -> dict:
        """Return the settings to begin with."""
        return {control.name: control.default for control in self.controls}

    def check(self, settings) -> dict:
        """Return complete, clean settings: the given ones checked, the others by default.

        Raises ValueError or TypeError for an unknown name or an illegal value.
        """
        known = {control.name: control for control in self.controls}
        checked = {name: choose(name, known, f"a setting of {self.name}").check(value) for name, value in settings.items()}
        return self.defaults() | checked

    def start(self, settings):
        """Return the state before the first step; None where nothing trains."""
        return None

    def advance(self, state, settings, steps):
        """Return the state `steps` steps after `state`, which stays as it was."""
        return state

    def step(self, settings, state):
        """Return at which step a state is, with these settings; None where the host counts, and each of its steps is one.

        A figure whose state can stop by itself, or begins anew with other settings, says so here.
        """
        return None

    def edit(self, state, settings, edits):
        """Return the state with parts changed by hand: `edits` maps names to values, see `panels.edge` and `panels.layers`."""
        raise NotImplementedError(f"Nothing in the state of {self.name} can be edited.")

    def opened(self, text) -> tuple[dict, list, list]:
        """Return settings read from a text, the names of controls to hide, and sentences on what differs.

        Raises ValueError, with the cure, for a text that can't be read.
        """
        raise NotImplementedError(f"{self.name} opens no texts.")

    def look(self, settings, state) -> tuple:
        """Return the state with one more piece of what its picture takes long to show, and whether there is more of it.

        Each piece takes a tenth of a second at the most in a page; the picture of a state that has looked at nothing shows all.
        """
        return state, False

    def picture(self, settings, state) -> list:
        """Return the panels, see `panels`."""
        raise NotImplementedError

    def describe(self, settings, state) -> str:
        """Return the picture in one sentence, for those who hear the page."""
        raise NotImplementedError

    def challenge(self, settings, state):
        """Return (task, whether it is done), which every figure of the book has; None where there is no task."""
        return None

    def code(self, settings, steps):
        """Return a program that imports nnlib and prints the figure's numbers after `steps` steps; None if it has none."""
        return None

    def programs(self, settings, state) -> dict:
        """Return programs as `code` does, by the names of their libraries, nnlib first; {} where there is no other one."""
        return {}

    def files(self, settings, state) -> dict:
        """Return what can be downloaded beside the programs: bytes by the names of files."""
        return {}

    def finished(self, settings, state) -> bool:
        """Return whether more steps would change nothing."""
        return not self.trains

    def over(self, settings, state) -> str:
        """Return for a state that is finished what to tell a reader who asks for one more step."""
        return "This run is at its end: Restart begins it anew."


def remembered(*names, most=1):
    """Decorate a function of settings that depends on the named ones alone: it keeps what it returned for the last `most`.

    A reply asks for the same thing up to three times: for the picture, its sentence and the challenge.
    """

    def decorate(function):
        @lru_cache(maxsize=most)
        def found(*values):
            return function(dict(zip(names, values, strict=True)))

        @wraps(function)
        def of(settings):
            return found(*(settings[name] for name in names))

        return of

    return decorate
