"""What YAML's own errors mean, in plain words: what was expected, and what to write."""

import yaml

_IN_BLOCK = (
    ("block mapping", "Expected another `key: value` line, indented as far as the one in line {begun}"),
    ("block collection", "Expected another entry `- …`, indented as far as the one in line {begun}"),
    ("flow sequence", "Expected `,` or `]` to go on with the list that `[` opened in line {begun}"),
    ("flow mapping", "Expected `,` or `}}` to go on with the mapping that `{{` opened in line {begun}"),
    ("simple key", "Expected `: ` behind the key that begins in line {begun}"),
)


def expected(error: yaml.MarkedYAMLError, text: str) -> str:
    """One sentence for an error of PyYAML's parser in C or the one in Python; they word it differently."""
    problem, context = error.problem or "", error.context or ""
    begun = error.context_mark.line + 1 if error.context_mark else 1
    char = _char_at(error, text)
    if char == "\t" or "tab character" in problem or "\\t" in problem:
        return "A tab stands where spaces were expected; indent with spaces only."
    if "quoted scalar" in context:
        return _in_quotes(problem, begun)
    if "cannot start any token" in problem:
        return f"A text cannot begin with `{char}`; put the text in quotes."
    if "mapping values are not allowed" in problem:
        return "A `:` stands where no key was expected; put a text with `: ` in quotes, or mend the indent."
    if "anchor" in context or "alias" in context:
        return "Anchors and aliases are not allowed; if the text begins with `&` or `*`, put it in quotes."
    if "node content" in problem:
        return "Expected a value here, or the bracket that closes the list or mapping opened before."
    if "sequence entries are not allowed" in problem:
        return "A `-` stands where no entry was expected; begin the list on a line of its own."
    for part, sentence in _IN_BLOCK:
        if part in context:
            return sentence.format(begun=begun) + "; is the indent right, and is each quote closed?"
    return f"This cannot be read as YAML ({problem or context}); mend the line, or put the text in quotes."


def _in_quotes(problem: str, begun: int) -> str:
    if "Unicode character escape" in problem:
        return "This escape names no character (a lone surrogate, perhaps); write the character itself."
    if "escape" in problem or "hexdecimal" in problem or "hexadecimal" in problem:
        return "After `\\` in double quotes a known escape was expected; write `\\\\`, or use single quotes."
    return f"The quote that opens in line {begun} is not closed; the same quote was expected at its end."


def _char_at(error: yaml.MarkedYAMLError, text: str) -> str:
    index = error.problem_mark.index if error.problem_mark else len(text)
    return text[index] if 0 <= index < len(text) else ""
