"""What the fields of a token request say: parameters, tokens, and back again."""

from collections.abc import Mapping
from typing import Any

from workbench.agent.client import Call, Transcript
from workbench.agent.pasted import code_in, inspect_pasted, token_in
from workbench.am.basics.secrets import SECRETS
from workbench.am.realm import Realm
from workbench.am.tokens.inspection import Inspection
from workbench.am.tokens.token import ACCESS_TOKEN, ID_TOKEN
from workbench.errors import SettingError
from workbench.forms.requests.fields import LEFT_OUT, ONLY, PASTED, TOKENS
from workbench.views.tokens.seen import known_tokens


class Parameters:
    """The parameters of a request, read from its fields and put into them.

    Args:
        realm: Knows the secrets, and what a token holds.
        transcript: Where the tokens to choose from came.
        fields: By parameter name.
    """

    def __init__(
        self, realm: Realm, transcript: Transcript, fields: Mapping[str, Any]
    ) -> None:
        self.realm, self.transcript, self.fields = realm, transcript, fields

    @property
    def _grant(self) -> str:
        grant: str = self.fields["grant_type"].value
        return grant

    def take_over(self, call: Call) -> None:
        """Take the parameters of a call over into the fields."""
        sent: dict[str, list[str]] = {}
        for name, value in call.form:
            sent.setdefault(name, []).append(value)
        for name, field in self.fields.items():
            values = sent.pop(name, [""])
            if name in TOKENS:
                self.choose(name, values[0])
            elif name == "grant_type" or not (name in SECRETS or "_pasted" in name):
                field.value = " ".join(values)
        rest = [f"{name}={value}" for name in sent for value in sent[name]]
        self.fields["more"].value = "\n".join(rest)

    def form(self) -> dict[str, str | list[str]]:
        """The parameters that would be sent."""
        only = {name for names in ONLY.values() for name in names}
        used = ONLY.get(self._grant, ())
        form: dict[str, str | list[str]] = {}
        for name in self.fields:
            if name not in only or name in used:
                value = self._value(name)
                if value:
                    form[name] = value
        return {**form, **self._more()}

    def opened(self, name: str) -> Inspection | None:
        """The token that is chosen, or pasted, laid open; None for none."""
        value = self.fields[name].value
        if value == PASTED[1]:
            text = self.fields[f"{name}_pasted"].value
            return inspect_pasted(self.realm, text) if text.strip() else None
        known = known_tokens(self.transcript, self.realm)
        return next((each.opened for each in known if each.value == value), None)

    def give_type(self, name: str) -> None:
        """Send a token that was chosen with a type, and none with none."""
        token, kind = self.fields[name], self.fields[f"{name}_type"]
        if not token.value:
            kind.value = LEFT_OUT[1]
        elif not kind.value:
            kind.value = ID_TOKEN if "ID token" in token.label else ACCESS_TOKEN

    def _value(self, name: str) -> str | list[str]:
        """What a field sends under its name; "" for nothing."""
        value: str = self.fields[name].value
        if name == "more" or name.endswith("_pasted"):
            return ""
        if name in TOKENS and value == PASTED[1]:
            return token_in(self.fields[f"{name}_pasted"].value).token
        if name == "code":
            return code_in(value).token
        if name == "client_secret":
            return value or self._registered_secret()
        if name == "password":
            return value or self._registered_password()
        if name == "audience":
            return value.split()
        return value.strip()

    def notes(self) -> list[str]:
        """What was taken off of pasted tokens, and what does not look like one."""
        used, found = ONLY.get(self._grant, ()), []
        for name in used:
            field = self.fields[name]
            if name in TOKENS and field.value == PASTED[1]:
                text = self.fields[f"{name}_pasted"].value
                notes = inspect_pasted(self.realm, text).notes
                found += [f"{field.description}: {note}" for note in notes]
            elif name == "code":
                found += [f"Code: {note}" for note in code_in(field.value).notes]
        return found

    def _registered_secret(self) -> str:
        client = self.realm.clients.get(self.fields["client_id"].value.strip())
        return (client.secret or "") if client else ""

    def _registered_password(self) -> str:
        user = self.realm.users.get(self.fields["username"].value.strip())
        return user.password if user else ""

    def _more(self) -> Mapping[str, str]:
        found = {}
        for line in filter(str.strip, self.fields["more"].value.splitlines()):
            name, sign, value = line.partition("=")
            if not sign or not name.strip():
                raise SettingError(
                    f"A further parameter is name=value; not {line!r}.", about="more"
                )
            found[name.strip()] = value.strip()
        return found

    def choose(self, name: str, value: str) -> None:
        """Choose a token, or paste it where it is not among those offered."""
        offered = [each for _, each in self.fields[name].options]
        if value in offered:
            self.fields[name].value = value
        else:
            self.fields[f"{name}_pasted"].value = value
            self.fields[name].value = PASTED[1]
