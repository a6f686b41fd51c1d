// @ts-check
// Digests of bytes: SHA-1 and SHA-2 (FIPS 180-4).
(function digests(/** @type {Kit} */ kit) {
  "use strict";

  const { Array, BigInt, Error, Math, Number, String } = globalThis;
  const { freeze } = kit;

  const numberOf = (big) => Number(String(big)); // Rhino's Number takes no BigInt

  function primes(count) {
    const found = [];
    for (let n = 2n; found.length < count; n += 1n) {
      if (found.every((prime) => n % prime)) found.push(n);
    }
    return found;
  }

  // Not **, which in ES5 is Math.pow, and that takes no BigInt.
  const raised = (root, power) => (power === 2 ? root * root : root * root * root);

  // The first bits of the fraction of a root, by whole numbers.
  function rootBits(number, power, bits) {
    const scaled = number << BigInt(power * bits);
    let low = 0n;
    let high = 1n << BigInt(bits + 5);
    while (high - low > 1n) {
      const middle = (low + high) >> 1n;
      if (raised(middle, power) <= scaled) low = middle;
      else high = middle;
    }
    return low & ((1n << BigInt(bits)) - 1n);
  }

  const SHA2 = freeze({
    __proto__: null,
    32: {
      rounds: 64,
      sums: [
        [2, 13, 22],
        [6, 11, 25],
        [7, 18, 3],
        [17, 19, 10],
      ],
    },
    64: {
      rounds: 80,
      sums: [
        [28, 34, 39],
        [14, 18, 41],
        [1, 8, 7],
        [19, 61, 6],
      ],
    },
  });
  const KINDS = freeze({
    __proto__: null,
    "SHA-256": { bits: 32, length: 32, start: 0 },
    "SHA-384": { bits: 64, length: 48, start: 8 },
    "SHA-512": { bits: 64, length: 64, start: 0 },
  });

  function padded(bytes, block, lengthBytes) {
    const whole = bytes.concat([128]);
    while ((whole.length + lengthBytes) % block) whole.push(0);
    const size = BigInt(bytes.length * 8);
    for (let i = lengthBytes - 1; i >= 0; i -= 1) {
      whole.push(numberOf((size >> BigInt(8 * i)) & 255n));
    }
    return whole;
  }

  const toBytes = (words, size) =>
    [].concat(
      ...words.map((word) =>
        Array.from({ length: size }, (_, i) =>
          numberOf((word >> BigInt(8 * (size - 1 - i))) & 255n)
        )
      )
    );

  function wordsOf(block, size) {
    const words = [];
    for (let i = 0; i < block.length; i += size) {
      words.push(
        block.slice(i, i + size).reduce((sum, b) => (sum << 8n) | BigInt(b), 0n)
      );
    }
    return words;
  }

  function sha2(kind, bytes) {
    const { bits, length, start } = KINDS[kind];
    const { rounds, sums } = SHA2[bits];
    const size = bits / 8;
    const width = BigInt(bits);
    const mask = (1n << width) - 1n;
    const turn = (x, n) => ((x >> BigInt(n)) | (x << (width - BigInt(n)))) & mask;
    const big = (x, [a, b, c]) => turn(x, a) ^ turn(x, b) ^ turn(x, c);
    const small = (x, [a, b, c]) => turn(x, a) ^ turn(x, b) ^ (x >> BigInt(c));
    const table = primes(rounds);
    const constants = table.map((prime) => rootBits(prime, 3, bits));
    let state = table.slice(start, start + 8).map((prime) => rootBits(prime, 2, bits));
    const whole = padded(bytes, 16 * size, 2 * size);
    for (let from = 0; from < whole.length; from += 16 * size) {
      const w = wordsOf(whole.slice(from, from + 16 * size), size);
      for (let i = 16; i < rounds; i += 1) {
        w.push(
          (small(w[i - 2], sums[3]) +
            w[i - 7] +
            small(w[i - 15], sums[2]) +
            w[i - 16]) &
            mask
        );
      }
      let [a, b, c, d, e, f, g, h] = state;
      for (let i = 0; i < rounds; i += 1) {
        const one =
          h + big(e, sums[1]) + ((e & f) ^ (~e & mask & g)) + constants[i] + w[i];
        const two = big(a, sums[0]) + ((a & b) ^ (a & c) ^ (b & c));
        [h, g, f, e, d, c, b, a] = [
          g,
          f,
          e,
          (d + one) & mask,
          c,
          b,
          a,
          (one + two) & mask,
        ];
      }
      state = [a, b, c, d, e, f, g, h].map((word, i) => (word + state[i]) & mask);
    }
    return toBytes(state, size).slice(0, length);
  }

  function sha1(bytes) {
    const turn = (x, n) => (x << n) | (x >>> (32 - n));
    const K = [0x5a827999, 0x6ed9eba1, 0x8f1bbcdc, 0xca62c1d6];
    let state = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0];
    const whole = padded(bytes, 64, 8);
    for (let from = 0; from < whole.length; from += 64) {
      const w = wordsOf(whole.slice(from, from + 64), 4).map(
        (word) => numberOf(word) | 0
      );
      for (let i = 16; i < 80; i += 1) {
        w.push(turn(w[i - 3] ^ w[i - 8] ^ w[i - 14] ^ w[i - 16], 1));
      }
      let [a, b, c, d, e] = state;
      for (let i = 0; i < 80; i += 1) {
        const part = Math.floor(i / 20);
        const mix = [
          (b & c) | (~b & d),
          b ^ c ^ d,
          (b & c) | (b & d) | (c & d),
          b ^ c ^ d,
        ][part];
        const next = (turn(a, 5) + mix + e + K[part] + w[i]) | 0;
        [e, d, c, b, a] = [d, c, turn(b, 30), a, next];
      }
      state = [a, b, c, d, e].map((word, i) => (word + state[i]) | 0);
    }
    return toBytes(
      state.map((word) => BigInt(word >>> 0)),
      4
    );
  }

  function digest(name, bytes) {
    const kind = String(name)
      .toUpperCase()
      .replace(/^SHA(\d)/, "SHA-$1");
    if (kind === "SHA-1") return sha1(bytes);
    if (KINDS[kind]) return sha2(kind, bytes);
    throw new Error(
      `The workbench has SHA-1, SHA-256, SHA-384 and SHA-512; not "${name}".`
    );
  }

  Object.assign(kit, { digest, sha1 });
});
