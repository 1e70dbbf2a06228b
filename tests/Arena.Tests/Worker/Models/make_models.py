#!/usr/bin/python3
"""Writes models that break the digits suite's contract in one way each. Needs python3-onnx and python3-numpy (Debian's 1.12 and 1.24 were used)."""
from pathlib import Path

import numpy as np
from onnx import TensorProto, checker, helper, numpy_helper, save

HERE = Path(__file__).parent
F32, I64, BOOL = TensorProto.FLOAT, TensorProto.INT64, TensorProto.BOOL


def value(name, kind, shape):
    return helper.make_tensor_value_info(name, kind, shape)


def const(name, array):
    return numpy_helper.from_array(np.asarray(array), name)


def write(name, nodes, inputs, outputs, initializers=()):
    graph = helper.make_graph(nodes, name, inputs, outputs, initializers)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 15)], ir_version=8, producer_name="arena tests")
    checker.check_model(model)
    save(model, HERE / f"{name}.onnx")


def weights(classes):
    # class k reads pixel k
    return const("w", np.eye(64, classes, dtype=np.float32))


# the scores are pixels 0 to 9, right in form
write("pixels", [helper.make_node("MatMul", ["x", "w"], ["scores"])],
      [value("x", F32, ["N", 64])], [value("scores", F32, ["N", 10])], [weights(10)])

# the same, but always 100 samples a batch
write("fixed_batch", [helper.make_node("MatMul", ["x", "w"], ["scores"])],
      [value("x", F32, [100, 64])], [value("scores", F32, [100, 10])], [weights(10)])

# 0/0
write("not_a_number", [helper.make_node("Mul", ["x", "zero"], ["z"]), helper.make_node("MatMul", ["z", "w"], ["s"]),
                       helper.make_node("Div", ["s", "zero"], ["scores"])],
      [value("x", F32, ["N", 64])], [value("scores", F32, ["N", 10])], [weights(10), const("zero", np.zeros(1, np.float32))])

# seven classes instead of ten
write("seven_classes", [helper.make_node("MatMul", ["x", "w"], ["scores"])],
      [value("x", F32, ["N", 64])], [value("scores", F32, ["N", 7])], [weights(7)])

# answers for the first sample only
write("one_answer", [helper.make_node("Gather", ["x", "first"], ["row"], axis=0), helper.make_node("MatMul", ["row", "w"], ["scores"])],
      [value("x", F32, ["N", 64])], [value("scores", F32, [1, 10])], [weights(10), const("first", np.array([0], np.int64))])

# scores of another element type
write("float64_scores", [helper.make_node("MatMul", ["x", "w"], ["s"]), helper.make_node("Cast", ["s"], ["scores"], to=TensorProto.DOUBLE)],
      [value("x", F32, ["N", 64])], [value("scores", TensorProto.DOUBLE, ["N", 10])], [weights(10)])

# a loop that never ends
body = helper.make_graph(
    [helper.make_node("Identity", ["go"], ["go_on"]), helper.make_node("Add", ["v", "v"], ["v_out"])], "body",
    [value("i", I64, []), value("go", BOOL, []), value("v", F32, ["N", 10])],
    [value("go_on", BOOL, []), value("v_out", F32, ["N", 10])])
write("for_ever", [helper.make_node("MatMul", ["x", "w"], ["s"]), helper.make_node("Loop", ["", "true", "s"], ["scores"], body=body)],
      [value("x", F32, ["N", 64])], [value("scores", F32, ["N", 10])], [weights(10), const("true", np.array(True))])
