// @ts-check
// Random numbers that a seed decides: the same ones whenever the seed is the same.
(function chance(/** @type {Kit} */ kit) {
  "use strict";

  const { imul, random } = Math;
  const charCodeAt = Function.prototype.call.bind(String.prototype.charCodeAt);

  // FNV-1a, from a start of its own for each of the numbers that sfc32 begins with.
  function hash(text, start) {
    let sum = 0x811c9dc5 ^ start;
    for (let i = 0; i < text.length; i += 1) {
      sum = imul(sum ^ charCodeAt(text, i), 0x01000193);
    }
    return sum | 0;
  }

  // sfc32 (C. Doty-Humphrey, in the public domain), 32 bits at a time.
  function bitsOf(seed) {
    let [a, b, c] = [hash(seed, 1), hash(seed, 2), hash(seed, 3)];
    let counter = 1;
    const next = () => {
      const sum = (((a + b) | 0) + counter) | 0;
      counter = (counter + 1) | 0;
      a = b ^ (b >>> 9);
      b = (c + (c << 3)) | 0;
      c = (((c << 21) | (c >>> 11)) + sum) | 0;
      return sum >>> 0;
    };
    for (let i = 0; i < 12; i += 1) next();
    return next;
  }

  // What Math.random does; without a seed it is the engine's own.
  kit.randomOf = (seed) => {
    if (seed === "") return random;
    const bits = bitsOf(seed);
    return () => ((bits() >>> 5) * 2 ** 26 + (bits() >>> 6)) / 2 ** 53;
  };
});
