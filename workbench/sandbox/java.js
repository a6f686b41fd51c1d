// java.util and java.lang for legacy scripts, as far as may act scripts need them.
//
// Java methods of the same name and several signatures are one function here.
// HashMap and HashSet keep the order of insertion, which Java leaves open.
(function java(kit) {
  "use strict";

  const { Array, Error, Map, Number, String, Symbol, TypeError } = globalThis;
  const { freeze, keys } = kit;

  function javaError(className, message) {
    const error = new Error(`${className}: ${message}`);
    error.name = "JavaException";
    return error;
  }

  // ---- java.util ----------------------------------------------------------

  function iteratorOver(values) {
    let next = 0;
    return freeze({
      hasNext: () => next < values.length,
      next() {
        if (next >= values.length) {
          throw javaError("java.util.NoSuchElementException", "no more elements");
        }
        next += 1;
        return values[next - 1];
      },
    });
  }

  function valuesOf(collection) {
    if (collection === undefined || collection === null) return [];
    if (Array.isArray(collection)) return Array.from(collection);
    if (collection instanceof HashSet) return collection.toArray();
    throw new TypeError("A java.util.Collection or an array was expected.");
  }

  const show = (value) => (value === null ? "null" : String(value));
  const removeAt = (values, at) => at >= 0 && values.splice(at, 1).length > 0;

  // A list is an array too, because Rhino gives a java.util.List indexes.
  class ArrayList extends Array {
    constructor(source) {
      super();
      if (typeof source !== "number") this.addAll(source); // a number: its capacity
    }
    static get [Symbol.species]() {
      return Array;
    }
    add(...args) {
      if (args.length === 2) this.splice(args[0], 0, args[1]);
      else this.push(args[0]);
      return true;
    }
    addAll(collection) {
      const values = valuesOf(collection);
      values.forEach((value) => this.push(value));
      return values.length > 0;
    }
    get(index) {
      if (!(index >= 0 && index < this.length)) {
        const message = `Index ${index} out of bounds for length ${this.length}`;
        throw javaError("java.lang.IndexOutOfBoundsException", message);
      }
      return this[index];
    }
    set(index, value) {
      const before = this.get(index);
      this[index] = value;
      return before;
    }
    remove(what) {
      if (typeof what !== "number") return removeAt(this, this.indexOf(what));
      const before = this.get(what);
      this.splice(what, 1);
      return before;
    }
    clear() {
      this.length = 0;
    }
    contains(value) {
      return this.includes(value);
    }
    size() {
      return this.length;
    }
    isEmpty() {
      return this.length === 0;
    }
    iterator() {
      return iteratorOver(this);
    }
    toArray() {
      return Array.from(this);
    }
    toString() {
      return `[${this.toArray().map(show).join(", ")}]`;
    }
  }

  class HashSet {
    #values = [];
    constructor(source) {
      if (typeof source !== "number") this.addAll(source);
    }
    add(value) {
      const isNew = !this.contains(value);
      if (isNew) this.#values.push(value);
      return isNew;
    }
    addAll(collection) {
      const before = this.size();
      valuesOf(collection).forEach((value) => this.add(value));
      return this.size() > before;
    }
    remove(value) {
      return removeAt(this.#values, this.#values.indexOf(value));
    }
    clear() {
      this.#values = [];
    }
    contains(value) {
      return this.#values.includes(value);
    }
    containsAll(collection) {
      return valuesOf(collection).every((value) => this.contains(value));
    }
    size() {
      return this.#values.length;
    }
    isEmpty() {
      return this.size() === 0;
    }
    iterator() {
      return iteratorOver(this.toArray());
    }
    forEach(action) {
      this.toArray().forEach((value) => action(value));
    }
    toArray() {
      return Array.from(this.#values);
    }
    toString() {
      return `[${this.toArray().map(show).join(", ")}]`;
    }
  }

  class HashMap {
    #entries = new Map();
    constructor(source) {
      if (typeof source !== "number") this.putAll(source);
    }
    put(key, value) {
      const before = this.get(key);
      this.#entries.set(key, value === undefined ? null : value);
      return before;
    }
    putAll(source) {
      if (source instanceof HashMap) {
        source.forEach((key, value) => this.put(key, value));
      } else if (source) {
        keys(source).forEach((key) => this.put(key, source[key]));
      }
    }
    get(key) {
      return this.#entries.has(key) ? this.#entries.get(key) : null;
    }
    getOrDefault(key, value) {
      return this.#entries.has(key) ? this.#entries.get(key) : value;
    }
    containsKey(key) {
      return this.#entries.has(key);
    }
    containsValue(value) {
      return this.values().contains(value);
    }
    remove(key) {
      const before = this.get(key);
      this.#entries.delete(key);
      return before;
    }
    clear() {
      this.#entries.clear();
    }
    size() {
      return this.#entries.size;
    }
    isEmpty() {
      return this.size() === 0;
    }
    keySet() {
      return new HashSet(Array.from(this.#entries.keys()));
    }
    values() {
      return new ArrayList(Array.from(this.#entries.values()));
    }
    entrySet() {
      return new HashSet(
        Array.from(this.#entries, ([key, value]) => entry(key, value))
      );
    }
    forEach(action) {
      this.#entries.forEach((value, key) => action(key, value));
    }
    toString() {
      const shown = Array.from(this.#entries, ([k, v]) => `${show(k)}=${show(v)}`);
      return `{${shown.join(", ")}}`;
    }
  }

  class LinkedHashMap extends HashMap {}
  class LinkedHashSet extends HashSet {}

  const entry = (key, value) =>
    freeze({
      getKey: () => key,
      getValue: () => value,
      toString: () => `${key}=${value}`,
    });

  const listOf = (values) => freeze(new ArrayList(values));

  const Arrays = {
    asList: (...values) =>
      new ArrayList(values.length === 1 && Array.isArray(values[0]) ? values[0] : values),
  };

  const Collections = {
    emptyList: () => listOf([]),
    singletonList: (value) => listOf([value]),
    emptySet: () => new HashSet(),
    singleton: (value) => new HashSet([value]),
    emptyMap: () => new HashMap(),
    singletonMap: (key, value) => mapOf([entry(key, value)]),
  };

  function mapOf(entries) {
    const map = new LinkedHashMap();
    entries.forEach((one) => map.put(one.getKey(), one.getValue()));
    return map;
  }

  // ---- java.lang ----------------------------------------------------------

  function parseInteger(text) {
    if (!/^[+-]?\d+$/.test(String(text))) {
      throw javaError("java.lang.NumberFormatException", `For input string: "${text}"`);
    }
    return Number(text);
  }

  // Java strings are JavaScript strings here: .length is a number, no .equals().
  const JavaString = {
    valueOf: (value) => String(value),
    join: (separator, ...parts) =>
      (parts.length === 1 ? valuesOf(parts[0]) : parts).join(separator),
  };

  const Integer = {
    MAX_VALUE: 2147483647,
    MIN_VALUE: -2147483648,
    parseInt: parseInteger,
    valueOf: parseInteger,
    toString: (value) => String(value),
  };

  const isTrue = (value) => String(value).toLowerCase() === "true";
  const JavaBoolean = {
    TRUE: true,
    FALSE: false,
    parseBoolean: isTrue,
    valueOf: isTrue,
    toString: (value) => String(value),
  };

  return {
    ArrayList,
    Arrays,
    Collections,
    HashMap,
    HashSet,
    Integer,
    JavaBoolean,
    JavaString,
    LinkedHashMap,
    LinkedHashSet,
    entry,
    iteratorOver,
    javaError,
    mapOf,
    show,
    valuesOf,
  };
})
