"""Where the words of a chart stand, so that they cover neither one another nor the line."""

from collections.abc import Iterable
from dataclasses import dataclass

NARROW = frozenset("iIjl|!.,:;'()[] ")
SLIM = frozenset("frt-1/")
BROAD = frozenset("mwMW%@—…")
LINE_HEIGHT = 1.3
# How wide the strips are by which boxes are looked up: about as wide as a short word.
STRIP = 32


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in pixels, y downwards."""

    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: "Box") -> bool:
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )

    def within(self, other: "Box") -> bool:
        return (
            other.left <= self.left
            and self.right <= other.right
            and other.top <= self.top
            and self.bottom <= other.bottom
        )


def width(text: str, size: float) -> float:
    """How wide a line is in Arial, in pixels; rather too much than too little."""
    return size * sum(character_width(character) for character in text)


def character_width(character: str) -> float:
    if character in NARROW:
        return 0.32
    if character in SLIM:
        return 0.5
    if character in BROAD:
        return 0.95
    return 0.74 if character.isupper() else 0.58


def height(lines: int, size: float) -> float:
    return lines * size * LINE_HEIGHT


def wrapped(text: str, size: float, room: float) -> list[str]:
    """The words of a text in as few lines as fit the room; a single longer word is left whole."""
    lines: list[str] = []
    for word in text.split():
        if lines and width(f"{lines[-1]} {word}", size) <= room:
            lines[-1] = f"{lines[-1]} {word}"
        else:
            lines.append(word)
    return lines


class Obstacles:
    """Boxes that no word may cover, looked up by the strips of the picture that they reach into: a long line has
    thousands, and most of them are far from any one word."""

    def __init__(self, boxes: Iterable[Box] = ()) -> None:
        self._strips: dict[int, list[Box]] = {}
        for box in boxes:
            self.add(box)

    def add(self, box: Box) -> None:
        for strip in strips(box):
            self._strips.setdefault(strip, []).append(box)

    def reach(self, box: Box) -> bool:
        """Whether any of them covers a part of a box."""
        return any(box.overlaps(other) for strip in strips(box) for other in self._strips.get(strip, ()))


def strips(box: Box) -> range:
    return range(int(box.left // STRIP), int(box.right // STRIP) + 1)


def free(candidates: Iterable[Box], obstacles: Obstacles, inside: Box) -> Box | None:
    """The first candidate that lies inside and covers nothing; None where all would."""
    return next((box for box in candidates if box.within(inside) and not obstacles.reach(box)), None)
