"""Long inputs of one kind take time in proportion: nothing is read again and again."""

import pytest

from tests.fuzz.targets import TARGETS

LONG = 60_000
"""Octets; what takes the square of them takes minutes."""

BEFORE = {
    "curl": (b"curl ", b"curl 'http://h' -d '", b"curl -H 'A: "),
    "pasted": (b"", b"eyJ", b'{"access_token":"', b"Bearer "),
    "script_file": (b"{", b'{"script":"', b"var a = '"),
    "jwks": (b'{"keys":[',),
    "redirect_uri": (b"http://localhost:", b"http://["),
    "route": (b"/am/oauth2/", b"/am/json/realms/root/"),
    "realm_name": (b"/realms/root",),
    "claims": (b'{"tokenName":"access_token","a":"',),
    "token": (b"", b"AgEa", b"e30."),
}
"""What leads a target on to the part that is long."""

UNITS = (
    *(b"a", b"a ", b".", b"{", b"[", b'"', b"\\", b"'", b"/a", b"a=b&", b"%25", b"*"),
    *(b"\n", b"\\\n", b"eyJ.", b"AgEa", b"{,", b"$", b"^\n", b"&amp;", b"1", b"\xff"),
)


@pytest.mark.parametrize("name", [name for name in TARGETS if name != "request"])
def test_long_inputs_are_read_to_their_end(name: str) -> None:
    for before in BEFORE.get(name, (b"",)):
        for unit in UNITS:
            TARGETS[name].run(before + unit * (LONG // len(unit)))
