/** Part of `npm run pictures`: the first page of each official form, as LibreOffice draws it. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, parse } from "node:path";
import { host } from "#host";
import { officialForms } from "../../apps-script/core/exports/forms/index.ts";
import { ningxia2025 } from "../../apps-script/core/notice/ningxia-2025.ts";
import { processStreams } from "../../node-tools/command-line/process-streams.ts";
import { makeTerminal } from "../../node-tools/command-line/terminal.ts";
import { fillForms } from "../../node-tools/forms/export-forms.ts";
import { templatesFolder } from "../../node-tools/forms/load-template.ts";
import { chooseForPdf, printBeside } from "../../node-tools/forms/pdf.ts";
import { contextOfSize } from "../core/exports/forms/award-of-size.ts";

/** Pictures by the file that they show. */
const shown: Readonly<Record<string, string>> = {
  "案例模板-A001.docx": "附件5",
  "专家推荐表-兴庆区教育局.docx": "附件6",
  "专家推荐表（小学）-兴庆区教育局.xlsx": "附件6-xlsx",
  "推荐案例汇总表-兴庆区教育局.xlsx": "推荐案例汇总表",
  "纸质评分表-E001.docx": "评分表",
  "专家评审意见汇总.docx": "专家评审意见汇总",
  "公示名单.docx": "公示名单",
  "获奖证书.docx": "获奖证书",
  "通报.docx": "通报",
  "发布清单.xlsx": "发布清单",
};

const print = await host.findPrinter();
if (!print) throw new Error("LibreOffice is not installed");
const work = mkdtempSync(join(tmpdir(), "casebook-form-pictures-"));
const call = { operands: [], options: {}, terminal: makeTerminal(false, processStreams) };
const folders = { templates: templatesFolder(ningxia2025.id), out: work, draft: false };
const context = contextOfSize(15);
const { writes } = await fillForms(call, officialForms, (form) => form.build(context), folders);
const { writes: printed } = await printBeside(
  print,
  chooseForPdf(writes.filter(({ path }) => shown[basename(path)] !== undefined)),
);
const pictureOf = new Map(Object.entries(shown).map(([file, picture]) => [parse(file).name, picture]));
for (const { path, data } of printed) {
  writeFileSync(path, data);
  const target = join(process.cwd(), "docs", "pictures", `表格-${pictureOf.get(parse(path).name)}`);
  execFileSync("pdftoppm", ["-r", "60", "-f", "1", "-l", "1", "-singlefile", "-png", path, target]);
  execFileSync("convert", [
    `${target}.png`,
    "-bordercolor",
    "#999999",
    "-border",
    "1",
    "-colors",
    "64",
    `${target}.png`,
  ]);
}
rmSync(work, { recursive: true });
