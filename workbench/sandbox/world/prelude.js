// The world of a script: PingAM 8.1 "May act scripting API" and "Script bindings".
// The host evaluates this file in a fresh context, followed by a call with the parts
// of one script context in order (worker.py lists them). Each part gets the kit and
// what the part before it made; the last makes the bindings. The host gets one
// function back:
//
//   sandbox("run", request)   request is JSON: source, bindings, limits
//   sandbox("report", "")     what came of it, as JSON
//
// The other steps are for rhino.js, which makes the built-in objects Rhino's.
//
// Nothing of the host is reachable from here: text goes in and text comes out.
// A script may change every built-in object. So all that decides the report is
// captured before it runs, and claims and log lines are kept as JSON text.
(function prelude(parts) {
  "use strict";

  const world = globalThis;
  const { Error, RangeError, String, SyntaxError, TypeError } = world;
  const { create, defineProperty, freeze, hasOwn, keys } = Object;
  const { getOwnPropertyDescriptor } = Object;
  const { isArray } = Array;
  const { apply } = Reflect;
  const { parse, stringify: quote } = JSON; // quote: for strings and numbers only
  const { isFinite, isInteger } = Number;
  const evaluate = eval; // called by another name it runs in the global scope
  const onThis = Function.prototype.bind.bind(Function.prototype.call);
  const brand = onThis(Object.prototype.toString);
  const unboxers = {
    __proto__: null,
    "[object String]": onThis(String.prototype.valueOf),
    "[object Number]": onThis(Number.prototype.valueOf),
    "[object Boolean]": onThis(Boolean.prototype.valueOf),
  };
  const indexOf = onThis(String.prototype.indexOf);
  const slice = onThis(String.prototype.slice);
  const lower = onThis(String.prototype.toLowerCase);
  const join = onThis(Array.prototype.join);
  const isError = Error.isError ?? ((value) => brand(value) === "[object Error]");
  const stackOf = readerOfStacks();
  const isObject = (value) => typeof value === "object" && value !== null;
  const DEEPEST = 200; // levels of a claim
  const LONGEST = 2000; // characters of a message

  const exhaustion = ["Maximum call stack size exceeded", "out of memory"];

  // What the report is made from. Claims are JSON text, so they are snapshots.
  const state = {
    __proto__: null,
    mayAct: undefined,
    act: undefined,
    returned: undefined,
    attributes: undefined,
    client: undefined,
    result: undefined,
    log: "",
    doubles: false,
    error: undefined,
    overflow: undefined,
    codes: undefined,
    wanted: undefined,
    started: false,
    thrown: undefined,
    limit: 0,
  };

  // ---- Where an error comes from --------------------------------------------

  // A function that gives the stack of an error, or undefined. Builds of the engine
  // differ: it is an accessor of all errors, one of each, or a value in each; or it
  // is missing, and no error of a script has a line then.
  function readerOfStacks() {
    const inherited = getOwnPropertyDescriptor(Error.prototype, "stack");
    const own = getOwnPropertyDescriptor(new Error(""), "stack");
    const getter = own?.get ?? inherited?.get;
    return (error) => {
      if (getter) return apply(getter, error, []);
      return isError(error) ? getOwnPropertyDescriptor(error, "stack")?.value : undefined;
    };
  }

  // ---- Turning values into text -------------------------------------------

  const wide = (text) =>
    text.length > LONGEST ? `${slice(text, 0, LONGEST)}...` : text;

  // Thrown where a value is nested too deep: the error itself is made further
  // up, because a stack of so many calls has no room for the author's line.
  const TOO_DEEP = freeze({ __proto__: null });

  // A claim as JSON. As in a Java map of objects there is no undefined (the
  // member is left out; in a list it is null), and no function, NaN or Date.
  function toJson(value, where) {
    try {
      return write(value, where, 0);
    } catch (thrown) {
      if (thrown !== TOO_DEEP) throw thrown;
    }
    throw new TypeError(
      `${where} contains itself or is nested more than ${DEEPEST} deep.`
    );
  }

  function write(value, where, depth) {
    if (value === null || typeof value === "boolean") return `${value}`;
    if (typeof value === "string") return quote(value);
    if (typeof value === "number" && isFinite(value)) return numeral(value);
    if (typeof value !== "object") {
      const kind = typeof value === "number" ? `${value}` : `a ${typeof value}`;
      throw new TypeError(`${where} is ${kind}, which JSON does not have.`);
    }
    if (depth > DEEPEST) throw TOO_DEEP;
    const plain = kit.toData(value);
    if (isObject(plain) && kit.isWhole(plain)) return quote(plain.value);
    if (!isObject(plain)) return write(plain, where, depth);
    return isArray(plain)
      ? listToJson(plain, where, depth)
      : objectToJson(plain, where, depth);
  }

  // A number of a script is a double in Java, and AM writes it as one: 1.0. Measured
  // for fields and HTTP bodies; that claims are no exception is inferred.
  function numeral(number) {
    const text = quote(number);
    return state.doubles && isInteger(number) && indexOf(text, "e") < 0
      ? `${text}.0`
      : text;
  }

  function listToJson(list, where, depth) {
    let text = "";
    for (let i = 0; i < list.length; i += 1) {
      const item = list[i] === undefined ? null : list[i];
      text += (i ? "," : "") + write(item, `${where}[${i}]`, depth + 1);
    }
    return `[${text}]`;
  }

  function objectToJson(object, where, depth) {
    const kind = brand(object);
    if (unboxers[kind]) return write(unboxers[kind](object), where, depth);
    if (kind !== "[object Object]") {
      throw new TypeError(`${where} is ${kind}, which JSON does not have.`);
    }
    const names = keys(object);
    let text = "";
    for (let i = 0; i < names.length; i += 1) {
      const member = object[names[i]];
      if (member === undefined) continue;
      const json = write(member, `${where}.${wide(names[i])}`, depth + 1);
      text += `${text ? "," : ""}${quote(names[i])}:${json}`;
    }
    return `{${text}}`;
  }

  const copy = (value) => (value === undefined ? null : parse(toJson(value, "It")));

  function describe(thrown) {
    try {
      if (isError(thrown)) return wide(`${thrown.name}: ${thrown.message}`);
      if (thrown === null) {
        return "Thrown: null. A script that runs out of memory may end so, too.";
      }
      if (typeof thrown === "function") return "Thrown: a function.";
      if (typeof thrown !== "object") return wide(`Thrown: ${String(thrown)}`);
      return wide(`Thrown: ${toJson(thrown, "It")}`);
    } catch {
      return "Thrown: a value that cannot be shown.";
    }
  }

  function shownStack(error) {
    const stack = stackOf(error);
    return typeof stack === "string" ? slice(stack, 0, 4 * LONGEST) : "";
  }

  function failure(thrown, known) {
    const unread = !state.started && isError(thrown) && thrown.name === "SyntaxError";
    const stack = isError(thrown) ? shownStack(thrown) : (known ?? "");
    const text = `"message":${quote(describe(thrown))},"stack":${quote(stack)}`;
    return `{${text},"notEmulated":${unread}}`;
  }

  // What AM's engine does and this one cannot. The report keeps it, even if caught.
  function notEmulated(construct) {
    const error = new Error(`Not emulated: ${construct}.`);
    const text = `"message":${quote(error.message)},"stack":${quote(shownStack(error))}`;
    state.overflow = state.overflow || `{${text},"notEmulated":true}`;
    throw error;
  }

  // A script cannot go on after it ran out of stack or memory, in Rhino neither.
  function caught(error) {
    if (!isError(error) || !exhaustion.includes(error.message)) return;
    state.overflow = state.overflow || failure(error);
    throw error;
  }

  // What eval and Function compile is translated outside, as the script is; a text
  // that was not foreseen ends this run, and the next one knows it.
  function code(text) {
    if (text.length > state.limit) refuseOutput("The text for eval is");
    const known = hasOwn(state.codes, text) ? state.codes[text] : undefined;
    if (!known) {
      state.wanted = state.wanted ?? text;
      throw new Error("eval");
    }
    if (known.unknown) notEmulated(known.unknown);
    if (known.refused) throw new SyntaxError(known.refused);
    return kit.below + known.source;
  }

  // What is thrown and no Error has no stack: the place is kept beside it.
  function thrown(value) {
    if (!isError(value)) {
      const stack = shownStack(new Error(""));
      state.thrown = { __proto__: null, value, stack };
    }
    return value;
  }

  // A script's return value is only looked at, so it never makes it fail.
  function returnedJson(value) {
    if (value === undefined) return undefined;
    try {
      const text = toJson(value, "It");
      return text.length > LONGEST ? quote(`[${text.length} characters]`) : text;
    } catch {
      return quote(`[${typeof value}]`);
    }
  }

  // ---- What both generations share ----------------------------------------

  // A script may catch the error; the report keeps it all the same.
  function refuseOutput(what) {
    const message = `${what} longer than the output limit, ${state.limit} characters.`;
    state.overflow = state.overflow || failure(new RangeError(message));
    throw new RangeError(message);
  }

  function log(level, text) {
    const line = `[${quote(level)},${quote(text)}]`;
    if (state.log.length + line.length > state.limit) refuseOutput("The log is");
    state.log += (state.log ? "," : "") + line;
  }

  // A claim as a script sets it: its numbers are doubles.
  function claimJson(value, claim) {
    state.doubles = true;
    let json;
    try {
      json = toJson(value, claim);
    } finally {
      state.doubles = false;
    }
    if (json.length > state.limit) refuseOutput(`${wide(claim)} is`);
    return json;
  }

  function stamp(claim, value) {
    state[claim] = claimJson(value, claim);
  }

  // What AM takes of a plugin script, as JSON. A part of such a context has a
  // function kit.finish, which gets what the script gave last.
  function keepResult(json) {
    if (json.length > state.limit) refuseOutput("What the script gives is");
    state.result = json;
  }

  // What identity.store() would keep; the realm may put it into the user's entry.
  function keepAttributes(attributes) {
    const json = toJson(attributes, "The attributes");
    if (json.length > state.limit) refuseOutput("The attributes are");
    state.attributes = json;
  }

  // Each {} takes the next argument, as in SLF4J; what is left over is dropped, and
  // a backslash before {} keeps it. Measured in both generations.
  function format(message, args) {
    const values = args.length === 1 && isArray(args[0]) ? args[0] : args;
    let used = 0;
    return onThis(String.prototype.replace)(
      String(message),
      /(\\*)\{\}/g,
      (all, slashes) => {
        const half = slice(slashes, 0, slashes.length >> 1);
        if (slashes.length % 2) return `${half}{}`;
        if (used >= values.length) return all;
        used += 1;
        return half + String(values[used - 1]);
      }
    );
  }

  function claimOf(token, name) {
    if (name === "may_act" && state.mayAct !== undefined) return parse(state.mayAct);
    if (name === "act" && state.act !== undefined) return parse(state.act);
    return hasOwn(token, name) ? copy(token[name]) : null;
  }

  function unmodifiable() {
    throw new TypeError("java.lang.UnsupportedOperationException: it is unmodifiable.");
  }

  // An unmodifiable Java map that gives its members as properties as well:
  // clientProperties.get("clientId") and clientProperties.clientId (4.4).
  function mapView(data) {
    const { list, set } = kit;
    const values = () => list(keys(data).map((name) => view[name]));
    const methods = {
      get: (name) => (hasOwn(data, name) ? view[name] : null),
      toString: () => `{${keys(data).map((name) => `${name}=${view[name]}`).join(", ")}}`,
      containsKey: (name) => hasOwn(data, name),
      keySet: () => set(keys(data)),
      values,
      size: () => keys(data).length,
      isEmpty: () => keys(data).length === 0,
      getOrDefault: (name, other) => (hasOwn(data, name) ? view[name] : other),
      forEach: (visit) => {
        for (const name of keys(data)) visit(name, view[name]);
      },
      put: unmodifiable,
      remove: unmodifiable,
      clear: unmodifiable,
    };
    for (const name of keys(methods)) {
      defineProperty(methods, name, { __proto__: null, enumerable: false });
    }
    const view = create(freeze(methods));
    for (const name of keys(data)) {
      const value = asView(data[name]);
      defineProperty(view, name, { __proto__: null, value, enumerable: true });
    }
    return freeze(view);
  }

  function asView(value) {
    if (isArray(value)) return kit.list(value.map(asView));
    return isObject(value) ? mapView(value) : kit.scalar(value);
  }

  // AM minds no case in the name of an attribute (OpenAM source).
  function attributeIn(attributes, name) {
    if (hasOwn(attributes, name)) return name;
    const small = lower(name);
    for (const each of keys(attributes)) if (lower(each) === small) return each;
    return name;
  }

  // On client_credentials the object is there, but no user is behind it (4.2).
  function withoutUser(identity) {
    for (const name of keys(identity)) {
      identity[name] = () => {
        throw new TypeError(
          `identity.${name}() was called, but no user is behind this token: ` +
            "a client or agent that authenticates as itself has no identity."
        );
      };
    }
    return freeze(identity);
  }

  // What the parts share. The legacy part makes lists, sets and scalars Java's.
  const kit = {
    list: freeze,
    set: freeze,
    scalar: (value) => value,
    below: "\n".repeat(1e5), // as worker.py says
    text: (value) => wide(String(value)),
    asView,
    attributeIn,
    claimJson,
    claimOf,
    copy,
    format,
    freeze,
    hasOwn,
    keepAttributes,
    keys,
    log,
    stamp,
    toJson,
    withoutUser,
  };

  // Made now, while all built-in objects are there.
  let bindingsOf;
  for (const part of parts) bindingsOf = part(kit, bindingsOf);

  // ---- Running --------------------------------------------------------------

  function declare(bindings) {
    // The report finds the author's line in a stack, so a script cannot rewrite it.
    delete Error.prepareStackTrace;
    delete Error.stackTraceLimit;
    for (const name of keys(bindings)) {
      defineProperty(world, name, {
        __proto__: null,
        value: bindings[name],
        writable: true,
        configurable: true,
        enumerable: true,
      });
    }
  }

  function bind(request) {
    kit.settle();
    declare(bindingsOf(request));
  }

  function run(text) {
    const request = parse(text);
    state.limit = request.limit;
    state.codes = request.codes;
    bind(request);
    try {
      const value = evaluate(request.source);
      state.returned = returnedJson(value);
      if (kit.finish) keepResult(kit.finish(value));
    } catch (error) {
      const refused = kit.refusal && kit.refusal(error);
      if (refused) return keepResult(refused);
      const known = state.thrown?.value === error ? state.thrown.stack : undefined;
      state.error = failure(error, known);
    }
    return undefined;
  }

  function started() {
    state.started = true;
  }

  function report() {
    const error = state.overflow || state.error || "null";
    let text = `"log":[${state.log}],"error":${error}`;
    if (state.wanted !== undefined) text += `,"wanted":${quote(state.wanted)}`;
    if (state.mayAct !== undefined) text += `,"mayAct":${state.mayAct}`;
    if (state.act !== undefined) text += `,"act":${state.act}`;
    if (state.attributes !== undefined) text += `,"attributes":${state.attributes}`;
    if (state.client !== undefined) text += `,"client":${state.client}`;
    if (state.result !== undefined) text += `,"result":${state.result}`;
    if (state.returned !== undefined) text += `,"returned":${state.returned}`;
    return join([`{${text}}`], ""); // joined, for the host reads no ropes
  }

  const steps = {
    __proto__: null,
    run,
    report,
    started,
    thrown,
    caught,
    code,
    notEmulated,
    stack: stackOf,
  };
  return (step, argument) => steps[step](argument);
})
