// @ts-check
// What both generations have of a user: the attributes, and an identity without one.
(function views(/** @type {Kit} */ kit) {
  "use strict";

  const { Object, TypeError } = globalThis;
  const { freeze, hasOwn, keys } = Object;
  const onThis = Function.prototype.bind.bind(Function.prototype.call);
  const lower = onThis(String.prototype.toLowerCase);

  // AM minds no case in the name of an attribute (OpenAM source).
  function attributeIn(attributes, name) {
    if (hasOwn(attributes, name)) return name;
    const small = lower(name);
    for (const each of keys(attributes)) if (lower(each) === small) return each;
    return name;
  }

  // On client_credentials the object is there, but no user is behind it (4.2).
  function withoutUser(identity) {
    for (const name of keys(identity)) {
      identity[name] = () => {
        throw new TypeError(
          `identity.${name}() was called, but no user is behind this token: ` +
            "a client or agent that authenticates as itself has no identity."
        );
      };
    }
    return freeze(identity);
  }

  Object.assign(kit, { attributeIn, withoutUser });
});
