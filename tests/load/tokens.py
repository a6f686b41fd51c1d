"""Many live server-side tokens in one process, which says what memory they take.

``python -m tests.load.tokens COUNT`` prints a line of JSON ten times: tokens so far,
resident megabytes of this process, and microseconds of processor for each of the last.
"""

import json
import sys
import time

from tests.load.exchanges import resident, story
from workbench.am.reading.read_token import read_token
from workbench.am.tokens.token import Making


def main(count: int) -> None:
    """Keep tokens such as an exchange gives, and say ten times what it takes."""
    with story(signed=False) as wb:
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
            print(json.dumps({**told, "microseconds": spent}), flush=True)
        if not read_token(wb.realm, last.value).active:
            raise SystemExit("The last token is not live.")


if __name__ == "__main__":
    main(int(sys.argv[1]))
