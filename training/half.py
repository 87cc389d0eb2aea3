"""Stores an ONNX model's weights as float16."""

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

SMALL = 1000
"""Tensors of fewer values (biases, norms) stay float32: they weigh nothing and matter most."""


def store_half(model: onnx.ModelProto) -> onnx.ModelProto:
    """The model with its large weights as float16, each cast back to float32 where it is used."""
    graph = model.graph
    casts = []
    for weight in list(graph.initializer):
        values = numpy_helper.to_array(weight)
        if weight.data_type != TensorProto.FLOAT or values.size < SMALL:
            continue
        stored = numpy_helper.from_array(values.astype(np.float16), f"{weight.name}_half")
        graph.initializer.remove(weight)
        graph.initializer.append(stored)
        casts.append(helper.make_node("Cast", [stored.name], [weight.name], to=TensorProto.FLOAT))
    nodes = [*casts, *graph.node]
    del graph.node[:]
    graph.node.extend(nodes)
    return model
