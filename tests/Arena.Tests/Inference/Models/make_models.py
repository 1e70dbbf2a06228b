#!/usr/bin/python3
"""Writes the small ONNX models that the tests run. Needs python3-onnx and python3-numpy (Debian's 1.12 and 1.24 were used)."""
from pathlib import Path

import numpy as np
from onnx import TensorProto, TypeProto, ValueInfoProto, checker, helper, numpy_helper, save

HERE = Path(__file__).parent
F32, I64, U8, BOOL = TensorProto.FLOAT, TensorProto.INT64, TensorProto.UINT8, TensorProto.BOOL


def value(name, kind, shape):
    return helper.make_tensor_value_info(name, kind, shape)


def const(name, array):
    return numpy_helper.from_array(np.asarray(array), name)


def write(name, nodes, inputs, outputs, initializers=(), ml=False, check=True):
    graph = helper.make_graph(nodes, name, inputs, outputs, initializers)
    opsets = [helper.make_opsetid("", 15)] + ([helper.make_opsetid("ai.onnx.ml", 1)] if ml else [])
    model = helper.make_model(graph, opset_imports=opsets, ir_version=8, producer_name="arena tests")
    if check:
        checker.check_model(model)
    save(model, HERE / f"{name}.onnx")


# y = x + (10, 20, 30), any number of rows
write("add", [helper.make_node("Add", ["x", "b"], ["y"])],
      [value("x", F32, ["N", 3])], [value("y", F32, ["N", 3])],
      [const("b", np.array([10, 20, 30], np.float32))])

# two inputs, two outputs
write("matmul", [helper.make_node("MatMul", ["a", "b"], ["product"]), helper.make_node("Sub", ["a", "a"], ["zero"])],
      [value("a", F32, ["rows", "inner"]), value("b", F32, ["inner", 2])],
      [value("product", F32, ["rows", 2]), value("zero", F32, ["rows", "inner"])])

# whole numbers past 2^53, where a detour through double would show
write("int64_add", [helper.make_node("Add", ["x", "b"], ["y"])],
      [value("x", I64, ["N"])], [value("y", I64, ["N"])], [const("b", np.array([1], np.int64))])

# bytes in: floats and bytes out
write("uint8_scale",
      [helper.make_node("Cast", ["x"], ["f"], to=F32), helper.make_node("Mul", ["f", "s"], ["y"]),
       helper.make_node("Identity", ["x"], ["same"])],
      [value("x", U8, ["N", 2])], [value("y", F32, ["N", 2]), value("same", U8, ["N", 2])],
      [const("s", np.array([0.5], np.float32))])

# one Identity for each of the other element types
OTHERS = {"int8": TensorProto.INT8, "int16": TensorProto.INT16, "uint16": TensorProto.UINT16, "int32": TensorProto.INT32,
          "uint32": TensorProto.UINT32, "uint64": TensorProto.UINT64, "bool": BOOL, "float64": TensorProto.DOUBLE,
          "float16": TensorProto.FLOAT16}
write("identity_types", [helper.make_node("Identity", [f"in_{n}"], [f"out_{n}"]) for n in OTHERS],
      [value(f"in_{n}", t, ["N"]) for n, t in OTHERS.items()], [value(f"out_{n}", t, ["N"]) for n, t in OTHERS.items()])

# strings: not supported, and said so
write("strings", [helper.make_node("Identity", ["x"], ["y"])],
      [value("x", TensorProto.STRING, ["N"])], [value("y", TensorProto.STRING, ["N"])])

# a shape that depends on the data: the places where x > 0
write("nonzero",
      [helper.make_node("Relu", ["x"], ["r"]), helper.make_node("NonZero", ["r"], ["where"])],
      [value("x", F32, ["N"])], [value("where", I64, [1, "found"])])

# as scikit-learn's converters write classifiers: a tensor of labels and a sequence of maps of probabilities
zip_type = TypeProto()
zip_type.sequence_type.elem_type.map_type.key_type = I64
zip_type.sequence_type.elem_type.map_type.value_type.tensor_type.elem_type = F32
write("zipmap",
      [helper.make_node("Identity", ["x"], ["scores"]),
       helper.make_node("ZipMap", ["scores"], ["probabilities"], domain="ai.onnx.ml", classlabels_int64s=[0, 1, 2]),
       helper.make_node("ArgMax", ["x"], ["label"], axis=1, keepdims=0)],
      [value("x", F32, ["N", 3])],
      [value("label", I64, ["N"]), ValueInfoProto(name="probabilities", type=zip_type)], ml=True, check=False)

# Loop without a trip count whose condition stays as it was given: for ever where keep is true
body = helper.make_graph(
    [helper.make_node("Identity", ["go"], ["go_on"]), helper.make_node("Add", ["v", "v"], ["v_out"])], "body",
    [value("i", I64, []), value("go", BOOL, []), value("v", F32, [1])], [value("go_on", BOOL, []), value("v_out", F32, [1])])
write("loop", [helper.make_node("Loop", ["", "keep", "x"], ["y"], body=body)],
      [value("keep", BOOL, []), value("x", F32, [1])], [value("y", F32, [1])])

# 1,000 floats out of each number in: outputs larger than inputs
write("expand", [helper.make_node("Expand", ["x", "shape"], ["y"])],
      [value("x", F32, ["N", 1])], [value("y", F32, ["N", 1000])], [const("shape", np.array([1, 1000], np.int64))])
