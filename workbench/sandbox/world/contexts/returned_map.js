// @ts-check
// What a script of some contexts gives as its last value: a map, as JSON.
(function returnedMap(/** @type {Kit} */ kit, bindingsOf) {
  "use strict";

  const { Array, TypeError } = globalThis;
  const { isArray } = Array;

  kit.mapJson = kit.guarded((value, where) => {
    const plain = kit.selfOf(value) ? kit.toData(value) : value;
    if (plain === null || typeof plain !== "object" || isArray(plain)) {
      const given = plain === null ? "null" : isArray(plain) ? "a list" : typeof plain;
      throw new TypeError(
        `The script has to end with ${where}, a map; it gave ${given}.`
      );
    }
    return kit.toJson(plain, where);
  });

  return bindingsOf;
});
