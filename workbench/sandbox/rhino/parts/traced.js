// @ts-check
// What a script calls that runs again to tell which of its calls has failed, as
// traced.py writes it. Each call knows its place; as in Rhino what is called is looked
// for before the arguments are read.
(function traced(/** @type {RhinoKit} */ kit) {
  "use strict";

  const { Object, Reflect, String, TypeError } = kit.natives;
  const { host, test } = kit;
  const { apply, construct, set } = Reflect;
  const ours = /^[^\n]*(?:\(native\)|<input>:\d{6,})/; // the first frame of a stack

  let seen; // the error that a call inside has told already

  function place(error, at, name) {
    seen = error;
    host("placed", { __proto__: null, error, at, name: String(name) });
  }

  function fail(message, at, name) {
    const error = new TypeError(message);
    place(error, at, name);
    throw error;
  }

  // Does what is ours, or the engine's; what the script itself throws has its place.
  function telling(at, name, work) {
    try {
      return work();
    } catch (error) {
      if (error !== seen) {
        const stack = host("stack", error);
        if (typeof stack === "string" && test(ours, stack)) place(error, at, name);
        seen = error;
      }
      throw error;
    }
  }

  function there(object, at, key, doing) {
    if (object !== null && object !== undefined) return;
    fail(`cannot ${doing} property '${String(key)}' of ${object}`, at, key);
  }

  const call = (at, name, receiver, called) => {
    if (typeof called !== "function") fail("not a function", at, name);
    return { __proto__: null, at, name, receiver, called };
  };

  kit.traced = {
    __proto__: null,
    method(at, object, key) {
      there(object, at, key, "read");
      return call(
        at,
        key,
        object,
        telling(at, key, () => object[key])
      );
    },
    named: (at, name, called) => call(at, name, undefined, called),
    maker(at, name, called) {
      if (typeof called !== "function") {
        fail(`not a ${called ? "constructor" : "function"}`, at, name);
      }
      return { __proto__: null, at, name, receiver: undefined, called };
    },
    call: ({ at, name, receiver, called }, args) =>
      telling(at, name, () => apply(called, receiver, args)),
    made(at, error) {
      place(error, at, "");
      return error;
    },
    make: ({ at, name, called }, args) =>
      telling(at, name, () => construct(called, args)),
    read(at, object, key) {
      there(object, at, key, "read");
      return telling(at, key, () => object[key]);
    },
    write(at, object, key, value) {
      there(object, at, key, "set");
      telling(at, key, () => set(Object(object), key, value, Object(object)));
      return value;
    },
  };
});
