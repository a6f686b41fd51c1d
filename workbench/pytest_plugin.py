"""Fixtures for tests of scripts, agents and resource servers, in every pytest run.

``workbench`` is a fresh bench, ``may_act`` runs a may act script as if a request had
come, ``run_script`` a script of any context, and ``delegation_server`` is a bench at a
port. Nothing of the workbench is imported before a test asks for one of them.
"""

from collections.abc import Callable, Iterator, Mapping
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from workbench.am.scripts.script import Script, ScriptOutcome
    from workbench.bench import Workbench
    from workbench.served import DelegationServer

NOW = 1_790_000_000

MayAct = Callable[..., "ScriptOutcome"]


@pytest.fixture
def workbench() -> Iterator["Workbench"]:
    """A fresh bench with AI agents on; its clock stands still, its ids never vary."""
    from workbench.bench import Workbench

    with Workbench(now=NOW, seed="pytest") as bench:
        bench.enable_ai_agents()
        yield bench


MARKER = (
    "delegation_server(use_case=None, *, tls=True, now=None, seed=None, "
    "profile='pingam-8.1', realm='alpha'): what the fixture delegation_server serves"
)


def pytest_configure(config: pytest.Config) -> None:
    """Tell pytest of the marker, which --strict-markers asks for."""
    config.addinivalue_line("markers", MARKER)


@pytest.fixture
def delegation_server(request: pytest.FixtureRequest) -> Iterator["DelegationServer"]:
    """A delegating authorization server at a loopback port, for this test alone.

    ``@pytest.mark.delegation_server("agent-for-agent", tls=False)`` says which use case
    is registered and how it is served; ``delegation_server.prepare("agent-for-user")``
    registers one later. It has ``url``, ``issuer``, ``token_endpoint``, ``ca_file``
    and ``ssl_context``, ``clock`` (``clock.advance(seconds=3600)``), ``audit`` and
    ``workbench``. For a server of a module or a session write a fixture around
    ``workbench.served.serving``, which takes what the marker takes.
    """
    from workbench.served import serving

    marker = request.node.get_closest_marker("delegation_server")
    wanted = (marker.args, marker.kwargs) if marker else ((), {})
    with serving(*wanted[0], **wanted[1]) as server:
        yield server


@pytest.fixture
def may_act(workbench: "Workbench", request: pytest.FixtureRequest) -> MayAct:
    """Run a may act script; gives its outcome: ``may_act``, ``log``, ``error``.

    ``may_act(script, *, legacy=False, user=None, attributes=None, id_token=False,
    **request)``, where ``script`` is a path (from the folder of the test) or the
    source itself. ``request`` are the parameters of the token request that the
    script sees, such as ``client_id``, ``scope`` or ``resource``. A client or user
    that the bench does not have yet is registered.
    """
    return _Runner(workbench, request.path.parent).run


@pytest.fixture
def run_script(workbench: "Workbench", request: pytest.FixtureRequest) -> MayAct:
    """Run a script of any context; gives its outcome: ``result``, ``log``, ``error``.

    ``run_script(script, context, ...)``, where ``context`` is AM's name
    (``OAUTH2_ACCESS_TOKEN_MODIFICATION``) or a short one (``modification``), and the
    rest is as ``may_act`` has it. ``operation`` is that of a registration script,
    whose outcome has ``client``: the attributes that it stored.
    """
    return _Runner(workbench, request.path.parent).run_in


class _Runner:
    def __init__(self, bench: "Workbench", folder: Path) -> None:
        self._bench = bench
        self._folder = folder

    def run(self, script: str | PathLike[str], **more: Any) -> "ScriptOutcome":
        """What the fixture ``may_act`` is."""
        return self.run_in(script, "OAUTH2_MAY_ACT", **more)

    def run_in(
        self,
        script: str | PathLike[str],
        context: str,
        *,
        legacy: bool = False,
        user: str | None = None,
        attributes: Mapping[str, Any] | None = None,
        id_token: bool = False,
        operation: str = "CREATE",
        **request: Any,
    ) -> "ScriptOutcome":
        """What the fixture ``run_script`` is."""
        from workbench.am.tokens.token import ACCESS_TOKEN, ID_TOKEN

        scope = request.pop("scope", ())
        scopes = tuple(scope.split() if isinstance(scope, str) else scope)
        client_id = request.pop("client_id", None)
        self._register(client_id, scopes)
        if user is not None and user not in self._bench.realm.users:
            self._bench.realm.add_user(user, password="-", attributes=attributes)
        return self._bench.dry_run(
            self._script(script, context, legacy),
            client_id,
            scopes,
            user=user,
            token_type=ID_TOKEN if id_token else ACCESS_TOKEN,
            request=request,
            operation=operation,
        )

    def _register(self, client_id: str | None, scopes: tuple[str, ...]) -> None:
        realm = self._bench.realm
        if client_id is not None and client_id not in realm.clients:
            realm.register_agent(client_id, secret="-", scopes=scopes or ("read",))

    def _script(
        self, script: str | PathLike[str], context: str, legacy: bool
    ) -> "Script":
        from workbench.am.scripts.kinds import kind_of
        from workbench.am.scripts.script import LEGACY, NEXT_GENERATION
        from workbench.interop.contexts import context_named

        kind = kind_of(context_named(context))
        name, source = kind.kind.removesuffix(" script"), str(script)
        if not isinstance(script, str) or script.endswith(".js"):
            file = self._folder / script
            name, source = file.name, file.read_text(encoding="utf-8")
        return kind(
            id="pytest",
            name=name,
            source=source,
            evaluator_version=LEGACY if legacy else NEXT_GENERATION,
        )
