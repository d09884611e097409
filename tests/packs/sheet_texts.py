"""A small sound sheet as CSV, and what is found in one."""

from bot.domain.questions import Pack
from bot.packs import Finding, PackError, read_pack
from bot.packs.csv_cells import COLUMNS

HEAD = ",".join(COLUMNS)
SHEET = f"""\
{HEAD}
cache-basics,backend,mid,system-design,A cache in front of a store,"Where would you put a cache?

Say ""why"".",Caches are hard to keep right.,Think of reads. | Think of writes.,"Says what may be stale
Names the cost of a miss",What if it is empty?,No word on expiry,phone screen,caching | stores,5,30,In front.,"In front.
With a time to live.",our notes
on-call,devops,senior,operational-debugging,A page at night,The pager rings. What now?,,,Looks at graphs
"""
LEAST = "track,text,key_points\nbackend,Where would you put a cache?,Says what may be stale\n"


def sheet_pack(text: str | bytes, name: str = "own.csv", sheet: str | None = None) -> Pack:
    """The pack of a sheet."""
    return read_pack({name: text.encode() if isinstance(text, str) else text}, sheet)


def findings_in(text: str | bytes, name: str = "own.csv", sheet: str | None = None) -> tuple[Finding, ...]:
    """What is found in a sheet, or nothing."""
    try:
        sheet_pack(text, name, sheet)
    except PackError as error:
        return error.findings
    return ()


def only_finding(text: str | bytes, name: str = "own.csv", sheet: str | None = None) -> str:
    """The one finding in a sheet, as people see it."""
    (finding,) = findings_in(text, name, sheet)
    return str(finding)


def row(**cells: str) -> str:
    """A sheet of one sound row, with some of its cells set to something else."""
    whole = {
        "track": "backend",
        "text": "Where would you put a cache?",
        "key_points": "Says what may be stale",
    }
    whole |= cells
    quoted = ('"' + cell.replace('"', '""') + '"' for cell in whole.values())
    return f"{','.join(whole)}\n{','.join(quoted)}\n"
