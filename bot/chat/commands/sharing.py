"""Commands for a group's own questions: members suggest them, managers decide, import packs and take them out."""

from bot.chat.calls import Caller, Command, Option, OptionKind, Outcome, Response, Values, Who
from bot.chat.importing import import_upload
from bot.chat.wording import sharing
from bot.practice import importing, suggesting


async def _suggest(caller: Caller, _values: Values) -> Outcome:
    return Response(sharing.own_card(await suggesting.own_suggestions(caller.ports, caller.member)))


async def _suggestions(caller: Caller, _values: Values) -> Outcome:
    return Response(sharing.open_card(await suggesting.open_suggestions(caller.ports, caller.member)))


async def _import(caller: Caller, _values: Values) -> Outcome:
    if caller.upload is None:  # typed, where a line cannot bring a file
        return Response(sharing.needs_file_card(caller.member.workspace.platform))
    return await import_upload(caller, caller.upload)


async def _remove(caller: Caller, values: Values) -> Outcome:
    gone = await importing.remove_pack(caller.ports, caller.member.workspace, caller.member, values["name"])
    return Response(sharing.removed_card(gone))


SHARING = (
    Command("suggest", "Suggest a question for this group, and see what became of yours", _suggest),
    Command("pack suggestions", "The suggested questions that wait for you", _suggestions, who=Who.MANAGERS),
    Command(
        "pack import",
        "Add questions of your own from a YAML or CSV file",
        _import,
        (Option("file", "A .yaml or .csv file of at most 1 MB", OptionKind.FILE, required=True),),
        who=Who.MANAGERS,
    ),
    Command(
        "pack remove",
        "Take out a pack that was imported here",
        _remove,
        (Option("name", "The pack’s id, as /packs shows it", OptionKind.TEXT, required=True),),
        who=Who.MANAGERS,
    ),
)
