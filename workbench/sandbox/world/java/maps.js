// @ts-check
// java.util: maps, in the order in which Java walks through them.
(function javaMaps(/** @type {Kit} */ kit) {
  "use strict";

  const { Array, InternalError, Math, Object } = globalThis;
  const { closed, does, frozenList, frozenSet, gives, hash, isA, isObject } = kit;
  const { javaClass, keys, lambda, make, members, plain, powerOfTwo, root, same } = kit;
  const { selfOf, show, sized, stateOf, Table, toInt, type } = kit;

  // ---- Maps: the state is a table --------------------------------------------

  const entryType = type(
    "java.util.Map$Entry",
    root,
    {
      getKey: gives(0, 0, ({ state }) => state.key),
      getValue: gives(0, 0, ({ state }) => state.value),
      setValue: gives(1, 1, ({ state }, value) => {
        const before = state.value;
        state.value = value;
        return before;
      }),
    },
    { show: ({ key, value }) => `${show(key)}=${show(value)}` }
  );
  const entry = (key, value) => make(entryType, { key, value });

  const valueIn = (table, key, other = null) => {
    const there = table.find(key);
    return there ? there.value : other;
  };

  // The entries of a Java map, or of a JavaScript object, which counts as one.
  function entriesOf(map) {
    if (isA(map, mapType)) return stateOf(map).list();
    if (isObject(map) && !selfOf(map) && !Array.isArray(map)) {
      return keys(map).map((key) => ({ key, value: kit.member(map[key]) }));
    }
    throw new InternalError(`Cannot convert ${show(map)} to java.util.Map`);
  }

  function dataOf(table) {
    const data = { __proto__: null };
    for (const { key, value } of table.list()) data[show(key)] = value;
    return data;
  }

  const mapType = type(
    "java.util.AbstractMap",
    root,
    {
      get: gives(1, 1, ({ state }, key) => valueIn(state, key)),
      getOrDefault: gives(2, 2, ({ state }, key, other) => valueIn(state, key, other)),
      containsKey: plain(1, 1, ({ state }, key) => !!state.find(key)),
      containsValue: plain(1, 1, ({ state }, value) =>
        state.list().some((each) => same(each.value, value))
      ),
      size: plain(0, 0, ({ state }) => state.entries.size),
      isEmpty: plain(0, 0, ({ state }) => state.entries.size === 0),
      keySet: gives(0, 0, ({ state }) => frozenSet(members(state))),
      values: gives(0, 0, ({ state }) => frozenList(state.list().map((e) => e.value))),
      entrySet: gives(0, 0, ({ state }) =>
        frozenSet(state.list().map((each) => make(entryType, each)))
      ),
      forEach: does(1, 1, ({ state }, action) =>
        state.list().forEach(({ key, value }) => lambda(action)(key, value))
      ),
      put: gives(2, 2, ({ state }, key, value) => state.put(key, value)),
      putAll: does(1, 1, ({ state }, map) => {
        const all = entriesOf(map);
        if (!state.entries.size)
          state.capacity = Math.max(state.capacity, mapRoom(all));
        all.forEach(({ key, value }) => state.put(key, value));
      }),
      putIfAbsent: gives(2, 2, ({ state }, key, value) =>
        state.find(key) ? valueIn(state, key) : state.put(key, value)
      ),
      computeIfAbsent: gives(2, 2, ({ state }, key, make) => {
        if (!state.find(key)) state.put(key, lambda(make)(key));
        return valueIn(state, key);
      }),
      remove: gives(1, 1, ({ state }, key) => state.remove(key)),
      clear: does(0, 0, ({ state }) => state.entries.clear()),
    },
    {
      show: (table) =>
        `{${table
          .list()
          .map((e) => `${show(e.key)}=${show(e.value)}`)
          .join(", ")}}`,
      data: dataOf,
      hash: (table) =>
        table.list().reduce((sum, e) => (sum + (hash(e.key) ^ hash(e.value))) | 0, 0),
      equals: ({ state }, other) =>
        isA(other, mapType) &&
        stateOf(other).entries.size === state.entries.size &&
        entriesOf(other).every(({ key, value }) => same(valueIn(state, key), value)),
    }
  );
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

  Object.assign(kit, {
    entriesOf,
    entry,
    entryType,
    fillMap,
    frozenMap,
    frozenMapType,
  });
  Object.assign(kit, { linkedMapType, mapType, newMap });
});
