"""The bot asks for what it needs, and for nothing else."""

import discord

from bot.chat.discord.permissions import FOR_SIGNS, RIGHTS, invite_link, lacking, wanted


def test_the_link_asks_for_these_rights_and_scopes() -> None:
    link = invite_link(42)
    assert "client_id=42" in link and "scope=bot+applications.commands" in link
    assert f"permissions={wanted().value}" in link


def test_nothing_mighty_is_asked_for() -> None:
    asked = wanted()
    assert not asked.administrator and not asked.mention_everyone and not asked.manage_guild
    assert wanted().value == 309237763136


def test_what_is_lacking_is_named_as_discords_screens_name_it() -> None:
    granted = wanted()
    granted.update(send_messages_in_threads=False, embed_links=False)
    assert lacking(granted) == ("Send Messages in Threads", "Embed Links")
    assert lacking(discord.Permissions.none()) == tuple(
        name for right, name in RIGHTS.items() if right != FOR_SIGNS
    )
    assert lacking(discord.Permissions.all()) == ()


def test_a_sign_is_worth_asking_for_and_no_reason_to_refuse() -> None:
    granted = wanted()
    assert granted.add_reactions
    granted.update(add_reactions=False)
    assert lacking(granted) == ()
