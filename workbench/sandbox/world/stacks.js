// @ts-check
// A function that gives the stack of an error, or undefined. Builds of the engine
// differ: it is an accessor of all errors, one of each, or a value in each; or it is
// missing, and no error of a script has a line then.
(function stacks(/** @type {Kit} */ kit) {
  "use strict";

  const { getOwnPropertyDescriptor } = Object;
  const { apply } = Reflect;
  const inherited = getOwnPropertyDescriptor(Error.prototype, "stack");
  const own = getOwnPropertyDescriptor(new Error(""), "stack");
  const getter = own?.get ?? inherited?.get;

  kit.stackOf = (error) => {
    if (getter) return apply(getter, error, []);
    return kit.isError(error)
      ? getOwnPropertyDescriptor(error, "stack")?.value
      : undefined;
  };
});
