"""Runs the committed ONNX files of eval-suites/upscaling by the words of ONNX's operators, in NumPy and double precision,
and writes PSNR and SSIM of the first samples: what a worker's answers are held against. No ONNX Runtime takes part.

    /usr/bin/python3 tests/Arena.Tests/Evaluation/upscaling_reference.py

Needs Debian's python3-onnx and python3-numpy (1.12.0 and 1.24.2 were used). Half a minute.
"""

import csv
import pathlib

import numpy
from onnx import helper, load, numpy_helper

HERE = pathlib.Path(__file__).resolve().parent
SUITE = HERE.parents[2] / "eval-suites" / "upscaling"
SAMPLES = 4


def conv(x, w, b=None, strides=(1, 1), pads=(0, 0, 0, 0), group=1, dilations=(1, 1), kernel_shape=None):
    assert tuple(dilations) == (1, 1)
    x = numpy.pad(x, ((0, 0), (0, 0), (pads[0], pads[2]), (pads[1], pads[3])))
    windows = numpy.lib.stride_tricks.sliding_window_view(x, w.shape[2:], axis=(2, 3))[:, :, ::strides[0], ::strides[1]]
    parts = zip(numpy.split(windows, group, axis=1), numpy.split(w, group, axis=0))
    y = numpy.concatenate([numpy.einsum("nchwij,ocij->nohw", inputs, weights, optimize=True) for inputs, weights in parts], axis=1)
    return y if b is None else y + b[:, None, None]


def depth_to_space(x, blocksize, mode=b"DCR"):
    n, c, h, w = x.shape
    b = blocksize
    if mode == b"DCR":
        return x.reshape(n, b, b, c // (b * b), h, w).transpose(0, 3, 4, 1, 5, 2).reshape(n, c // (b * b), h * b, w * b)
    return x.reshape(n, c // (b * b), b, b, h, w).transpose(0, 1, 4, 2, 5, 3).reshape(n, c // (b * b), h * b, w * b)


def pad(x, pads, value=0.0, mode=b"constant"):
    half = len(pads) // 2
    widths = list(zip(pads[:half], pads[half:]))
    if mode == b"constant":
        return numpy.pad(x, widths, constant_values=value)
    return numpy.pad(x, widths, mode={b"edge": "edge", b"reflect": "reflect"}[mode])


def along(x, axis, factor, weigh, reach, transform):
    """Resizes one axis: each new pixel is the weighted sum of its neighbours, those outside taken for the ones at the edge."""
    old = x.shape[axis]
    at = numpy.arange(round(old * factor))
    place = at / factor if transform == b"asymmetric" else (at + 0.5) / factor - 0.5
    first = numpy.floor(place).astype(int)
    y = 0
    for step in range(1 - reach, reach + 1):
        weights = weigh(place - first - step)
        y = y + numpy.take(x, numpy.clip(first + step, 0, old - 1), axis) * weights.reshape([-1 if i == axis else 1 for i in range(x.ndim)])
    return y


def resize(x, roi=None, scales=None, sizes=None, mode=b"nearest", coordinate_transformation_mode=b"half_pixel", cubic_coeff_a=-0.75, nearest_mode=b"round_prefer_floor"):
    a = cubic_coeff_a
    factors = scales if scales is not None and len(scales) else numpy.array(sizes) / x.shape
    for axis, factor in enumerate(factors):
        if factor == 1:
            continue
        if mode == b"nearest":
            assert (coordinate_transformation_mode, nearest_mode) == (b"asymmetric", b"floor")
            x = numpy.take(x, numpy.floor(numpy.arange(round(x.shape[axis] * factor)) / factor).astype(int), axis)
        elif mode == b"linear":
            x = along(x, axis, factor, lambda d: numpy.maximum(0, 1 - abs(d)), 1, coordinate_transformation_mode)
        else:
            x = along(x, axis, factor, lambda d: numpy.where(abs(d) < 1, ((a + 2) * abs(d) - (a + 3)) * d * d + 1, numpy.where(abs(d) < 2, ((a * abs(d) - 5 * a) * abs(d) + 8 * a) * abs(d) - 4 * a, 0)), 2, coordinate_transformation_mode)
    return x


def reshape(x, shape):
    return x.reshape([x.shape[i] if size == 0 else size for i, size in enumerate(shape)])


OPERATORS = {
    "Add": numpy.add,
    "Cast": lambda x, to: x.astype(helper.mapping.TENSOR_TYPE_TO_NP_TYPE[to]),
    "Clip": lambda x, low, high: numpy.clip(x, low, high),
    "Conv": conv,
    "DepthToSpace": depth_to_space,
    "Mul": numpy.multiply,
    "PRelu": lambda x, slope: numpy.where(x < 0, slope * x, x),
    "Pad": pad,
    "Relu": lambda x: numpy.maximum(x, 0),
    "Reshape": reshape,
    "Resize": resize,
    "Round": numpy.rint,
    "Sub": numpy.subtract,
    "Transpose": lambda x, perm: x.transpose(perm),
}


def run(model, x):
    values = {tensor.name: numpy_helper.to_array(tensor) for tensor in model.graph.initializer}
    values = {name: value.astype(float) if value.dtype == numpy.float32 else value for name, value in values.items()}
    values[""] = None
    values[next(i.name for i in model.graph.input if i.name not in values)] = x
    for node in model.graph.node:
        attributes = {a.name: helper.get_attribute_value(a) for a in node.attribute}
        values[node.output[0]] = OPERATORS[node.op_type](*(values[name] for name in node.input), **attributes)
    return values[model.graph.output[0].name]


def psnr(answer, truth):
    return 10 * numpy.log10(255 ** 2 / ((answer.astype(float) - truth) ** 2).mean())


def ssim(answer, truth):
    """Wang, Bovik, Sheikh and Simoncelli (2004) on luma, over the windows that lie wholly inside."""
    d = numpy.arange(-5, 6)
    window = numpy.exp(-(d ** 2) / (2 * 1.5 ** 2))
    window = numpy.outer(window, window) / window.sum() ** 2
    mean = lambda picture: numpy.einsum("hwij,ij->hw", numpy.lib.stride_tricks.sliding_window_view(picture, window.shape), window)
    x, y = (picture.astype(float) @ [0.299, 0.587, 0.114] for picture in (answer, truth))
    mx, my = mean(x), mean(y)
    vx, vy, cov = mean(x * x) - mx * mx, mean(y * y) - my * my, mean(x * y) - mx * my
    c1, c2 = (0.01 * 255) ** 2, (0.03 * 255) ** 2
    return ((2 * mx * my + c1) * (2 * cov + c2) / ((mx * mx + my * my + c1) * (vx + vy + c2))).mean()


def main():
    pictures, truth = (numpy.load(SUITE / name)[:SAMPLES] for name in ("pictures.npy", "references.npy"))
    with open(HERE / "upscaling-reference.csv", "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["entry", "ordinal", "psnr", "ssim"])
        for path in sorted((SUITE / "baselines").glob("*.onnx")):
            model = load(path)
            takes_bytes = model.graph.input[0].type.tensor_type.elem_type == 2
            answers = run(model, pictures if takes_bytes else pictures / 255)
            assert answers.dtype == numpy.uint8 and answers.shape == truth.shape, (path.name, answers.dtype, answers.shape)
            for i in range(SAMPLES):
                writer.writerow([path.stem, i, f"{psnr(answers[i], truth[i]):.4f}", f"{ssim(answers[i], truth[i]):.5f}"])


main()
