"""Trained networks on their way to other programs and back: a file that they read, and their weights as arrays."""

from nnlib.exchange.onnx import onnx_bytes, to_onnx

__all__ = ["onnx_bytes", "to_onnx"]
