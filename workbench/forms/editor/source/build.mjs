// Builds the script editor and the extension for %%may_act cells from the packages of
// the lock file, puts the packages' licences beside the editor, and records what was
// built from what.
//
//   npm ci && npm run build

import { createHash } from "node:crypto";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { build } from "esbuild";

const BUNDLES = {
  "../script_editor.js": { entry: "editor.js", format: "esm" },
  "../../../labextension/static/may_act_cells.js":
    { entry: "may_act_cells.js", format: "iife" },
};
const SOURCES = [
  "build.mjs", "editor.js", "may_act_cells.js", "notebook_life.js", "package-lock.json",
  "package.json",
];
const PACKAGE = /^node_modules\/((?:@[^/]+\/)?[^/]+)/;

const hashes = (paths) => Object.fromEntries(paths.map((path) =>
  [path, createHash("sha256").update(readFileSync(path)).digest("hex")]));

const packages = new Set();
for (const [outfile, { entry, format }] of Object.entries(BUNDLES)) {
  const { metafile } = await build({
    entryPoints: [entry], outfile, format, bundle: true, minify: true,
    target: "es2022", legalComments: "none", metafile: true,
  });
  const { inputs } = Object.values(metafile.outputs)[0];
  Object.keys(inputs)
    .filter((path) => inputs[path].bytesInOutput > 0)
    .map((path) => PACKAGE.exec(path)?.[1])
    .filter(Boolean)
    .forEach((name) => packages.add(name));
}

const licences = [...packages].sort().map((name) => {
  const folder = `node_modules/${name}`;
  const { version, license } = JSON.parse(readFileSync(`${folder}/package.json`, "utf8"));
  const file = readdirSync(folder).find((each) => /^licen[cs]e/i.test(each));
  const text = readFileSync(`${folder}/${file}`, "utf8").trim();
  return `${name} ${version} (${license})\n\n${text}\n`;
});
writeFileSync("../script_editor.licences.txt", licences.join(`\n${"-".repeat(72)}\n\n`));

const record = { built: hashes(Object.keys(BUNDLES)), source: hashes(SOURCES) };
writeFileSync("../script_editor.json", `${JSON.stringify(record, null, 2)}\n`);
