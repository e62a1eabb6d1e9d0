"""How many years of school does a text need? The Flesch–Kincaid formula, for English only.

Kincaid 1975: 0.39 words per sentence + 11.8 syllables per word - 15.59. Syllables are groups of vowels without
a silent final e. Headings and cells count as sentences, which flatters: it is a warning light, not a test with readers.
"""

import re
from collections.abc import Iterable


def grade(texts: Iterable[str]) -> float:
    sentences = [s for text in texts for s in re.split(r"[.!?:]\s|[.!?]$", text) if s.strip()]
    words = [w for sentence in sentences for w in re.findall(r"[a-zA-Z’]+", sentence)]
    if not words:
        return 0.0
    return (
        0.39 * len(words) / len(sentences) + 11.8 * sum(map(_syllables, words)) / len(words) - 15.59
    )


def _syllables(word: str) -> int:
    spoken = re.sub(r"(?<=[^aeiouyl])e$", "", word.lower())
    return max(1, len(re.findall(r"[aeiouy]+", spoken)))
