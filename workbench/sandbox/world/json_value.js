// org.forgerock.json.JsonValue, as legacy scripts build claims with it.
//
// A JsonValue holds a Java value. A JavaScript object counts as a Map that cannot be
// added to and an array as a List, because Rhino's own classes are so.
(function jsonValue(kit) {
  "use strict";

  const { Array, Infinity, InternalError, Math, Number, Object, String } = globalThis;
  const { Whole, arrayOf, collectionType, does, entriesOf, entry, entryType } = kit;
  const { fixedListType, gives, integer, isA, isObject, iteratorOver, javaClass } = kit;
  const { javaError, keys, make, mapType, newList, newMap, newSet, notSupported } = kit;
  const { plain, root, same, selfOf, setType, show, stateOf, toInt, type, valuesOf } = kit;

  // ---- What a value is ------------------------------------------------------

  const isScriptObject = (value) =>
    isObject(value) && !Array.isArray(value) && !selfOf(value);
  const isMap = (value) => isA(value, mapType) || isScriptObject(value);
  const isList = (value) => isA(value, fixedListType) || Array.isArray(value);
  const isSet = (value) => isA(value, setType);
  const isCollection = (value) => isList(value) || isA(value, collectionType);
  const isNumber = (value) => typeof value === "number" || value instanceof Whole;
  const isNull = (value) => value === null || value === undefined;

  const complain = (self, message) => {
    throw javaError("org.forgerock.json.JsonValueException",
      `${self.state.path || "/"}: ${message}`);
  };

  function expect(self, holds, what) {
    if (!isNull(self.state.object) && !holds(self.state.object)) {
      complain(self, `Expecting a ${what}`);
    }
    return self.state.object;
  }

  const required = (self) => {
    if (isNull(self.state.object)) complain(self, "Expecting a value");
    return self;
  };

  // ---- org.forgerock.json.JsonPointer ---------------------------------------

  const unescaped = (token) => token.replace(/~1/g, "/").replace(/~0/g, "~");
  const escaped = (token) => token.replace(/~/g, "~0").replace(/\//g, "~1");
  const pathOf = (tokens) => tokens.map((token) => `/${escaped(token)}`).join("");

  const pointerType = type("org.forgerock.json.JsonPointer", root, {
    size: plain(0, 0, ({ state }) => state.length),
    isEmpty: plain(0, 0, ({ state }) => state.length === 0),
    get: gives(1, 1, ({ state }, place) => state[toInt(place)]),
    leaf: gives(0, 0, ({ state }) => (state.length ? state[state.length - 1] : null)),
    parent: gives(0, 0, ({ state }) => make(pointerType, state.slice(0, -1))),
    child: gives(1, 1, ({ state }, key) => make(pointerType, [...state, keyText(key)])),
    toArray: gives(0, 0, ({ state }) => arrayOf(state)),
    iterator: gives(0, 0, ({ state }) => iteratorOver(state)),
  }, { show: (tokens) => pathOf(tokens) || "/" });

  function pointer(path = "") {
    const text = show(path);
    const tokens = (text.startsWith("/") ? text.slice(1) : text).split("/");
    const all = tokens.length === 1 && tokens[0] === "" ? [] : tokens;
    return make(pointerType, all.map(unescaped));
  }
  javaClass(pointerType, pointer);
  const isPointer = (key) => isA(key, pointerType);

  const toIndex = (key) => (/^\d+$/.test(String(key)) ? Number(key) : -1);

  // ---- Making one -----------------------------------------------------------

  const unwrapped = (value) => (isA(value, jsonType) ? stateOf(value).object : value);

  function json(object, path = "") {
    const within = isA(object, jsonType) ? stateOf(object) : { object, path };
    return make(jsonType, { object: within.object, path: within.path });
  }

  const child = (self, object, key) => make(jsonType, {
    object: unwrapped(object),
    path: `${self.state.path}/${escaped(String(key))}`,
  });

  // ---- Reading --------------------------------------------------------------

  function memberOf(object, key) {
    if (isMap(object)) {
      const found = entriesOf(object).find((each) => same(each.key, key));
      return found && { value: found.value };
    }
    const place = isList(object) ? toIndex(key) : -1;
    const values = place < 0 ? [] : valuesOf(object);
    return place >= 0 && place < values.length ? { value: values[place] } : undefined;
  }

  const keyText = (key) => (typeof key === "number" ? String(toInt(key)) : show(key));

  function get(self, key) {
    if (isPointer(key)) return at(self, stateOf(key));
    if (typeof key === "number" && key < 0) {
      complain(self, `List index out of range: ${toInt(key)}`);
    }
    const found = memberOf(self.state.object, keyText(key));
    return child(self, found ? found.value : null, keyText(key));
  }

  // The value that the tokens lead to, or null where there is none.
  function at(self, tokens) {
    let here = self.it;
    for (const token of tokens) {
      if (!memberOf(stateOf(here).object, token)) return null;
      here = get(selfOf(here), token);
    }
    return here;
  }

  // The same without the last token; what is missing is made where permitted.
  function parentOf(self, tokens, permissive) {
    let here = self;
    tokens.slice(0, -1).forEach((token, place) => {
      if (permissive && isNull(get(here, token).getObject())) {
        put(here, token, tokens[place + 1] === "-" ? newList([]) : newMap([]));
      }
      here = selfOf(get(here, token));
    });
    return required(here);
  }

  function putAt(self, key, value, inserting, permissive = false) {
    const tokens = stateOf(key);
    const parent = parentOf(self, tokens, permissive);
    const last = tokens[tokens.length - 1];
    if (last === "-" && isList(parent.state.object)) append(parent, value);
    else put(parent, last, value, inserting);
    return self.it;
  }

  function keysOf(object) {
    if (isMap(object)) return entriesOf(object).map(({ key }) => show(key));
    return isList(object) ? valuesOf(object).map((value, place) => String(place)) : [];
  }

  const sizeOf = (object) => {
    if (isMap(object)) return entriesOf(object).length;
    return isCollection(object) ? valuesOf(object).length : 0;
  };

  function holds(object, value) {
    if (isMap(object)) return entriesOf(object).some((each) => same(each.value, value));
    return isCollection(object) && valuesOf(object).some((each) => same(each, value));
  }

  function walk(self) {
    const { object } = self.state;
    if (isCollection(object)) {
      return valuesOf(object).map((value, place) => child(self, value, place));
    }
    return keysOf(object).map((key) => get(self, key));
  }

  // ---- Changing -------------------------------------------------------------

  const mapIn = (object) => {
    if (!isA(object, mapType)) notSupported();
    return object;
  };

  function intoList(self, place, value, inserting) {
    const { object } = self.state;
    const size = sizeOf(object);
    if (!isList(object) || place < 0 || place > size) {
      complain(self, `List index out of range: ${place}`);
    }
    if (Array.isArray(object)) notSupported();
    if (inserting || place === size) object.add(place, value);
    else object.set(place, value);
  }

  function put(self, key, value, inserting = false) {
    if (isPointer(key)) return putAt(self, key, value, inserting);
    if (key === null) throw javaError("java.lang.NullPointerException");
    const { object } = self.state;
    const name = keyText(key);
    if (isMap(object)) {
      if (inserting && memberOf(object, name)) {
        complain(self, `Map key ${name} already exists`);
      }
      mapIn(object).put(name, unwrapped(value));
    } else if (isList(object)) {
      intoList(self, toIndex(name), unwrapped(value), inserting);
    } else {
      complain(typeof key === "number" ? required(self) : self, "Expecting a Map or List");
    }
    return self.it;
  }

  function append(self, value) {
    const { object } = self.state;
    if (isList(object)) intoList(self, sizeOf(object), unwrapped(value), true);
    else if (isSet(object)) object.add(unwrapped(value));
    else complain(self, "Expecting a Set or List");
    return self.it;
  }

  function remove(self, key) {
    if (isPointer(key)) {
      const tokens = stateOf(key);
      return remove(parentOf(self, tokens, false), tokens[tokens.length - 1]);
    }
    const { object } = self.state;
    if (isMap(object)) mapIn(object).remove(keyText(key));
    else if (memberOf(object, keyText(key))) {
      if (Array.isArray(object)) notSupported();
      object.remove(toIndex(keyText(key)));
    }
    return undefined;
  }

  function copied(value) {
    if (isMap(value)) {
      return newMap(entriesOf(value).map((e) => ({ key: e.key, value: copied(e.value) })));
    }
    if (isSet(value)) return newSet(valuesOf(value).map(copied));
    return isCollection(value) ? newList(valuesOf(value).map(copied)) : value;
  }

  function shallow(value) {
    if (isMap(value)) return newMap(entriesOf(value));
    if (isSet(value)) return newSet(valuesOf(value));
    return isCollection(value) ? newList(valuesOf(value)) : value;
  }

  // ---- As text and as data --------------------------------------------------

  const NAMED = { "\b": "\\b", "\f": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t" };
  const escape = (text) =>
    text.replace(/["\\]/g, "\\$&").replace(/[\x00-\x1f\x7f-\x9f]/g, (control) =>
      NAMED[control] ||
      `\\u${control.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`);

  function written(value) {
    if (isMap(value)) {
      const members = entriesOf(value).map(
        (each) => `"${escape(show(each.key))}": ${written(unwrapped(each.value))}`
      );
      return `{ ${members.join(", ")} }`;
    }
    if (isCollection(value)) {
      return `[ ${valuesOf(value).map((each) => written(unwrapped(each))).join(", ")} ]`;
    }
    return typeof value === "string" ? `"${escape(value)}"` : show(value);
  }

  // ---- The class ------------------------------------------------------------

  const is = (test) => plain(0, 0, ({ state }) => test(state.object));
  const as = (test, name, give = (object) => object) =>
    gives(0, 1, (self) => {
      const object = expect(self, test, name);
      return isNull(object) ? null : give(object);
    });
  const numberIn = (object) => (object instanceof Whole ? object.value : object);
  const asWhole = (kind) => as(isNumber, "java.lang.Number", (object) =>
    new Whole(kind, Math.trunc(numberIn(object))));
  const isText = (value) => typeof value === "string";
  const isTruth = (value) => typeof value === "boolean";

  const jsonType = type("org.forgerock.json.JsonValue", root, {
    isNull: is(isNull),
    isNotNull: is((object) => !isNull(object)),
    isMap: is(isMap),
    isList: is(isList),
    isSet: is(isSet),
    isCollection: is(isCollection),
    isString: is(isText),
    isNumber: is(isNumber),
    isBoolean: is(isTruth),
    asString: as(isText, "java.lang.String"),
    asBoolean: as(isTruth, "java.lang.Boolean"),
    asNumber: as(isNumber, "java.lang.Number"),
    asInteger: asWhole("Integer"),
    asLong: asWhole("Long"),
    asDouble: as(isNumber, "java.lang.Number", numberIn),
    asMap: as(isMap, "java.util.Map"),
    asList: as(isCollection, "java.util.List", (object) =>
      isList(object) ? object : newList(valuesOf(object))),
    asSet: as(isCollection, "java.util.Set", (object) =>
      isSet(object) ? object : newSet(valuesOf(object), "insertion")),
    asCollection: as(isCollection, "java.util.Collection"),
    getObject: gives(0, 0, ({ state }) => state.object),
    setObject: does(1, 1, ({ state }, object) => {
      state.object = unwrapped(object);
    }),
    getPointer: gives(0, 0, ({ state }) => pointer(state.path)),
    asPointer: as(isText, "java.lang.String", pointer),
    as: gives(1, 1, (self, change) => kit.lambda(change)(self.it)),
    get: gives(1, 1, get),
    isDefined: plain(1, 1, ({ state }, key) => !!memberOf(state.object, keyText(key))),
    contains: plain(1, 1, ({ state }, value) => holds(state.object, unwrapped(value))),
    keys: gives(0, 0, ({ state }) => newSet(keysOf(state.object))),
    size: plain(0, 0, ({ state }) => sizeOf(state.object)),
    iterator: gives(0, 0, (self) => iteratorOver(walk(self))),
    forEach: does(1, 1, (self, action) => walk(self).forEach((v) => kit.lambda(action)(v))),
    put: gives(2, 2, put),
    add: gives(1, 2, (self, ...args) =>
      args.length === 1 ? append(self, args[0]) : put(self, ...args, true)),
    addIfNotNull: gives(2, 2, (self, key, value) =>
      isNull(value) ? self.it : put(self, key, value, true)),
    putPermissive: gives(2, 2, (self, key, value) => putAt(self, key, value, false, true)),
    addPermissive: gives(2, 2, (self, key, value) => putAt(self, key, value, true, true)),
    remove: does(1, 1, remove),
    clear: does(0, 0, ({ state }) => {
      if (isMap(state.object)) mapIn(state.object).clear();
      else if (isA(state.object, collectionType)) state.object.clear();
    }),
    defaultTo: gives(1, 1, (self, other) =>
      isNull(self.state.object) ? json(other, self.state.path) : self.it),
    required: gives(0, 0, (self) => required(self).it),
    copy: gives(0, 0, ({ state }) => json(copied(state.object), state.path)),
    clone: gives(0, 0, ({ state }) => json(shallow(state.object), state.path)),
    isEqualTo: plain(1, 1, ({ state }, other) =>
      written(state.object) === written(unwrapped(other))),
  }, {
    show: ({ object }) => written(object),
    data: ({ object }) => kit.toData(object),
  });

  const fields = (entries) => newMap(entries.map((one) => {
    if (!isA(one, entryType)) {
      throw new InternalError(`Cannot convert ${show(one)} to java.util.Map$Entry`);
    }
    const { key, value } = stateOf(one);
    return { key, value: unwrapped(value) };
  }));

  javaClass(jsonType, (object) => json(object), {
    json: gives(1, 1, (self, object) => (isA(object, jsonType) ? object : json(object))),
    object: gives(0, Infinity, (self, ...given) =>
      given.length === 1 && isNumber(given[0])
        ? newMap([])
        : fields(given.filter((one) => one !== null))),
    array: gives(0, Infinity, (self, ...values) => newList(values.map(unwrapped))),
    set: gives(0, Infinity, (self, ...values) => newSet(values.map(unwrapped), "insertion")),
    field: gives(2, 2, (self, key, value) => entry(show(key), unwrapped(value))),
    fieldIfNotNull: gives(2, 2, (self, key, value) =>
      isNull(value) ? null : entry(show(key), unwrapped(value))),
  });

  const asMapIn = (value) => isA(value, jsonType) && isMap(stateOf(value).object);
  // Claims and answers of the workbench, which are JSON, as Java has them.
  function fromData(value) {
    if (Array.isArray(value)) return newList(value.map(fromData));
    if (isScriptObject(value)) {
      return newMap(keys(value).map((key) => ({ key, value: fromData(value[key]) })));
    }
    const whole = typeof value === "number" && Number.isInteger(value);
    return whole ? (Math.abs(value) < 2 ** 31 ? integer(value) : new Whole("Long", value)) : value;
  }

  Object.assign(kit, { asMapIn, fromData, json, jsonType, arrayOf });
})
