// Bundles the page: one HTML file with its scripts, worker, styles, templates and the example inside.
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const root = fileURLToPath(new URL("../..", import.meta.url));

async function bundle(entry) {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: [entry],
    bundle: true,
    format: "iife",
    platform: "browser",
    target: ["es2022", "chrome99", "firefox115"],
    // MediaInfo has a bundle for browsers under the second.
    conditions: ["casebook-page", "module"],
    jsx: "automatic",
    jsxImportSource: "preact",
    minify: true,
    charset: "utf8",
    outdir: "out",
    write: false,
    logLevel: "warning",
    // Where a script of a browser would ask for its neighbours; here everything is inside.
    logOverride: { "empty-import-meta": "silent" },
  });
  const textOf = (ending) => outputFiles.find(({ path }) => path.endsWith(ending))?.text ?? "";
  return { script: textOf(".js"), styles: textOf(".css") };
}

function filesIn(folder) {
  const entries = readdirSync(`${root}${folder}`, { recursive: true, withFileTypes: true }).filter((e) => e.isFile());
  return Object.fromEntries(
    entries.map(({ parentPath, name }) => {
      const path = `${parentPath}/${name}`;
      return [path.slice(root.length + folder.length + 1), readFileSync(path).toString("base64")];
    }),
  );
}

// Nothing in a script may end it, and nothing may begin a comment.
const inScript = (text) => text.replaceAll("</", "<\\/").replaceAll("<!--", "<\\!--");
const sourceOf = (text) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

const app = await bundle("node-tools/page/app/main.tsx");
const worker = await bundle("node-tools/page/worker.ts");
// Readers of materials are large and seldom wanted: they lie packed until then.
const packed = (bytes) => gzipSync(bytes, { level: 9 }).toString("base64");
const reader = await bundle("node-tools/page/reader.ts");
const mediaInfo = readFileSync(fileURLToPath(import.meta.resolve("mediainfo.js/MediaInfoModule.wasm")));
const packer = await bundle("node-tools/page/packer.ts");
const supplies = inScript(
  JSON.stringify({
    templates: filesIn("templates"),
    example: filesIn("node-tools/example/inputs"),
    packer: packer.script,
  }),
);
const script = inScript(app.script);
const policy = [
  "default-src 'none'",
  `script-src ${sourceOf(script)} 'wasm-unsafe-eval'`,
  "worker-src blob:",
  `style-src ${sourceOf(app.styles)}`,
  "img-src blob:",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");
const page = [
  '<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8">',
  `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
  '<meta name="viewport" content="width=device-width, initial-scale=1"><title>评案簿</title>',
  `<style>${app.styles}</style></head><body><div id="app"></div>`,
  `<script type="text/plain" id="worker">${inScript(worker.script)}</script>`,
  `<script type="application/json" id="supplies">${supplies}</script>`,
  `<script type="application/octet-stream;base64" id="reader">${packed(reader.script)}</script>`,
  `<script type="application/octet-stream;base64" id="media-info">${packed(mediaInfo)}</script>`,
  `<script>${script}</script></body></html>\n`,
].join("\n");
mkdirSync(`${root}dist`, { recursive: true });
writeFileSync(`${root}dist/评案簿.html`, page);
