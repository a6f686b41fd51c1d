"""The real frodo from npm, which meets nothing but the loopback server."""

import json
import os
import shutil
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

VERSION = "3.1.0"
"""The last of frodo-cli on npm."""

ONLY_LOOPBACK = """\
const net = require("node:net");
const connect = net.Socket.prototype.connect;
net.Socket.prototype.connect = function (...given) {
  const [first] = Array.isArray(given[0]) ? given[0] : net._normalizeArgs(given);
  const { host = "localhost" } = first;
  if (!["127.0.0.1", "localhost"].includes(host)) {
    require("node:fs").writeSync(2, `FOREIGN ${host}\\n`);
    process.exit(99);
  }
  return connect.apply(this, given);
};
"""
"""Put before frodo: whoever it would connect to elsewhere ends it."""


@dataclass(frozen=True)
class Frodo:
    """frodo in a home of its own.

    Attributes:
        launch: The program.
        home: Where it finds its settings, and that it need not look for updates.
        folder: Where it writes what it exports.
        base_url: The server's, ending in ``/am``.
        password: That of amadmin.
    """

    launch: Path
    home: Path
    folder: Path
    base_url: str
    password: str

    def __call__(self, *command: str, deployment: bool = True) -> str:
        """What it says; fails where it does."""
        done = self.ran(*command, deployment=deployment)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout + done.stderr

    def ran(
        self, *command: str, deployment: bool = True
    ) -> subprocess.CompletedProcess[str]:
        """The command as it ended."""
        node = shutil.which("node") or "node"
        realm = [] if command[0] == "info" else ["alpha"]
        kind = ["--type", "classic"] if deployment else []
        where = [*kind, self.base_url, *realm, "amadmin", self.password]
        done = subprocess.run(
            [node, str(self.launch), *command, *where],
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
            cwd=self.folder,
            env=self._environment,
        )
        assert "FOREIGN" not in done.stderr, done.stderr
        return done

    @property
    def _environment(self) -> dict[str, str]:
        kept = {name: os.environ[name] for name in ("PATH",)}
        return {
            **kept,
            "HOME": str(self.home),
            "FRODO_NO_CACHE": "1",
            "NO_COLOR": "1",
            # it starts a node of its own
            "NODE_OPTIONS": f"--require {self.home / 'only_loopback.cjs'}",
        }

    def exported(self, file: str) -> Any:
        """What a file has beside when it was written."""
        told = json.loads((self.folder / file).read_text("utf-8"))
        del told["meta"]
        return told


@dataclass(frozen=True)
class Admin:
    """The administrator with an HTTP client of Python.

    Attributes:
        base_url: The server's.
        session: A session of amadmin.
    """

    base_url: str
    session: str

    def __call__(self, method: str, path: str, **more: Any) -> httpx.Response:
        """Ask below the realm alpha."""
        url = f"{self.base_url}/json/realms/root/realms/alpha{path}"
        headers = {"iPlanetDirectoryPro": self.session}
        return httpx.request(method, url, headers=headers, timeout=20, **more)


def frodo_at(launch: Path, folder: Path, base_url: str, password: str) -> Frodo:
    """A frodo that was never used before."""
    home, work = folder / "home", folder / "work"
    (home / ".frodo").mkdir(parents=True)
    work.mkdir()
    known = {"last_checked": int(time.time()), "github": VERSION, "npm": VERSION}
    (home / ".frodo" / "Versions.json").write_text(json.dumps(known), "utf-8")
    (home / "only_loopback.cjs").write_text(ONLY_LOOPBACK, "utf-8")
    return Frodo(launch, home, work, base_url, password)


def admin_at(base_url: str, password: str) -> Admin:
    """The administrator, logged in."""
    headers = {"X-OpenAM-Username": "amadmin", "X-OpenAM-Password": password}
    url = f"{base_url}/json/realms/root/authenticate"
    return Admin(base_url, httpx.post(url, headers=headers).json()["tokenId"])
