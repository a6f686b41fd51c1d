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

  var isName = function (name) {
    return typeof name !== "symbol"; // a text is boxed, an index is not
  };
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

  function objectOf(target, traps) {
    var carried = null;
    function inherited() {
      var given = traps.getPrototypeOf && traps.getPrototypeOf(target);
      return given || protoOf(target.type);
    }
    var made = new Adapter(ScriptableObject, {
      getClassName: function () {
        return "JavaObject";
      },
      get: function (name) {
        if (!isName(name)) return NOT_FOUND;
        var text = String(name);
        var value =
          text === "toString" ? shownBy(target, traps) : traps.get(target, text);
        if (value === undefined) return NOT_FOUND;
        if (!isWrapped(value)) return value;
        carried = Object.create(inherited());
        carried[text] = value;
        return NOT_FOUND;
      },
      has: function (name) {
        return isName(name) && !!(traps.has || hasOwn)(target, String(name));
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
    });
    return made;
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

  Proxy({}, { get: hasOwn }); // now, while the class that this makes is visible

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
