// @ts-check
// The maps and collections that AM hands to a script.
//
// A next-generation script sees them through AM's wrappers: they are Java's, with all
// their methods and their text, and what they give is no Java box but JavaScript's own;
// beside their methods they have indexes, a length and the methods of arrays.
// PingAM 8.1 prints requestProperties.get("realm") as well as scopes[0].
(function javaWrapped(/** @type {Kit} */ kit) {
  "use strict";

  const { Array, Map, Number, Object } = globalThis;
  const { callback, does, entriesOf, fixedListType, frozenList, frozenMapType, gives } =
    kit;
  const { isObject, keys, linkedMapType, make, mapType, members, newList } = kit;
  const { plain, selfOf, setType, type, types, valuesOf, Whole } = kit;
  const { isArray } = Array;

  // ---- What AM hands on as data ----------------------------------------------

  // As Java has the values of JSON; build makes the map or the list of a level.
  function built(value, build) {
    if (isArray(value)) return build.list(value.map((each) => built(each, build)));
    if (isObject(value)) {
      const entries = keys(value)
        .filter((key) => value[key] !== undefined)
        .map((key) => ({ key, value: built(value[key], build) }));
      return build.map(entries);
    }
    if (value === undefined) return null;
    if (!Number.isInteger(value)) return value;
    return new Whole(
      value >= -(2 ** 31) && value < 2 ** 31 ? "Integer" : "Long",
      value
    );
  }

  const byKey = { keyed: true, prototype: Object.prototype };
  const keyedMap = type(frozenMapType.name, frozenMapType, {}, byKey);
  const openMap = type(linkedMapType.name, linkedMapType, {}, byKey);
  const frozen = {
    list: frozenList,
    map: (entries) => kit.fillMap(keyedMap, entries),
  };
  const open = {
    list: newList,
    map: (entries) => kit.fillMap(openMap, entries),
  };
  const toScript = (value) => (kit.legacy ? kit.toScript(value) : wrapped(value));

  // What a script only reads, and what it gets as its own.
  kit.asView = (data) => toScript(built(data, frozen));
  kit.asOwn = (data) => toScript(built(data, open));

  // ---- The wrappers of the next generation -------------------------------------

  const twins = new Map(); // type -> the same type, wrapped

  // To all that Java offers: forEach tells the index too, as an array's does.
  const ofCollections = {
    forEach: does(1, 2, ({ it }, action) => {
      valuesOf(it).forEach((value, place) =>
        callback(action, [wrapped(value), place, it])
      );
    }),
  };
  const ofList = (of) => ({
    ...ofCollections,
    sort: gives(0, 1, (self, order = null) => {
      of.methods.sort.body(self, order);
      return self.it;
    }),
    indexOf: plain(1, 2, ({ state }, value, from = 0) =>
      state.findIndex((each, place) => place >= from && kit.same(each, value))
    ),
    lastIndexOf: plain(1, 2, ({ state }, value, from = state.length) =>
      state.reduce(
        (found, each, place) =>
          place <= from && kit.same(each, value) ? place : found,
        -1
      )
    ),
  });
  const ofMaps = {
    forEach: does(1, 1, ({ it }, action) => {
      for (const { key, value } of entriesOf(it)) {
        callback(action, [wrapped(key), wrapped(value)]);
      }
    }),
  };

  const is = (one, wanted) => one === wanted || (!!one && is(one.parent, wanted));

  function twinOf(of) {
    if (!twins.has(of)) {
      const [list, set, map] = [fixedListType, setType, mapType].map((t) => is(of, t));
      const methods = list ? ofList(of) : set ? ofCollections : map ? ofMaps : {};
      const behaviour = { wrapped: true };
      if (set) behaviour.items = members;
      if (set || of.items) behaviour.prototype = Array.prototype;
      if (map) Object.assign(behaviour, byKey);
      twins.set(of, type(of.name, of, methods, behaviour));
      types[of.name] = of;
    }
    return twins.get(of);
  }

  // A value of Java as a next-generation script sees it.
  function wrapped(value) {
    if (value instanceof Whole) return value.value;
    const self = selfOf(value);
    if (!self || self.type.wrapped) return value;
    if (self.type.box) return kit.unboxed(self.state);
    return make(twinOf(self.type), self.state);
  }

  kit.wrapped = wrapped;
});
