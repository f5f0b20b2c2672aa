/** Writes docs/rules.md from the rules, so that the guide cannot drift from them. */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { defaultNotice as notice } from "../../apps-script/core/notice/built-in.ts";
import { renderRulesGuide } from "../../apps-script/core/rules/guide.ts";

// The bundle runs from dist/.
const docs = join(dirname(fileURLToPath(import.meta.url)), "..", "docs");
mkdirSync(docs, { recursive: true });
writeFileSync(join(docs, "rules.md"), renderRulesGuide(notice));
