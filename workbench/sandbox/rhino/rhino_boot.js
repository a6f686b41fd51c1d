// @ts-check
// Makes the world of a script of engine="rhino": the files of world/ as lower.mjs has
// written them, in the scope in which the script is going to run. What Rhino has not
// is there for as long as they are evaluated; they keep what they need.
//
// newer is what rhino_newer.js gives; make is the function around those files.
(function boot(newer, make) {
  /** @type {any} */
  var world = this;
  var isArray = Array.isArray;
  var own = Object.prototype.hasOwnProperty;
  var slice = Array.prototype.slice;
  var keys = Object.keys;

  function hasOwn(object, name) {
    return own.call(object, name);
  }

  // ---- What TypeScript's output calls -----------------------------------------

  function assign(target) {
    for (var i = 1; i < arguments.length; i++) {
      var source = arguments[i];
      if (source === null || source === undefined) continue;
      keys(source).forEach(function (name) {
        target[name] = source[name];
      });
    }
    return target;
  }

  function read(values, most) {
    var found = [];
    var at = iterate(values);
    for (var step = at.next(); !step.done; step = at.next()) {
      found.push(step.value);
      if (found.length === most) break;
    }
    return found;
  }

  function iterate(values) {
    var index = 0;
    if (typeof values.next === "function") return values;
    var iterator = !isArray(values) && values[newer.Symbol.iterator];
    if (typeof iterator === "function") return iterator.call(values);
    return {
      next: function () {
        var done = index >= values.length;
        return { done: done, value: done ? undefined : values[index++] };
      },
    };
  }

  function spread(to, from) {
    return to.concat(isArray(from) ? slice.call(from) : read(from, -1));
  }

  function rest(source, names) {
    var left = {};
    keys(source).forEach(function (name) {
      if (names.indexOf(name) < 0) left[name] = source[name];
    });
    return left;
  }

  // ---- What is there for a while ------------------------------------------------

  function entries(object) {
    return keys(object).map(function (name) {
      return [name, object[name]];
    });
  }

  function fromEntries(pairs) {
    var object = {};
    pairs.forEach(function (pair) {
      object[pair[0]] = pair[1];
    });
    return object;
  }

  var Reflect = {
    apply: function (method, self, given) {
      return method.apply(self, given);
    },
    deleteProperty: function (object, name) {
      return delete object[name];
    },
    get: function (object, name) {
      return object[name];
    },
    has: function (object, name) {
      return name in object;
    },
    ownKeys: Object.getOwnPropertyNames,
  };

  // Rhino's apply takes arguments from itself that a script may have changed.
  function lend(object, members) {
    var lent = keys(members).filter(function (name) {
      if (hasOwn(object, name)) return false;
      Object.defineProperty(object, name, {
        value: members[name],
        configurable: true,
        writable: true,
        enumerable: false,
      });
      return true;
    });
    return function () {
      lent.forEach(function (name) {
        delete object[name];
      });
    };
  }

  // ---- The bench's clock and seed ------------------------------------------------

  function define(object, name, value) {
    var how = { value: value, configurable: true, writable: true, enumerable: false };
    Object.defineProperty(object, name, how);
  }

  function follow(sandbox) {
    var Native = world.Date;
    var UTC = Native.UTC;
    var String = world.String;
    function now() {
      return sandbox("now");
    }
    // eslint-disable-next-line no-unused-vars -- its length is a date's
    function Date(year, month, day, hours, minutes, seconds, milliseconds) {
      if (!(this instanceof Date)) return String(new Native(now()));
      if (arguments.length === 0) return new Native(now());
      return new Native(arguments.length > 1 ? UTC.apply(Native, arguments) : year);
    }
    Date.prototype = Native.prototype;
    define(Date.prototype, "constructor", Date);
    define(Date, "now", now);
    define(Date, "parse", Native.parse);
    define(Date, "UTC", UTC);
    define(world, "Date", Date);
    define(world.Math, "random", function random() {
      return sandbox("random");
    });
  }

  var back = [
    lend(world, newer),
    lend(world, { Reflect: Reflect }),
    lend(Object, { entries: entries, fromEntries: fromEntries, hasOwn: hasOwn }),
  ];
  var sandbox = make(assign, read, spread, rest, iterate, newer.Symbol);
  back.forEach(function (give) {
    give();
  });
  // Ways to Java that AM's scripts do not have.
  ["JavaAdapter", "getClass", "importClass", "importPackage", "JavaTo"].forEach(
    function (name) {
      delete world[name];
    }
  );
  follow(sandbox);
  return sandbox;
});
