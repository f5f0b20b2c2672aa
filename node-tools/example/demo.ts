/** `npm start`: one whole award on the bundled example, from raw exports to the lists. */
import { copyFileSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { isAbsolute, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { exitCode } from "../command-line/command.ts";
import { processStreams } from "../command-line/process-streams.ts";
import { runCommandLine } from "../run-command-line.ts";
import { fillScoreSheet } from "./fill-score-sheet.ts";
import { handInMaterials } from "./hand-in-materials.ts";
import { untickOverQuota } from "./untick-over-quota.ts";

// The bundle runs from dist/.
const root = fileURLToPath(new URL("..", import.meta.url));
const inputs = join(root, "node-tools", "example", "inputs");
const priorWinners = join(root, "node-tools", "example", "prior");
const materials = join(root, "node-tools", "example", "evidence");
const out = join(process.cwd(), "out", "示例");
const workbook = join(out, "评案簿.xlsx");
const show = (path: string) => relative(process.cwd(), path);

async function step(title: string, words: readonly string[], mayFind = false): Promise<void> {
  process.stdout.write(`\n■ ${title}\n  $ casebook ${words.map((w) => (isAbsolute(w) ? show(w) : w)).join(" ")}\n`);
  const indented = { ...processStreams, out: (text: string) => processStreams.out(text.replace(/^(?=.)/gm, "  ")) };
  const code = await runCommandLine(words, indented);
  if (code !== exitCode.done && !(mayFind && code === exitCode.found)) process.exit(code);
}

function fillIn(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  for (const name of readdirSync(from).filter((each) => each.startsWith("评分表-"))) {
    writeFileSync(join(to, name), fillScoreSheet(join(from, name)));
  }
  process.stdout.write(`\n■ （示例程序代替专家填写了 ${readdirSync(to).length} 份评分表）\n`);
}

const started = Date.now();
if (existsSync(out)) rmSync(out, { recursive: true });
mkdirSync(out, { recursive: true });

await step("新建申报工作簿", ["init", workbook]);
await step("导入单位报来的原始文件", ["import", workbook, inputs], true);
await step("导入去年的获奖名单（其中一个和今年的一个案例只差一个字）", [
  "import",
  workbook,
  "--prior",
  "2024",
  priorWinners,
]);
await step("按通知逐条检查（示例中埋有问题，供查看）", ["check", workbook], true);
await step("按初评得分在名额内推荐", ["recommend", workbook, "--date", "2025-10-20"]);
await step("推荐之后再检查一遍", ["check", workbook], true);
process.stdout.write(
  `\n■ （示例程序代替管理员，把检查指出的 ${untickOverQuota(workbook)} 个不能推荐的案例改回“否”）\n`,
);
await step("分派专家", ["assign", workbook]);
const handedIn = join(out, "提交的材料");
const anonymous = join(out, "匿名材料");
process.stdout.write(
  `\n■ （示例程序放好了 ${handInMaterials(workbook, join(materials, "材料", "A002"), handedIn)} 个案例提交的文件，其中一个写着作者姓名）\n`,
);
await step(
  "从提交的文件做出给专家看的匿名材料",
  ["materials", workbook, "--files", handedIn, "--out", anonymous],
  true,
);
const packets = ["packets", workbook, "--out", join(out, "评分表"), "--materials", anonymous];
await step("生成匿名评分表，连同每位专家的材料", packets);
fillIn(join(out, "评分表"), join(out, "收回的评分表"));
await step("收回评分表", ["collect", workbook, join(out, "收回的评分表")]);
await step("谁还没有交什么，催交的话一起写好", ["remind", workbook, "--out", join(out, "催交")]);
await step("汇总排名", ["rank", workbook], true);
await step("为极差过大的案例增派一名专家复评", ["assign", workbook]);
await step("复评的评分表：只有增派的专家要重发", packets);
fillIn(join(out, "评分表", "需重发"), join(out, "收回的复评评分表"));
await step("收回复评评分", ["collect", workbook, join(out, "收回的复评评分表")]);
await step("最终排名", ["rank", workbook]);
await step("一屏看清整个评审", ["status", workbook]);
await step("输出各类名单", ["export", workbook, "--out", join(out, "名单")]);
await step("复核：重算每一步，找出事后改动", ["replay", workbook]);

const evidenceFolder = join(out, "材料核查");
const evidenceWorkbook = join(evidenceFolder, "评案簿.xlsx");
mkdirSync(evidenceFolder);
await step("材料核查：另建一个两个案例的工作簿", ["init", evidenceWorkbook]);
await step("导入这两个案例", [
  "import",
  evidenceWorkbook,
  join(materials, "单位名册.csv"),
  join(materials, "平台导出.csv"),
]);
await step(
  "打开两个案例的文件核对（A001 处处埋有问题，A002 没有）",
  ["evidence", evidenceWorkbook, "--files", join(materials, "材料")],
  true,
);

const page = join(process.cwd(), "out", "评案簿.html");
copyFileSync(join(root, "dist", "评案簿.html"), page);

process.stdout.write(
  [
    "",
    `全部完成，用时 ${((Date.now() - started) / 1000).toFixed(1)} 秒。请用 WPS、Excel 或 LibreOffice 打开：`,
    `  ${show(workbook)}            申报工作簿（区县与管理员）`,
    `  ${show(workbook).replace(".xlsx", ".评审.xlsx")}       评审工作簿（仅管理员）`,
    `  ${show(join(out, "评分表"))}/              专家评分表，和每位专家的材料（.zip）`,
    `  ${show(anonymous)}/            给专家看的匿名材料；没有放入的在“未放入.xlsx”里`,
    `  ${show(join(out, "名单"))}/                公示名单、推荐汇总表、各单位填报表等`,
    `  ${show(evidenceWorkbook).replace(".xlsx", ".材料核查.xlsx")}  材料核查的结果和人工核对表`,
    `  ${show(page)}               同样的功能，一个网页：双击打开，不用安装、不用联网`,
    "",
  ].join("\n"),
);
