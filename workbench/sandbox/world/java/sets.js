// @ts-check
// java.util: sets, in the order in which Java walks through them.
(function javaSets(/** @type {Kit} */ kit) {
  "use strict";

  const { Map, Math, Object } = globalThis;
  const { closed, collectionType, compare, emptyOr, hash, inBrackets, isA } = kit;
  const { isObject, javaClass, make, sized, stateOf, toInt, type, valuesOf } = kit;

  // ---- Tables: the entries of a map, also behind a set -----------------------

  const keyOf = (value) =>
    value instanceof kit.Whole
      ? `w${value.kind}${value.value}`
      : isObject(value) || typeof value === "function"
        ? value
        : `${typeof value}${value}`;

  const powerOfTwo = (count) => 2 ** Math.ceil(Math.log2(Math.max(count, 1)));

  class Table {
    constructor(order, capacity = 16) {
      this.order = order; // "hash", "insertion" or "sorted"
      this.entries = new Map(); // keyOf(key) -> { key, value }
      this.capacity = capacity;
    }
    find(key) {
      return this.entries.get(keyOf(key));
    }
    put(key, value) {
      const there = this.find(key);
      const before = there ? there.value : null;
      if (there) there.value = value;
      else this.entries.set(keyOf(key), { key, value });
      if (this.entries.size > 0.75 * this.capacity) this.capacity *= 2;
      return before;
    }
    remove(key) {
      const there = this.find(key);
      this.entries.delete(keyOf(key));
      return there ? there.value : null;
    }
    // In a HashMap: bucket after bucket, each in the order of insertion.
    list() {
      const all = [];
      this.entries.forEach((entry) => all.push(entry));
      const bucket = ({ key }) => {
        const code = hash(key);
        return (code ^ (code >>> 16)) & (this.capacity - 1);
      };
      if (this.order === "hash") all.sort((a, b) => bucket(a) - bucket(b));
      if (this.order === "sorted") all.sort((a, b) => compare(a.key, b.key));
      return all;
    }
  }

  // ---- Sets: the state is a table --------------------------------------------

  const members = (table) => table.list().map(({ key }) => key);

  const setType = type(
    "java.util.AbstractSet",
    collectionType,
    {},
    {
      values: members,
      show: (table) => inBrackets(members(table)),
      hash: (table) => members(table).reduce((sum, v) => (sum + hash(v)) | 0, 0),
      data: members,
      equals: ({ state }, other) =>
        isA(other, setType) &&
        stateOf(other).entries.size === state.entries.size &&
        valuesOf(other).every((value) => state.find(value)),
    }
  );
  const setBehaviour = {
    add: (table, value) => {
      const isNew = !table.find(value);
      if (isNew) table.put(value, true);
      return isNew;
    },
    replace: (table, values) => {
      table.entries.clear();
      values.forEach((value) => table.put(value, true));
    },
  };

  function fill(table, values) {
    values.forEach((value) => setBehaviour.add(table, value));
    return table;
  }

  const roomFor = (count) => powerOfTwo(Math.max(Math.trunc(count / 0.75) + 1, 16));

  function defineSet(name, order) {
    const made = type(`java.util.${name}`, setType, {}, setBehaviour);
    javaClass(made, (given) => {
      if (typeof given === "string") toInt(given);
      if (sized(given)) return make(made, new Table(order, powerOfTwo(toInt(given))));
      const values = emptyOr([], given);
      return make(made, fill(new Table(order, roomFor(values.length)), values));
    });
    return made;
  }
  const hashSetType = defineSet("HashSet", "hash");
  defineSet("LinkedHashSet", "insertion");
  defineSet("TreeSet", "sorted");
  const newSet = (values, order = "hash") =>
    make(hashSetType, fill(new Table(order, roomFor(values.length)), values));

  const frozenSetType = type("java.util.Collections$UnmodifiableSet", setType, closed);
  const frozenSet = (values) =>
    make(frozenSetType, fill(new Table("insertion"), values));

  Object.assign(kit, {
    Table,
    fill,
    frozenSet,
    members,
    newSet,
    powerOfTwo,
    setType,
  });
});
