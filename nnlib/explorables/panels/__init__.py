"""What a figure can show. A panel is plain names, numbers and arrays; whoever draws it decides nothing but the looks.

Every panel has a kind, a name (unique in its picture), a label (its title), an aspect (width : height), and whether it is
wide (then it has a row of the figure for itself). A picture has the same panels whatever the settings: one that has nothing
to show now is `hidden`. Where a reader may take hold of something, the panel says which settings
follow. What has the same *key*, in whatever panel, lights up together: a line of an equation, an edge, a row of a table.

`axes` has the panels with two axes, `graph` the networks, `layers` those with many weights, `charts` bars and images,
`text` what is read, `hiding` those that have nothing to show now, `geometry` the helpers.
"""

from nnlib.explorables.panels.axes import dots, handle, line, plane, series
from nnlib.explorables.panels.charts import bars, image, pad
from nnlib.explorables.panels.geometry import boundary, contour, foot, grid
from nnlib.explorables.panels.graph import edge, network, node
from nnlib.explorables.panels.hiding import hidden, shown
from nnlib.explorables.panels.layers import layers, pointed
from nnlib.explorables.panels.text import block, equations, matrices, row, table

__all__ = [
    "bars", "block", "boundary", "contour", "dots", "edge", "equations", "foot", "grid", "handle", "hidden", "image",
    "layers", "line", "matrices", "network", "node", "pad", "plane", "pointed", "row", "series", "shown", "table",
]  # fmt: skip
