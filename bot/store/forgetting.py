"""A member who is deleted is taken out of what stays, because it is the group's or another member's."""

from datetime import datetime

from bot.domain.places import Member
from bot.store.cards import NO_BUTTONS, leads_to, pattern, without_member
from bot.store.rows import micros
from bot.store.statements import Part


class ForgettingPart(Part):
    """What `MembershipPart.delete_member` does beside deleting the member's own rows."""

    def _forget_reviews(self, member: Member, at: datetime) -> int:
        """Let go of the reviews that a member gave and got, and of what leads others to them; before their answers go.

        Gives how many reviews those were. A card that is being drawn for the first time keeps its row, because it may
        stand in the thread already.
        """
        key = (member.workspace.key, member.id)
        self._drop_cards(member, at)
        self._count("drop_offers_of", *key)
        self._count("forget_remover", *key)
        touched = self._count("bury_reviews", *key, micros(at))
        touched += self._count("forget_reviewed", *key, micros(at))
        self._count("drop_unseen", key[0])
        return touched

    def _drop_cards(self, member: Member, at: datetime) -> None:
        """Delete others' private cards with a button for an answer or a review of the member."""
        key = (member.workspace.key, member.id)
        gone = {id_ for (id_,) in self._all("ids_of", *key)}
        if not gone:
            return
        for seq, card in self._all("private_cards", *key, NO_BUTTONS):
            if leads_to(card, gone) and not self._count("drop_message", key[0], seq):
                # A number that was given out never comes back, so the newest message is emptied.
                self._count("change_message", key[0], seq, "", None, None, micros(at))

    def _forget(self, workspace: str, member: str) -> None:
        """Take a member's name off what stays."""
        self._count("forget_asker", workspace, member)
        self._count("forget_planner", workspace, member)
        self._count("forget_pauser", workspace, f"paused by {member}")
        self._count("forget_mender", workspace, member)
        self._count("forget_recorded", workspace, member)
        self._count("forget_packer", workspace, member)
        self._count("forget_decider", workspace, member)
        self._count("forget_set_aside", workspace)
        self._count("forget_mended", workspace, f" for {member}")
        for seq, card in self._all("cards_naming", workspace, pattern(member)):
            unnamed = without_member(card, workspace, member)
            if unnamed != card:
                self._count("change_card", workspace, seq, unnamed)
