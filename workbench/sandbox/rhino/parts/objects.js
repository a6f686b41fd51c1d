// @ts-check
// Object and the arrays that take no new members, as Rhino has them.
(function objects(/** @type {RhinoKit} */ kit) {
  "use strict";

  const { Array, Object, Proxy, Reflect, Symbol, TypeError } = kit.natives;
  const { brand, define, isObject, isText, notEmulated, onThis, replace } = kit;
  const { isExtensible, isFrozen } = Object;
  const { isArray } = Array;
  const { apply, deleteProperty, set } = Reflect;

  const objectsOnly = (method) =>
    function (value) {
      if (!isObject(value)) {
        const found = value === null ? "null" : typeof value;
        const message = `Expected argument of type object, but instead had type ${found}`;
        throw new TypeError(message);
      }
      return apply(method, this, arguments);
    };

  replace(Object, {
    assign: (before) =>
      function (target, ...sources) {
        for (const source of sources)
          if (!isText(source)) target = before(target, source);
        return before(target);
      },
    freeze: objectsOnly,
    getOwnPropertyDescriptor: objectsOnly,
    getOwnPropertyNames: (before) =>
      objectsOnly((object) => (isText(object) ? ["length"] : before(object))),
    getPrototypeOf: objectsOnly,
    isExtensible: objectsOnly,
    isFrozen: objectsOnly,
    isSealed: objectsOnly,
    keys: (before) => objectsOnly((object) => (isText(object) ? [] : before(object))),
    preventExtensions: objectsOnly,
    seal: objectsOnly,
    getOwnPropertySymbols: () => objectsOnly(() => []),
  });
  replace(Object.prototype, {
    toString: () =>
      function () {
        const nothing = this === undefined || this === null || this === globalThis;
        return nothing ? "[object Object]" : brand(this);
      },
  });

  // What is no function has those as instances that inherit from it.
  const inherits = onThis(Object.prototype.isPrototypeOf);
  define(Object.prototype, Symbol.hasInstance, function (value) {
    return isObject(value) && inherits(this, value);
  });

  // Rhino's methods go on as if they had changed a frozen array, and change one that
  // is only closed; under 'use strict', which a method cannot see, they throw.
  const unheeded = (object) => ({
    __proto__: null,
    has: (target, name) => name in object,
    get: (target, name) => object[name],
    set: (target, name, value) => set(object, name, value) || true,
    deleteProperty: (target, name) => deleteProperty(object, name) || true,
  });

  function changeNothing(method, self, given) {
    if (isArray(self) && (self.length === 0 || !isFrozen(self))) {
      notEmulated(`${method.name} on an array that takes no new members`);
    }
    const target = isArray(self) ? [] : {};
    const proxy = new Proxy(target, unheeded(self));
    const result = apply(method, proxy, given);
    return result === proxy ? self : result;
  }

  const changing = (method) =>
    function (...given) {
      const heeds = !isObject(this) || isExtensible(this) || kit.strictSomewhere;
      return heeds ? apply(method, this, given) : changeNothing(method, this, given);
    };

  replace(Array.prototype, {
    copyWithin: changing,
    fill: changing,
    pop: changing,
    push: changing,
    reverse: changing,
    shift: changing,
    sort: changing,
    splice: changing,
    unshift: changing,
  });

  const joining = []; // as text an array leaves itself out
  replace(Array.prototype, {
    toString: (before) =>
      function () {
        if (joining.includes(this)) return "";
        joining.push(this);
        try {
          return apply(before, this, []);
        } finally {
          joining.pop();
        }
      },
  });
});
