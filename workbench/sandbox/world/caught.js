// @ts-check
// What a script caught, so that it went on as if there were no error: somebody who
// tries a script is told of it. The script must not notice, so nothing of it is asked
// here: no getter, no toString, and no built-in that it may have replaced.
(function caught(/** @type {Kit} */ kit) {
  "use strict";

  const { RangeError, ReferenceError, String, SyntaxError, TypeError } = globalThis;
  const { getOwnPropertyDescriptor, getPrototypeOf } = Object;
  const { stringify: quote } = JSON; // for strings only
  const slice = Function.prototype.call.bind(String.prototype.slice);
  const NAMES = [
    [TypeError.prototype, "TypeError"],
    [ReferenceError.prototype, "ReferenceError"],
    [RangeError.prototype, "RangeError"],
    [SyntaxError.prototype, "SyntaxError"],
  ];
  const MOST = 8; // errors that are told of
  const LONGEST = 2000; // characters of a stack

  let count = 0;
  let latest = null; // a list of what was caught, the latest first
  let own = null; // what the script threw last

  function nameOf(error) {
    const prototype = getPrototypeOf(error);
    for (let i = 0; i < NAMES.length; i += 1) {
      if (NAMES[i][0] === prototype) return NAMES[i][1];
    }
    return "Error";
  }

  function describe(thrown) {
    if (kit.isError(thrown)) {
      const said = getOwnPropertyDescriptor(thrown, "message")?.value;
      return kit.wide(`${nameOf(thrown)}: ${typeof said === "string" ? said : ""}`);
    }
    const shown = typeof thrown !== "function" && !kit.isObject(thrown);
    return shown ? kit.wide(String(thrown)) : "an object";
  }

  kit.keepThrown = (value) => {
    own = { __proto__: null, value };
  };

  kit.keepCaught = (error, stack) => {
    if (count === MOST) return;
    const text =
      `"message":${quote(describe(error))},"stack":${quote(slice(stack, 0, LONGEST))},` +
      `"notEmulated":false,"own":${own !== null && own.value === error}`;
    for (let each = latest; each; each = each.before) {
      if (each.text === text) return; // the same place, in a loop
    }
    count += 1;
    latest = { __proto__: null, error, text, before: latest };
  };

  // What ended the script was thrown on, and is told elsewhere.
  kit.caughtJson = (failed) => {
    let json = "";
    for (let each = latest; each; each = each.before) {
      const ended = failed && failed.error === each.error;
      if (!ended) json = `{${each.text}}${json ? "," : ""}${json}`;
    }
    return json;
  };
});
