"""Writes scikit-image.csv beside itself: PSNR and SSIM of pairs of pictures as scikit-image computes them.

    /usr/bin/python3 tests/Arena.Tests/Evaluation/Images/make_reference.py

Needs python3-skimage (0.19.3 of Debian 12, with python3-scipy 1.10.1, was used). The pairs: each sample of the suite
"upscaling" enlarged four times by repeating pixels, against its reference; then pictures made of whole numbers, which
the test makes again from the same formula.
"""

import csv
import pathlib

import numpy
from skimage.metrics import peak_signal_noise_ratio, structural_similarity

HERE = pathlib.Path(__file__).resolve().parent
SUITE = HERE.parents[3] / "eval-suites" / "upscaling"
MADE = [(11, 11), (12, 40), (37, 23)]  # height, width


def made(height, width, factor):
    y, x, c = numpy.indices((height, width, 3))
    return ((x * x * factor + y * 31 + x * y * 3 + c * 57) % 256).astype(numpy.uint8)


def measure(picture, reference):
    luma = lambda p: p.astype(float) @ numpy.array([0.299, 0.587, 0.114])
    return (peak_signal_noise_ratio(reference, picture, data_range=255),
            structural_similarity(luma(picture), luma(reference), data_range=255, gaussian_weights=True, sigma=1.5, use_sample_covariance=False, K1=0.01, K2=0.03))


def main():
    small, large = numpy.load(SUITE / "pictures.npy"), numpy.load(SUITE / "references.npy")
    rows = [(f"upscaling-{i}", *measure(small[i].repeat(4, axis=0).repeat(4, axis=1), large[i])) for i in range(len(large))]
    rows += [(f"made-{h}x{w}", *measure(made(h, w, 5), made(h, w, 6))) for h, w in MADE]
    with open(HERE / "scikit-image.csv", "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["pair", "psnr", "ssim"])
        writer.writerows((name, f"{psnr:.10f}", f"{ssim:.10f}") for name, psnr, ssim in rows)


main()
