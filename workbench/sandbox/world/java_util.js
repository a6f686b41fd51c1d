// java.util: lists, sets and maps, in the order in which Java walks through them.
(function javaUtil(kit) {
  "use strict";

  const { Array, Infinity, InternalError, Map, Math, Object } = globalThis;
  const { compare, does, gives, hash, isA, javaClass, javaError, lambda, make } = kit;
  const { notSupported, plain, root, same, selfOf, show, stateOf, toInt, type } = kit;
  const { keys } = kit;

  const isObject = (value) => typeof value === "object" && value !== null;
  const outOfBounds = (message) =>
    javaError("java.lang.IndexOutOfBoundsException", message);

  // ---- Iterators and arrays -------------------------------------------------

  const iteratorType = type("java.util.Iterator", root, {
    hasNext: plain(0, 0, ({ state }) => state.next < state.values.length),
    next: gives(0, 0, ({ state }) => {
      if (state.next >= state.values.length) {
        throw javaError("java.util.NoSuchElementException");
      }
      state.next += 1;
      return state.values[state.next - 1];
    }),
    remove: does(0, 0, notSupported),
  }, { show: () => "java.util.Iterator@1" });
  const iteratorOver = (values) =>
    make(iteratorType, { next: 0, values: Array.from(values) });

  // What toArray() and split() give: a length and indexes, and no methods.
  const arrayType = type("[Ljava.lang.Object;", root, {}, {
    show: () => "[Ljava.lang.Object;@1",
    items: (state) => state,
    data: (state) => state,
    prototype: Array.prototype,
  });
  const arrayOf = (values) => make(arrayType, Array.from(values));

  // ---- Collections ----------------------------------------------------------

  // The Java values in a collection; a JavaScript array counts as a list.
  function valuesOf(collection) {
    if (Array.isArray(collection)) return collection.map(kit.toJava);
    const self = selfOf(collection);
    if (self && self.type.values) return self.type.values(self.state);
    throw new InternalError(`Cannot convert ${show(collection)} to java.util.Collection`);
  }

  const inBrackets = (values) => `[${values.map(show).join(", ")}]`;
  const holds = (values, value) => values.some((each) => same(each, value));

  const collectionType = type("java.util.Collection", root, {
    size: plain(0, 0, (self) => valuesOf(self.it).length),
    isEmpty: plain(0, 0, (self) => valuesOf(self.it).length === 0),
    contains: plain(1, 1, (self, value) => holds(valuesOf(self.it), value)),
    containsAll: plain(1, 1, (self, others) =>
      valuesOf(others).every((value) => holds(valuesOf(self.it), value))),
    iterator: gives(0, 0, (self) => iteratorOver(valuesOf(self.it))),
    forEach: does(1, 1, (self, action) => valuesOf(self.it).forEach((v) => lambda(action)(v))),
    toArray: gives(0, 1, (self) => arrayOf(valuesOf(self.it))),
    add: plain(1, 1, (self, value) => self.type.add(self.state, value)),
    addAll: plain(1, 1, (self, others) =>
      valuesOf(others).map((value) => self.type.add(self.state, value)).includes(true)),
    remove: plain(1, 1, (self, value) => keep(self, (each) => !same(each, value), true)),
    removeAll: plain(1, 1, (self, others) =>
      keep(self, (each) => !holds(valuesOf(others), each))),
    retainAll: plain(1, 1, (self, others) =>
      keep(self, (each) => holds(valuesOf(others), each))),
    removeIf: plain(1, 1, (self, test) => keep(self, (each) => !lambda(test)(each))),
    clear: does(0, 0, (self) => void keep(self, () => false)),
  }, {
    show: () => "[]",
    data: (state) => state,
    add: notSupported,
    replace: notSupported,
  });

  // Keep the values that pass; with once set, let go of the first other one only.
  function keep(self, passes, once = false) {
    let gone = 0;
    const before = valuesOf(self.it);
    const after = before.filter((value) => {
      if ((once && gone) || passes(value)) return true;
      gone += 1;
      return false;
    });
    if (gone) self.type.replace(self.state, after);
    return gone > 0;
  }

  // ---- Lists: the state is an array -----------------------------------------

  function at(list, index, length = list.length) {
    const place = toInt(index);
    if (place < 0 || place >= length) {
      throw outOfBounds(`Index ${place} out of bounds for length ${length}`);
    }
    return place;
  }

  function placeFor(list, index) {
    const place = toInt(index);
    if (place < 0 || place > list.length) {
      throw outOfBounds(`Index: ${place}, Size: ${list.length}`);
    }
    return place;
  }

  function subList(list, from, to) {
    const [first, end] = [toInt(from), toInt(to)];
    if (first < 0) throw outOfBounds(`fromIndex = ${first}`);
    if (end > list.length) throw outOfBounds(`toIndex = ${end}`);
    return newList(list.slice(first, end));
  }

  const sorter = (order) =>
    order === null || order === undefined
      ? compare
      : (one, other) => Number(kit.toJava(lambda(order)(one, other)));

  const listMethods = {
    get: gives(1, 1, ({ state }, index) => state[at(state, index)]),
    indexOf: plain(1, 1, ({ state }, value) => state.findIndex((v) => same(v, value))),
    lastIndexOf: plain(1, 1, ({ state }, value) =>
      state.reduce((at, v, i) => (same(v, value) ? i : at), -1)),
    subList: gives(2, 2, ({ state }, from, to) => subList(state, from, to)),
    set: gives(2, 2, ({ state }, index, value) => {
      const place = at(state, index);
      const before = state[place];
      state[place] = value;
      return before;
    }),
    replaceAll: does(1, 1, ({ state }, change) => {
      state.forEach((value, place) => (state[place] = lambda(change)(value)));
    }),
    sort: does(1, 1, ({ state }, order) => void state.sort(sorter(order))),
  };

  const fixedListType = type("java.util.List", collectionType, listMethods, {
    values: (state) => state,
    items: (state) => state,
    show: inBrackets,
    hash: (state) => state.reduce((sum, v) => (Math.imul(sum, 31) + hash(v)) | 0, 1),
    equals: ({ state }, other) =>
      isA(other, fixedListType) && alike(state, valuesOf(other)),
    put: (state, index, value) => {
      if (index === "length" || !(index in state)) notSupported();
      state[index] = value;
    },
  });
  const alike = (one, other) =>
    one.length === other.length && one.every((value, i) => same(value, other[i]));

  const changing = {
    add: plain(1, 2, (self, ...args) => {
      if (args.length === 1) return self.type.add(self.state, args[0]);
      self.state.splice(placeFor(self.state, args[0]), 0, args[1]);
      return undefined;
    }),
    addAll: plain(1, 2, ({ state }, ...args) => {
      const values = valuesOf(args[args.length - 1]);
      const place = args.length === 2 ? placeFor(state, args[0]) : state.length;
      state.splice(place, 0, ...values);
      return values.length > 0;
    }),
    remove: {
      least: 1,
      most: 1,
      returns: (value) => (typeof value === "boolean" ? value : kit.toScript(value.gone)),
      body: (self, what) =>
        typeof what === "number"
          ? { gone: self.state.splice(at(self.state, what), 1)[0] }
          : keep(self, (each) => !same(each, what), true),
    },
  };
  const replaceAll = (state, values) => void state.splice(0, Infinity, ...values);
  const listBehaviour = {
    add: (state, value) => {
      state.push(value);
      return true;
    },
    replace: replaceAll,
    put: (state, index, value) => {
      if (index === "length") state.length = toInt(value);
      else {
        while (state.length < index) state.push(null);
        state[index] = value;
      }
    },
  };
  const listType = type("java.util.ArrayList", fixedListType, changing, listBehaviour);
  const newList = (values) => make(listType, Array.from(values));

  const end = (place, give) => gives(0, 0, ({ state }) => {
    if (!state.length) throw javaError("java.util.NoSuchElementException");
    return give(state, place(state));
  });
  const first = () => 0;
  const last = (state) => state.length - 1;
  const look = (state, place) => state[place];
  const take = (state, place) => state.splice(place, 1)[0];
  const linkedListType = type("java.util.LinkedList", listType, {
    getFirst: end(first, look),
    getLast: end(last, look),
    removeFirst: end(first, take),
    removeLast: end(last, take),
    addFirst: does(1, 1, ({ state }, value) => void state.unshift(value)),
    addLast: does(1, 1, ({ state }, value) => void state.push(value)),
  });

  const emptyOr = (start, given) => (given === undefined ? start : valuesOf(given));
  const sized = (given) => typeof given === "number" || given instanceof kit.Whole;
  const makesList = (made) => (given) => {
    if (sized(given)) return make(made, []);
    if (typeof given === "string") toInt(given);
    return make(made, Array.from(emptyOr([], given)));
  };
  javaClass(listType, makesList(listType));
  javaClass(linkedListType, makesList(linkedListType));

  // A list that cannot be changed at all.
  const closed = Object.fromEntries(
    ["set", "add", "addAll", "remove", "removeAll", "retainAll", "removeIf", "clear",
      "replaceAll", "sort", "put", "putAll", "putIfAbsent"].map((name) => [
      name,
      gives(0, Infinity, notSupported),
    ])
  );
  const frozenListType = type("java.util.Collections$UnmodifiableList", fixedListType,
    closed, { put: notSupported });
  const frozenList = (values) => make(frozenListType, Array.from(values));

  // ---- Tables: the entries of a map, also behind a set ----------------------

  const keyOf = (value) =>
    value instanceof kit.Whole ? `w${value.kind}${value.value}`
    : isObject(value) || typeof value === "function" ? value
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
      const all = Array.from(this.entries.values());
      const bucket = ({ key }) => {
        const code = hash(key);
        return (code ^ (code >>> 16)) & (this.capacity - 1);
      };
      if (this.order === "hash") all.sort((a, b) => bucket(a) - bucket(b));
      if (this.order === "sorted") all.sort((a, b) => compare(a.key, b.key));
      return all;
    }
  }

  // ---- Sets: the state is a table -------------------------------------------

  const members = (table) => table.list().map(({ key }) => key);

  const setType = type("java.util.AbstractSet", collectionType, {}, {
    values: members,
    show: (table) => inBrackets(members(table)),
    hash: (table) => members(table).reduce((sum, v) => (sum + hash(v)) | 0, 0),
    data: members,
    equals: ({ state }, other) =>
      isA(other, setType) && stateOf(other).entries.size === state.entries.size &&
      valuesOf(other).every((value) => state.find(value)),
  });
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
  const frozenSet = (values) => make(frozenSetType, fill(new Table("insertion"), values));

  // ---- Maps: the state is a table -------------------------------------------

  const entryType = type("java.util.Map$Entry", root, {
    getKey: gives(0, 0, ({ state }) => state.key),
    getValue: gives(0, 0, ({ state }) => state.value),
    setValue: gives(1, 1, ({ state }, value) => {
      const before = state.value;
      state.value = value;
      return before;
    }),
  }, { show: ({ key, value }) => `${show(key)}=${show(value)}` });
  const entry = (key, value) => make(entryType, { key, value });

  const valueIn = (table, key, other = null) => {
    const there = table.find(key);
    return there ? there.value : other;
  };

  // The entries of a Java map, or of a JavaScript object, which counts as one.
  function entriesOf(map) {
    if (isA(map, mapType)) return stateOf(map).list();
    if (isObject(map) && !selfOf(map) && !Array.isArray(map)) {
      return keys(map).map((key) => ({ key, value: kit.toJava(map[key]) }));
    }
    throw new InternalError(`Cannot convert ${show(map)} to java.util.Map`);
  }

  function dataOf(table) {
    const data = { __proto__: null };
    for (const { key, value } of table.list()) data[show(key)] = value;
    return data;
  }

  const mapType = type("java.util.AbstractMap", root, {
    get: gives(1, 1, ({ state }, key) => valueIn(state, key)),
    getOrDefault: gives(2, 2, ({ state }, key, other) => valueIn(state, key, other)),
    containsKey: plain(1, 1, ({ state }, key) => !!state.find(key)),
    containsValue: plain(1, 1, ({ state }, value) =>
      state.list().some((each) => same(each.value, value))),
    size: plain(0, 0, ({ state }) => state.entries.size),
    isEmpty: plain(0, 0, ({ state }) => state.entries.size === 0),
    keySet: gives(0, 0, ({ state }) => frozenSet(members(state))),
    values: gives(0, 0, ({ state }) => frozenList(state.list().map((e) => e.value))),
    entrySet: gives(0, 0, ({ state }) =>
      frozenSet(state.list().map((each) => make(entryType, each)))),
    forEach: does(1, 1, ({ state }, action) =>
      state.list().forEach(({ key, value }) => lambda(action)(key, value))),
    put: gives(2, 2, ({ state }, key, value) => state.put(key, value)),
    putAll: does(1, 1, ({ state }, map) => {
      const all = entriesOf(map);
      if (!state.entries.size) state.capacity = Math.max(state.capacity, mapRoom(all));
      all.forEach(({ key, value }) => state.put(key, value));
    }),
    putIfAbsent: gives(2, 2, ({ state }, key, value) =>
      state.find(key) ? valueIn(state, key) : state.put(key, value)),
    computeIfAbsent: gives(2, 2, ({ state }, key, make) => {
      if (!state.find(key)) state.put(key, lambda(make)(key));
      return valueIn(state, key);
    }),
    remove: gives(1, 1, ({ state }, key) => state.remove(key)),
    clear: does(0, 0, ({ state }) => state.entries.clear()),
  }, {
    show: (table) =>
      `{${table.list().map((e) => `${show(e.key)}=${show(e.value)}`).join(", ")}}`,
    data: dataOf,
    hash: (table) =>
      table.list().reduce((sum, e) => (sum + (hash(e.key) ^ hash(e.value))) | 0, 0),
    equals: ({ state }, other) =>
      isA(other, mapType) && stateOf(other).entries.size === state.entries.size &&
      entriesOf(other).every(({ key, value }) => same(valueIn(state, key), value)),
  });
  const mapRoom = (all) => powerOfTwo(Math.trunc(all.length / 0.75 + 1));

  function defineMap(name, order) {
    const made = type(`java.util.${name}`, mapType, {});
    javaClass(made, (given) => {
      if (given === undefined) return make(made, new Table(order));
      if (sized(given)) return make(made, new Table(order, powerOfTwo(toInt(given))));
      const all = entriesOf(given);
      const table = new Table(order, all.length ? mapRoom(all) : 16);
      all.forEach(({ key, value }) => table.put(key, value));
      return make(made, table);
    });
    return made;
  }
  defineMap("HashMap", "hash");
  const linkedMapType = defineMap("LinkedHashMap", "insertion");
  defineMap("TreeMap", "sorted");

  function fillMap(made, all) {
    const table = new Table("insertion");
    all.forEach(({ key, value }) => table.put(key, value));
    return make(made, table);
  }
  const newMap = (all) => fillMap(linkedMapType, all);
  const frozenMapType = type("java.util.Collections$UnmodifiableMap", mapType, closed);
  const frozenMap = (all) => fillMap(frozenMapType, all);

  // ---- Arrays, Collections --------------------------------------------------

  const spread = (values) =>
    values.length === 1 && Array.isArray(values[0]) ? valuesOf(values[0]) : values;
  const arraysType = type("java.util.Arrays", root, {});
  javaClass(arraysType, null, {
    asList: gives(0, Infinity, (self, ...values) => make(fixedListType, Array.from(spread(values)))),
  });

  const best = (sign) => gives(1, 1, (self, values) => {
    const all = valuesOf(values);
    if (!all.length) throw javaError("java.util.NoSuchElementException");
    return all.reduce((one, other) => (sign * compare(other, one) > 0 ? other : one));
  });
  // The array inside a list of Java, to be changed in place.
  const arrayIn = (list) => {
    if (!isA(list, fixedListType) || isA(list, frozenListType)) notSupported();
    return stateOf(list);
  };
  const swap = (list, one, other) => {
    [list[one], list[other]] = [list[other], list[one]];
  };
  javaClass(type("java.util.Collections", root, {}), null, {
    EMPTY_LIST: frozenList([]),
    EMPTY_MAP: frozenMap([]),
    EMPTY_SET: frozenSet([]),
    emptyList: gives(0, 0, () => frozenList([])),
    emptySet: gives(0, 0, () => frozenSet([])),
    emptyMap: gives(0, 0, () => frozenMap([])),
    singletonList: gives(1, 1, (self, value) => frozenList([value])),
    singleton: gives(1, 1, (self, value) => frozenSet([value])),
    singletonMap: gives(2, 2, (self, key, value) => frozenMap([{ key, value }])),
    nCopies: gives(2, 2, (self, count, value) => frozenList(Array(toInt(count)).fill(value))),
    unmodifiableList: gives(1, 1, (self, list) => frozenList(valuesOf(list))),
    unmodifiableSet: gives(1, 1, (self, set) => frozenSet(valuesOf(set))),
    unmodifiableCollection: gives(1, 1, (self, all) => frozenList(valuesOf(all))),
    unmodifiableMap: gives(1, 1, (self, map) => frozenMap(entriesOf(map))),
    addAll: plain(1, Infinity, (self, all, ...values) =>
      kit.toScript(all).addAll(spread(values))),
    sort: does(1, 2, (self, list, order) => void arrayIn(list).sort(sorter(order))),
    reverse: does(1, 1, (self, list) => void arrayIn(list).reverse()),
    swap: does(3, 3, (self, list, one, other) => swap(arrayIn(list), toInt(one), toInt(other))),
    max: best(1),
    min: best(-1),
    frequency: plain(2, 2, (self, all, value) =>
      valuesOf(all).filter((each) => same(each, value)).length),
    disjoint: plain(2, 2, (self, one, other) =>
      !valuesOf(one).some((value) => holds(valuesOf(other), value))),
  });

  Object.assign(kit, {
    arrayOf, collectionType, entriesOf, entry, entryType, fixedListType, frozenList,
    frozenSet, isObject, iteratorOver, mapType, newList, newMap, newSet, setType, valuesOf,
  });
})
