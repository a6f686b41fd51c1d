"""An event loop in a thread of its own: a notebook's loop runs already, and waits."""

import asyncio
from collections.abc import Coroutine
from contextlib import AbstractAsyncContextManager
from threading import Thread
from typing import Any, TypeVar

T = TypeVar("T")

PATIENCE = 30.0
"""Seconds that a call may take; what runs here answers in milliseconds."""


class LoopThread:
    """Runs coroutines for callers that are not asynchronous, and holds one context.

    Args:
        name: The thread's.
    """

    def __init__(self, name: str) -> None:
        self._loop = asyncio.new_event_loop()
        self._leave = asyncio.Event()
        self._held: asyncio.Future[None] | None = None
        self._thread = Thread(target=self._loop.run_forever, name=name, daemon=True)
        self._thread.start()

    def run(self, coroutine: Coroutine[Any, Any, T]) -> T:
        """What the coroutine returns.

        Raises:
            TimeoutError: It took too long, and was cancelled.
        """
        waiting = asyncio.wait_for(coroutine, PATIENCE)
        return asyncio.run_coroutine_threadsafe(waiting, self._loop).result()

    def hold(self, context: AbstractAsyncContextManager[Any]) -> None:
        """Enter a context, and leave it in the same task when this is closed.

        A task group may be left only by the task that entered it.
        """
        self.run(self._enter(context))

    async def _enter(self, context: AbstractAsyncContextManager[Any]) -> None:
        entered = self._loop.create_future()

        async def holds() -> None:
            async with context:
                entered.set_result(None)
                await self._leave.wait()

        self._held = asyncio.ensure_future(holds())
        await asyncio.wait([self._held, entered], return_when="FIRST_COMPLETED")
        if self._held.done():
            self._held.result()

    def close(self) -> None:
        """Leave the context, stop the loop and wait for the thread; once is enough."""
        if self._loop.is_closed():
            return
        self.run(self._left())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _left(self) -> None:
        self._leave.set()
        if self._held is not None:
            await self._held
        await self._loop.shutdown_asyncgens()
