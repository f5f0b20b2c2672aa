/** Writes docs/rules.md from the rules, so that the guide cannot drift from them. */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { renderRulesGuide } from "../apps-script/core/rules/guide.ts";
import { notice } from "./notice.ts";

// Both node-tools/ and dist/, where the bundle lies, are one folder below the root.
const docs = join(dirname(fileURLToPath(import.meta.url)), "..", "docs");
mkdirSync(docs, { recursive: true });
writeFileSync(join(docs, "rules.md"), renderRulesGuide(notice));
