"""Trains this suite's baselines and writes them as ONNX files beside itself.

    /usr/bin/python3 eval-suites/digits/baselines/train.py [--reference FILE]

Trains only on train/; the test images are read afterwards, to print how many each model gets right
according to scikit-learn, PyTorch or NumPy (never according to Arena). Nothing of that is shipped: Arena
measures the .onnx files itself. `--reference FILE` writes the printed counts as CSV and, beside it,
FILE's name with -predictions.csv: the label each library predicts for each sample.

Needs Debian's python3-sklearn, python3-torch and python3-onnx (1.2.1, 1.13.0, 1.12.0 were used). Seeds are
fixed; on another machine the last bits of a weight may differ.
The graphs are written by hand with onnx.helper, so that they hold nothing that is not needed.
"""

import argparse
import csv
import pathlib

import numpy
import torch
from onnx import TensorProto, checker, helper, numpy_helper, save
from sklearn.dummy import DummyClassifier
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.naive_bayes import GaussianNB
from sklearn.neighbors import KNeighborsClassifier, NearestCentroid
from sklearn.neural_network import MLPClassifier
from sklearn.svm import LinearSVC
from sklearn.tree import DecisionTreeClassifier

HERE = pathlib.Path(__file__).resolve().parent
CLASSES = 10
SEED = 20260722
FLOAT, INT64, UINT8 = TensorProto.FLOAT, TensorProto.INT64, TensorProto.UINT8


def node(op, inputs, outputs, domain="", **attributes):
    return helper.make_node(op, inputs, outputs, domain=domain, **attributes)


def constant(name, values, dtype=numpy.float32):
    return numpy_helper.from_array(numpy.ascontiguousarray(values, dtype=dtype), name)


def write(slug, nodes, constants, source, results):
    """source and results are (name, element type, per-sample shape); every batch axis is dynamic."""
    info = lambda name, kind, shape: helper.make_tensor_value_info(name, kind, ["N", *shape])
    graph = helper.make_graph(nodes, slug, [info(*source)], [info(*r) for r in results], constants)
    opsets = [helper.make_opsetid("", 13)]
    if any(n.domain == "ai.onnx.ml" for n in nodes):
        opsets.append(helper.make_opsetid("ai.onnx.ml", 1))
    model = helper.make_model(graph, opset_imports=opsets, ir_version=8, producer_name="digits-baselines")
    checker.check_model(model, full_check=True)
    save(model, str(HERE / f"{slug}.onnx"))


def trees(slug, estimators, class_weights, results):
    """One ai.onnx.ml TreeEnsembleClassifier from scikit-learn's own tree arrays. Scikit-learn goes left when
    x <= threshold, in float32 x against a float64 threshold: rounding the threshold down keeps every decision."""
    fields = {k: [] for k in ("nodeids", "treeids", "featureids", "values", "modes", "truenodeids", "falsenodeids")}
    leaves = {k: [] for k in ("treeids", "nodeids", "ids", "weights")}
    for number, estimator in enumerate(estimators):
        tree = estimator.tree_
        for i in range(tree.node_count):
            leaf = tree.children_left[i] < 0
            threshold = numpy.float32(tree.threshold[i])
            if threshold > tree.threshold[i]:
                threshold = numpy.nextafter(threshold, numpy.float32(-numpy.inf))
            fields["nodeids"].append(i)
            fields["treeids"].append(number)
            fields["featureids"].append(0 if leaf else int(tree.feature[i]))
            fields["values"].append(0.0 if leaf else float(threshold))
            fields["modes"].append("LEAF" if leaf else "BRANCH_LEQ")
            fields["truenodeids"].append(0 if leaf else int(tree.children_left[i]))
            fields["falsenodeids"].append(0 if leaf else int(tree.children_right[i]))
            if leaf:
                for c, weight in enumerate(class_weights(tree.value[i][0])):
                    if weight or c == 0:
                        leaves["treeids"].append(number)
                        leaves["nodeids"].append(i)
                        leaves["ids"].append(c)
                        leaves["weights"].append(float(weight))
    attributes = {f"nodes_{k}": v for k, v in fields.items()} | {f"class_{k}": v for k, v in leaves.items()}
    ensemble = node("TreeEnsembleClassifier", ["pixels"], ["label", "probabilities"], domain="ai.onnx.ml",
                    classlabels_int64s=list(range(CLASSES)), post_transform="NONE", **attributes)
    write(slug, [ensemble], [], ("pixels", FLOAT, [64]), results)


def dense_layers(slug, source, prefix, layers, results):
    """Gemm + Relu layers ending in logits; prefix are the nodes that lead to the value 'flat'."""
    nodes, constants, value = list(prefix), [], "flat" if prefix else source[0]
    for i, (weights, bias) in enumerate(layers):
        last = i == len(layers) - 1
        out = results[0][0] if last else f"sum{i}"
        nodes.append(node("Gemm", [value, f"W{i}", f"b{i}"], [out]))
        constants += [constant(f"W{i}", weights), constant(f"b{i}", bias)]
        if not last:
            nodes.append(node("Relu", [out], [f"hidden{i}"]))
            value = f"hidden{i}"
    write(slug, nodes, constants, source, results)


def most_frequent(x, y, test):
    model = DummyClassifier(strategy="most_frequent").fit(x, y)
    # the input's first dimension, filled with the one label
    write("most-frequent",
          [node("Shape", ["pixels"], ["shape"]), node("Gather", ["shape", "first"], ["count"]),
           node("ConstantOfShape", ["count"], ["label"], value=constant("v", [int(model.predict(x[:1])[0])], numpy.int64))],
          [constant("first", [0], numpy.int64)], ("pixels", UINT8, [64]), [("label", INT64, [])])
    return model.predict(test)


def nearest_centroid(x, y, test):
    model = NearestCentroid().fit(x, y)
    # argmin |x - c|² = argmax 2x·c - |c|²
    c = model.centroids_
    write("nearest-centroid", [node("Gemm", ["pixels", "C", "n"], ["closeness"])],
          [constant("C", 2 * c.T), constant("n", -(c ** 2).sum(axis=1))],
          ("pixels", FLOAT, [64]), [("closeness", FLOAT, [CLASSES])])
    return model.predict(test)


def naive_bayes(x, y, test):
    model = GaussianNB(var_smoothing=1e-4).fit(x / 16, y)
    spread = model.var_
    const = numpy.log(model.class_prior_) - 0.5 * numpy.log(2 * numpy.pi * spread).sum(axis=1)
    write("naive-bayes",
          [node("Unsqueeze", ["pixels", "axis"], ["row"]), node("Sub", ["row", "mean"], ["d"]),
           node("Mul", ["d", "d"], ["d2"]), node("Mul", ["d2", "precision"], ["z2"]),
           node("ReduceSum", ["z2", "last"], ["sum"], keepdims=0), node("Add", ["sum", "const"], ["log_joint"])],
          [constant("axis", [1], numpy.int64), constant("last", [2], numpy.int64),
           constant("mean", model.theta_[None]), constant("precision", (-0.5 / spread)[None]), constant("const", const)],
          ("pixels", FLOAT, [64]), [("log_joint", FLOAT, [CLASSES])])
    return model.predict(test / 16)


def logistic_regression(x, y, test):
    model = LogisticRegression(C=1.0, max_iter=2000).fit(x / 16, y)
    write("logistic-regression",
          [node("Gemm", ["pixels", "W", "b"], ["logits"]), node("Softmax", ["logits"], ["probabilities"], axis=1)],
          [constant("W", model.coef_.T), constant("b", model.intercept_)],
          ("pixels", FLOAT, [64]), [("probabilities", FLOAT, [CLASSES])])
    return model.predict(test / 16)


def linear_svm(x, y, test):
    model = LinearSVC(C=0.01, random_state=SEED, max_iter=20000).fit(x, y)
    classifier = node("LinearClassifier", ["pixels"], ["label", "margins"], domain="ai.onnx.ml",
                      coefficients=model.coef_.astype(numpy.float32).ravel().tolist(),
                      intercepts=model.intercept_.astype(numpy.float32).tolist(),
                      classlabels_ints=list(range(CLASSES)), multi_class=1, post_transform="NONE")
    write("linear-svm", [classifier], [], ("pixels", FLOAT, [64]),
          [("label", INT64, []), ("margins", FLOAT, [CLASSES])])
    return model.predict(test)


def decision_tree(x, y, test):
    model = DecisionTreeClassifier(max_depth=8, random_state=SEED).fit(x, y)
    trees("decision-tree", [model], lambda counts: counts / counts.sum(),
          [("label", INT64, []), ("probabilities", FLOAT, [CLASSES])])
    return model.predict(test)


def random_forest(x, y, test):
    model = RandomForestClassifier(n_estimators=40, max_depth=9, random_state=SEED).fit(x, y)
    trees("random-forest", model.estimators_, lambda counts: counts / counts.sum() / len(model.estimators_),
          [("label", INT64, []), ("probabilities", FLOAT, [CLASSES])])
    return model.predict(test)


def nearest_neighbour(x, y, test):
    model = KNeighborsClassifier(n_neighbors=1, algorithm="brute").fit(x, y)
    # closest training image = argmax 2x·t - |t|²; whole numbers, so float32 is exact
    write("nearest-neighbour",
          [node("Cast", ["images"], ["t"], to=FLOAT), node("Flatten", ["image"], ["flat"], axis=1),
           node("MatMul", ["flat", "t"], ["dot"]), node("Mul", ["dot", "two"], ["dot2"]),
           node("Sub", ["dot2", "norms"], ["closeness"]),
           node("ArgMax", ["closeness"], ["nearest"], axis=1, keepdims=0), node("Gather", ["labels", "nearest"], ["label"])],
          [constant("images", x.T, numpy.uint8), constant("two", 2), constant("norms", (x ** 2).sum(axis=1)),
           constant("labels", y, numpy.int64)],
          ("image", FLOAT, [1, 8, 8]), [("label", INT64, [])])
    return model.predict(test)


def mlp(x, y, units, **options):
    return MLPClassifier((units,), max_iter=2000, random_state=SEED, **options).fit(x, y)


def mlp_4(x, y, test):
    model = mlp(x / 16, y, 4, alpha=1e-3)
    dense_layers("mlp-4", ("image", FLOAT, [1, 8, 8]), [node("Flatten", ["image"], ["flat"], axis=1)],
                 list(zip(model.coefs_, model.intercepts_)), [("logits", FLOAT, [CLASSES])])
    return model.predict(test / 16)


def mlp_64(x, y, test):
    model = mlp(x / 16, y, 64, alpha=1e-2)
    dense_layers("mlp-64", ("pixels", FLOAT, [64]), [], list(zip(model.coefs_, model.intercepts_)),
                 [("logits", FLOAT, [CLASSES])])
    return model.predict(test / 16)


def quantised(slug, levels, x, y, test):
    """mlp-64 in integers: weights -levels..levels, symmetric per tensor, kept as int8; the hidden layer 0..255 by
    the largest activation seen in training. The reference below is the same integer arithmetic in NumPy."""
    model = mlp(x / 16, y, 64, alpha=1e-2)
    quantise = lambda w: (numpy.float32(abs(w).max() / levels), numpy.rint(w / (abs(w).max() / levels)).astype(numpy.int8))
    (s0, w0), (s1, w1) = quantise(model.coefs_[0]), quantise(model.coefs_[1])
    b0, b1 = (b.astype(numpy.float32) for b in model.intercepts_)
    first = numpy.float32(s0 / 16)  # the input stays 0..16
    hidden = lambda v: numpy.maximum((v.astype(numpy.int32) @ w0.astype(numpy.int32)).astype(numpy.float32) * first + b0, 0)
    scale = numpy.float32(hidden(x).max() / 255)
    second = numpy.float32(scale * s1)
    write(slug,
          [node("MatMulInteger", ["pixels", "W0"], ["i0"]), node("Cast", ["i0"], ["f0"], to=FLOAT),
           node("Mul", ["f0", "first"], ["m0"]), node("Add", ["m0", "b0"], ["a0"]), node("Relu", ["a0"], ["hidden"]),
           node("QuantizeLinear", ["hidden", "scale", "zero"], ["q"]),
           node("MatMulInteger", ["q", "W1"], ["i1"]), node("Cast", ["i1"], ["f1"], to=FLOAT),
           node("Mul", ["f1", "second"], ["m1"]), node("Add", ["m1", "b1"], ["logits"])],
          [constant("W0", w0, numpy.int8), constant("first", first), constant("b0", b0), constant("scale", scale),
           constant("zero", 0, numpy.uint8), constant("W1", w1, numpy.int8), constant("second", second), constant("b1", b1)],
          ("pixels", UINT8, [64]), [("logits", FLOAT, [CLASSES])])
    q = numpy.clip(numpy.rint(hidden(test) / scale), 0, 255).astype(numpy.int32)
    return ((q @ w1.astype(numpy.int32)).astype(numpy.float32) * second + b1).argmax(axis=1)


def mlp_64_int8(x, y, test):
    return quantised("mlp-64-int8", 127, x, y, test)


def mlp_64_3bit(x, y, test):
    return quantised("mlp-64-3bit", 3, x, y, test)


def conv_net(x, y, test):
    torch.manual_seed(SEED)
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    centre = lambda v: torch.from_numpy((v.reshape(-1, 1, 8, 8) / 8 - 1).astype(numpy.float32))
    net = torch.nn.Sequential(
        torch.nn.Conv2d(1, 16, 3, padding=1), torch.nn.ReLU(), torch.nn.Conv2d(16, 32, 3, padding=1), torch.nn.ReLU(),
        torch.nn.MaxPool2d(2), torch.nn.Flatten(), torch.nn.Dropout(0.3), torch.nn.Linear(32 * 16, CLASSES))
    images, labels = centre(x), torch.from_numpy(y)
    optimiser = torch.optim.Adam(net.parameters(), lr=2e-3, weight_decay=1e-4)
    for _ in range(60):
        for batch in torch.randperm(len(labels)).split(64):
            optimiser.zero_grad()
            torch.nn.functional.cross_entropy(net(images[batch]), labels[batch]).backward()
            optimiser.step()
    net.eval()
    w = {k: v.detach().numpy() for k, v in net.state_dict().items()}
    conv = dict(kernel_shape=[3, 3], pads=[1, 1, 1, 1])
    write("conv-net",
          [node("Conv", ["image", "W0", "b0"], ["c0"], **conv), node("Relu", ["c0"], ["r0"]),
           node("Conv", ["r0", "W1", "b1"], ["c1"], **conv), node("Relu", ["c1"], ["r1"]),
           node("MaxPool", ["r1"], ["pooled"], kernel_shape=[2, 2], strides=[2, 2]), node("Flatten", ["pooled"], ["flat"], axis=1),
           node("Gemm", ["flat", "W2", "b2"], ["logits"], transB=1)],
          [constant("W0", w["0.weight"]), constant("b0", w["0.bias"]), constant("W1", w["2.weight"]),
           constant("b1", w["2.bias"]), constant("W2", w["7.weight"]), constant("b2", w["7.bias"])],
          ("image", FLOAT, [1, 8, 8]), [("logits", FLOAT, [CLASSES])])
    with torch.no_grad():
        return net(centre(test)).argmax(dim=1).numpy()


BASELINES = {
    "most-frequent": (most_frequent, "scikit-learn"),
    "nearest-centroid": (nearest_centroid, "scikit-learn"),
    "naive-bayes": (naive_bayes, "scikit-learn"),
    "logistic-regression": (logistic_regression, "scikit-learn"),
    "linear-svm": (linear_svm, "scikit-learn"),
    "decision-tree": (decision_tree, "scikit-learn"),
    "random-forest": (random_forest, "scikit-learn"),
    "nearest-neighbour": (nearest_neighbour, "scikit-learn"),
    "mlp-4": (mlp_4, "scikit-learn"),
    "mlp-64": (mlp_64, "scikit-learn"),
    "mlp-64-int8": (mlp_64_int8, "numpy"),
    "mlp-64-3bit": (mlp_64_3bit, "numpy"),
    "conv-net": (conv_net, "pytorch"),
}


def read_labels(path):
    with open(path, newline="", encoding="utf-8") as file:
        return numpy.array([int(row["label"]) for row in csv.DictReader(file)])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reference", type=pathlib.Path, help="write the counts as CSV, and the predictions beside it")
    arguments = parser.parse_args()
    flat = lambda path: numpy.load(path).reshape(-1, 64).astype(numpy.float64)
    x, y = flat(HERE / "train" / "images.npy"), read_labels(HERE / "train" / "labels.csv")
    test, truth = flat(HERE.parent / "images.npy"), read_labels(HERE.parent / "samples.csv")
    rows, predictions = [], {}
    for slug, (train, library) in BASELINES.items():
        predictions[slug] = numpy.asarray(train(x, y, test), dtype=int)
        correct = int((predictions[slug] == truth).sum())
        rows.append([slug, correct, len(truth), library])
        print(f"{slug:20} {correct:4} of {len(truth)}  {correct / len(truth):.4f}  ({library})", flush=True)
    if arguments.reference:
        table = lambda path, header, lines: path.write_text(
            "".join(",".join(map(str, line)) + "\n" for line in [header, *lines]), encoding="utf-8")
        table(arguments.reference, ["entry", "correct", "samples", "computed_by"], rows)
        name = arguments.reference.with_name(arguments.reference.stem + "-predictions.csv")
        table(name, ["ordinal", *predictions], ([i, *(p[i] for p in predictions.values())] for i in range(len(truth))))


main()
