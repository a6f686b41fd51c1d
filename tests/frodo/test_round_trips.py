"""What is generated goes into files and back, and nothing of it is lost."""

import json
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from workbench import Workbench
from workbench.am.basics.setting import Setting, settings_of
from workbench.am.clients.client import AIAgent, Client
from workbench.am.clients.group import INHERITABLE, Group
from workbench.am.realm import Realm
from workbench.am.rest.client import client_json, read_client
from workbench.am.rest.leaf import is_hidden
from workbench.am.rest.provider import provider_json, read_provider
from workbench.am.rest.script import read_script, script_json
from workbench.am.scripts.kinds import KINDS, kind_of, setting_kind
from workbench.am.scripts.script import EMPTY, LEGACY, Script
from workbench.am.settings.overrides import Overrides
from workbench.am.settings.provider import ProviderSettings
from workbench.interop.frodo.writing import files_of

SECRET = "S3cr3t-of-a-client"
SALT = "pepper-of-the-realm"

many = settings(
    max_examples=200,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
named = texts.filter(lambda text: bool(text.strip()) and text != EMPTY)
ids = st.from_regex(r"[A-Za-z0-9 ./:äß&_-]{1,20}", fullmatch=True).filter(
    lambda text: text == text.strip()
)
scopes = st.lists(st.from_regex(r"[a-z:.]{1,8}", fullmatch=True), max_size=3)
uris = st.sampled_from(["https://a.example/cb", "https://a.example/x?y=1"])
sources = st.one_of(
    texts, st.sampled_from(["", "a\r\nb\n\tc", "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVo="])
)

SPECIAL: dict[str, Any] = {
    "scopes": scopes,
    "default_scopes": scopes,
    "redirection_uris": st.lists(uris, max_size=2),
    "custom_properties": st.sampled_from([[], ["a=b"], ["l[0]=x", "l[1]=y"]]),
    "sector_identifier_uri": st.sampled_from(["", "https://s.example/uris.json"]),
    "jwks_uri": st.sampled_from(["", "https://s.example/jwks"]),
    "jwks": st.just(""),
    "subject_type": st.just("public"),
}


def value_of(said: Setting, scripts: dict[str, Script]) -> st.SearchStrategy[Any]:
    """Any value of a setting."""
    if said.name in SPECIAL:
        return SPECIAL[said.name].map(  # type: ignore[no-any-return]
            lambda found: tuple(found) if said.kind is tuple else found
        )
    if said.is_script:
        kind = setting_kind(said.name)
        known = [own for own, each in scripts.items() if isinstance(each, kind)]
        return st.sampled_from([EMPTY, *known])
    if said.kind is bool:
        return st.booleans()
    if said.kind is int:
        return st.integers(said.lowest, 10**6)
    if said.kind is tuple:
        each = st.sampled_from(said.choices) if said.choices else texts
        return st.lists(each, max_size=3).map(tuple)
    return st.sampled_from(said.choices) if said.choices else texts


@st.composite
def script_values(draw: st.DrawFn) -> dict[str, Script]:
    found: dict[str, Script] = {}
    names = draw(st.lists(named, max_size=4, unique=True))
    for number, name in enumerate(names):
        kind = kind_of(draw(st.sampled_from(sorted(KINDS))))
        version = draw(st.sampled_from(sorted(kind.contexts)))
        languages = ["JAVASCRIPT", "GROOVY"] if version == LEGACY else ["JAVASCRIPT"]
        own = f"id-{number}"
        found[own] = kind(
            id=own,
            name=name,
            source=draw(sources),
            evaluator_version=version,
            language=draw(st.sampled_from(languages)),
            description=draw(texts),
        )
    return found


def some_of(
    draw: Callable[..., Any],
    owner: type,
    names: tuple[str, ...],
    scripts: dict[str, Script],
) -> dict[str, Any]:
    """Values for some settings of an owner."""
    known = settings_of(owner)
    chosen = draw(st.lists(st.sampled_from(names), max_size=8, unique=True))
    return {name: draw(value_of(known[name], scripts)) for name in chosen}


PROVIDER = tuple(n for n in settings_of(ProviderSettings) if n != "hashSalt")
BLOCK = tuple(settings_of(Overrides))


@st.composite
def realms(draw: st.DrawFn) -> Realm:
    """A realm with anything in it that files can hold."""
    realm = Workbench(now=0, seed="round").realm
    realm.settings.enable_ai_agents()
    scripts = draw(script_values())
    for script in scripts.values():
        realm.scripts.put(script)
    realm.set_provider(
        hashSalt=SALT, **some_of(draw, ProviderSettings, PROVIDER, scripts)
    )
    realm.settings.enable_ai_agents()
    for kind in (Client, AIAgent):
        if draw(st.booleans()):
            shared = some_of(draw, kind, INHERITABLE, scripts)
            realm.groups.put(Group(name="partners", kind=kind, values=shared))
    for own in draw(st.lists(ids, max_size=4, unique=True)):
        kind = AIAgent if draw(st.booleans()) else Client
        block = some_of(draw, Overrides, BLOCK, scripts)
        values = some_of(draw, kind, INHERITABLE, scripts)
        if draw(st.booleans()) and realm.groups.of(kind):
            inherited = draw(st.sets(st.sampled_from(INHERITABLE), max_size=3))
            left = tuple(sorted(inherited - {"subject_type"}))
            values |= {"group": "partners", "inherited": left}
        realm.clients.put(
            kind(client_id=own, secret=SECRET, overrides=Overrides(**block), **values),
            draw(furthers),
        )
    return realm


plain = st.one_of(st.none(), st.booleans(), st.integers(-(2**53), 2**53), texts)
keys = texts.filter(lambda n: n != "" and not n.startswith("_") and not is_hidden(n))
anything = st.recursive(
    plain,
    lambda inner: (
        st.lists(inner, max_size=2) | st.dictionaries(keys, inner, max_size=2)
    ),
    max_leaves=5,
)
unknown = keys.map(lambda name: f"x {name}")
furthers = st.one_of(
    st.just({}),
    st.fixed_dictionaries(
        {
            "coreOAuth2ClientConfig": st.dictionaries(unknown, anything, min_size=1),
            "": st.dictionaries(unknown, anything, min_size=1),
        }
    ),
)


def compared(own: Client) -> Client:
    """A client without its secret; in which order it inherits says nothing."""
    return replace(own, secret=None, inherited=tuple(sorted(own.inherited)))


def kept_of(realm: Realm) -> dict[str, Any]:
    """What a realm holds that files carry."""
    scripts = realm.scripts
    return {
        "scripts": dict(scripts),
        "clients": {own: compared(realm.clients.own(own)) for own in realm.clients},
        "groups": {
            (kind.kind, group.name, name): group.value(name)
            for kind in (Client, AIAgent)
            for group in realm.groups.of(kind)
            for name in INHERITABLE
        },
        "provider": provider_json(realm.provider, scripts=scripts),
        "further": dict(realm.tables["further settings"]),
    }


@many
@given(realms())
def test_a_realm_goes_into_files_and_back(realm: Realm) -> None:
    files = files_of(realm)
    with tempfile.TemporaryDirectory() as name, Workbench(now=0, seed="other") as wb:
        wb.export_files(name)  # of an empty realm: the provider alone
        for file, text in files.items():
            Path(name, file).write_text(text, encoding="utf-8", newline="\n")
        plan = wb.import_files(name)
        assert not plan.refused, plan.refused
        plan.apply()

        assert kept_of(wb.realm) == kept_of(realm)
        assert files_of(wb.realm) == files
        again = wb.import_files(name)
        assert not again.new and not again.changed
    assert not any(SECRET in text or SALT in text for text in files.values())


@many
@given(st.data(), furthers)
def test_json_of_a_client_with_unknown_members_is_told_as_it_came(
    data: st.DataObject, further: dict[str, Any]
) -> None:
    scripts = data.draw(script_values())
    kind = data.draw(st.sampled_from([Client, AIAgent]))
    values = some_of(data.draw, kind, INHERITABLE, scripts)
    block = Overrides(**some_of(data.draw, Overrides, BLOCK, scripts))
    client = kind(client_id="c", overrides=block, **values)
    wrap = data.draw(st.booleans())
    body = client_json(client, further, scripts=scripts, wrap=wrap)
    body = json.loads(json.dumps(body))

    read = read_client(body, scripts=scripts)

    assert read.client == client
    told = client_json(read.client, read.further, scripts=scripts, wrap=wrap)
    assert json.dumps(told, sort_keys=True) == json.dumps(body, sort_keys=True)


@many
@given(st.data(), st.dictionaries(unknown, anything, max_size=3))
def test_json_of_the_provider_with_unknown_members_is_told_as_it_came(
    data: st.DataObject, more: dict[str, Any]
) -> None:
    scripts = data.draw(script_values())
    changes = some_of(data.draw, ProviderSettings, PROVIDER, scripts)
    body = provider_json(ProviderSettings(**changes), scripts=scripts) | more
    body["coreOAuth2Config"] |= more

    read = read_provider(json.loads(json.dumps(body)), scripts=scripts)

    again = ProviderSettings(**read.settings)
    told = provider_json(again, read.further, scripts=scripts)
    assert json.dumps(told, sort_keys=True) == json.dumps(body, sort_keys=True)


@many
@given(script_values(), st.dictionaries(unknown, anything, max_size=3))
def test_json_of_a_script_is_told_as_it_came(
    scripts: dict[str, Script], more: dict[str, Any]
) -> None:
    for script in scripts.values():
        body = script_json(script, {"": more})

        read = read_script(json.loads(json.dumps(body)))

        assert read.script == script
        assert script_json(read.script, read.further) == body
