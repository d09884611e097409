"""Every sentence that the bot says, by subject: facts in, cards out. Nothing is asked, stored or sent here."""
