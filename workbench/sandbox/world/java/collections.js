// @ts-check
// java.util.Arrays and java.util.Collections.
(function javaCollections(/** @type {Kit} */ kit) {
  "use strict";

  const { Array } = globalThis;
  const { compare, does, entriesOf, fixedListType, frozenList, frozenListType } = kit;
  const { frozenMap, frozenSet, gives, holds, isA, javaClass, javaError, make } = kit;
  const { notSupported, plain, root, same, sorter, stateOf, toInt, type } = kit;
  const { valuesOf } = kit;

  const spread = (values) =>
    values.length === 1 && Array.isArray(values[0])
      ? values[0].map(kit.toJava)
      : values;
  const arraysType = type("java.util.Arrays", root, {});
  javaClass(arraysType, null, {
    asList: gives(0, Infinity, (self, ...values) =>
      make(fixedListType, Array.from(spread(values)))
    ),
  });

  const best = (sign) =>
    gives(1, 1, (self, values) => {
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
    nCopies: gives(2, 2, (self, count, value) =>
      frozenList(Array(toInt(count)).fill(value))
    ),
    unmodifiableList: gives(1, 1, (self, list) => frozenList(valuesOf(list))),
    unmodifiableSet: gives(1, 1, (self, set) => frozenSet(valuesOf(set))),
    unmodifiableCollection: gives(1, 1, (self, all) => frozenList(valuesOf(all))),
    unmodifiableMap: gives(1, 1, (self, map) => frozenMap(entriesOf(map))),
    addAll: plain(1, Infinity, (self, all, ...values) =>
      kit.toScript(all).addAll(spread(values))
    ),
    sort: does(1, 2, (self, list, order) => void arrayIn(list).sort(sorter(order))),
    reverse: does(1, 1, (self, list) => void arrayIn(list).reverse()),
    swap: does(3, 3, (self, list, one, other) =>
      swap(arrayIn(list), toInt(one), toInt(other))
    ),
    max: best(1),
    min: best(-1),
    frequency: plain(
      2,
      2,
      (self, all, value) => valuesOf(all).filter((each) => same(each, value)).length
    ),
    disjoint: plain(
      2,
      2,
      (self, one, other) =>
        !valuesOf(one).some((value) => holds(valuesOf(other), value))
    ),
  });
});
