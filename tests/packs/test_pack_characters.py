"""Bytes that are no plain UTF-8 text, and characters that nobody can see."""

import gzip
import io
import tarfile
import zipfile

import pytest

from tests.packs.pack_texts import PACK, findings_in, only_finding, spoiled


@pytest.mark.bad_input(14)
def test_a_byte_order_mark_is_accepted() -> None:
    assert findings_in(b"\xef\xbb\xbf" + PACK.encode()) == ()
    assert only_finding(b"\xef\xbb\xbfpack: \x07").startswith("own.yaml:1:7: U+0007")


@pytest.mark.bad_input(14)
@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-be"])
def test_other_unicode_encodings_are_refused(encoding: str) -> None:
    assert "save as UTF-8" in only_finding(PACK.encode(encoding))


@pytest.mark.bad_input(14)
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_a_byte_of_another_encoding_is_refused_with_its_line(mark: bytes) -> None:
    latin = mark + spoiled("Written by us.", "Written by Zoë.").encode("latin-1")
    assert only_finding(latin) == "own.yaml:5:1: The byte 0xeb in this line is not UTF-8; save as UTF-8."


@pytest.mark.bad_input(15)
@pytest.mark.parametrize("code", [0x00, 0x01, 0x08, 0x0B, 0x1B, 0x7F, 0x80, 0x85, 0x9F])
def test_a_control_character_is_refused_with_line_and_code_point(code: int) -> None:
    finding = only_finding(spoiled("Written by us.", f"Written {chr(code)} by us."))
    assert finding.startswith(f"own.yaml:5:19: U+{code:04X} is ")


@pytest.mark.bad_input(15)
def test_a_surrogate_in_the_bytes_is_refused_with_its_code_point() -> None:
    text = spoiled("Written by us.", "Written \ud800 by us.")
    finding = only_finding(text.encode("utf-8", "surrogatepass"))
    assert finding.startswith("own.yaml:5:19: U+D800 is half of a surrogate pair")


@pytest.mark.bad_input(15)
def test_what_yaml_itself_refuses_is_refused_with_its_code_point() -> None:
    finding = only_finding(spoiled("Written by us.", "Written \ufffe by us."))
    assert finding.startswith("own.yaml:5:19: U+FFFE is not allowed in YAML")


@pytest.mark.bad_input(16)
@pytest.mark.parametrize("code", [0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)])
def test_a_control_of_writing_direction_is_refused_with_its_line(code: int) -> None:
    finding = only_finding(spoiled("        With a", f"        With {chr(code)} a"))
    assert finding.startswith(f"own.yaml:41:14: U+{code:04X} is an invisible control of writing direction")


def test_joined_emoji_tabs_and_windows_line_ends_are_accepted() -> None:
    family = "\U0001f469\u200d\U0001f469\u200d\U0001f467"
    assert findings_in(spoiled("Written by us.", f'"Written\\tby {family}."')) == ()
    assert findings_in(PACK.replace("\n", "\r\n")) == ()


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_lines_are_counted_over_foreign_line_ends(end: str) -> None:
    text = spoiled("Written by us.", "Written \x01 by us.").replace("\n", end)
    assert only_finding(text).startswith("own.yaml:5:19: U+0001")


def zipped() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("own.yaml", PACK)
    return file.getvalue()


def tarred() -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as archive:
        member = tarfile.TarInfo("own.yaml")
        member.size = len(PACK.encode())
        archive.addfile(member, io.BytesIO(PACK.encode()))
    return file.getvalue()


@pytest.mark.bad_input(19)
@pytest.mark.parametrize("data", [zipped(), tarred(), gzip.compress(PACK.encode()), b"%PDF-1.7 ..."])
def test_an_archive_is_not_opened_whatever_its_name(data: bytes) -> None:
    assert only_finding(data) == (
        "own.yaml: This is an archive or no text; only plain .yaml is read, so unpack it first."
    )


@pytest.mark.bad_input(19)
@pytest.mark.parametrize("name", ["own.zip", "own.yml", "own.yaml.gz", "own", "yaml"])
def test_another_ending_is_refused(name: str) -> None:
    assert "Only plain .yaml and .csv files are read" in only_finding(PACK, name)
