// @ts-check
// What a script may not change where nobody can kill it. The host asks the error with
// which QuickJS stopped a script for its text and its stack, and no limit holds then:
// an answer that never ends would stop everything. Evaluated after rhino.js.
(function unkillable() {
  "use strict";

  const { InternalError } = globalThis;
  const { defineProperty, getOwnPropertyDescriptor } = Object;
  const inherited = getOwnPropertyDescriptor(Error.prototype, "stack");

  function toString() {
    const own = getOwnPropertyDescriptor(this, "message");
    return `InternalError: ${own ? own.value : ""}`;
  }

  function fix(name, how) {
    defineProperty(InternalError.prototype, name, {
      __proto__: null,
      ...how,
      configurable: false,
    });
  }

  fix("toString", { value: toString, writable: false });
  fix("stack", inherited ?? { value: undefined, writable: false });
});
