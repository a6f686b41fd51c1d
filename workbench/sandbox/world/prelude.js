// @ts-check
// The world of a script: PingAM 8.1 "May act scripting API" and "Script bindings".
// The host evaluates this file in a fresh context, and calls it with the parts of one
// script context in order (worker.py lists them). Each part gets the kit and what the
// part before it made; the last makes the bindings. The host gets one function back:
//
//   sandbox("settle", "")     the world is made, and nothing of it changes any more
//   sandbox("rehearse", text) makes the bindings of such a request, and drops them
//   sandbox("run", request)   request is JSON: source, bindings, limits
//   sandbox("report", "")     what came of it, as JSON
//
// Of the other steps some are for rhino.js, which makes the built-in objects Rhino's,
// and some for rhino_worker.js, which runs the script in Rhino itself.
//
// Nothing of the host is reachable from here: text goes in and text comes out.
// A script may change every built-in object. So all that decides the report is
// captured before it runs, and claims and log lines are kept as JSON text.
(function prelude(parts) {
  "use strict";

  const world = globalThis;
  const { Error, RangeError, String, SyntaxError } = world;
  const { defineProperty, freeze, hasOwn, keys } = Object;
  const { parse, stringify: quote } = JSON; // quote: for strings and numbers only
  const evaluate = eval; // called by another name it runs in the global scope
  const onThis = Function.prototype.bind.bind(Function.prototype.call);
  const brand = onThis(Object.prototype.toString);
  const slice = onThis(String.prototype.slice);
  const join = onThis(Array.prototype.join);
  const isError = Error.isError ?? ((value) => brand(value) === "[object Error]");
  const isObject = (value) => typeof value === "object" && value !== null;
  const systemTime = Date.now;
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
    session: undefined,
    result: undefined,
    log: "",
    error: undefined,
    overflow: undefined,
    codes: undefined,
    wanted: undefined,
    started: false,
    thrown: undefined,
    placed: undefined,
    failed: undefined,
    limit: 0,
    clock: { now: null, ahead: 0 },
    random: undefined,
  };

  // Its members that the report tells as they are.
  const TOLD = "mayAct,act,attributes,session,client,result,returned".split(",");

  // ---- Where an error comes from ---------------------------------------------

  const wide = (text) =>
    text.length > LONGEST ? `${slice(text, 0, LONGEST)}...` : text;

  function shownStack(error) {
    const stack = kit.stackOf(error);
    return typeof stack === "string" ? slice(stack, 0, 4 * LONGEST) : "";
  }

  // Which call failed, where the script that runs is one that tells.
  function placeOf(thrown) {
    if (state.placed?.error !== thrown || !isError(thrown)) return "";
    return `,"at":${quote(state.placed.at)},"name":${quote(state.placed.name)}`;
  }

  function placed(call) {
    state.placed = call;
  }

  function failure(thrown, known) {
    const unread = !state.started && isError(thrown) && thrown.name === "SyntaxError";
    const stack = isError(thrown) ? shownStack(thrown) : (known ?? "");
    const text = `"message":${quote(kit.describe(thrown))},"stack":${quote(stack)}`;
    return `{${text},"notEmulated":${unread}${placeOf(thrown)}}`;
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
    if (!isError(error) || !exhaustion.includes(error.message)) {
      const known = state.thrown?.value === error ? state.thrown.stack : "";
      return kit.keepCaught(error, isError(error) ? shownStack(error) : known);
    }
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
    kit.keepThrown(value);
    if (!isError(value)) {
      const stack = shownStack(new Error(""));
      state.thrown = { __proto__: null, value, stack };
    }
    return value;
  }

  // ---- What both generations share -------------------------------------------

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

  function stamp(claim, value) {
    state[claim] = kit.claimJson(value, claim);
  }

  // What AM takes of a plugin script, as JSON. A part of such a context has a
  // function kit.finish, which gets what the script gave last.
  function keepResult(json) {
    if (json.length > state.limit) refuseOutput("What the script gives is");
    state.result = json;
  }

  // What identity.store() would keep; the realm may put it into the user's entry.
  function keepAttributes(attributes) {
    const json = kit.toJson(attributes, "The attributes");
    if (json.length > state.limit) refuseOutput("The attributes are");
    state.attributes = json;
  }

  // What session.setProperty set; the realm keeps it with the session.
  function keepProperty(name, value) {
    const kept = state.session === undefined ? {} : parse(state.session);
    const json = kit.toJson({ ...kept, [name]: value }, "The session");
    if (json.length > state.limit) refuseOutput("The session is");
    state.session = json;
  }

  function claimOf(token, name) {
    if (name === "may_act" && state.mayAct !== undefined) return parse(state.mayAct);
    if (name === "act" && state.act !== undefined) return parse(state.act);
    return hasOwn(token, name) ? kit.copy(token[name]) : null;
  }

  // What the parts share.
  const kit = {
    below: "\n".repeat(1e5), // as worker.py says
    text: (value) => wide(String(value)),
    claimOf,
    freeze,
    hasOwn,
    keepAttributes,
    keepProperty,
    keys,
    log,
    limit: () => state.limit,
    isError,
    isObject,
    refuseOutput,
    stamp,
    wide,
  };

  // Made now, while all built-in objects are there.
  let bindingsOf;
  for (const part of parts) bindingsOf = part(kit, bindingsOf);

  // ---- Running ---------------------------------------------------------------

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

  function start(text) {
    const request = parse(text);
    state.limit = request.limit;
    state.codes = request.codes;
    state.clock = request.clock;
    state.random = kit.randomOf(request.surroundings.seed);
    declare(bindingsOf(request));
    return request.source;
  }

  // What AM takes of the value that the script gave last.
  function finish(value) {
    state.returned = kit.returnedJson(value);
    if (kit.finish) keepResult(kit.finish(value));
  }

  // Whether what the script has thrown is a refusal, which AM takes, too.
  function refused(thrown) {
    const refusal = kit.refusal && kit.refusal(thrown);
    if (refusal) keepResult(refusal);
    return !!refusal;
  }

  function run(text) {
    const source = start(text);
    try {
      finish(evaluate(source));
    } catch (error) {
      state.failed = { __proto__: null, error };
      if (refused(error)) return;
      const known = state.thrown?.value === error ? state.thrown.stack : undefined;
      state.error = failure(error, known);
    }
  }

  // The bench's clock, in milliseconds.
  function now() {
    return state.clock.now ?? systemTime() + state.clock.ahead;
  }

  function started() {
    state.started = true;
  }

  function report() {
    const error = state.overflow || state.error || "null";
    let text = `"log":[${state.log}],"error":${error}`;
    if (state.wanted !== undefined) text += `,"wanted":${quote(state.wanted)}`;
    for (let i = 0; i < TOLD.length; i += 1) {
      const json = state[TOLD[i]];
      if (json !== undefined) text += `,"${TOLD[i]}":${json}`;
    }
    const told = kit.caughtJson(state.failed);
    if (told) text += `,"caught":[${told}]`;
    return join([`{${text}}`], ""); // joined, for the host reads no ropes
  }

  const steps = {
    __proto__: null,
    settle: kit.settle,
    // No script sees these bindings, but what they are made with is in memory then.
    rehearse: kit.guarded((text) => void bindingsOf(parse(text))),
    run,
    start, // this and the next three: where the host itself runs the script
    finish,
    refused,
    describe: kit.describe,
    now,
    random: () => state.random(),
    report,
    started,
    thrown,
    placed,
    caught,
    code,
    notEmulated,
    stack: kit.stackOf,
  };
  return (step, argument) => steps[step](argument);
});
