"""A closed account is known as closed until its member is seen again."""

import pytest

from bot.domain.reviews import AccountClosed
from bot.practice import accounts, answering, reviewing
from tests.practice.group import BEN, CLEO, OWN_WORDS, group
from tests.practice.reviewing_group import answered


@pytest.mark.bad_input(69)
@pytest.mark.parametrize("by_form", [False, True])
async def test_who_came_back_and_answers_again_is_there(by_form: bool) -> None:
    own = group()
    _, answer = await answered(own)
    assert await accounts.told(own.ports, BEN, False)
    round_ = await own.asked()
    await own.replied(round_, CLEO)  # somebody else's answer says nothing of them
    with pytest.raises(AccountClosed):
        await reviewing.open_review(own.ports, answer.id, CLEO)
    if by_form:
        await answering.submit(own.ports, round_.id, BEN, OWN_WORDS, "form", own.clock.now())
    else:
        await own.replied(round_, BEN)
    assert (await reviewing.open_review(own.ports, answer.id, CLEO)).answer.id == answer.id
