"""``risk-agent`` as a program; secrets come by the environment alone.

``python -m workbench.course.apis.risk_agent --help`` says how it is started against
``workbench serve --use-case agent-for-agent --with-apis``.
"""

import argparse
import json
import logging
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from workbench.agent.over_network import (
    ServerAddress,
    address_in,
    http_client,
    named_url,
)
from workbench.course.apis.assessing import RiskAgent
from workbench.errors import WorkbenchError
from workbench.views.page.plain import visible_text

SECRET, SUBJECT_TOKEN = "RISK_AGENT_SECRET", "SUBJECT_TOKEN"
"""The variables with the agent's secret, and with the token that was handed over."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the agent; return its exit status: 0 with a result, 1 without one."""
    parser = _parser()
    options = parser.parse_args(arguments)
    logging.basicConfig(
        level=logging.INFO, format="%(levelname)s %(name)s: %(message)s"
    )
    logging.getLogger("httpx").setLevel(logging.WARNING)
    try:
        address = _address(options)
        if not address.apis:
            parser.error("no API to ask: name them with --api, or by --ready")
        result = _assess(options, address)
    except (WorkbenchError, OSError) as problem:
        logging.getLogger("risk-agent").error("%s", visible_text(str(problem)))
        return 1
    print(json.dumps(result))
    return 0


def _assess(
    options: argparse.Namespace, address: ServerAddress
) -> dict[str, str | int | float]:
    secret = os.environ.get(SECRET, "")
    if not secret:
        raise WorkbenchError(f"The environment has no {SECRET}: the agent's secret.")
    token = os.environ.get(SUBJECT_TOKEN) or sys.stdin.readline()
    if not token.strip():
        raise WorkbenchError(
            f"There is no subject token: data-agent hands it over in {SUBJECT_TOKEN}, "
            "or as a line on standard input."
        )
    issuer = f"{address.base_url}/oauth2/realms/root/realms/{options.realm}"
    with http_client(address.ca_file) as http:
        agent = RiskAgent(http, issuer, secret)
        found = agent.assess(token.strip(), address.apis, options.customer)
    assert found.chosen is not None
    return {
        "customer": options.customer,
        "score": found.chosen.score,
        "confidence": found.chosen.confidence,
        "api": found.chosen.api,
    }


def _address(options: argparse.Namespace) -> ServerAddress:
    known = ServerAddress("")
    if options.ready is not None:
        known = address_in(options.ready.read_text("utf-8"))
    base_url = options.am or known.base_url
    if not base_url:
        raise WorkbenchError("Where is the server? --ready or --am says so.")
    return ServerAddress(
        base_url.rstrip("/"),
        options.ca_file or known.ca_file,
        dict(options.api) or known.apis,
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="risk-agent",
        description="Exchanges the token that data-agent hands over, asks the APIs "
        f"for a customer's risk and explains which answer counts. {SECRET} has the "
        f"agent's secret, {SUBJECT_TOKEN} (or a line of standard input) the token.",
    )
    parser.add_argument(
        "--ready", type=Path, help="a file with the line that workbench serve prints"
    )
    parser.add_argument("--am", metavar="URL", help="the server's, ending in /am")
    parser.add_argument("--realm", default="alpha", help="default: %(default)s")
    parser.add_argument("--ca-file", type=Path, help="the authority to trust")
    parser.add_argument(
        "--api",
        type=named_url,
        action="append",
        default=[],
        metavar="NAME=URL",
        help="an API; may be given again",
    )
    parser.add_argument("--customer", default="c-17", help="default: %(default)s")
    return parser


if __name__ == "__main__":
    raise SystemExit(main())
