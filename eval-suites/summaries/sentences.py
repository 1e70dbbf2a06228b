"""Cuts texts into sentences and words, for make_samples.py and baselines/summarise.py."""

import re

ABBREVIATIONS = {
    "mr", "mrs", "ms", "dr", "st", "messrs", "hon", "gen", "col", "maj", "capt", "lt", "sgt", "gov", "sen", "rep", "rev", "prof", "jr", "sr",
    "no", "nos", "vol", "art", "sec", "etc", "viz", "inst", "ult", "vs", "co", "inc", "ltd", "per",
    "jan", "feb", "mar", "apr", "aug", "sept", "oct", "nov", "dec",
}
END = re.compile(r"(?<=[.!?])[\"')\]]*\s+(?=[\"'(\[]*[A-Z0-9])")


def split(text):
    """Sentences in order, each without space around it. Joined by spaces they are the text."""
    text = " ".join(text.split())
    sentences = []
    start = 0
    for gap in END.finditer(text):
        before = text[start:gap.start()]
        last = re.search(r"(\S+)\.$", before)
        if last and (last.group(1).lower().strip("\"'([") in ABBREVIATIONS or re.fullmatch(r"(?:[A-Z]|[A-Za-z](?:\.[A-Za-z])+)", last.group(1).strip("\"'(["))):
            continue
        sentences.append(text[start:gap.end()].strip())
        start = gap.end()
    sentences.append(text[start:].strip())
    return [sentence for sentence in sentences if sentence]


def words(text):
    """Words in lower case, as Arena's metrics have them."""
    return re.findall(r"[^\W_]+", text.lower())
