// @ts-check
// The members of a JsonValue: read, walked through and changed.
//
// A JsonValue holds a Java value. A JavaScript object counts as a Map that cannot be
// added to and an array as a List, because Rhino's own classes are so.
(function jsonMembers(/** @type {Kit} */ kit) {
  "use strict";

  const { Array, Number, String } = globalThis;
  const { collectionType, entriesOf, escaped, fixedListType, isA, isObject } = kit;
  const { isPointer, javaError, keyText, make, mapType, newList, newMap, newSet } = kit;
  const { notSupported, same, selfOf, setType, show, stateOf, toInt, valuesOf } = kit;
  const { Whole } = kit;

  // ---- What a value is -------------------------------------------------------

  const isScriptObject = (value) =>
    isObject(value) && !Array.isArray(value) && !selfOf(value);
  const isMap = (value) => isA(value, mapType) || isScriptObject(value);
  const isList = (value) => isA(value, fixedListType) || Array.isArray(value);
  const isSet = (value) => isA(value, setType);
  const isCollection = (value) => isList(value) || isA(value, collectionType);
  const isNumber = (value) => typeof value === "number" || value instanceof Whole;
  const isNull = (value) => value === null || value === undefined;

  const complain = (self, message) => {
    throw javaError(
      "org.forgerock.json.JsonValueException",
      `${self.state.path || "/"}: ${message}`
    );
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

  // ---- Making one ------------------------------------------------------------

  const unwrapped = (value) =>
    isA(value, kit.jsonType) ? stateOf(value).object : value;

  function json(object, path = "") {
    const within = isA(object, kit.jsonType) ? stateOf(object) : { object, path };
    return make(kit.jsonType, { object: within.object, path: within.path });
  }

  const child = (self, object, key) =>
    make(kit.jsonType, {
      object: unwrapped(object),
      path: `${self.state.path}/${escaped(String(key))}`,
    });

  // ---- Reading ---------------------------------------------------------------

  const toIndex = (key) => (/^\d+$/.test(String(key)) ? Number(key) : -1);
  function memberOf(object, key) {
    if (isMap(object)) {
      const found = entriesOf(object).find((each) => same(each.key, key));
      return found && { value: found.value };
    }
    const place = isList(object) ? toIndex(key) : -1;
    const values = place < 0 ? [] : valuesOf(object);
    return place >= 0 && place < values.length ? { value: values[place] } : undefined;
  }

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

  // ---- Changing --------------------------------------------------------------

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
      complain(
        typeof key === "number" ? required(self) : self,
        "Expecting a Map or List"
      );
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
      return newMap(
        entriesOf(value).map((e) => ({ key: e.key, value: copied(e.value) }))
      );
    }
    if (isSet(value)) return newSet(valuesOf(value).map(copied));
    return isCollection(value) ? newList(valuesOf(value).map(copied)) : value;
  }

  function shallow(value) {
    if (isMap(value)) return newMap(entriesOf(value));
    if (isSet(value)) return newSet(valuesOf(value));
    return isCollection(value) ? newList(valuesOf(value)) : value;
  }

  kit.jsonMembers = {
    append,
    expect,
    get,
    holds,
    isCollection,
    isList,
    isMap,
    isNull,
    isNumber,
    isScriptObject,
    isSet,
    json,
    keysOf,
    mapIn,
    memberOf,
    put,
    putAt,
    remove,
    required,
    sizeOf,
    unwrapped,
    walk,
    copied,
    shallow,
  };
});
