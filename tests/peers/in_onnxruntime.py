"""In the peers' environment: ONNX's checker takes nnlib's files, and onnxruntime answers as the network does.

Not collected by `make test`, which has no onnxruntime: `make peers` runs this file by its name.
"""

import numpy as np
import onnx
import onnxruntime
import pytest
from package.test_onnx import X, every_layer

from nnlib import mlp
from nnlib.activations import ACTIVATIONS
from nnlib.exchange import onnx_bytes, to_onnx

onnxruntime.set_default_logger_severity(4)  # an operation that is missing is told as an error, and once is enough
MISSING = {"leaky_relu", "elu", "gelu", "softplus"}  # of onnxruntime's float64 on a CPU


def answers(model, dtype):
    """Return what onnxruntime makes of X by a model, which ONNX's checker has to take first."""
    onnx.checker.check_model(onnx.load_from_string(model), full_check=True)
    session = onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"])
    [y_hat] = session.run(["y_hat"], {"X": X.astype(dtype)})
    assert y_hat.dtype == dtype
    return y_hat


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_float32_is_answered_to_1e_6(activation):
    network = mlp([3, 5, 4, 2], activation, activation, dropout=0.5, rng=1)
    np.testing.assert_allclose(answers(onnx_bytes(network), np.float32), network.run(X), rtol=1e-6, atol=1e-6)


@pytest.mark.parametrize("activation", [name for name in ACTIVATIONS if name not in MISSING])
def test_float64_is_answered_to_1e_14(activation):
    network = mlp([3, 5, 4, 2], activation, activation, dtype=np.float64, rng=1)
    tolerance = 1e-8 if activation == "gelu_tanh" else 1e-14  # its constants are in float32 there
    np.testing.assert_allclose(answers(onnx_bytes(network), np.float64), network.run(X), rtol=tolerance, atol=tolerance)


@pytest.mark.parametrize("activation", sorted(MISSING))
def test_what_onnxruntime_still_lacks_in_float64_is_what_the_docstring_names(activation):
    model = onnx_bytes(mlp([3, 5, 2], activation, dtype=np.float64))
    with pytest.raises(Exception, match="NOT_IMPLEMENTED"):
        answers(model, np.float64)
    assert activation in to_onnx.__doc__


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_every_kind_of_layer_is_answered(dtype):
    network = every_layer(dtype)
    tolerance = 1e-5 if dtype is np.float32 else 1e-12
    np.testing.assert_allclose(answers(onnx_bytes(network), dtype), network.run(X), rtol=tolerance, atol=tolerance)
