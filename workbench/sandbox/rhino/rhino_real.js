// @ts-check
// Java's own collections and boxes in place of those of world/java: what a script of
// engine="rhino" is handed is what AM would hand it. What AM has beside them, such as
// JsonValue, is not part of Java, and is world/java's here, too.
/* global globalThis -- not of ECMAScript 5 */
(function real(/** @type {Kit} */ kit) {
  "use strict";

  var java = globalThis["java"]; // of rhino_newer.js: which classes there are is its own
  var util = java.util;
  var lang = java.lang;
  var Whole = kit.Whole;
  var WHOLE = ["Integer", "Long", "Short", "Byte"];
  var types = kit.types;
  var String = globalThis.String;
  var Number = globalThis.Number;
  var importsOf = kit.roots().JavaImporter;
  var NativeImporter = globalThis["JavaImporter"];
  var packages = globalThis["Packages"];
  var Proxy = globalThis.Proxy;
  var brand = Object.prototype.toString;

  // Now, while all classes are visible: names are looked up when they are first read.
  var KINDS = ["String", "Boolean", "Number", "Double", "Object"].concat(WHOLE);
  var Map = util.Map;
  var Entry = Map.Entry;
  var List = util.List;
  var Set = util.Set;
  var Collection = util.Collection;
  KINDS.forEach(function (kind) {
    return lang[kind];
  });

  // ---- From Java's values to those that the world works with, and back ----------

  function inward(value) {
    var self = foreign(value);
    return self && self.type.box ? self.state : value;
  }

  function outward(value) {
    return value instanceof Whole ? new lang[value.kind](value.value) : value;
  }

  function membersOf(collection) {
    var found = [];
    var each = collection.iterator();
    while (each.hasNext()) found[found.length] = inward(each.next());
    return found;
  }

  function entryOf(each) {
    return { key: inward(each.getKey()), value: inward(each.getValue()) };
  }

  function entriesOf(map) {
    return membersOf(map.entrySet()).map(entryOf);
  }

  // The entries of a map or a set as sets.js has them.
  function table(object, list, find) {
    return {
      entries: {
        get size() {
          return Number(object.size());
        },
      },
      list: list,
      find: find,
    };
  }

  var mapState = function (map) {
    return table(
      map,
      function () {
        return entriesOf(map);
      },
      function (key) {
        var real = outward(key);
        return map.containsKey(real)
          ? { key: key, value: inward(map.get(real)) }
          : undefined;
      }
    );
  };

  var setState = function (set) {
    return table(
      set,
      function () {
        return membersOf(set).map(function (key) {
          return { key: key, value: true };
        });
      },
      function (key) {
        return set.contains(outward(key)) ? { key: key, value: true } : undefined;
      }
    );
  };

  var otherType = kit.type(
    "java.lang.Object",
    kit.root,
    {},
    { show: String, data: String }
  );

  function boxOf(value) {
    if (value instanceof lang.String) return ["String", String(value)];
    if (value instanceof lang.Boolean)
      return ["Boolean", lang.Boolean.TRUE.equals(value)];
    for (var i = 0; i < WHOLE.length; i++) {
      var kind = WHOLE[i];
      if (value instanceof lang[kind]) return [kind, new Whole(kind, Number(value))];
    }
    return value instanceof lang.Number ? ["Double", Number(value)] : undefined;
  }

  function collectionOf(value) {
    if (value instanceof Map) return [kit.mapType, mapState(value)];
    if (value instanceof List) return [kit.fixedListType, membersOf(value)];
    if (value instanceof Set) return [kit.setType, setState(value)];
    if (value instanceof Collection) return [kit.frozenListType, membersOf(value)];
    return value instanceof Entry ? [kit.entryType, entryOf(value)] : undefined;
  }

  // An object of Java's as the world sees its own.
  function foreign(value) {
    if (!(value instanceof lang.Object)) return undefined;
    var box = boxOf(value);
    if (box) return { type: types["java.lang." + box[0]], state: box[1], it: value };
    var found = collectionOf(value) || [otherType, value];
    return { type: found[0], state: found[1], it: value };
  }

  // ---- Making them ----------------------------------------------------------------

  function filled(collection, values) {
    for (var i = 0; i < values.length; i++) collection.add(outward(values[i]));
    return collection;
  }

  function list(values) {
    return filled(new util.ArrayList(), values);
  }

  function set(values, order) {
    return order === "insertion"
      ? filled(new util.LinkedHashSet(), values)
      : new util.HashSet(list(values));
  }

  function map(all) {
    var made = new util.LinkedHashMap();
    for (var i = 0; i < all.length; i++) {
      made.put(outward(all[i].key), outward(all[i].value));
    }
    return made;
  }

  // Where the world is a next-generation one AM's wrappers are around its own.
  function inLegacy(name, real) {
    var emulated = kit[name];
    kit[name] = function () {
      return (kit.legacy ? real : emulated).apply(undefined, arguments);
    };
  }

  var fixed = util.Collections;
  var Pair = util.AbstractMap.SimpleImmutableEntry;
  kit.foreign = foreign;
  kit.boxed = function (kind, value) {
    return new lang[kind](kit.unboxed(value));
  };
  inLegacy("newList", list);
  inLegacy("newSet", set);
  inLegacy("newMap", map);
  inLegacy("frozenList", function (values) {
    return fixed.unmodifiableList(list(values));
  });
  inLegacy("frozenSet", function (values) {
    return fixed.unmodifiableSet(set(values, "insertion"));
  });
  inLegacy("frozenMap", function (all) {
    return fixed.unmodifiableMap(map(all));
  });
  inLegacy("entry", function (key, value) {
    return new Pair(outward(key), outward(value));
  });

  // ---- Packages ---------------------------------------------------------------------

  var OURS = ["org", "com", "edu", "net"];

  function rootsOf(emulated) {
    var names = { java: packages.java, javax: packages.javax };
    OURS.forEach(function (name) {
      names[name] = emulated[name];
    });
    return names;
  }

  // What is imported of Java's and of the world's, in one.
  function importer(ours, theirs) {
    var one = importsOf.apply(undefined, ours);
    var other = NativeImporter.apply(undefined, theirs);
    return new Proxy(
      {},
      {
        get: function (target, name) {
          return name in one ? one[name] : other[name];
        },
        has: function (target, name) {
          return name in one || name in other;
        },
      }
    );
  }

  function isOurs(one) {
    return !/^\[object Java(Class|Package)\]$/.test(brand.call(one));
  }

  var emulatedRoots = kit.roots;
  kit.roots = function () {
    var names = rootsOf(emulatedRoots());
    names.Packages = names;
    names.JavaImporter = function JavaImporter() {
      var given = Array.prototype.slice.call(arguments);
      var theirs = given.filter(function (one) {
        return !isOurs(one);
      });
      return importer(given.filter(isOurs), theirs);
    };
    return names;
  };
});
