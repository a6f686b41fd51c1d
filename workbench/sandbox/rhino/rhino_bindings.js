// @ts-check
// The bindings of engine="rhino", in the JavaScript of AM's engine: evaluated in the
// scope of a script and called with the request as JSON and the function of
// rhino_values.js. Java's classes are the real ones.
//
// Returns the function that reports, which no script can reach. All that it needs is
// kept here, for a script may change every built-in object.
(function bindings(text, makeValues) {
  /** @type {any} */
  var world = this;
  var String = world.String;
  var parse = JSON.parse;
  var quote = JSON.stringify;
  var has = Object.prototype.hasOwnProperty;
  var freeze = Object.freeze;
  var isArray = Array.isArray;
  var java = world.Packages && world.Packages.java;
  var values = makeValues(world, java);
  var JsonValue = values.JsonValue;
  var plain = values.plain;
  var view = values.view;
  var withoutUser = values.withoutUser;
  var toJava = values.toJava;
  var request = parse(text);
  var legacy = request.context === "OAUTH2_MAY_ACT";
  var state = { log: [], size: 0 };

  function owns(object, name) {
    return has.call(object, name);
  }

  function copy(value) {
    return value === undefined ? null : parse(quote(value));
  }

  function tooLong(what) {
    state.overflow =
      what + " longer than the output limit, " + request.limit + " characters.";
    throw new RangeError(state.overflow);
  }

  function log(level) {
    return function (message) {
      var text = String(message);
      var values = arguments;
      var next = 1;
      text = text.replace(/\{\}/g, function (all) {
        return next < values.length ? String(values[next++]) : all;
      });
      state.size += text.length + level.length;
      if (state.size > request.limit) tooLong("The log is");
      state.log.push([level, text]);
    };
  }

  // ---- Claims ----------------------------------------------------------------

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

  // ---- What both generations have --------------------------------------------

  function identityOf(user, legacy) {
    var attributes = user ? user.attributes || {} : {};
    function valuesOf(name) {
      var values = owns(attributes, name) ? copy(attributes[name]) : [];
      return legacy ? new java.util.HashSet(toJava(values)) : values;
    }
    var identity = {
      getName: function () {
        return user.name;
      },
      getUniversalId: function () {
        return user.universalId;
      },
      setAttribute: function (name, values) {
        attributes[name] = plain(values, name, 0);
      },
      addAttribute: function (name, value) {
        attributes[name] = plain(valuesOf(name), name, 0).concat([String(value)]);
      },
      store: function () {
        state.attributes = quote(attributes);
      },
    };
    identity[legacy ? "isExists" : "exists"] = function () {
      return true;
    };
    identity[legacy ? "getAttribute" : "getAttributeValues"] = valuesOf;
    return freeze(user ? identity : withoutUser(identity));
  }

  function sessionOf(properties) {
    return (
      properties &&
      freeze({
        getProperty: function (name) {
          return owns(properties, name) ? properties[name] : null;
        },
        setProperty: function (name, value) {
          properties[name] = String(value);
        },
      })
    );
  }

  function loggerOf(levels, suffix) {
    var logger = {
      getName: function () {
        return request.loggerName;
      },
    };
    levels.forEach(function (level) {
      logger[level] = log(level);
      logger[suffix(level)] = function () {
        return true;
      };
    });
    return freeze(logger);
  }

  function missing(name) {
    Object.defineProperty(world, name, {
      configurable: true,
      get: function () {
        state.notEmulated = "Not emulated: " + name + ' with engine="rhino".';
        throw new Error(state.notEmulated);
      },
    });
  }

  // ---- The generations -------------------------------------------------------

  function mapOnly(method, value) {
    if (value === null || typeof value !== "object" || isArray(value)) {
      var given = value === null ? "null" : isArray(value) ? "an array" : typeof value;
      throw new TypeError(
        "token." + method + " takes a plain object; it was given " + given + "."
      );
    }
    return value;
  }

  function jsonValueOnly(method, value) {
    if (value instanceof JsonValue && value.isMap()) return value;
    throw new TypeError(
      "token." +
        method +
        " takes an org.forgerock.json.JsonValue " +
        "in a legacy script, and one that holds a Map."
    );
  }

  function tokenOf(checked, given) {
    return {
      setMayAct: function (value) {
        stamp("mayAct", checked("setMayAct", value));
      },
      getMayAct: function () {
        return given(claimOf("may_act"));
      },
      setAct: function (value) {
        stamp("act", checked("setAct", value));
      },
      getAct: function () {
        return given(claimOf("act"));
      },
      getField: function (name) {
        return given(claimOf(name));
      },
    };
  }

  function legacyToken() {
    var token = tokenOf(jsonValueOnly, function (claim) {
      return claim === null ? null : new JsonValue(claim);
    });
    token.getField = function (name) {
      return toJava(claimOf(name));
    };
    token.setField = function (name, value) {
      if (name === "may_act") token.setMayAct(JsonValue.json(value));
      else if (name === "act") token.setAct(JsonValue.json(value));
      else request.token[name] = plain(values.given(value), name, 0);
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
    var json = freeze({ JsonValue: JsonValue });
    world.org = freeze({ forgerock: freeze({ json: json }) });
    var Importer = world.JavaImporter;
    world.JavaImporter = function () {
      var ours = [];
      var others = [];
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
    world.token = freeze(
      tokenOf(mapOnly, function (claim) {
        return claim;
      })
    );
    world.identity = identityOf(request.identity, false);
    world.scopes = request.scopes;
    world.cookieName = "iPlanetDirectoryPro";
    world.logger = loggerOf(
      ["trace", "debug", "info", "warn", "error"],
      function (level) {
        return "is" + level.charAt(0).toUpperCase() + level.slice(1) + "Enabled";
      }
    );
    [
      "utils",
      "openidm",
      "policy",
      "secrets",
      "emailService",
      "jwtAssertion",
      "jwtValidator",
      "require",
    ].forEach(missing);
  }

  ["httpClient", "systemEnv"].forEach(missing);
  ["JavaAdapter", "getClass", "importClass", "importPackage", "JavaTo"].forEach(
    function (name) {
      delete world[name];
    }
  );
  if (legacy) declareLegacy();
  else declareNext();
  world.requestProperties = legacy
    ? view(request.requestProperties)
    : request.requestProperties;
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
});
