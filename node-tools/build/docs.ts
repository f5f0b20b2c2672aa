/** Writes docs/rules.md and docs/notice.md from the rules and the notice, so that neither can drift from them. */
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { defaultNotice as notice } from "../../apps-script/core/notice/built-in.ts";
import { renderRulesGuide } from "../../apps-script/core/rules/guide.ts";
import { renderNoticeGuide } from "../../apps-script/core/rules/notice-guide.ts";

// The bundle runs from dist/.
const docs = join(dirname(fileURLToPath(import.meta.url)), "..", "docs");
const rules = join(docs, "..", "apps-script", "core", "rules");
const ruleFiles = readdirSync(rules, { recursive: true, encoding: "utf8" });

function fileOfRule(code: string): string {
  const file = ruleFiles.find((path) => basename(path) === `${code.toLowerCase()}.ts`);
  if (file === undefined) throw new Error(`No file of core/rules is named after ${code}`);
  return `../apps-script/core/rules/${file.replaceAll("\\", "/")}`;
}

mkdirSync(docs, { recursive: true });
writeFileSync(join(docs, "rules.md"), renderRulesGuide(notice));
writeFileSync(join(docs, "notice.md"), renderNoticeGuide(notice, fileOfRule));
