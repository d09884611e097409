"""`python -m benchmarks [P1 P7 …] [--quick]`: measure, and print a table of ratios."""

import argparse
import asyncio
import importlib
import sys
from time import perf_counter

from benchmarks.measuring import FULL, QUICK, Line, Report, Scale

SUBJECTS = {
    "answers": ("P1", "P2", "P3"),
    "schedules": ("P7", "P8"),
    "picking": ("P10",),
    "standing": ("P11", "P12"),
    "discord_frames": ("P4",),
    "slack_events": ("P5", "P6"),
    "instances": ("P9",),
    "fanning_out": ("P13",),
    "starting": ("P14",),
    "guilds": ("P15",),
}
HEADS = ("name", "what", "ours", "base", "ratio", "aim", "")


def main() -> None:
    """Measure what was asked for, all of it by default."""
    names = [name for names in SUBJECTS.values() for name in names]
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"some of {', '.join(names)}")
    parser.add_argument("--quick", action="store_true", help="tiny numbers: whether it runs, not how fast")
    wanted = parser.parse_args()
    if unknown := set(wanted.names) - set(names):
        parser.error(f"there is no {', '.join(sorted(unknown))}; there are {', '.join(names)}")
    began = perf_counter()
    scale = QUICK if wanted.quick else FULL
    reports = [
        asyncio.run(_measured(subject, scale))
        for subject, theirs in SUBJECTS.items()
        if not wanted.names or set(theirs) & set(wanted.names)
    ]
    _print(reports)
    sys.stdout.write(f"\n{perf_counter() - began:.0f} s; medians of {scale.rounds} interleaved rounds\n")


async def _measured(subject: str, scale: Scale) -> Report:
    sys.stderr.write(f"measuring {subject} …\n")
    report: Report = await importlib.import_module(f"benchmarks.{subject}").measure(scale)
    return report


def _print(reports: list[Report]) -> None:
    rows = [HEADS, *(_cells(line) for report in reports for line in report.lines)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADS))]
    for row in rows:
        padded = "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        sys.stdout.write(f"{padded.rstrip()}\n")
    for note in (note for report in reports for note in report.notes):
        sys.stdout.write(f"- {note}\n")


def _cells(line: Line) -> tuple[str, ...]:
    return line.name, line.what, line.ours, line.base, f"{line.ratio:.3g}", line.wanted, line.verdict


if __name__ == "__main__":
    main()
