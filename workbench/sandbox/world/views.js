// @ts-check
// What both generations have of people: attributes, what a script sets of a session,
// and an identity with nobody behind it.
(function views(/** @type {Kit} */ kit) {
  "use strict";

  const { InternalError, Object } = globalThis;
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

  // Of a scope validation script the object is there, but nobody is behind it
  // (measured on PingOne AIC, next generation).
  function withoutIdentity(identity) {
    for (const name of keys(identity)) {
      identity[name] = () => {
        throw new InternalError(
          `Cannot invoke "com.sun.identity.idm.AMIdentity.${name}()" ` +
            'because "this.amIdentity" is null'
        );
      };
    }
    return freeze(identity);
  }

  // What only AM itself can set of a session (OpenAM source): left as it is, and no
  // error; that this holds of scripts is inferred.
  const PROTECTED = freeze([
    "Host",
    "HostName",
    "AuthLevel",
    "AuthType",
    "Principal",
    "UserId",
    "UserToken",
    "Organization",
    "cookieSupport",
    "authInstant",
    "Principals",
    "loginURL",
    "FullLoginURL",
    "Role",
    "Service",
    "SessionTimedOut",
    "SessionHandle",
    "TokenRestriction",
    "AMMaxIdleTime",
    "AMMaxSessionTime",
    "AMCtxId",
    "sun.am.UniversalIdentifier",
    "amlbcookie",
  ]);

  function setProperty(properties, name, value) {
    if (PROTECTED.includes(name) || lower(name).startsWith("am.protected")) return;
    properties[name] = value;
    kit.keepProperty(name, value);
  }

  Object.assign(kit, { attributeIn, setProperty, withoutIdentity });
});
