// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
// Bundles the page's script and style: node build.mjs --out DIR
import {existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync} from "node:fs";
import {dirname, join, resolve} from "node:path";
import {fileURLToPath} from "node:url";
import {parseArgs} from "node:util";
import {build} from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const {values} = parseArgs({options: {out: {type: "string", default: join(here, "dist")}}});
const out = resolve(values.out);

/** The folder of the package that a bundled file belongs to: node_modules/d3-array, node_modules/@observablehq/plot. */
function packageOf(file) {
  const match = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file);
  return match ? match[1] : null;
}

/** Name, version and licence text of a package. */
function licenceOf(folder) {
  const about = JSON.parse(readFileSync(join(here, folder, "package.json"), "utf8"));
  const name = readdirSync(join(here, folder)).find((entry) => /^licen[cs]e/i.test(entry));
  const text = name ? readFileSync(join(here, folder, name), "utf8").trim() : `Licence: ${about.license}`;
  return `${about.name} ${about.version} (${about.license})\n\n${text.replaceAll("*/", "* /")}`;
}

/** Bundles one file; returns its text and the packages that went into it. */
async function bundle(entry, options) {
  const result = await build({
    absWorkingDir: here, entryPoints: [entry], bundle: true, minify: true, write: false, metafile: true,
    target: ["es2022", "chrome109", "firefox115", "safari16.4"], logLevel: "warning", outdir: out,
    legalComments: "none", charset: "utf8", ...options,
  });
  const packages = Object.values(result.metafile.outputs)
    .flatMap((output) => Object.entries(output.inputs))
    .filter(([, share]) => share.bytesInOutput > 0) // what was left out needs no licence
    .map(([file]) => packageOf(file)).filter((folder) => folder !== null);
  return {text: result.outputFiles[0].text, packages: [...new Set(packages)].sort()};
}

// The style of the study part is optional, so that the page of a run can be built alone.
const styles = ["src/page.css", "src/study.css"].filter((file) => existsSync(join(here, file)));
const script = await bundle("src/main.ts", {format: "iife"});
const style = (await Promise.all(styles.map((file) => bundle(file, {})))).map((part) => part.text).join("");
const own = "Lacuna report. Copyright 2026 The Lacuna authors. BSD-3-Clause.";
const licences = script.packages.map(licenceOf).join(`\n\n${"-".repeat(78)}\n\n`);

mkdirSync(out, {recursive: true});
writeFileSync(join(out, "page.js"), `/*! ${own}\n\nContains:\n\n${licences}\n*/\n${script.text}`);
writeFileSync(join(out, "page.css"), `/*! ${own} */\n${style}`);
