// @ts-check
// What the world of a script is made of and Rhino 1.7.14 has not at language version
// 0: Map and its like are there at a newer version, a Proxy is an object of Java. All
// this is evaluated in a scope of its own, apart from the one in which a script runs.
/* global ArrayBuffer, DataView, JavaAdapter, Map, Symbol, WeakMap, WeakSet, globalThis
   -- of the newer version, and Rhino's own */
(function newer() {
  "use strict";

  var ScriptableObject = Packages.org.mozilla.javascript.ScriptableObject;
  var NOT_FOUND = Packages.org.mozilla.javascript.Scriptable.NOT_FOUND;
  var Adapter = JavaAdapter;
  var java = Packages.java;
  var protos = new WeakMap(); // type of Java -> what its objects inherit from

  // What `instanceof` looks for; there is nothing in it.
  function protoOf(type) {
    if (!type) return null;
    if (!protos.has(type)) protos.set(type, Object.create(protoOf(type.parent)));
    return protos.get(type);
  }

  var brand = Object.prototype.toString;

  // An object of Java would be taken out of its wrapper on its way back through the
  // adapter: it is found in what the adapter inherits from instead.
  function isWrapped(value) {
    return (
      value instanceof java.lang.Object || brand.call(value) === "[object JavaClass]"
    );
  }

  function shownBy(target, traps) {
    var given = traps.get(target, "toString");
    var primitive = traps.get(target, Symbol.toPrimitive);
    if (typeof given === "function" || typeof primitive !== "function") return given;
    return function () {
      return primitive("string");
    };
  }

  var SPREADS = "Symbol(Symbol.isConcatSpreadable)";

  function objectOf(target, traps) {
    var carried = null;
    function inherited() {
      var given = traps.getPrototypeOf && traps.getPrototypeOf(target);
      return given || protoOf(target.type);
    }
    var members = {
      getClassName: function () {
        return "JavaObject";
      },
      get: function (name) {
        var text = String(name);
        var value = text === "toString" ? shownBy(target, traps) : undefined;
        if (text === SPREADS) value = traps.get(target, Symbol.isConcatSpreadable);
        else if (value === undefined) value = traps.get(target, text);
        if (value === undefined) return NOT_FOUND;
        if (!isWrapped(value)) return value;
        carried = Object.create(inherited());
        carried[text] = value;
        return NOT_FOUND;
      },
      has: function (name) {
        var text = String(name);
        if ((traps.has || hasOwn)(target, text)) return true;
        return text === "toJSON" && !!target.type; // JSON looks for it so
      },
      put: function (name, start, value) {
        traps.set(target, String(name), value);
      },
      delete: function (name) {
        if (traps.deleteProperty) traps.deleteProperty(target, String(name));
      },
      getIds: function () {
        return traps.ownKeys ? traps.ownKeys(target) : [];
      },
      getPrototype: function () {
        var given = carried || inherited();
        carried = null;
        return given;
      },
      toString: function () {
        return String(shownBy(target, traps).call(made)); // in a collection of Java's
      },
    };
    var made = adapted(target, members);
    return made;
  }

  // ---- What Java takes for one of its own ------------------------------------------

  function outward(value) {
    var kind = value && value.kind;
    return kind && java.lang[kind] ? new java.lang[kind](value.value) : value;
  }

  function copyOf(values) {
    var copy = new java.util.ArrayList();
    for (var i = 0; i < values.length; i++) copy.add(outward(values[i]));
    return copy;
  }

  function mapOf(entries) {
    var copy = new java.util.LinkedHashMap();
    for (var i = 0; i < entries.length; i++) {
      copy.put(outward(entries[i].key), outward(entries[i].value));
    }
    return copy;
  }

  // A copy of what is in it answers the methods of an interface.
  function answering(members, names, copy) {
    names.forEach(function (name) {
      members[name] = function () {
        var real = copy();
        return real[name].apply(real, arguments);
      };
    });
    return members;
  }

  function adapted(target, members) {
    var state = target.state;
    var type = target.type || {};
    if (type.values) {
      return new Adapter(
        ScriptableObject,
        java.util.Collection,
        answering(
          members,
          ["size", "isEmpty", "iterator", "toArray", "contains"],
          function () {
            return copyOf(type.values(state));
          }
        )
      );
    }
    if (state && typeof state.list === "function") {
      return new Adapter(
        ScriptableObject,
        java.util.Map,
        answering(
          members,
          ["size", "isEmpty", "entrySet", "keySet", "containsKey"],
          function () {
            return mapOf(state.list());
          }
        )
      );
    }
    return new Adapter(ScriptableObject, members);
  }

  var hasOwn = function (object, name) {
    return Object.prototype.hasOwnProperty.call(object, name);
  };

  // A class: a function whose members are those of the object that it inherits from.
  function functionOf(target, traps) {
    var made = function () {
      return traps.construct(target, Array.prototype.slice.call(arguments));
    };
    Object.setPrototypeOf(made, objectOf(target, traps));
    made.prototype = protoOf(target.type);
    return made;
  }

  function Proxy(target, traps) {
    return typeof target === "function"
      ? functionOf(target, traps)
      : objectOf(target, traps);
  }

  // Now, while the classes that this makes and reads are visible.
  var nothing = function () {
    return undefined;
  };
  var list = function () {
    return [];
  };
  var kinds = [
    {},
    { state: [], type: { values: list } },
    { state: { list: list }, type: {} },
  ];
  kinds.forEach(function (target) {
    var made = Proxy(target, { get: nothing, has: nothing });
    [].concat(made);
    new java.util.ArrayList().add(made);
  });
  new java.util.ArrayList(Proxy(kinds[1], { get: nothing })).iterator();
  new java.util.LinkedHashMap(Proxy(kinds[2], { get: nothing }));

  // A script that walks up from what is made here finds no way to Java.
  var ways = "Packages java javax org com edu net JavaAdapter JavaImporter getClass";
  (ways + " importClass importPackage").split(" ").forEach(function (name) {
    delete globalThis[name];
  });

  return {
    ArrayBuffer: ArrayBuffer,
    BigInt: globalThis["BigInt"],
    DataView: DataView,
    Map: Map,
    Proxy: Proxy,
    Symbol: Symbol,
    WeakMap: WeakMap,
    WeakSet: WeakSet,
    java: java,
  };
});
