/** Writes node-tools/example/inputs anew: `npm run example`. Its bundle must lie beside this file: paths are relative to it. */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { generateAward } from "./award.ts";
import { encodeFile } from "./encode.ts";
import { exampleFolder, exampleOptions } from "./example.ts";

mkdirSync(exampleFolder, { recursive: true });
for (const name of readdirSync(exampleFolder)) rmSync(new URL(encodeURIComponent(name), exampleFolder));
for (const file of generateAward(exampleOptions).files) {
  writeFileSync(new URL(encodeURIComponent(file.name), exampleFolder), await encodeFile(file));
}
