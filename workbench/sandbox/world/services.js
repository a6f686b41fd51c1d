// @ts-check
// What scripts find around AM (4.6): HTTP, IDM, policies, secrets, environment, mail.
//
// Nothing is ever sent anywhere. Answers are what was put on the bench beforehand;
// what is missing fails with a sentence that says how to put it there.
(function services(/** @type {Kit} */ kit) {
  "use strict";

  const { Error, JSON, Number, String } = globalThis;
  const { copy, freeze, hasOwn, keys } = kit;

  const fail = (message) => {
    throw new Error(message);
  };

  // Calls that only a real server could answer.
  const missing = (binding, names, why) => {
    const made = {};
    for (const name of names) {
      made[name] = () => fail(`${binding}.${name}() was called, but ${why}`);
    }
    return freeze(made);
  };

  // ---- httpClient -----------------------------------------------------------

  // The answer to a request: the last one put there for its URL and method.
  function answerTo(answers, method, uri) {
    const fits = (one) => one.url === uri && (!one.method || one.method === method);
    return (
      answers.filter(fits).pop() ||
      fail(
        `httpClient.send was called with ${method} ${uri}, but the workbench never ` +
          "touches the network and has no answer to it. " +
          `wb.surroundings.answer("${uri}", json={...}) puts one there.`
      )
    );
  }

  function formOf(text) {
    const form = {};
    for (const pair of text.split("&").filter((each) => each)) {
      const [name, ...rest] = pair.split("=");
      const plain = (part) => decodeURIComponent(part.replace(/\+/g, " "));
      (form[plain(name)] = form[plain(name)] || []).push(plain(rest.join("=")));
    }
    return form;
  }

  function responseOf(answer) {
    return freeze({
      status: answer.status,
      statusText: answer.statusText,
      ok: answer.status >= 200 && answer.status < 300,
      headers: kit.asView(copy(answer.headers)),
      text: () => answer.body,
      json: () => kit.asOwn(JSON.parse(answer.body)),
      formData: () => kit.asOwn(formOf(answer.body)),
    });
  }

  // The request ran when send() was called; then() is told at once.
  function promiseOf(work) {
    let value;
    let error;
    try {
      value = work();
    } catch (thrown) {
      error = thrown;
    }
    const promise = {
      get: () => {
        if (error) throw error;
        return value;
      },
      then: (done, failed) => {
        if (!error) return promiseOf(() => done(value));
        return failed ? promiseOf(() => failed(error)) : promise;
      },
      thenCatch: (failed) => (error ? promiseOf(() => failed(error)) : promise),
    };
    return freeze(promise);
  }

  const httpClientOf = (answers) =>
    freeze({
      send: (uri, options = {}) =>
        promiseOf(() => {
          const method = String(options.method || "GET").toUpperCase();
          return responseOf(answerTo(answers, method, String(uri)));
        }),
    });

  // ---- openidm --------------------------------------------------------------

  const NO_IDM =
    "no identity management is integrated here. " +
    'wb.surroundings.idm["managed/..."] = {...} lets openidm.read() answer.';

  function openidmOf(objects) {
    const names = ["create", "update", "patch", "action", "query", "delete"];
    const read = (resource) => {
      if (hasOwn(objects, resource)) return kit.asOwn(copy(objects[resource]));
      return keys(objects).length
        ? null
        : fail(`openidm.read() was called, but ${NO_IDM}`);
    };
    return freeze({ ...missing("openidm", names, NO_IDM), read });
  }

  // ---- secrets, systemEnv ---------------------------------------------------

  const PREFIX = "scripted.node."; // of secret labels that scripts may ask for

  function secretsOf(values) {
    const names = [
      "getSigningKey",
      "getVerificationKey",
      "getEncryptionKey",
      "getDecryptionKey",
    ];
    const getGenericSecret = (label) => {
      if (!String(label).startsWith(PREFIX)) {
        fail(`secrets.getGenericSecret takes labels that start with "${PREFIX}".`);
      }
      if (!hasOwn(values, label)) {
        fail(
          `There is no secret "${label}". wb.surroundings.secrets["${label}"] = ` +
            '"..." adds one.'
        );
      }
      return freeze({
        getAsUtf8: () => values[label],
        getAsBytes: () => kit.utf8(values[label]),
      });
    };
    const why = "the workbench keeps no keys for scripts.";
    return freeze({ ...missing("secrets", names, why), getGenericSecret });
  }

  const isTrue = (text) => text.toLowerCase() === "true";
  const converters = freeze({
    __proto__: null,
    string: (text) => text,
    bool: isTrue,
    boolean: isTrue,
    int: (text) => Number.parseInt(text, 10),
    integer: (text) => Number.parseInt(text, 10),
    long: (text) => Number.parseInt(text, 10),
    number: Number,
    double: Number,
    array: (text) => kit.asOwn(text.split(",").map((part) => part.trim())),
    list: (text) => kit.asOwn(JSON.parse(text)),
    object: (text) => kit.asOwn(JSON.parse(text)),
  });

  // Names outside the prefix are unknown, whatever they stand for (4.6).
  const systemEnvOf = (values) =>
    freeze({
      getProperty: (name, other = null, type = "string") => {
        const known = String(name).startsWith("script") && hasOwn(values, name);
        const found = known ? values[name] : other;
        const convert = converters[String(type).toLowerCase()];
        if (!convert) fail(`systemEnv.getProperty knows no type "${type}".`);
        return found === null ? null : convert(String(found));
      },
    });

  kit.answerTo = answerTo;
  kit.systemEnvOf = systemEnvOf;
  kit.services = ({ http, idm, secrets, systemEnv, seed }) => ({
    httpClient: httpClientOf(http),
    openidm: openidmOf(idm),
    secrets: secretsOf(secrets),
    systemEnv: systemEnvOf(systemEnv),
    utils: kit.utilsOf(seed),
    policy: missing(
      "policy",
      ["evaluate", "evaluateTree"],
      "the workbench has no policy engine."
    ),
    emailService: missing("emailService", ["send"], "the workbench sends no mail."),
    jwtAssertion: missing(
      "jwtAssertion",
      ["generateJwt"],
      "the workbench keeps no keys for scripts."
    ),
    jwtValidator: missing(
      "jwtValidator",
      ["validateJwtClaims"],
      "the workbench has no validator for scripts."
    ),
  });
});
