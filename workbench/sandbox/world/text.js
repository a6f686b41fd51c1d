// @ts-check
// Values of a script as text: claims as JSON, what was thrown in words, log lines.
(function text(/** @type {Kit} */ kit) {
  "use strict";

  const { Array, JSON, Number, Object, String, TypeError } = globalThis;
  const { isError, isObject, wide } = kit;
  const { freeze, keys } = Object;
  const { isArray } = Array;
  const { isFinite, isInteger } = Number;
  const { parse, stringify: quote } = JSON; // quote: for strings and numbers only
  const onThis = Function.prototype.bind.bind(Function.prototype.call);
  const brand = onThis(Object.prototype.toString);
  const indexOf = onThis(String.prototype.indexOf);
  const slice = onThis(String.prototype.slice);
  const replace = onThis(String.prototype.replace);
  const unboxers = {
    __proto__: null,
    "[object String]": onThis(String.prototype.valueOf),
    "[object Number]": onThis(Number.prototype.valueOf),
    "[object Boolean]": onThis(Boolean.prototype.valueOf),
  };
  const DEEPEST = 200; // levels of a claim
  const LONGEST = 2000; // characters of a value in a message

  let doubles = false; // numbers of a script are doubles

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
      const kind = typeof value === "function" ? "a function" : `${value}`;
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
    return doubles && isInteger(number) && indexOf(text, "e") < 0 ? `${text}.0` : text;
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

  // A claim as a script sets it: its numbers are doubles.
  function claimJson(value, claim) {
    doubles = true;
    let json;
    try {
      json = toJson(value, claim);
    } finally {
      doubles = false;
    }
    if (json.length > kit.limit()) kit.refuseOutput(`${wide(claim)} is`);
    return json;
  }

  // Each {} takes the next argument, as in SLF4J; what is left over is dropped, and
  // a backslash before {} keeps it. Measured in both generations.
  function format(message, args) {
    const values = args.length === 1 && isArray(args[0]) ? args[0] : args;
    let used = 0;
    return replace(String(message), /(\\*)\{\}/g, (all, slashes) => {
      const half = slice(slashes, 0, slashes.length >> 1);
      if (slashes.length % 2) return `${half}{}`;
      if (used >= values.length) return all;
      used += 1;
      return half + String(values[used - 1]);
    });
  }

  Object.assign(kit, { claimJson, copy, describe, format, returnedJson, toJson });
});
