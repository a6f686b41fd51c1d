// @ts-check
// org.forgerock.json.JsonPointer: where in a JsonValue.
(function jsonPointer(/** @type {Kit} */ kit) {
  "use strict";

  const { Object, String } = globalThis;
  const { arrayOf, gives, isA, iteratorOver, javaClass, make, plain, root, show } = kit;
  const { toInt, type } = kit;

  const keyText = (key) => (typeof key === "number" ? String(toInt(key)) : show(key));

  const unescaped = (token) => token.replace(/~1/g, "/").replace(/~0/g, "~");
  const escaped = (token) => token.replace(/~/g, "~0").replace(/\//g, "~1");
  const pathOf = (tokens) => tokens.map((token) => `/${escaped(token)}`).join("");

  const pointerType = type(
    "org.forgerock.json.JsonPointer",
    root,
    {
      size: plain(0, 0, ({ state }) => state.length),
      isEmpty: plain(0, 0, ({ state }) => state.length === 0),
      get: gives(1, 1, ({ state }, place) => state[toInt(place)]),
      leaf: gives(0, 0, ({ state }) => (state.length ? state[state.length - 1] : null)),
      parent: gives(0, 0, ({ state }) => make(pointerType, state.slice(0, -1))),
      child: gives(1, 1, ({ state }, key) =>
        make(pointerType, [...state, keyText(key)])
      ),
      toArray: gives(0, 0, ({ state }) => arrayOf(state)),
      iterator: gives(0, 0, ({ state }) => iteratorOver(state)),
    },
    { show: (tokens) => pathOf(tokens) || "/" }
  );

  function pointer(path = "") {
    const text = show(path);
    const tokens = (text.startsWith("/") ? text.slice(1) : text).split("/");
    const all = tokens.length === 1 && tokens[0] === "" ? [] : tokens;
    return make(pointerType, all.map(unescaped));
  }
  javaClass(pointerType, pointer);
  const isPointer = (key) => isA(key, pointerType);

  Object.assign(kit, { escaped, isPointer, keyText, pointer });
});
