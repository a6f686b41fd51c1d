// Builds ../script_editor.js from editor.js and the packages of the lock file, puts
// the packages' licences beside it, and records what it was built from.
//
//   npm ci && npm run build

import { createHash } from "node:crypto";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { build } from "esbuild";

const BUNDLE = "../script_editor.js";
const SOURCES = ["build.mjs", "editor.js", "package-lock.json", "package.json"];
const PACKAGE = /^node_modules\/((?:@[^/]+\/)?[^/]+)/;

const sha256 = (data) => createHash("sha256").update(data).digest("hex");

const { metafile } = await build({
  entryPoints: ["editor.js"],
  outfile: BUNDLE,
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2021",
  legalComments: "none",
  metafile: true,
});

const inputs = Object.values(metafile.outputs)[0].inputs;
const packages = Object.keys(inputs)
  .filter((path) => inputs[path].bytesInOutput > 0)
  .map((path) => PACKAGE.exec(path)?.[1])
  .filter(Boolean);
const licences = [...new Set(packages)].sort().map((name) => {
  const folder = `node_modules/${name}`;
  const { version, license } = JSON.parse(readFileSync(`${folder}/package.json`, "utf8"));
  const file = readdirSync(folder).find((each) => /^licen[cs]e/i.test(each));
  const text = readFileSync(`${folder}/${file}`, "utf8").trim();
  return `${name} ${version} (${license})\n\n${text}\n`;
});
writeFileSync("../script_editor.licences.txt", licences.join(`\n${"-".repeat(72)}\n\n`));

const record = { bundle: sha256(readFileSync(BUNDLE)), source: {} };
for (const name of SOURCES) record.source[name] = sha256(readFileSync(name));
writeFileSync("../script_editor.json", `${JSON.stringify(record, null, 2)}\n`);
