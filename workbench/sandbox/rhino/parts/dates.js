// @ts-check
// JSON and Date, as Rhino has them.
(function dates(/** @type {RhinoKit} */ kit) {
  "use strict";

  const { Date, Object, Reflect, Symbol, SyntaxError } = kit.natives;
  const { host, isObject, isText, notEmulated, onThis, replace } = kit;
  const { replaceConstructor, test } = kit;
  const { getOwnPropertyNames } = Object;
  const { apply } = Reflect;

  // ---- JSON ------------------------------------------------------------------

  // QuickJS counts the text as code: the error is made anew where it was called.
  function readJson(before, text) {
    try {
      return before(text);
    } catch (error) {
      throw error instanceof SyntaxError ? new SyntaxError(error.message) : error;
    }
  }

  const minus = /-0/; // Rhino has no such number in JSON
  const positive = (value) => (value === 0 ? 0 : value);
  replace(globalThis.JSON, {
    parse: (before) => (given, reviver) => {
      const text = `${given}`;
      const value = readJson(before, text);
      if (typeof reviver === "function") {
        return before(text, function (key, read) {
          return apply(reviver, this, [key, positive(read)]);
        });
      }
      return test(minus, text) ? before(text, (key, read) => positive(read)) : value;
    },
  });

  // ---- Dates -----------------------------------------------------------------

  // What Rhino and QuickJS read alike; Rhino reads more, and its own way.
  const iso =
    /^\d{4}(?:-\d\d){0,2}(?:T\d\d:\d\d(?::\d\d(?:\.\d{3})?)?(?:Z|[+-]\d\d:\d\d)?)?$/;
  const long =
    /^(?:[A-Z][a-z]{2},? )?(?:\d\d? [A-Z][a-z]{2}|[A-Z][a-z]{2} \d\d?) \d{4}(?: \d\d:\d\d:\d\d(?: (?:GMT|UTC)(?:[+-]\d{4})?)?)?$/;
  const slashed = /^\d\d?\/\d\d?\/\d{4}$/;
  const zoned = /(?:Z|[+-]\d\d:\d\d|GMT|UTC)/;
  const dayAlone = /^\d{4}(?:-\d\d){0,2}$/;
  const digits = /\d/;
  const { parse, UTC } = Date;

  // Rhino has no 30th of February where others see the 1st of March.
  function isDay(text) {
    const day = text.slice(0, 10);
    const time = parse(day);
    return time === time && new Date(time).toISOString().startsWith(day);
  }

  function parseDate(text) {
    if (test(iso, text) && !isDay(text)) return NaN;
    if (test(iso, text)) return parse(atUtc(text, "Z"));
    if (test(long, text) || test(slashed, text)) return parse(atUtc(text, " GMT"));
    return test(digits, text) ? notEmulated("the date format of " + text) : NaN;
  }

  // What names no time zone is in the server's, which is UTC.
  const atUtc = (text, zone) =>
    test(zoned, text) || test(dayAlone, text) ? text : text + zone;

  function NewDate(...given) {
    if (!new.target) return `${new Date(host("now"))}`;
    if (given.length === 0) return new Date(host("now"));
    if (given.length !== 1) return new Date(apply(UTC, Date, given));
    const first = plainOf(given[0]);
    return new Date(isText(first) ? parseDate(`${first}`) : first);
  }

  function plainOf(value) {
    if (!isObject(value) || value[Symbol.toPrimitive]) return value; // dates, Java's
    const plain = value.valueOf();
    return isObject(plain) ? `${value}` : plain;
  }

  replaceConstructor("Date", Date, NewDate);
  replace(NewDate, {
    now: () => () => host("now"),
    parse: () => (text) => parseDate(`${text}`),
  });
  const local = () => () => notEmulated("dates in the language of the server");
  const setTime = onThis(Date.prototype.setTime);
  const setter = (before) =>
    function (...given) {
      const time = apply(before, this, given);
      return time === time ? time : setTime(this, NaN); // QuickJS would leave the date
    };
  for (const name of getOwnPropertyNames(Date.prototype)) {
    if (test(/^set/, name)) replace(Date.prototype, { [name]: setter });
  }
  replace(Date.prototype, {
    toLocaleString: local,
    toLocaleDateString: local,
    toLocaleTimeString: local,
  });

  // ---- The time zone is UTC, whatever it is around this ------------------------

  const { prototype } = Date;
  const inUtc = onThis(prototype.toUTCString);
  const yearOf = onThis(prototype.getUTCFullYear);
  const setFullYear = onThis(prototype.setUTCFullYear);
  for (const name of getOwnPropertyNames(prototype)) {
    const same = name.replace(/^(get|set)/, "$1UTC");
    if (name !== same && test(/^.et(?!UTC)/, name) && prototype[same]) {
      replace(prototype, {
        [name]: () =>
          function (...given) {
            return apply(prototype[same], this, given);
          },
      });
    }
  }

  // From "Thu, 01 Jan 1970 00:00:00 GMT".
  const written = (form) => () =>
    function () {
      const text = inUtc(this);
      const parts = text.match(/^(\w+), (\d+) (\w+) (-?\d+) (\S+) GMT$/);
      return parts ? form(...parts.slice(1)) : text;
    };
  const zone = "GMT-0000 (UTC)";
  replace(prototype, {
    getTimezoneOffset: () =>
      function () {
        return 0 * this.getTime(); // NaN where it is no date
      },
    getYear: () =>
      function () {
        return yearOf(this) - 1900;
      },
    setYear: () =>
      function (year) {
        const number = +year;
        return setFullYear(this, number >= 0 && number < 100 ? 1900 + number : number);
      },
    toString: written(
      (day, date, month, year, time) =>
        `${day} ${month} ${date} ${year} ${time} ${zone}`
    ),
    toDateString: written(
      (day, date, month, year) => `${day} ${month} ${date} ${year}`
    ),
    toTimeString: written((day, date, month, year, time) => `${time} ${zone}`),
  });
});
