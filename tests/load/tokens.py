"""Many live server-side tokens in one process, which says what memory they take.

``python -m tests.load.tokens COUNT`` prints a line of JSON ten times: tokens so far,
resident megabytes of this process, microseconds of processor to keep each of the last,
and milliseconds for an exchange without scripts beside them.
"""

import json
import statistics
import sys
import time
from collections.abc import Callable

from tests.load.exchanges import exchange_of, resident, story
from workbench.am.reading.read_token import read_token
from workbench.am.tokens.token import Making


def milliseconds(exchange: Callable[[], bool]) -> float:
    """Of processor, at the median of fifty."""
    spent = []
    for _ in range(50):
        began = time.process_time()
        if not exchange():
            raise SystemExit("An exchange was refused.")
        spent.append(time.process_time() - began)
    return round(statistics.median(spent) * 1000, 2)


def main(count: int) -> None:
    """Keep tokens such as an exchange gives, and say ten times what it takes."""
    with story(signed=False, scripts=False) as wb:
        values = [
            wb.client.client_credentials("risk-agent", "mySecret", scope="read")
            for _ in range(2)
        ]
        claims = dict(read_token(wb.realm, values[1].access_token).claims or {})
        store, ids, making = (
            wb.realm.tokens,
            wb.realm.ids,
            Making(client_side=False, algorithm="HS256"),
        )
        exchange = exchange_of(wb, through_client=False)
        for step in range(11):
            many = max(1, count // 10 if step else 1)
            began = time.process_time()
            for _ in range(many):
                made = {
                    **claims,
                    "jti": ids.token(),
                    "authGrantId": ids.token(),
                    "auditTrackingId": wb.realm.recorder.tracking_id(),
                }
                last = store.make(made, making)
            spent = round((time.process_time() - began) / many * 1e6, 1)
            told = {"tokens": len(store.tables[0]), "megabytes": resident()}
            told["milliseconds"] = milliseconds(exchange)
            print(json.dumps({**told, "microseconds": spent}), flush=True)
        if not read_token(wb.realm, last.value).active:
            raise SystemExit("The last token is not live.")


if __name__ == "__main__":
    main(int(sys.argv[1]))
