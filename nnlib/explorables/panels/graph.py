"""Networks: nodes in layers, joined by edges."""


def network(name, label, layers, edges, *, gaps=None, aspect=1.5, wide=False) -> dict:
    """Return nodes in layers, each from `node`, joined by edges, each from `edge`.

    `gaps` are how far each layer is from the one before, one for each but the first; without it, all are equally far.
    """
    gaps = [1.0] * (len(layers) - 1) if gaps is None else [float(gap) for gap in gaps]
    return {"kind": "network", "name": name, "label": label, "aspect": aspect, "wide": wide, "layers": layers, "edges": edges,
            "gaps": gaps}  # fmt: skip


def node(label, value, *, before=None, gradient=None, sign="δ", field=None, scale=(-1.0, 0.0, 1.0), key=None) -> dict:
    """Return a node with its present value, None where it is not known yet.

    `before` is the number that the value is made of, such as the weighted sum: it stands above it, in the label's place, and
    the label above the node. `gradient` is written below the node, behind its `sign`. `field`, (rows, columns), the first row
    lowest, is a small picture in the node: its output over the plane of the inputs, in the colors of `scale`.
    """
    return {"label": label, "value": _number(value), "before": _number(before), "gradient": _number(gradient), "sign": sign,
            "field": field, "scale": list(scale), "key": key}  # fmt: skip


def edge(source, target, value, label, *, sets=None, edits=None, gradient=None, key=None) -> dict:
    """Return an edge between two nodes, (layer, index) each.

    The value None is for an edge without a weight, an empty label for one without words. Dragging it
    changes the setting that `sets` names, or the part of the state that `edits` names, see `Explorable.edit`; there may be
    many of these. `gradient` is a second number on it.
    """
    return {"source": list(source), "target": list(target), "value": _number(value), "label": label, "sets": sets,
            "edits": edits, "gradient": _number(gradient), "key": key}  # fmt: skip


def _number(value):
    return None if value is None else float(value)
