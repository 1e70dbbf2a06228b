#!/usr/bin/env python3
"""Runs every summariser of this suite on ../passages.jsonl and writes what it answers: one JSONL file each.

    python3 summarise.py

Standard library and numpy only; the same passages give the same files. All are extractive: they choose sentences and
change none. Each has the same budget, at most SENTENCES sentences and WORDS words; chosen sentences stand in the order
of the passage. A method ranks the sentences, and they are taken in that order while they fit into the budget.
"""

import collections
import json
import math
import pathlib
import random
import sys

import numpy

HERE = pathlib.Path(__file__).parent
sys.path.insert(0, str(HERE.parent))
sys.dont_write_bytecode = True
from sentences import split, words  # noqa: E402

SENTENCES = 3
WORDS = 90
SEED = 20_261_122

STOP = set("""
a about above after again against all also am among an and any are as at be because been before being below between both but by can cannot
could did do does doing down during each either few for from further had has have having he her here hers herself him himself his how i if in
into is it its itself let may me might more most must my myself neither no nor not now of off on once one only or other ought our ours
ourselves out over own same shall she should so some such than that the their theirs them themselves then there these they this those
through to too under until up upon us very was we were what when where which while who whom whose why will with within without would you
your yours yourself yourselves s t
""".split())


class Passage:
    """A passage as the methods see it: its sentences, and the content words of each."""

    def __init__(self, sample, text):
        self.sample = sample
        self.sentences = split(text)
        self.lengths = [len(words(sentence)) for sentence in self.sentences]
        self.content = [[word for word in words(sentence) if word not in STOP] for sentence in self.sentences]
        self.counts = collections.Counter(word for sentence in self.content for word in sentence)

    def __len__(self):
        return len(self.sentences)

    def fits(self, chosen, sentence):
        return len(chosen) < SENTENCES and sum(self.lengths[i] for i in chosen) + self.lengths[sentence] <= WORDS

    def take(self, ranking):
        chosen = []
        for sentence in ranking:
            if self.fits(chosen, sentence):
                chosen.append(sentence)
        return chosen

    def best(self, scores):
        """By falling score; equal ones in the order of the passage. Rounded, so that no machine's last digit decides."""
        return self.take(sorted(range(len(self)), key=lambda i: (-round(float(scores[i]), 9), i)))

    def greedy(self, cost):
        """Takes, again and again, what makes cost(chosen, sentence) least."""
        chosen = []
        while candidates := [i for i in range(len(self)) if i not in chosen and self.fits(chosen, i)]:
            chosen.append(min(candidates, key=lambda i: (round(float(cost(chosen, i)), 9), i)))
        return chosen

    def vectors(self):
        """TF–IDF, each sentence a document; length 1."""
        terms = {word: i for i, word in enumerate(self.counts)}
        matrix = numpy.zeros((len(self), len(terms)))
        for row, sentence in enumerate(self.content):
            for word in sentence:
                matrix[row, terms[word]] += 1
        matrix *= numpy.log(len(self) / (matrix > 0).sum(axis=0)) + 1
        norms = numpy.linalg.norm(matrix, axis=1, keepdims=True)
        return matrix / numpy.where(norms == 0, 1, norms)


def walk(weights, damping=0.85):
    """PageRank by power iteration; a sentence without neighbours goes anywhere."""
    n = len(weights)
    sums = weights.sum(axis=1, keepdims=True)
    steps = numpy.where(sums > 0, weights / numpy.where(sums == 0, 1, sums), 1 / n)
    rank = numpy.full(n, 1 / n)
    for _ in range(200):
        rank = (1 - damping) / n + damping * rank @ steps
    return rank


def lead(passage):
    """The first sentences, the first that does not fit being the end."""
    chosen = []
    for sentence in range(len(passage)):
        if not passage.fits(chosen, sentence):
            break
        chosen.append(sentence)
    return chosen


def chance(passage):
    """Any sentences."""
    generator = random.Random(f"{SEED} {passage.sample}")
    return passage.best([generator.random() for _ in passage.sentences])


def luhn(passage):
    """H. P. Luhn, "The automatic creation of literature abstracts" (1958): significant words squared over the length of the span that holds them, gaps of at most four."""
    significant = {word for word, count in passage.counts.items() if count >= 2}
    scores = []
    for sentence in passage.sentences:
        places = [i for i, word in enumerate(words(sentence)) if word in significant]
        best = 0.0
        start = 0
        for at in range(1, len(places) + 1):
            if at == len(places) or places[at] - places[at - 1] > 5:
                best = max(best, (at - start) ** 2 / (places[at - 1] - places[start] + 1))
                start = at
        scores.append(best)
    return passage.best(scores)


def sumbasic(passage):
    """A. Nenkova and L. Vanderwende, "The impact of frequency on summarization" (2005): the best mean probability among sentences with the most probable word; the words of a chosen one lose weight."""
    total = sum(passage.counts.values())
    probability = {word: count / total for word, count in passage.counts.items()}
    chosen = []
    while candidates := [i for i in range(len(passage)) if i not in chosen and passage.fits(chosen, i) and passage.content[i]]:
        top = max({word for i in candidates for word in passage.content[i]}, key=lambda word: (probability[word], word))
        best = max((i for i in candidates if top in passage.content[i]), key=lambda i: (round(sum(probability[w] for w in passage.content[i]) / len(passage.content[i]), 12), -i))
        chosen.append(best)
        for word in set(passage.content[best]):
            probability[word] **= 2
    return chosen


def kl_sum(passage):
    """A. Haghighi and L. Vanderwende, "Exploring content models for multi-document summarization" (2009): the sentences whose words diverge least from the passage's (Kullback–Leibler, smoothed)."""
    total = sum(passage.counts.values())

    def divergence(chosen, sentence):
        summary = collections.Counter(word for i in [*chosen, sentence] for word in passage.content[i])
        size = sum(summary.values())
        smooth = 0.01
        return sum(count / total * math.log(count / total / ((summary[word] + smooth) / (size + smooth * len(passage.counts)))) for word, count in passage.counts.items())

    return passage.greedy(divergence)


def textrank(passage):
    """R. Mihalcea and P. Tarau, "TextRank: bringing order into texts" (2004): PageRank over words in common, divided by the logarithms of the lengths."""
    n = len(passage)
    weights = numpy.zeros((n, n))
    for i in range(n):
        for j in range(i):
            scale = math.log(max(2, len(passage.content[i]))) + math.log(max(2, len(passage.content[j])))
            weights[i, j] = weights[j, i] = len(set(passage.content[i]) & set(passage.content[j])) / scale
    return passage.best(walk(weights))


def lexrank(passage):
    """G. Erkan and D. R. Radev, "LexRank: graph-based lexical centrality as salience in text summarization" (2004): PageRank over pairs whose TF–IDF cosine is above 0.1."""
    vectors = passage.vectors()
    return passage.best(walk((vectors @ vectors.T > 0.1).astype(float)))


def lsa(passage):
    """J. Steinberger and K. Ježek, "Using latent semantic analysis in text summarization and summary evaluation" (2004): length of a sentence's vector in the three strongest topics, weighted by their strength."""
    _, strength, topics = numpy.linalg.svd(passage.vectors().T, full_matrices=False)
    return passage.best(numpy.sqrt(((strength[:SENTENCES, None] * topics[:SENTENCES]) ** 2).sum(axis=0)))


def mmr(passage):
    """J. Carbonell and J. Goldstein, "The use of MMR" (1998): near the centre of the passage and, as much again, unlike what is chosen already."""
    vectors = passage.vectors()
    centre = vectors.mean(axis=0)
    centre /= numpy.linalg.norm(centre)
    return passage.greedy(lambda chosen, i: 0.5 * max((vectors[i] @ vectors[j] for j in chosen), default=0.0) - 0.5 * vectors[i] @ centre)


METHODS = {"lead": lead, "random": chance, "luhn": luhn, "sumbasic": sumbasic, "kl-sum": kl_sum, "textrank": textrank, "lexrank": lexrank, "lsa": lsa, "mmr": mmr}


def main():
    passages = [Passage(row["sample"], row["text"]) for row in map(json.loads, (HERE.parent / "passages.jsonl").read_text("utf-8").splitlines())]
    for name, method in METHODS.items():
        with open(HERE / f"{name}.jsonl", "w", encoding="utf-8", newline="\n") as out:
            for passage in passages:
                summary = " ".join(passage.sentences[i] for i in sorted(method(passage)))
                out.write(json.dumps({"sample": passage.sample, "output": summary}, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
