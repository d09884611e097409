"""The methods of the strict fake for modals, the home and files; triggers live three seconds and are used once."""

from typing import Any

from tests.platforms.slack.fake_methods import method
from tests.platforms.slack.fake_state import APP, BOT, TEAM, Json, SlackError, Workspace
from tests.platforms.slack.limits import faults_of_view


@method("views.open", "trigger_id view")
def _open(there: Workspace, args: Json) -> Json:
    user = there.triggers.use(args["trigger_id"])
    view = _view(there, args["view"], "modal")
    there.modals[user] = view
    return {"view": view}


@method("views.push", "trigger_id view")
def _push(there: Workspace, args: Json) -> Json:
    return _open(there, args)


@method("views.update", "view", {"view_id", "external_id", "hash"})
def _update(there: Workspace, args: Json) -> Json:
    for user, view in there.modals.items():
        if view["id"] == args.get("view_id"):
            if args.get("hash") not in (None, view["hash"]):
                raise SlackError("hash_conflict")
            there.modals[user] = {**_view(there, args["view"], "modal"), "id": view["id"]}
            return {"view": there.modals[user]}
    raise SlackError("not_found")


@method("views.publish", "user_id view", {"hash"})
def _publish(there: Workspace, args: Json) -> Json:
    if args["user_id"] not in there.people:
        raise SlackError("invalid_arguments")
    view = _view(there, args["view"], "home")
    there.homes[args["user_id"]] = view
    return {"view": view}


@method("files.getUploadURLExternal", "filename length", {"alt_txt", "snippet_type"}, "files:write")
def _upload_url(there: Workspace, args: Json) -> Json:
    file = there.new("F")
    there.files[file] = {"id": file, "name": args["filename"], "alt": args.get("alt_txt"), "content": b""}
    return {"upload_url": f"{there.upload_base}/{file}", "file_id": file}


@method(
    "files.completeUploadExternal", "files", {"channel_id", "thread_ts", "initial_comment"}, "files:write"
)
def _upload_done(there: Workspace, args: Json) -> Json:
    done: list[Any] = []
    for one in args["files"]:
        file = there.files.get(one["id"])
        if file is None or not file["content"]:
            raise SlackError("file_not_found")
        file["channel"], file["thread"] = args.get("channel_id"), args.get("thread_ts")
        done.append({"id": one["id"], "title": one.get("title", "")})
    return {"files": done}


def _view(there: Workspace, view: Json, kind: str) -> Json:
    wrong = faults_of_view(view)
    if view.get("type") != kind:
        wrong.append(f"a {view.get('type')!r} where a {kind} belongs")
    if wrong:
        raise SlackError("invalid_arguments", sentences=wrong)
    of_app = {"id": there.new("V"), "team_id": TEAM, "app_id": APP, "bot_id": BOT, "hash": there.ts()}
    return {**view, **of_app, "state": {"values": {}}, "root_view_id": None, "previous_view_id": None}
