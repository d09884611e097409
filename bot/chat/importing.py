"""A pack that comes as a file: read, taken whole or not at all, and answered; however the file came into the chat."""

from bot.chat.calls import Caller, Outcome, Response, Upload
from bot.chat.wording import sharing
from bot.practice import importing
from bot.practice.ports import BadPack


async def import_upload(caller: Caller, upload: Upload) -> Outcome:
    """Import a pack for the caller's workspace; whoever calls this has asked whether the caller is a manager.

    What is wrong with the file is told with its places. Raises the refusals of `importing.import_pack`.
    """
    try:
        pack = await caller.ports.read_upload(upload.name, upload.data)
    except BadPack as refusal:
        return Response(sharing.bad_pack_card(refusal.findings))
    done = await importing.import_pack(caller.ports, caller.member.workspace, caller.member, pack)
    return Response(sharing.imported_card(done))
