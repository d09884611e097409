"""`practice-bot`: arguments and exit codes."""

from bot.commandline.program import program


def main() -> None:
    """Run the command line; exits with 0, or 2 for what must be mended first, or 3 when the data is in use."""
    program()


if __name__ == "__main__":
    main()
