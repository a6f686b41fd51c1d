// @ts-check
// The utils binding of next-generation scripts (4.6): encodings, digests, randomness.
(function utils(/** @type {Kit} */ kit) {
  "use strict";

  const { Array, Error, Math, String, TypeError } = globalThis;
  const { digest, freeze, sha1 } = kit;

  // ---- Text and bytes: bytes are signed, as Java has them --------------------

  const signed = (byte) => (byte << 24) >> 24;
  const bytesOf = (data) => {
    if (typeof data === "string") return utf8(data);
    const plain = Array.isArray(data) ? data : kit.toData(data);
    if (!Array.isArray(plain)) throw new TypeError("An array of bytes was expected.");
    return plain.map((byte) => byte & 255);
  };

  const surrogates = /[\ud800-\udbff][\udc00-\udfff]|[\ud800-\udfff]/g;
  const whole = (text) =>
    String(text).replace(surrogates, (found) => (found.length > 1 ? found : "\ufffd"));

  function utf8(text) {
    const escaped = encodeURIComponent(whole(text));
    const bytes = [];
    for (let i = 0; i < escaped.length; i += 1) {
      const percent = escaped[i] === "%";
      bytes.push(
        percent ? parseInt(escaped.slice(i + 1, i + 3), 16) : escaped.charCodeAt(i)
      );
      if (percent) i += 2;
    }
    return bytes;
  }

  function textOf(bytes) {
    const hex = bytes.map((byte) => `%${(byte & 255).toString(16).padStart(2, "0")}`);
    try {
      return decodeURIComponent(hex.join(""));
    } catch {
      throw new Error("The bytes are not UTF-8 text.");
    }
  }

  // ---- Base64 ----------------------------------------------------------------

  const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

  function base64Of(last, padded) {
    const alphabet = LETTERS + last;
    const encode = (bytes) => {
      let text = "";
      for (let i = 0; i < bytes.length; i += 3) {
        const [a, b = 0, c = 0] = bytes.slice(i, i + 3);
        const four = [
          a >> 2,
          ((a & 3) << 4) | (b >> 4),
          ((b & 15) << 2) | (c >> 6),
          c & 63,
        ];
        const used = Math.min(bytes.length - i, 3) + 1;
        text += four
          .slice(0, used)
          .map((six) => alphabet[six])
          .join("");
        if (padded) text += "=".repeat(4 - used);
      }
      return text;
    };
    const decode = (given) => {
      const text = String(given).replace(/=+$/, "");
      const bytes = [];
      let bits = 0;
      let held = 0;
      for (const letter of text) {
        const six = alphabet.indexOf(letter);
        if (six < 0) throw new Error(`${JSON.stringify(letter)} is not Base64.`);
        held = (held << 6) | six;
        bits += 6;
        if (bits >= 8) {
          bits -= 8;
          bytes.push((held >> bits) & 255);
        }
      }
      return bytes;
    };
    const latin = (text) =>
      Array.from(String(text), (letter) => letter.charCodeAt(0) & 255);
    return freeze({
      encode: (data) => encode(bytesOf(data)),
      decode: (text) => textOf(decode(text)),
      decodeToBytes: (text) => decode(text).map(signed),
      btoa: (text) => encode(latin(text)),
      atob: (text) =>
        decode(text)
          .map((byte) => String.fromCharCode(byte))
          .join(""),
    });
  }

  // ---- HMAC (RFC 2104) -------------------------------------------------------

  // An algorithm is "HMAC", or an object with name and hash.
  function hmac(algorithm, key, data) {
    const { name = algorithm, hash = "SHA-256" } = Object(algorithm);
    if (!/^hmac$/i.test(String(name))) {
      throw new Error(
        `The workbench signs and verifies with HMAC only; not "${name}".`
      );
    }
    const block = /384|512/.test(String(hash)) ? 128 : 64;
    const given = bytesOf(key);
    const short = given.length > block ? digest(hash, given) : given;
    const full = short.concat(Array(block - short.length).fill(0));
    const inside = digest(hash, full.map((b) => b ^ 0x36).concat(bytesOf(data)));
    return digest(hash, full.map((b) => b ^ 0x5c).concat(inside));
  }

  const alike = (one, other) =>
    one.length === other.length && one.every((byte, i) => byte === other[i]);

  const unavailable = (name) => () => {
    throw new Error(`utils.crypto.${name}() is not available in the workbench.`);
  };

  function subtleOf() {
    const subtle = {
      digest: (name, data) => digest(name, bytesOf(data)).map(signed),
      sign: (algorithm, key, data) => hmac(algorithm, key, data).map(signed),
      verify: (algorithm, key, data, signature) =>
        alike(hmac(algorithm, key, data), bytesOf(signature)),
    };
    for (const name of ["generateKey", "deriveKey", "encrypt", "decrypt"]) {
      subtle[name] = unavailable(`subtle.${name}`);
    }
    return freeze(subtle);
  }

  // ---- Randomness: the same for the same token, so that lessons do not vary ----

  function randomBytesOf(seed) {
    let count = 0;
    let left = [];
    return (length) => {
      while (left.length < length) {
        left = left.concat(sha1(utf8(`${seed} ${count}`)));
        count += 1;
      }
      return left.splice(0, length);
    };
  }

  function uuidOf(bytes) {
    const marked = bytes.slice();
    marked[6] = (bytes[6] & 15) | 64;
    marked[8] = (bytes[8] & 63) | 128;
    const hex = marked.map((b) => b.toString(16).padStart(2, "0"));
    return hex.join("").replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  }

  kit.utf8 = (text) => utf8(text).map(signed);
  kit.utilsOf = (seed) => {
    const randomBytes = randomBytesOf(seed);
    return freeze({
      base64: base64Of("+/", true),
      base64url: base64Of("-_", false),
      types: freeze({
        stringToBytes: (text) => utf8(text).map(signed),
        bytesToString: (bytes) => textOf(bytesOf(bytes)),
      }),
      crypto: freeze({
        randomUUID: () => uuidOf(randomBytes(16)),
        getRandomValues: (array) => {
          const bytes = randomBytes(array.length);
          bytes.forEach((byte, i) => {
            array[i] = signed(byte);
          });
          return array;
        },
        checkBcrypt: unavailable("checkBcrypt"),
        subtle: subtleOf(),
      }),
    });
  };
});
