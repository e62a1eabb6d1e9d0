"""What is different between two snapshots? Told line by line, the answers first."""

from collections.abc import Iterator, Mapping
from typing import Any

Values = Mapping[str, Any]


def changes(before: Values, after: Values) -> list[str]:
    """Empty where nothing that a reader would see has changed."""
    return [
        *_answers(before["answers"], after["answers"]),
        *_named("study", before["studies"], after["studies"], ("numbers", "looked_on", "state")),
        *_named("claim", _by_id(before["claims"]), _by_id(after["claims"]), ("verdict", "short")),
        *_named("fact", before["facts"], after["facts"], ("values", "flag")),
    ]


def _by_id(claims: list[Values]) -> dict[str, Values]:
    return {claim["id"]: claim for claim in claims}


def _answers(before: Values, after: Values) -> Iterator[str]:
    for key in sorted({*before, *after}):
        if key not in before:
            yield f"{key}: new"
        elif key not in after:
            yield f"{key}: no longer asked"
        else:
            yield from (f"{key}: {says}" for says in _answer(before[key], after[key]))


def _answer(before: Values, after: Values) -> Iterator[str]:
    if before["words"] != after["words"]:
        yield f"asked in other words: {after['words']}"
    for part, word in (("inputs", "pooled"), ("left_out", "left out"), ("directions", "direction")):
        old, new = ({one["study"] for one in answer[part]} for answer in (before, after))
        yield from (f"{name} is now {word}" for name in sorted(new - old))
        yield from (f"{name} is no longer {word}" for name in sorted(old - new))
    if _main(before) != _main(after):
        yield f"{_main(before)} became {_main(after)}"
    level = [answer["certainty"]["level"].replace("_", " ") for answer in (before, after)]
    if level[0] != level[1]:
        yield f"certainty {level[0]} became {level[1]}"


def _main(answer: Values) -> str:
    if answer["pooled"] is None:
        return "no number"
    main = answer["pooled"]["main"]
    return f"{main['estimate']} ({main['low']} to {main['high']}) {answer['unit']}"


def _named(what: str, before: Values, after: Values, keys: tuple[str, ...]) -> Iterator[str]:
    for name in sorted({*before, *after}):
        if name not in before:
            yield f"{what} {name}: new"
        elif name not in after:
            yield f"{what} {name}: gone"
        else:
            old, new = before[name], after[name]
            for key in keys:
                if old.get(key) != new.get(key):
                    yield f"{what} {name}: {key.replace('_', ' ')} {old.get(key)} became {new.get(key)}"
