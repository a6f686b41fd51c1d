// @ts-check
// org.forgerock.json.JsonValue, as legacy scripts build claims with it.
//
// A JsonValue holds a Java value. A JavaScript object counts as a Map that cannot be
// added to and an array as a List, because Rhino's own classes are so.
(function jsonValue(/** @type {Kit} */ kit) {
  "use strict";

  const { Array, InternalError, Math, Number, Object } = globalThis;
  const { collectionType, does, entriesOf, entry, entryType, gives, integer } = kit;
  const { isA, iteratorOver, javaClass, keys, keyText, newList, newMap, newSet } = kit;
  const { plain, pointer, root, show, stateOf, type, valuesOf, Whole } = kit;
  const { append, copied, expect, get, holds, isCollection, isList } = kit.jsonMembers;
  const { isMap, isNull, isNumber, isScriptObject, isSet, json } = kit.jsonMembers;
  const { keysOf, mapIn, memberOf, put, putAt, remove, required } = kit.jsonMembers;
  const { shallow, sizeOf, unwrapped, walk } = kit.jsonMembers;

  // ---- As text and as data ---------------------------------------------------

  const NAMED = { "\b": "\\b", "\f": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t" };
  const escape = (text) =>
    text.replace(/["\\]/g, "\\$&").replace(
      // eslint-disable-next-line no-control-regex -- these are what Java escapes
      /[\x00-\x1f\x7f-\x9f]/g,
      (control) =>
        NAMED[control] ||
        `\\u${control.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`
    );

  function written(value) {
    if (isMap(value)) {
      const members = entriesOf(value).map(
        (each) => `"${escape(show(each.key))}": ${written(unwrapped(each.value))}`
      );
      return `{ ${members.join(", ")} }`;
    }
    if (isCollection(value)) {
      return `[ ${valuesOf(value)
        .map((each) => written(unwrapped(each)))
        .join(", ")} ]`;
    }
    return typeof value === "string" ? `"${escape(value)}"` : show(value);
  }

  // ---- The class -------------------------------------------------------------

  const is = (test) => plain(0, 0, ({ state }) => test(state.object));
  const as = (test, name, give = (object) => object) =>
    gives(0, 1, (self) => {
      const object = expect(self, test, name);
      return isNull(object) ? null : give(object);
    });
  const numberIn = (object) => (object instanceof Whole ? object.value : object);
  const asWhole = (kind) =>
    as(
      isNumber,
      "java.lang.Number",
      (object) => new Whole(kind, Math.trunc(numberIn(object)))
    );
  const isText = (value) => typeof value === "string";
  const isTruth = (value) => typeof value === "boolean";

  const jsonType = type(
    "org.forgerock.json.JsonValue",
    root,
    {
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
      asURI: as(isText, "java.lang.String"),
      asURL: as(isText, "java.lang.String"),
      asUUID: as(isText, "java.lang.String"),
      asBoolean: as(isTruth, "java.lang.Boolean"),
      asNumber: as(isNumber, "java.lang.Number"),
      asInteger: asWhole("Integer"),
      asLong: asWhole("Long"),
      asDouble: as(isNumber, "java.lang.Number", numberIn),
      asMap: as(isMap, "java.util.Map"),
      asList: as(isCollection, "java.util.List", (object) =>
        isList(object) ? object : newList(valuesOf(object))
      ),
      asSet: as(isCollection, "java.util.Set", (object) =>
        isSet(object) ? object : newSet(valuesOf(object), "insertion")
      ),
      asCollection: as(isCollection, "java.util.Collection"),
      getObject: gives(0, 0, ({ state }) => state.object),
      setObject: does(1, 1, ({ state }, object) => {
        state.object = unwrapped(object);
      }),
      getPointer: gives(0, 0, ({ state }) => pointer(state.path)),
      asPointer: as(isText, "java.lang.String", pointer),
      as: gives(1, 1, (self, change) => kit.lambda(change)(self.it)),
      get: gives(1, 1, get),
      isDefined: plain(
        1,
        1,
        ({ state }, key) => !!memberOf(state.object, keyText(key))
      ),
      contains: plain(1, 1, ({ state }, value) =>
        holds(state.object, unwrapped(value))
      ),
      keys: gives(0, 0, ({ state }) => newSet(keysOf(state.object))),
      size: plain(0, 0, ({ state }) => sizeOf(state.object)),
      iterator: gives(0, 0, (self) => iteratorOver(walk(self))),
      forEach: does(1, 1, (self, action) =>
        walk(self).forEach((v) => kit.lambda(action)(v))
      ),
      put: gives(2, 2, put),
      add: gives(1, 2, (self, ...args) =>
        args.length === 1 ? append(self, args[0]) : put(self, ...args, true)
      ),
      addIfNotNull: gives(2, 2, (self, key, value) =>
        isNull(value) ? self.it : put(self, key, value, true)
      ),
      putPermissive: gives(2, 2, (self, key, value) =>
        putAt(self, key, value, false, true)
      ),
      addPermissive: gives(2, 2, (self, key, value) =>
        putAt(self, key, value, true, true)
      ),
      remove: does(1, 1, remove),
      clear: does(0, 0, ({ state }) => {
        if (isMap(state.object)) mapIn(state.object).clear();
        else if (isA(state.object, collectionType)) state.object.clear();
      }),
      defaultTo: gives(1, 1, (self, other) =>
        isNull(self.state.object) ? json(other, self.state.path) : self.it
      ),
      required: gives(0, 0, (self) => required(self).it),
      copy: gives(0, 0, ({ state }) => json(copied(state.object), state.path)),
      clone: gives(0, 0, ({ state }) => json(shallow(state.object), state.path)),
      isEqualTo: plain(
        1,
        1,
        ({ state }, other) => written(state.object) === written(unwrapped(other))
      ),
    },
    {
      show: ({ object }) => written(object),
      data: ({ object }) => kit.toData(object),
    }
  );

  const fields = (entries) =>
    newMap(
      entries.map((one) => {
        if (!isA(one, entryType)) {
          throw new InternalError(`Cannot convert ${show(one)} to java.util.Map$Entry`);
        }
        const { key, value } = stateOf(one);
        return { key, value: unwrapped(value) };
      })
    );

  javaClass(jsonType, (object) => json(object), {
    json: gives(1, 1, (self, object) =>
      isA(object, jsonType) ? object : json(object)
    ),
    object: gives(0, Infinity, (self, ...given) =>
      given.length === 1 && isNumber(given[0])
        ? newMap([])
        : fields(given.filter((one) => one !== null))
    ),
    array: gives(0, Infinity, (self, ...values) => newList(values.map(unwrapped))),
    set: gives(0, Infinity, (self, ...values) =>
      newSet(values.map(unwrapped), "insertion")
    ),
    field: gives(2, 2, (self, key, value) => entry(show(key), unwrapped(value))),
    fieldIfNotNull: gives(2, 2, (self, key, value) =>
      isNull(value) ? null : entry(show(key), unwrapped(value))
    ),
  });

  const asMapIn = (value) => isA(value, jsonType) && isMap(stateOf(value).object);
  // Claims and answers of the workbench, which are JSON, as Java has them.
  function fromData(value) {
    if (Array.isArray(value)) return newList(value.map(fromData));
    if (isScriptObject(value)) {
      return newMap(keys(value).map((key) => ({ key, value: fromData(value[key]) })));
    }
    const whole = typeof value === "number" && Number.isInteger(value);
    return whole
      ? Math.abs(value) < 2 ** 31
        ? integer(value)
        : new Whole("Long", value)
      : value;
  }

  Object.assign(kit, { asMapIn, fromData, json, jsonType });
});
