// @ts-check
// What a script of engine="rhino" reads and hands over: maps that cannot be changed,
// claims as JSON's values, and org.forgerock.json.JsonValue, which is not part of Java.
// Evaluated in the scope of a script and called with it and Java's packages. All that
// it needs is kept here, for a script may change every built-in object.
(function values(world, java) {
  var String = world.String;
  var quote = JSON.stringify;
  var keys = Object.keys;
  var freeze = Object.freeze;
  var isArray = Array.isArray;
  var has = Object.prototype.hasOwnProperty;

  function owns(object, name) {
    return has.call(object, name);
  }

  // Java's maps and lists, JsonValues and plain objects as JSON's.
  function plain(value, where, depth) {
    if (depth > 200) throw new TypeError(where + " is nested more than 200 deep.");
    if (value === null || value === undefined) return null;
    if (value instanceof JsonValue) return plain(value.getObject(), where, depth);
    if (typeof value === "string" || typeof value === "boolean") return value;
    if (typeof value === "number") {
      if (isFinite(value)) return value;
      throw new TypeError(where + " is " + value + ", which JSON does not have.");
    }
    if (typeof value === "function") {
      throw new TypeError(where + " is a function, which JSON does not have.");
    }
    if (java && value instanceof java.util.Map) return ofMap(value, where, depth);
    if (java && value instanceof java.util.Collection)
      return ofCollection(value, where, depth);
    if (java && value instanceof java.lang.Number) return Number(value);
    if (java && value instanceof java.lang.Boolean) return value.booleanValue();
    if (java && value instanceof java.lang.String) return String(value);
    return ofObject(value, where, depth);
  }

  function ofMap(map, where, depth) {
    var members = {};
    var entries = map.entrySet().iterator();
    while (entries.hasNext()) {
      var entry = entries.next();
      members[entry.getKey()] = plain(entry.getValue(), where, depth + 1);
    }
    return members;
  }

  function ofCollection(collection, where, depth) {
    var list = [];
    var values = collection.iterator();
    while (values.hasNext()) list.push(plain(values.next(), where, depth + 1));
    return list;
  }

  function ofObject(value, where, depth) {
    var unboxed = value.valueOf();
    if (typeof unboxed !== "object") return plain(unboxed, where, depth + 1);
    if (isArray(value)) {
      return value.map(function (item) {
        return plain(item, where, depth + 1);
      });
    }
    var members = {};
    keys(value).forEach(function (name) {
      if (value[name] !== undefined) {
        members[name] = plain(value[name], where + "." + name, depth + 1);
      }
    });
    return members;
  }

  // ---- org.forgerock.json.JsonValue ------------------------------------------

  function JsonValue(object) {
    if (!(this instanceof JsonValue)) return new JsonValue(object);
    var held = object instanceof JsonValue ? object.getObject() : given(object);
    this.getObject = function () {
      return held;
    };
  }

  // As Rhino hands a value to a Java method that takes an Object: undefined is its text.
  function given(value) {
    return value === undefined ? "undefined" : toJava(value);
  }

  function toJava(value) {
    if (value === undefined || value === null) return null;
    if (value instanceof JsonValue) return value.getObject();
    if (isArray(value)) {
      var list = new java.util.ArrayList();
      value.forEach(function (item) {
        list.add(toJava(item));
      });
      return list;
    }
    if (Object.prototype.toString.call(value) === "[object Object]") {
      var map = new java.util.LinkedHashMap();
      keys(value).forEach(function (name) {
        map.put(name, toJava(value[name]));
      });
      return map;
    }
    return value;
  }

  JsonValue.json = function (object) {
    return object instanceof JsonValue ? object : new JsonValue(object);
  };
  JsonValue.object = function () {
    var map = new java.util.LinkedHashMap();
    for (var i = 0; i < arguments.length; i++) {
      if (arguments[i] !== null) map.put(arguments[i].key, given(arguments[i].value));
    }
    return map;
  };
  JsonValue.array = function () {
    return toJava(Array.prototype.slice.call(arguments).map(given));
  };
  JsonValue.field = function (key, value) {
    return { key: key, value: value };
  };
  JsonValue.fieldIfNotNull = function (key, value) {
    return value === null ? null : JsonValue.field(key, value);
  };

  function fails(what) {
    throw new Error("org.forgerock.json.JsonValueException: Expecting " + what);
  }

  JsonValue.prototype = {
    constructor: JsonValue,
    isNull: function () {
      return this.getObject() === null;
    },
    isNotNull: function () {
      return this.getObject() !== null;
    },
    isMap: function () {
      return this.getObject() instanceof java.util.Map;
    },
    isList: function () {
      return this.getObject() instanceof java.util.List;
    },
    isString: function () {
      return typeof plain(this, "It", 0) === "string";
    },
    isNumber: function () {
      return typeof plain(this, "It", 0) === "number";
    },
    isBoolean: function () {
      return typeof plain(this, "It", 0) === "boolean";
    },
    isCollection: function () {
      return this.getObject() instanceof java.util.Collection;
    },
    put: function (key, value) {
      if (this.isMap()) this.getObject().put(key, given(value));
      else if (!this.isList()) fails("a Map or a List");
      else if (key < this.size()) this.getObject().set(key, given(value));
      else this.getObject().add(given(value));
      return this;
    },
    add: function (key, value) {
      if (arguments.length > 1) return this.put(key, value);
      if (!this.isList()) fails("a List");
      this.getObject().add(given(key));
      return this;
    },
    get: function (key) {
      return new JsonValue(this.isDefined(key) ? this.getObject().get(key) : null);
    },
    isDefined: function (key) {
      if (this.isMap()) return this.getObject().containsKey(key);
      return this.isList() && key >= 0 && key < this.size();
    },
    remove: function (key) {
      if (this.isDefined(key)) this.getObject().remove(key);
    },
    clear: function () {
      if (this.isMap() || this.isList()) this.getObject().clear();
    },
    size: function () {
      return this.isMap() || this.isCollection() ? this.getObject().size() : 0;
    },
    keys: function () {
      return this.isMap() ? this.getObject().keySet() : new java.util.HashSet();
    },
    asString: function () {
      if (this.isNotNull() && !this.isString()) fails("a java.lang.String");
      return this.getObject();
    },
    asBoolean: function () {
      if (this.isNotNull() && !this.isBoolean()) fails("a java.lang.Boolean");
      return this.getObject();
    },
    asInteger: function () {
      if (this.isNotNull() && !this.isNumber()) fails("a java.lang.Number");
      return this.isNull() ? null : plain(this, "It", 0) | 0;
    },
    asMap: function () {
      if (this.isNotNull() && !this.isMap()) fails("a java.util.Map");
      return this.getObject();
    },
    asList: function () {
      if (this.isNotNull() && !this.isList()) fails("a java.util.List");
      return this.getObject();
    },
    defaultTo: function (value) {
      return this.isNull() ? new JsonValue(value) : this;
    },
    required: function () {
      if (this.isNull()) fails("a value");
      return this;
    },
    copy: function () {
      return new JsonValue(plain(this, "It", 0));
    },
    toString: function () {
      return quote(plain(this, "It", 0));
    },
  };
  freeze(JsonValue.prototype);
  freeze(JsonValue);

  // ---- What is only read -----------------------------------------------------

  // A map that gives its members as properties as well (4.4).
  function view(data) {
    if (isArray(data)) return freeze(data.map(view));
    if (data === null || typeof data !== "object") return data;
    var methods = {
      get: function (name) {
        return owns(data, name) ? made[name] : null;
      },
      containsKey: function (name) {
        return owns(data, name);
      },
      keySet: function () {
        return keys(data);
      },
      size: function () {
        return keys(data).length;
      },
      isEmpty: function () {
        return keys(data).length === 0;
      },
      getOrDefault: function (name, other) {
        return owns(data, name) ? made[name] : other;
      },
    };
    var made = Object.create(freeze(methods));
    keys(data).forEach(function (name) {
      made[name] = view(data[name]);
    });
    return freeze(made);
  }

  function withoutUser(identity) {
    keys(identity).forEach(function (name) {
      identity[name] = function () {
        throw new TypeError(
          "identity." +
            name +
            "() was called, but no user is " +
            "behind this token: a client or agent that authenticates as itself has " +
            "no identity."
        );
      };
    });
    return identity;
  }

  return {
    JsonValue: JsonValue,
    given: given,
    plain: plain,
    toJava: toJava,
    view: view,
    withoutUser: withoutUser,
  };
});
