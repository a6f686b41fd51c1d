// Writes the JavaScript of world/ as ES5, which Rhino 1.7.14 can read, and records what
// was written from what. To be run whenever a file of world/ has changed:
//
//   .ci/javascript/check && node workbench/sandbox/rhino/lower.mjs

import { createHash } from "node:crypto";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";

const here = new URL("./", import.meta.url);
const world = new URL("../world/", here);
const checks = new URL("../../../.ci/javascript/package.json", here);
const typescript = createRequire(checks)("typescript");

const compilerOptions = {
  target: typescript.ScriptTarget.ES5,
  module: typescript.ModuleKind.None,
  downlevelIteration: true, // else only arrays could be spread
  noEmitHelpers: true, // rhino_boot.js has them
  removeComments: true,
};
const NOT_LOWERED = ["parts.json", "kit.d.ts", "unkillable.js"];

const files = readdirSync(world, { recursive: true, withFileTypes: true })
  .filter((file) => file.isFile() && !NOT_LOWERED.includes(file.name))
  .map((file) => `${file.parentPath}/${file.name}`.slice(world.pathname.length).replace(/^\/+/, ""))
  .sort();

const lowered = {};
for (const name of files) {
  const source = readFileSync(new URL(name, world), "utf8");
  const { outputText } = typescript.transpileModule(source, { compilerOptions });
  lowered[name] = {
    sha256: createHash("sha256").update(source).digest("hex"),
    code: outputText.trim().replace(/;$/, ""),
  };
}
writeFileSync(new URL("lowered.json", here), `${JSON.stringify(lowered, null, 1)}\n`);
