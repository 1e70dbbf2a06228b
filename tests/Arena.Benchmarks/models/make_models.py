#!/usr/bin/python3
"""Writes the three models of `bench runner` (random weights, fixed seed). Needs python3-onnx and python3-numpy."""
from pathlib import Path

import numpy as np
from onnx import TensorProto, checker, helper, numpy_helper, save

HERE = Path(__file__).parent
RANDOM = np.random.default_rng(20261122)


def weights(name, *shape):
    fan_in = np.prod(shape[1:]) if len(shape) == 4 else shape[0]
    return numpy_helper.from_array((RANDOM.standard_normal(shape) / np.sqrt(fan_in)).astype(np.float32), name)


def write(name, nodes, input_shape, initializers):
    graph = helper.make_graph(
        nodes, name,
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, ["N", *input_shape])],
        [helper.make_tensor_value_info("scores", TensorProto.FLOAT, ["N", 10])], initializers)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 15)], ir_version=8, producer_name="arena benchmarks")
    checker.check_model(model)
    save(model, HERE / f"{name}.onnx")


def mlp(name, *widths):
    nodes, initializers, last = [], [], "x"
    for i, (a, b) in enumerate(zip(widths, widths[1:])):
        end = i == len(widths) - 2
        initializers += [weights(f"w{i}", a, b), weights(f"b{i}", b)]
        nodes.append(helper.make_node("Gemm", [last, f"w{i}", f"b{i}"], ["scores" if end else f"h{i}"]))
        if not end:
            nodes.append(helper.make_node("Relu", [f"h{i}"], [f"r{i}"]))
            last = f"r{i}"
    write(name, nodes, [widths[0]], initializers)


mlp("tiny-mlp", 64, 16, 10)
mlp("mid-mlp", 64, 160, 160, 10)

write("conv-net",
      [helper.make_node("Conv", ["x", "k0"], ["c0"], kernel_shape=[3, 3], pads=[1, 1, 1, 1]),
       helper.make_node("Relu", ["c0"], ["r0"]),
       helper.make_node("MaxPool", ["r0"], ["p0"], kernel_shape=[2, 2], strides=[2, 2]),
       helper.make_node("Conv", ["p0", "k1"], ["c1"], kernel_shape=[3, 3], pads=[1, 1, 1, 1]),
       helper.make_node("Relu", ["c1"], ["r1"]),
       helper.make_node("GlobalAveragePool", ["r1"], ["g"]),
       helper.make_node("Flatten", ["g"], ["f"]),
       helper.make_node("Gemm", ["f", "w", "b"], ["scores"])],
      [1, 28, 28], [weights("k0", 16, 1, 3, 3), weights("k1", 32, 16, 3, 3), weights("w", 32, 10), weights("b", 10)])
