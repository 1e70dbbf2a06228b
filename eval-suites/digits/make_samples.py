"""Writes this suite's samples and the baselines' training data from scikit-learn's bundled digits.

    /usr/bin/python3 eval-suites/digits/make_samples.py

Needs Debian's python3-sklearn (1.2.1 was used). The split is the one of scikit-learn's own example
"Recognizing hand-written digits": in file order, without shuffling, the first 898 images train and the
last 899 test. See SOURCE.md for why and what that does not guarantee.
"""

import csv
import pathlib

import numpy
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split

HERE = pathlib.Path(__file__).resolve().parent
STRETCHES = 4


def write_csv(path, header, rows):
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def main():
    digits = load_digits()
    images = digits.images.astype(numpy.uint8)
    assert (images == digits.images).all() and images.max() == 16 and images.shape == (1797, 8, 8)
    labels = digits.target
    train, test = train_test_split(numpy.arange(len(labels)), test_size=0.5, shuffle=False)
    assert len(train) == 898 and len(test) == 899 and train[-1] + 1 == test[0]

    # thirds of the test images by the sum of their pixels: how heavy the pen was
    ink = images[test].reshape(len(test), -1).sum(axis=1, dtype=int)
    light, heavy = numpy.quantile(ink, [1 / 3, 2 / 3])

    numpy.save(HERE / "images.npy", images[test])
    rows = []
    for ordinal, row in enumerate(test):
        tag = "light-ink" if ink[ordinal] <= light else "heavy-ink" if ink[ordinal] > heavy else "medium-ink"
        stretch = ordinal * STRETCHES // len(test) + 1
        rows.append([f"row-{row:04d}", labels[row], f"stretch-{stretch}", tag, "public", 1])
    write_csv(HERE / "samples.csv", ["id", "label", "group", "tags", "split", "weight"], rows)

    folder = HERE / "baselines" / "train"
    folder.mkdir(parents=True, exist_ok=True)
    numpy.save(folder / "images.npy", images[train])
    write_csv(folder / "labels.csv", ["id", "label"], [[f"row-{row:04d}", labels[row]] for row in train])
    print(f"{len(test)} samples, {len(train)} training images")


main()
