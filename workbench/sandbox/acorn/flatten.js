// @ts-check
// A tree of acorn's as a list: [[type, start, end, parent, key, index, scalars,
// {key: length of a list}], ...], a node after its parent. The parent is the place of
// another node in the list, or -1.
(function flatten(root) {
  "use strict";

  const isNode = (value) => value !== null && typeof value?.type === "string";

  const nodes = [[root, -1, "", -1]];
  for (let at = 0; at < nodes.length; at += 1) {
    const [node, parent, key, index] = nodes[at];
    const scalars = {};
    const lists = {};
    for (const name in node) {
      const value = node[name];
      if (name === "start" || name === "end" || name === "type" || value === null) {
        continue; // the first three have places of their own
      }
      if (typeof value !== "object") {
        scalars[name] = typeof value === "bigint" ? `${value}` : value;
      } else if (isNode(value)) {
        nodes.push([value, at, name, -1]);
      } else if (Array.isArray(value)) {
        lists[name] = value.length;
        for (let i = 0; i < value.length; i += 1) {
          if (isNode(value[i])) nodes.push([value[i], at, name, i]);
        }
      } else if (name === "regex" || node.type === "TemplateElement") {
        Object.assign(scalars, value);
      }
    }
    const { type, start, end } = node;
    nodes[at] = [type, start, end, parent, key, index, scalars, lists];
  }
  return nodes;
});
