// @ts-check
// A tree of acorn's as a list: [[type, start, end, parent, key, index, scalars,
// {key: length of a list}], ...] in the order of the source. The parent is the place of
// another node in the list, or -1.
(function flatten(root) {
  "use strict";

  function scalarsOf(node) {
    const scalars = {};
    for (const [key, value] of Object.entries(node)) {
      if (key === "start" || key === "end" || key === "type") continue;
      if (value === null || typeof value !== "object") {
        scalars[key] = typeof value === "bigint" ? `${value}` : value;
      } else if (key === "regex" || node.type === "TemplateElement") {
        Object.assign(scalars, value);
      }
    }
    return scalars;
  }

  const inOrder = ([a], [b]) => a.start - b.start;
  const isNode = (value) => value !== null && typeof value?.type === "string";

  const nodes = [];
  const waiting = [[root, -1, "", -1]];
  while (waiting.length) {
    const [node, parent, key, index] = waiting.pop();
    const lists = {};
    const children = [];
    for (const [name, value] of Object.entries(node)) {
      if (isNode(value)) children.push([value, nodes.length, name, -1]);
      else if (Array.isArray(value)) {
        lists[name] = value.length;
        value.forEach((item, at) => {
          if (isNode(item)) children.push([item, nodes.length, name, at]);
        });
      }
    }
    waiting.push(...children.sort(inOrder).reverse());
    const { type, start, end } = node;
    nodes.push([type, start, end, parent, key, index, scalarsOf(node), lists]);
  }
  return nodes;
});
