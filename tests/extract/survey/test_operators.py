"""Content streams: what they name, and whether their bytes are operators at all."""

from __future__ import annotations

import pytest

from extract.survey.operators import operators_of

WHOLE = {
    "nothing": b"",
    "text": b"q 1 0 0 1 0 0 cm BT /F1 12 Tf 14.4 TL (satu \\(dua\\) (tiga)) Tj T* [(a) -20.5 <0041>] TJ ET Q",
    "no spaces": b"q/G gs 0 0 10 10 re f BT/F1 9 Tf<00>Tj[(a)5(b)]TJ ET Q",
    "numbers": b"+1 -.5 m 4. 0 l .25 w S",
    "colours": b"/Cs1 cs 0.1 0.2 0.3 0.4 0.5 scn /P1 scn 1 /P1 scn 0 0 0 rg 1 g",
    "comment": b"q % a ( b\nQ",
    "marked": b"/P << /MCID 0 /A [1 2 [3]] /B << /C (d) >> >> BDC /OC /MC0 BDC EMC EMC",
    "dashes": b"[3 2] 0 d [] 0 d 1 J 0 j",
    "picture": b"q BI /W 2 /H 1 /BPC 8 /CS /RGB /F [/A85] ID (EI\x80 q BT)\xff\x00 EI Q",
    "end": b"q Q\n\0\0",
    "older": b"(a) ' 1 2 (b) \" BX EX 0 0 m h W* n",
}
BROKEN = {
    "unknown operator": b"q 1 0 0 1 0 0 cx Q",
    "too few operands": b"1 0 0 1 0 cm",
    "text for a number": b"(a) 5 5 m",
    "open string": b"BT (abc Tj ET",
    "open text": b"BT /F1 9 Tf (abc) Tj",
    "cut number": b"BT 1 0 0 1 40 17",
    "zeroed bytes": b"0 0 m 5\0\0\0\0 5 l S",
    "zeroed string": b"BT (a" + bytes(40) + b"z) Tj ET",
    "rubbish": b"q \x93\xa1 Q",
}


@pytest.mark.parametrize("case", WHOLE)
def test_legal_operators_are_whole(case: str) -> None:
    found = operators_of(WHOLE[case])
    assert (found.whole, found.restored) == (True, True)


@pytest.mark.parametrize("case", BROKEN)
def test_what_is_no_sequence_of_operators_is_told(case: str) -> None:
    assert not operators_of(BROKEN[case]).whole


def test_a_state_that_is_not_restored_is_told_apart() -> None:
    found = operators_of(b"q 0 0 m 5 5 l S")
    assert (found.whole, found.restored) == (True, False)


def test_names_are_counted_with_their_operators_and_not_within_strings() -> None:
    found = operators_of(b"/F1 9 Tf (/F2 9 Tf /X Do) Tj /A#20b Do /A#20b Do /G gs /Cs CS /P scn /S sh")
    assert dict(found.names) == {
        ("Tf", "/F1"): 1,
        ("Do", "/A b"): 2,
        ("gs", "/G"): 1,
        ("CS", "/Cs"): 1,
        ("scn", "/P"): 1,
        ("sh", "/S"): 1,
    }
