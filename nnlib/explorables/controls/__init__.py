"""What a reader can set. Each kind of control is a class, and its constructor: `number(…)`, `choice(…)`, and so on.

`single` has the numbers and choices, `lists` what is set as a list, `drawn` what is set by drawing in a panel, `table` the
reader's own data, whose text `sheet` reads, `pinned` the settings of a second run. How a kind is written in HTML is in
`nnlib/live/controls_html.py`, how it is moved in `live/view/controls`.
"""

from nnlib.explorables.controls.control import Control
from nnlib.explorables.controls.drawn import Drawing, Points
from nnlib.explorables.controls.lists import Each, Several, Sizes
from nnlib.explorables.controls.pinned import Pin
from nnlib.explorables.controls.single import Choice, Number
from nnlib.explorables.controls.table import Table

number, choice, sizes, each, several = Number, Choice, Sizes, Each, Several
table, points, drawing, pin = Table, Points, Drawing, Pin
KINDS = {kind.kind: kind for kind in (Number, Choice, Sizes, Each, Several, Table, Points, Drawing, Pin)}

__all__ = ["KINDS", "Control", "choice", "drawing", "each", "number", "pin", "points", "several", "sizes", "table"]
