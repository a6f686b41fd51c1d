// @ts-check
// parseInt, Math and Number, as Rhino has them.
(function numbers(/** @type {RhinoKit} */ kit) {
  "use strict";

  const { Math, Number } = kit.natives;
  const { cut, define, onThis, replace, test } = kit;

  const octal = /^(\s*[+-]?)0(?=\d)/;
  replace(globalThis, {
    parseInt: (before) => (text, radix) => {
      const digits = `${text}`;
      const isOctal = !radix && test(octal, digits);
      return isOctal ? before(cut(digits, octal, "$1"), 8) : before(digits, radix);
    },
  });
  define(Number, "parseInt", globalThis.parseInt);
  const { LOG2E, log } = Math;
  const FARTHEST = 2 ** 63;
  replace(Math, {
    cbrt: (before) =>
      function (number) {
        const root = before(number);
        const whole = Math.round(root);
        return whole * whole * whole === number ? whole : root;
      },
    atanh: (before) =>
      function (number) {
        const value = +number;
        return value && value > -1 && value < 1 ? NaN : before(value);
      },
    round: (before) =>
      function (number) {
        const whole = before(number);
        const fits = whole > -FARTHEST && whole < FARTHEST; // a long of Java
        return fits || !isFinite(whole) ? whole : whole < 0 ? -FARTHEST : FARTHEST;
      },
    random: () => () => kit.host("random"),
    log2: () => (number) => log(number) * LOG2E,
  });

  const inBase = onThis(Number.prototype.toString);
  replace(Number.prototype, {
    toLocaleString: () =>
      function (base) {
        return base === undefined ? inBase(this) : inBase(this, base);
      },
  });
});
