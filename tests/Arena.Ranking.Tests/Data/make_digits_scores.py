"""Writes digits-scores.csv: which of nine classifiers is right on which digit of the test half.

Run with Python 3.11 and scikit-learn 1.2.1: python3 make_digits_scores.py
"""
import pathlib

from sklearn.datasets import load_digits
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split
from sklearn.naive_bayes import GaussianNB
from sklearn.neighbors import KNeighborsClassifier, NearestCentroid
from sklearn.neural_network import MLPClassifier
from sklearn.svm import SVC, LinearSVC
from sklearn.tree import DecisionTreeClassifier

MODELS = {
    "nearest-centroid": NearestCentroid(),
    "naive-bayes": GaussianNB(),
    "decision-tree": DecisionTreeClassifier(random_state=0),
    "logistic-regression": LogisticRegression(max_iter=5000),
    "linear-svm": LinearSVC(dual=False, random_state=0),
    "mlp-16": MLPClassifier((16,), max_iter=2000, random_state=0),
    "random-forest": RandomForestClassifier(100, random_state=0),
    "knn-3": KNeighborsClassifier(3),
    "rbf-svm": SVC(gamma="scale", random_state=0),
}


def main():
    images, labels = load_digits(return_X_y=True)
    train_x, test_x, train_y, test_y = train_test_split(
        images / 16, labels, test_size=0.5, random_state=0, stratify=labels)
    lines = ["# entry,right (1) or wrong (0) on each sample of the test half; see SOURCE.md"]
    for name, model in MODELS.items():
        right = model.fit(train_x, train_y).predict(test_x) == test_y
        print(f"{name}: {right.mean():.4f} of {right.size}")
        lines.append(name + "," + "".join("1" if r else "0" for r in right))
    pathlib.Path(__file__).with_name("digits-scores.csv").write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
