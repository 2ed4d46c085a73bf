"""Trained networks on their way to other programs and back: a file that they read, and their weights as arrays."""

from nnlib.exchange.onnx import onnx_bytes, to_onnx
from nnlib.exchange.weights import from_keras, from_torch

__all__ = ["from_keras", "from_torch", "onnx_bytes", "to_onnx"]
