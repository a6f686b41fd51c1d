// The bindings of engine="rhino", in the JavaScript of AM's engine: evaluated in the
// scope of a script and called with the request as JSON. Java's classes are the real
// ones; org.forgerock.json.JsonValue is not part of Java and is made here.
//
// Returns the function that reports, which no script can reach. All that it needs is
// kept here, for a script may change every built-in object.
(function bindings(text) {
  var world = this, String = world.String;
  var parse = JSON.parse, quote = JSON.stringify, has = Object.prototype.hasOwnProperty;
  var keys = Object.keys, freeze = Object.freeze, isArray = Array.isArray;
  var java = world.Packages && world.Packages.java;
  var request = parse(text);
  var legacy = request.context === "OAUTH2_MAY_ACT";
  var state = {log: [], size: 0};

  function owns(object, name) { return has.call(object, name); }

  function copy(value) { return value === undefined ? null : parse(quote(value)); }

  function tooLong(what) {
    state.overflow = what + " longer than the output limit, " + request.limit +
      " characters.";
    throw new RangeError(state.overflow);
  }

  function log(level) {
    return function (message) {
      var text = String(message), values = arguments, next = 1;
      text = text.replace(/\{\}/g, function (all) {
        return next < values.length ? String(values[next++]) : all;
      });
      state.size += text.length + level.length;
      if (state.size > request.limit) tooLong("The log is");
      state.log.push([level, text]);
    };
  }

  // ---- Claims -------------------------------------------------------------------

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
    if (java && value instanceof java.util.Collection) return ofCollection(value, where, depth);
    if (java && value instanceof java.lang.Number) return Number(value);
    if (java && value instanceof java.lang.Boolean) return value.booleanValue();
    if (java && value instanceof java.lang.String) return String(value);
    return ofObject(value, where, depth);
  }

  function ofMap(map, where, depth) {
    var members = {}, entries = map.entrySet().iterator();
    while (entries.hasNext()) {
      var entry = entries.next();
      members[entry.getKey()] = plain(entry.getValue(), where, depth + 1);
    }
    return members;
  }

  function ofCollection(collection, where, depth) {
    var list = [], values = collection.iterator();
    while (values.hasNext()) list.push(plain(values.next(), where, depth + 1));
    return list;
  }

  function ofObject(value, where, depth) {
    var unboxed = value.valueOf();
    if (typeof unboxed !== "object") return plain(unboxed, where, depth + 1);
    if (isArray(value)) {
      return value.map(function (item) { return plain(item, where, depth + 1); });
    }
    var members = {};
    keys(value).forEach(function (name) {
      if (value[name] !== undefined) {
        members[name] = plain(value[name], where + "." + name, depth + 1);
      }
    });
    return members;
  }

  function stamp(claim, value) {
    var json = quote(plain(value, claim, 0));
    if (json.length > request.limit) tooLong(claim + " is");
    state[claim] = json;
  }

  function claimOf(name) {
    if (name === "may_act" && state.mayAct !== undefined) return parse(state.mayAct);
    if (name === "act" && state.act !== undefined) return parse(state.act);
    return owns(request.token, name) ? copy(request.token[name]) : null;
  }

  // ---- org.forgerock.json.JsonValue -----------------------------------------------

  function JsonValue(object) {
    if (!(this instanceof JsonValue)) return new JsonValue(object);
    var held = object instanceof JsonValue ? object.getObject() : toJava(object);
    this.getObject = function () { return held; };
  }

  function toJava(value) {
    if (value === undefined || value === null) return null;
    if (value instanceof JsonValue) return value.getObject();
    if (isArray(value)) {
      var list = new java.util.ArrayList();
      value.forEach(function (item) { list.add(toJava(item)); });
      return list;
    }
    if (Object.prototype.toString.call(value) === "[object Object]") {
      var map = new java.util.LinkedHashMap();
      keys(value).forEach(function (name) { map.put(name, toJava(value[name])); });
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
      if (arguments[i] !== null) map.put(arguments[i].key, toJava(arguments[i].value));
    }
    return map;
  };
  JsonValue.array = function () {
    return toJava(Array.prototype.slice.call(arguments));
  };
  JsonValue.field = function (key, value) { return {key: key, value: value}; };
  JsonValue.fieldIfNotNull = function (key, value) {
    return value === null || value === undefined ? null : JsonValue.field(key, value);
  };

  function fails(what) {
    throw new Error("org.forgerock.json.JsonValueException: Expecting " + what);
  }

  JsonValue.prototype = {
    constructor: JsonValue,
    isNull: function () { return this.getObject() === null; },
    isNotNull: function () { return this.getObject() !== null; },
    isMap: function () { return this.getObject() instanceof java.util.Map; },
    isList: function () { return this.getObject() instanceof java.util.List; },
    isString: function () { return typeof plain(this, "It", 0) === "string"; },
    isNumber: function () { return typeof plain(this, "It", 0) === "number"; },
    isBoolean: function () { return typeof plain(this, "It", 0) === "boolean"; },
    isCollection: function () {
      return this.getObject() instanceof java.util.Collection;
    },
    put: function (key, value) {
      if (this.isMap()) this.getObject().put(key, toJava(value));
      else if (!this.isList()) fails("a Map or a List");
      else if (key < this.size()) this.getObject().set(key, toJava(value));
      else this.getObject().add(toJava(value));
      return this;
    },
    add: function (key, value) {
      if (arguments.length > 1) return this.put(key, value);
      if (!this.isList()) fails("a List");
      this.getObject().add(toJava(key));
      return this;
    },
    get: function (key) {
      return new JsonValue(this.isDefined(key) ? this.getObject().get(key) : null);
    },
    isDefined: function (key) {
      if (this.isMap()) return this.getObject().containsKey(key);
      return this.isList() && key >= 0 && key < this.size();
    },
    remove: function (key) { if (this.isDefined(key)) this.getObject().remove(key); },
    clear: function () { if (this.isMap() || this.isList()) this.getObject().clear(); },
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
    defaultTo: function (value) { return this.isNull() ? new JsonValue(value) : this; },
    required: function () {
      if (this.isNull()) fails("a value");
      return this;
    },
    copy: function () { return new JsonValue(plain(this, "It", 0)); },
    toString: function () { return quote(plain(this, "It", 0)); }
  };
  freeze(JsonValue.prototype);
  freeze(JsonValue);

  // ---- What both generations have ---------------------------------------------------

  // A map that gives its members as properties as well (4.4).
  function view(data) {
    if (isArray(data)) return freeze(data.map(view));
    if (data === null || typeof data !== "object") return data;
    var methods = {
      get: function (name) { return owns(data, name) ? made[name] : null; },
      containsKey: function (name) { return owns(data, name); },
      keySet: function () { return keys(data); },
      size: function () { return keys(data).length; },
      isEmpty: function () { return keys(data).length === 0; },
      getOrDefault: function (name, other) { return owns(data, name) ? made[name] : other; }
    };
    var made = Object.create(freeze(methods));
    keys(data).forEach(function (name) { made[name] = view(data[name]); });
    return freeze(made);
  }

  function withoutUser(identity) {
    keys(identity).forEach(function (name) {
      identity[name] = function () {
        throw new TypeError("identity." + name + "() was called, but no user is " +
          "behind this token: a client or agent that authenticates as itself has " +
          "no identity.");
      };
    });
    return identity;
  }

  function identityOf(user, legacy) {
    var attributes = user ? user.attributes || {} : {};
    function valuesOf(name) {
      var values = owns(attributes, name) ? copy(attributes[name]) : [];
      return legacy ? new java.util.HashSet(toJava(values)) : values;
    }
    var identity = {
      getName: function () { return user.name; },
      getUniversalId: function () { return user.universalId; },
      setAttribute: function (name, values) {
        attributes[name] = plain(values, name, 0);
      },
      addAttribute: function (name, value) {
        attributes[name] = plain(valuesOf(name), name, 0).concat([String(value)]);
      },
      store: function () { state.attributes = quote(attributes); }
    };
    identity[legacy ? "isExists" : "exists"] = function () { return true; };
    identity[legacy ? "getAttribute" : "getAttributeValues"] = valuesOf;
    return freeze(user ? identity : withoutUser(identity));
  }

  function sessionOf(properties) {
    return properties && freeze({
      getProperty: function (name) {
        return owns(properties, name) ? properties[name] : null;
      },
      setProperty: function (name, value) { properties[name] = String(value); }
    });
  }

  function loggerOf(levels, suffix) {
    var logger = {getName: function () { return request.loggerName; }};
    levels.forEach(function (level) {
      logger[level] = log(level);
      logger[suffix(level)] = function () { return true; };
    });
    return freeze(logger);
  }

  function missing(name) {
    Object.defineProperty(world, name, {
      configurable: true,
      get: function () {
        state.notEmulated = "Not emulated: " + name + ' with engine="rhino".';
        throw new Error(state.notEmulated);
      }
    });
  }

  // ---- The generations -----------------------------------------------------------

  function mapOnly(method, value) {
    if (value === null || typeof value !== "object" || isArray(value)) {
      var given = value === null ? "null" : isArray(value) ? "an array" : typeof value;
      throw new TypeError("token." + method + " takes a plain object; it was given " +
        given + ".");
    }
    return value;
  }

  function jsonValueOnly(method, value) {
    if (value instanceof JsonValue && value.isMap()) return value;
    throw new TypeError("token." + method + " takes an org.forgerock.json.JsonValue " +
      "in a legacy script, and one that holds a Map.");
  }

  function tokenOf(checked, given) {
    return {
      setMayAct: function (value) { stamp("mayAct", checked("setMayAct", value)); },
      getMayAct: function () { return given(claimOf("may_act")); },
      setAct: function (value) { stamp("act", checked("setAct", value)); },
      getAct: function () { return given(claimOf("act")); },
      getField: function (name) { return given(claimOf(name)); }
    };
  }

  function legacyToken() {
    var token = tokenOf(jsonValueOnly, function (claim) {
      return claim === null ? null : new JsonValue(claim);
    });
    token.getField = function (name) { return toJava(claimOf(name)); };
    token.setField = function (name, value) {
      if (name === "may_act") token.setMayAct(JsonValue.json(value));
      else if (name === "act") token.setAct(JsonValue.json(value));
      else request.token[name] = plain(value, name, 0);
    };
    return freeze(token);
  }

  function declareLegacy() {
    world.token = legacyToken();
    world.identity = identityOf(request.identity, true);
    world.scopes = new java.util.HashSet(toJava(request.scopes));
    world.logger = loggerOf(["message", "warning", "error"], function (level) {
      return level + "Enabled";
    });
    var json = freeze({JsonValue: JsonValue});
    world.org = freeze({forgerock: freeze({json: json})});
    var Importer = world.JavaImporter;
    world.JavaImporter = function () {
      var ours = [], others = [];
      for (var i = 0; i < arguments.length; i++) {
        var one = arguments[i];
        (one === JsonValue || one === json ? ours : others).push(one);
      }
      var imported = Importer.apply(this, others);
      if (ours.length) imported.JsonValue = JsonValue;
      return imported;
    };
  }

  function declareNext() {
    world.token = freeze(tokenOf(mapOnly, function (claim) { return claim; }));
    world.identity = identityOf(request.identity, false);
    world.scopes = request.scopes;
    world.cookieName = "iPlanetDirectoryPro";
    world.logger = loggerOf(["trace", "debug", "info", "warn", "error"], function (level) {
      return "is" + level.charAt(0).toUpperCase() + level.slice(1) + "Enabled";
    });
    ["utils", "openidm", "policy", "secrets", "emailService", "jwtAssertion",
      "jwtValidator", "require"].forEach(missing);
  }

  ["httpClient", "systemEnv"].forEach(missing);
  ["JavaAdapter", "getClass", "importClass", "importPackage", "JavaTo"].forEach(
    function (name) { delete world[name]; });
  if (legacy) declareLegacy();
  else declareNext();
  world.requestProperties = legacy ?
    view(request.requestProperties) : request.requestProperties;
  if (request.clientProperties) world.clientProperties = view(request.clientProperties);
  world.session = sessionOf(request.session);
  world.realm = request.realm;
  world.scriptName = request.scriptName;

  return function report() {
    var answer = '{"log":' + quote(state.log);
    if (state.overflow) answer += ',"overflow":' + quote(state.overflow);
    if (state.notEmulated) answer += ',"notEmulated":' + quote(state.notEmulated);
    if (state.mayAct !== undefined) answer += ',"mayAct":' + state.mayAct;
    if (state.act !== undefined) answer += ',"act":' + state.act;
    if (state.attributes !== undefined) answer += ',"attributes":' + state.attributes;
    return answer + "}";
  };
})
