// @ts-check
// java.util: iterators, arrays, collections and lists.
(function javaLists(/** @type {Kit} */ kit) {
  "use strict";

  const { Array, InternalError, Math, Number, Object } = globalThis;
  const { compare, does, gives, hash, isA, javaClass, javaError, lambda, make } = kit;
  const { notSupported, plain, root, same, selfOf, show, toInt, type, typed } = kit;

  const outOfBounds = (message) =>
    javaError("java.lang.IndexOutOfBoundsException", message);

  // ---- Iterators and arrays --------------------------------------------------

  const iteratorType = type(
    "java.util.Iterator",
    root,
    {
      hasNext: plain(0, 0, ({ state }) => state.next < state.values.length),
      next: gives(0, 0, ({ state }) => {
        if (state.next >= state.values.length) {
          throw javaError("java.util.NoSuchElementException");
        }
        state.next += 1;
        return state.values[state.next - 1];
      }),
      remove: does(0, 0, notSupported),
    },
    { show: () => "java.util.Iterator@1" }
  );
  const iteratorOver = (values) =>
    make(iteratorType, { next: 0, values: Array.from(values) });

  // What toArray() and split() give: a length and indexes, and no methods.
  const arrayType = type(
    "[Ljava.lang.Object;",
    root,
    {},
    {
      show: () => "[Ljava.lang.Object;@1",
      items: (state) => state,
      data: (state) => state,
      prototype: Array.prototype,
    }
  );
  const arrayOf = (values) => make(arrayType, Array.from(values));

  // ---- Collections -----------------------------------------------------------

  // The Java values in a collection; a JavaScript array counts as a list.
  function valuesOf(collection) {
    if (Array.isArray(collection)) return collection.map(kit.member);
    const self = selfOf(collection);
    if (self && self.type.values) return self.type.values(self.state);
    throw new InternalError(
      `Cannot convert ${show(collection)} to java.util.Collection`
    );
  }

  const isTrue = (returned) => !!kit.unboxed(kit.member(returned));
  const inBrackets = (values) => `[${values.map(show).join(", ")}]`;
  const holds = (values, value) => values.some((each) => same(each, value));

  const collectionType = type(
    "java.util.Collection",
    root,
    {
      size: plain(0, 0, (self) => valuesOf(self.it).length),
      isEmpty: plain(0, 0, (self) => valuesOf(self.it).length === 0),
      contains: plain(1, 1, (self, value) => holds(valuesOf(self.it), value)),
      containsAll: plain(1, 1, (self, others) =>
        valuesOf(others).every((value) => holds(valuesOf(self.it), value))
      ),
      iterator: gives(0, 0, (self) => iteratorOver(valuesOf(self.it))),
      forEach: does(1, 1, (self, action) =>
        valuesOf(self.it).forEach((v) => lambda(action)(v))
      ),
      toArray: typed(gives(0, 1, (self) => arrayOf(valuesOf(self.it)))),
      add: plain(1, 1, (self, value) => self.type.add(self.state, value)),
      addAll: plain(1, 1, (self, others) =>
        valuesOf(others)
          .map((value) => self.type.add(self.state, value))
          .includes(true)
      ),
      remove: plain(1, 1, (self, value) =>
        keep(self, (each) => !same(each, value), true)
      ),
      removeAll: plain(1, 1, (self, others) =>
        keep(self, (each) => !holds(valuesOf(others), each))
      ),
      retainAll: plain(1, 1, (self, others) =>
        keep(self, (each) => holds(valuesOf(others), each))
      ),
      removeIf: plain(1, 1, (self, test) =>
        keep(self, (each) => !lambda(test, isTrue)(each))
      ),
      clear: does(0, 0, (self) => void keep(self, () => false)),
    },
    {
      show: () => "[]",
      data: (state) => state,
      add: notSupported,
      replace: notSupported,
    }
  );

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

  // ---- Lists: the state is an array ------------------------------------------

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
      state.reduce((at, v, i) => (same(v, value) ? i : at), -1)
    ),
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
      returns: (value) =>
        typeof value === "boolean" ? value : kit.toScript(value.gone),
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

  const end = (place, give) =>
    gives(0, 0, ({ state }) => {
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
    [
      "set",
      "add",
      "addAll",
      "remove",
      "removeAll",
      "retainAll",
      "removeIf",
      "clear",
      "replaceAll",
      "sort",
      "put",
      "putAll",
      "putIfAbsent",
    ].map((name) => [name, gives(0, Infinity, notSupported)])
  );
  const frozenListType = type(
    "java.util.Collections$UnmodifiableList",
    fixedListType,
    closed,
    { put: notSupported }
  );
  const frozenList = (values) => make(frozenListType, Array.from(values));

  Object.assign(kit, {
    arrayOf,
    closed,
    collectionType,
    emptyOr,
    fixedListType,
    frozenList,
    frozenListType,
    holds,
    inBrackets,
    iteratorOver,
    iteratorType,
    newList,
    sized,
    sorter,
    valuesOf,
  });
});
