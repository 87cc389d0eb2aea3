"""Stores an ONNX model's weights in fewer bytes."""

from collections.abc import Iterator

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import NodeProto, TensorProto, helper, numpy_helper

SMALL = 1000
"""Tensors with fewer values (biases, norms) stay float32: they are small and matter most."""
INTEGER, SCALE = "_int8", "_scale"
"""The suffixes of stored tensors' names."""
LARGEST_INT8 = 127


def store_int8(model: onnx.ModelProto) -> onnx.ModelProto:
    """The model with its large weights as int8, one scale per row of an embedding and per output of a product."""
    looked_up = {node.input[0] for node in model.graph.node if node.op_type == "Gather"}
    nodes = []
    for name, values in _taken(model.graph):
        axis = 0 if name in looked_up else values.ndim - 1
        others = tuple(place for place in range(values.ndim) if place != axis)
        scale = np.abs(values).max(others, keepdims=True).clip(min=1e-8) / LARGEST_INT8
        stored = [
            numpy_helper.from_array(np.round(values / scale).astype(np.int8), name + INTEGER),
            numpy_helper.from_array(scale.reshape(-1).astype(np.float32), name + SCALE),
        ]
        model.graph.initializer.extend(stored)
        nodes.append(helper.make_node("DequantizeLinear", [each.name for each in stored], [name], axis=axis))
    return _preceded(model, nodes)


def stored_weights(model: onnx.ModelProto) -> dict[str, NDArray[np.float32]]:
    """The weights of a model stored in this form, by their original names."""
    values = {each.name: numpy_helper.to_array(each) for each in model.graph.initializer}
    axes = {node.input[0]: node.attribute[0].i for node in model.graph.node if node.op_type == "DequantizeLinear"}
    weights = {}
    for name, value in values.items():
        if name.endswith(SCALE):
            continue
        value = value.astype(np.float32)
        if name in axes:
            scale = values[name.removesuffix(INTEGER) + SCALE]
            shape = [-1 if place == axes[name] else 1 for place in range(value.ndim)]
            value = value * scale.reshape(shape)
        weights[name.removesuffix(INTEGER)] = value
    return weights


def _taken(graph: onnx.GraphProto) -> Iterator[tuple[str, NDArray[np.float32]]]:
    """The large weights, each removed from the graph."""
    for weight in list(graph.initializer):
        values = numpy_helper.to_array(weight)
        if weight.data_type == TensorProto.FLOAT and values.size >= SMALL:
            graph.initializer.remove(weight)
            yield weight.name, values


def _preceded(model: onnx.ModelProto, nodes: list[NodeProto]) -> onnx.ModelProto:
    nodes = [*nodes, *model.graph.node]
    del model.graph.node[:]
    model.graph.node.extend(nodes)
    return model
