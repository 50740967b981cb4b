"""The year as a wheel (årshjulet): milestones and today in, a drawing's measures out.

January is at the top and the year runs clockwise. Every milestone gets a numbered dot outside
the ring; where dates crowd, dots are moved apart along the rim and a thin line leads back to
the true day. The wheel says nothing that ``steps`` does not say: the list is the equivalent.

Pure: the same milestones and the same day give the same drawing. Measures are SVG units with
the centre of the wheel in (0, 0); angles are degrees clockwise from the top.
"""

import calendar
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from math import atan2, cos, degrees, hypot, radians, sin, sqrt
from typing import Protocol

from samspill.shared.design import wording

# Radii, from the centre outwards.
MONTHS_IN, MONTH_NAMES, MONTHS_OUT = 140.0, 166.0, 192.0
COUNTDOWN, PHASES, RIM = 199.0, 218.0, 233.0
DOTS = 266.0
#: Radius of a milestone's dot, and the least distance between the centres of two.
DOT, APART = 20.0, 45.0
#: No dot's centre comes nearer the upright axis than this, so left and right never meet.
FROM_AXIS = 24.0
#: Half the height of the drawing, and half its width with the dates beside the dots.
EDGE, WIDTH = 290.0, 385.0
#: Degrees left open between two phases.
GAP = 1.8
#: Width of one character of a date at its size (17): measured in Inter, rounded up.
CHARACTER = 10.0
DATE_GAP, DATE_HEIGHT = 8.0, 20.0
MOST_MILESTONES = 20


class Milestone(Protocol):
    """What the wheel needs to know of a milestone (milepæl)."""

    @property
    def number(self) -> int: ...
    @property
    def label(self) -> object: ...
    @property
    def starts(self) -> date: ...
    @property
    def ends(self) -> date | None: ...
    @property
    def precision(self) -> str: ...
    @property
    def who(self) -> object: ...
    @property
    def phase(self) -> object: ...


@dataclass(frozen=True)
class Box:
    """A rectangle of the drawing, to see whether two things cover each other."""

    left: float
    top: float
    right: float
    bottom: float

    def covers(self, other: "Box") -> bool:
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )


@dataclass(frozen=True)
class Step:
    """One milestone as a line of the list: the wheel in words."""

    milestone: Milestone
    state: str  # done, now, next, later
    when: str
    short: str
    days: int

    @property
    def machine_date(self) -> str:
        """For ``<time datetime>``: a day, a week or a month."""
        start = self.milestone.starts
        if self.milestone.precision == "week":
            year, week, _ = start.isocalendar()
            return f"{year}-W{week:02}"
        return f"{start:%Y-%m}" if self.milestone.precision == "month" else start.isoformat()


@dataclass(frozen=True)
class Spot:
    """A milestone's dot on the rim, its date and the line to its true day."""

    step: Step
    angle: float
    x: float
    y: float
    lead: str
    date_x: float
    anchor: str

    @property
    def boxes(self) -> tuple[Box, Box]:
        """The dot and the date text."""
        width = len(self.step.short) * CHARACTER
        left = self.date_x if self.anchor == "start" else self.date_x - width
        half = DATE_HEIGHT / 2
        return (
            Box(self.x - DOT, self.y - DOT, self.x + DOT, self.y + DOT),
            Box(left, self.y - half, left + width, self.y + half),
        )


@dataclass(frozen=True)
class Arc:
    """A phase of the year on the ring. ``key`` (a–f) chooses the tint; ``now``: we are in it."""

    key: str
    label: str
    path: str
    now: bool


@dataclass(frozen=True)
class Month:
    """A month's name and the line where it begins."""

    name: str
    x: float
    y: float
    line: tuple[float, float, float, float]
    now: bool
    cell: str


@dataclass(frozen=True)
class Wheel:
    """Everything the template draws."""

    months: tuple[Month, ...]
    arcs: tuple[Arc, ...]
    spots: tuple[Spot, ...]
    hand: tuple[float, float, float, float]
    countdown: str
    today: date
    next: Step | None

    @property
    def legend(self) -> tuple[Arc, ...]:
        """Each phase once, also when it comes twice in the year; the running one if any is."""
        by_label = {arc.label: arc for arc in sorted(self.arcs, key=lambda arc: arc.now)}
        return tuple(by_label[label] for label in dict.fromkeys(arc.label for arc in self.arcs))

    @property
    def view_box(self) -> str:
        return f"{-WIDTH:.0f} {-EDGE:.0f} {2 * WIDTH:.0f} {2 * EDGE:.0f}"


def angle_of(day: date, *, end_of_day: bool = False) -> float:
    """Where a day begins on the wheel, in degrees; leap years turn a little slower."""
    days = 366 if calendar.isleap(day.year) else 365
    passed = day.timetuple().tm_yday - 1 + (1 if end_of_day else 0)
    return 360.0 * passed / days


def last_day(milestone: Milestone) -> date:
    """The last day of a milestone: a day, a week or a month; the last day itself is inside."""
    if milestone.ends is not None:
        return milestone.ends
    start = milestone.starts
    if milestone.precision == "week":
        return start + timedelta(days=6)
    if milestone.precision == "month":
        return start.replace(day=calendar.monthrange(start.year, start.month)[1])
    return start


def steps(
    milestones: Iterable[Milestone], today: date, *, language: str | None = None
) -> tuple[Step, ...]:
    """The milestones in order of time with state and date in words."""
    ordered = sorted(milestones, key=lambda one: (one.starts, one.number))
    result: list[Step] = []
    for one in ordered:
        ended = last_day(one) < today
        running = one.starts <= today and not ended
        first_ahead = not any(step.state in {"next", "now"} for step in result)
        state = "done" if ended else "now" if running else "next" if first_ahead else "later"
        when, short = _written(one, language)
        result.append(Step(one, state, when, short, (one.starts - today).days))
    return tuple(result)


def wheel(milestones: Sequence[Milestone], today: date, *, language: str | None = None) -> Wheel:
    """The whole drawing for these milestones on this day."""
    lines = steps(milestones, today, language=language)
    if len(lines) > MOST_MILESTONES:
        raise ValueError(f"The wheel holds {MOST_MILESTONES} milestones, not {len(lines)}.")
    ahead = next((line for line in lines if line.state in {"now", "next"}), None)
    turn = angle_of(today)
    return Wheel(
        months=_months(today, language),
        arcs=_arcs(lines, today),
        spots=_spots(lines),
        hand=(*_point(MONTHS_OUT - 4, turn), *_point(RIM, turn)),
        countdown=_countdown(turn, ahead),
        today=today,
        next=ahead,
    )


# --- Words ---------------------------------------------------------------------------------------
def _written(milestone: Milestone, language: str | None) -> tuple[str, str]:
    """The date in full and in short, no more exact than it is: a day, a week, a month."""
    start, lang = milestone.starts, wording.language_of(language)
    if milestone.precision == "week":
        word = "week" if lang == "en" else "uke" if lang == "nb" else "veke"
        text = f"{word}{wording.NBSP}{start.isocalendar().week}"
        return text, text
    if milestone.precision == "month":
        return wording.MONTHS[lang][start.month - 1], wording.SHORT_MONTHS[lang][start.month - 1]
    stop = "" if lang == "en" else "."
    full = f"{start.day}{stop} {wording.MONTHS[lang][start.month - 1]}"
    return full, wording.short_day(start, language=lang)


# --- Geometry ------------------------------------------------------------------------------------
def _point(radius: float, angle: float) -> tuple[float, float]:
    turn = radians(angle)
    return round(radius * sin(turn), 1), round(-radius * cos(turn), 1)


def _arc(radius: float, start: float, end: float) -> str:
    """An SVG path clockwise from ``start`` to ``end``."""
    sweep = (end - start) % 360
    (x1, y1), (x2, y2) = _point(radius, start), _point(radius, end)
    return f"M{x1} {y1}A{radius} {radius} 0 {int(sweep > 180)} 1 {x2} {y2}"


def _months(today: date, language: str | None) -> tuple[Month, ...]:
    names = wording.SHORT_MONTHS[wording.language_of(language)]
    firsts = [date(today.year, month, 1) for month in range(1, 13)]
    turns = [*(angle_of(first) for first in firsts), 360.0]
    return tuple(
        Month(
            name=names[index],
            x=_point(MONTH_NAMES, (start + end) / 2)[0],
            y=_point(MONTH_NAMES, (start + end) / 2)[1],
            line=(*_point(MONTHS_IN, start), *_point(MONTHS_OUT, start)),
            now=index + 1 == today.month,
            cell=_cell(start, end),
        )
        for index, (start, end) in enumerate(pairwise(turns))
    )


def _cell(start: float, end: float) -> str:
    """The field of one month between the two month circles."""
    x, y = _point(MONTHS_OUT, end)
    ix, iy = _point(MONTHS_IN, start)
    return (
        f"{_arc(MONTHS_IN, start, end)}L{x} {y}"
        f"A{MONTHS_OUT} {MONTHS_OUT} 0 0 0 {_point(MONTHS_OUT, start)[0]} "
        f"{_point(MONTHS_OUT, start)[1]}L{ix} {iy}Z"
    )


def _arcs(lines: Sequence[Step], today: date) -> tuple[Arc, ...]:
    """The phases round the ring: each runs from the end of the one before to its own last day."""
    arcs: list[Arc] = []
    keys: dict[str, str] = {}
    begins: date | None = None
    for group in _phases(lines):
        start = begins or group[0].milestone.starts
        end = max(last_day(line.milestone) for line in group)
        begins = end
        if (end - start).days < 1:
            continue
        first, last = angle_of(start), angle_of(end, end_of_day=True)
        room = (last - first) % 360 or 360.0
        gap = min(GAP, room / 3)
        label = str(group[0].milestone.phase)
        key = keys.setdefault(label, "abcdef"[len(keys) % 6])
        path = _arc(PHASES, first + gap / 2, last - gap / 2)
        arcs.append(Arc(key, label, path, start <= today <= end))
    return tuple(arcs)


def _phases(lines: Sequence[Step]) -> list[list[Step]]:
    """Milestones in a row that belong to the same phase."""
    groups: list[list[Step]] = []
    for line in lines:
        if groups and str(groups[-1][0].milestone.phase) == str(line.milestone.phase):
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _countdown(turn: float, ahead: Step | None) -> str:
    """The warm line from today to the next milestone: the days that are left, as a length."""
    if ahead is None or ahead.days <= 0 or ahead.days > 330:
        return ""
    return _arc(COUNTDOWN, turn, turn + 360.0 * ahead.days / 365)


def _spots(lines: Sequence[Step]) -> tuple[Spot, ...]:
    placed: list[Spot] = []
    for right in (True, False):
        side = [line for line in lines if (_true_angle(line) < 180) is right]
        # From the top down, so that no two lines to the rim cross.
        side.sort(key=lambda line: _true_angle(line) if right else -_true_angle(line))
        heights = _spread([-DOTS * cos(radians(_true_angle(line))) for line in side])
        placed += [_spot(line, y, right=right) for line, y in zip(side, heights, strict=True)]
    return tuple(sorted(placed, key=lambda spot: (spot.step.milestone.starts, spot.angle)))


def _true_angle(line: Step) -> float:
    """The middle of the milestone; a single day counts from its noon."""
    first, last = line.milestone.starts, last_day(line.milestone)
    start = angle_of(first)
    return (start + ((angle_of(last, end_of_day=True) - start) % 360) / 2) % 360


def _spread(wanted: Sequence[float]) -> list[float]:
    """Heights as near the wanted ones as they can be with ``APART`` between neighbours.

    Neighbours that come too close become one block laid out around its common middle, as often
    as needed; then the blocks are kept inside the wheel from both ends.
    """
    limit = sqrt(DOTS**2 - FROM_AXIS**2)
    apart = min(APART, 2 * limit / max(1, len(wanted) - 1))
    blocks: list[list[float]] = []
    for height in wanted:
        blocks.append([height])
        while len(blocks) > 1 and _top(blocks[-1], apart) - _bottom(blocks[-2], apart) < apart:
            lower = blocks.pop()
            blocks[-1] += lower
    heights = [y for block in blocks for y in _laid_out(block, apart)]
    for index, height in enumerate(heights):
        floor = -limit if index == 0 else heights[index - 1] + apart
        heights[index] = max(height, floor)
    for index in reversed(range(len(heights))):
        roof = limit if index == len(heights) - 1 else heights[index + 1] - apart
        heights[index] = min(heights[index], roof)
    return heights


def _middle(block: Sequence[float]) -> float:
    return sum(block) / len(block)


def _top(block: Sequence[float], apart: float) -> float:
    return _middle(block) - apart * (len(block) - 1) / 2


def _bottom(block: Sequence[float], apart: float) -> float:
    return _middle(block) + apart * (len(block) - 1) / 2


def _laid_out(block: Sequence[float], apart: float) -> list[float]:
    return [_top(block, apart) + apart * index for index in range(len(block))]


def _spot(line: Step, y: float, *, right: bool) -> Spot:
    side = 1.0 if right else -1.0
    x = side * max(FROM_AXIS, sqrt(max(0.0, DOTS**2 - y**2)))
    return Spot(
        step=line,
        angle=_true_angle(line),
        x=round(x, 1),
        y=round(y, 1),
        lead=_lead(_true_angle(line), x, y),
        date_x=round(x + side * (DOT + DATE_GAP), 1),
        anchor="start" if right else "end",
    )


def _lead(angle: float, x: float, y: float) -> str:
    """From the true day on the rim, along the rim, to the dot: never across the ring."""
    dot = degrees(atan2(x, -y)) % 360
    (x1, y1), (x2, y2), (x3, y3) = (
        _point(RIM, angle),
        _point(RIM + 5, angle),
        _point(RIM + 5, dot),
    )
    inner = 1 - DOT / hypot(x, y)
    clockwise = int((dot - angle) % 360 < 180)
    return (
        f"M{x1} {y1}L{x2} {y2}A{RIM + 5} {RIM + 5} 0 0 {clockwise} {x3} {y3}"
        f"L{round(x * inner, 1)} {round(y * inner, 1)}"
    )
