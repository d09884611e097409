"""The commands of `practice-bot`: each reads its arguments, calls the program, and prints what came of it."""
