/** The administrator's overviews, rulings and next year's notice, in the page of one file. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { noticeOf } from "../../apps-script/core/award/notice-sheet.ts";
import { ningxia2025 as notice } from "../../apps-script/core/notice/ningxia-2025.ts";
import { submissionsSheet } from "../../apps-script/core/schema/application.ts";
import { decisionsSheet, reviewSheetOrder } from "../../apps-script/core/schema/review.ts";
import { readTable } from "../../apps-script/core/tables/table.ts";
import { fillScoreSheet } from "../../node-tools/example/fill-score-sheet.ts";
import { readWorkbook } from "../../node-tools/office-files/workbook.ts";
import { unzipParts } from "../../node-tools/office-files/zip.ts";
import { readRecords, runCasebook, runJson } from "../node-tools/run-casebook.ts";
import { OneFile } from "./one-file.ts";
import { launchBrowser } from "./sheets-page.ts";

const inputs = fileURLToPath(new URL("../../node-tools/example/inputs", import.meta.url));
const home = mkdtempSync(join(tmpdir(), "casebook-administrator-"));
const book = join(home, "评案簿.xlsx");
const review = join(home, "评案簿.评审.xlsx");

let browser: Browser;

beforeAll(async () => {
  browser = await launchBrowser();
  const run = async (...words: string[]) => expect((await runCasebook(...words)).code).toBeLessThan(2);
  await run("init", book);
  await run("import", book, inputs);
  await run("recommend", book, "--date", "2025-10-20");
  await run("check", book);
  await run("assign", book);
  await run("packets", book, "--out", join(home, "评分表"));
  mkdirSync(join(home, "收回"));
  const [, ...sheets] = readdirSync(join(home, "评分表")).filter((name) => name.startsWith("评分表-"));
  for (const name of sheets) writeFileSync(join(home, "收回", name), fillScoreSheet(join(home, "评分表", name)));
  await run("collect", book, join(home, "收回"));
  await run("rank", book);
}, 300_000);
afterAll(async () => {
  await browser?.close();
  rmSync(home, { recursive: true, force: true });
});

async function openAward(): Promise<OneFile> {
  const desk = await OneFile.open(browser);
  await desk.choose(desk.button("选择文件"), [book, review]);
  await desk.page.locator(".overview .stage").waitFor();
  return desk;
}

async function look(desk: OneFile, view: string): Promise<void> {
  await desk.page.getByRole("navigation", { name: "查看" }).getByRole("button", { name: view }).click();
}

/** Everything that the page has, in a folder. */
async function saveAll(desk: OneFile, name: string): Promise<string> {
  const into = join(home, name);
  const zip = join(home, `${name}.zip`);
  await (await desk.download(desk.button("保存全部（.zip）"))).saveAs(zip);
  for (const { name: path, content } of unzipParts(readFileSync(zip))) {
    mkdirSync(dirname(join(into, path)), { recursive: true });
    writeFileSync(join(into, path), content);
  }
  return into;
}

async function endQuietly(desk: OneFile): Promise<void> {
  expect([...desk.complaints, ...desk.requests]).toEqual([]);
  await desk.context.close();
}

describe("overviews", () => {
  test("a row a unit with what it has sent and what it lacks; the text is that of `remind`", async () => {
    const desk = await openAward();
    await look(desk, "各单位");
    const rows = desk.page.getByRole("region", { name: "各单位报送情况" }).locator("tbody tr");
    await rows.first().waitFor();
    const units = await readRecords(book, "单位");
    expect(await rows.count()).toBe(units.length);
    const { json } = await runJson("remind", book);
    const [{ unit, text }] = json.units;
    const row = rows.filter({ hasText: unit });
    await row.getByText("催交的话").click();
    expect(await row.getByLabel("催交的话").inputValue()).toBe(text);
    const lacking = await row.locator("td.lacking .lack").allTextContents();
    expect(lacking.length).toBeGreaterThan(0);
    await desk.page.getByLabel("只看没有报齐的").check();
    expect(await rows.count()).toBe(json.units.length);
    await endQuietly(desk);
  });

  test("a row an expert, lateness apart from what wants asking; a page for each", async () => {
    const desk = await openAward();
    await look(desk, "各专家");
    const rows = desk.page.getByRole("region", { name: "各专家评审情况" }).locator("tbody tr");
    await rows.first().waitFor();
    const told = await readRecords(review, "专家情况");
    expect(await rows.count()).toBe(told.length);
    await desk.page.getByLabel("看哪些专家").selectOption({ label: "没有交齐的（1）" });
    expect(await rows.count()).toBe(1);
    await desk.page.getByLabel("看哪些专家").selectOption("all");
    const expert = told.find((row) => Number(row.已评) > 1)?.专家编号 ?? "";
    await desk.page.getByRole("button", { name: new RegExp(`^${expert} `) }).click();
    const cases = desk.page.getByRole("region", { name: "所评案例" }).locator("tbody tr");
    await cases.first().waitFor();
    const scores = (await readRecords(review, "评分")).filter((row) => row.专家编号 === expert);
    expect(await cases.count()).toBe(scores.length);
    const [first] = scores;
    const own = cases.filter({ hasText: String(first?.评审编号) });
    expect(await own.locator("td.number").first().textContent()).toBe(String(first?.总分));
    await own.getByRole("button").click();
    const title = (await readRecords(review, "参评案例")).find((row) => row.评审编号 === first?.评审编号)?.案例名称;
    await desk.page.getByRole("dialog").getByText(String(title)).first().waitFor();
    await endQuietly(desk);
  });

  test("charts are saved as pictures: PNG of the size of the drawing twice, SVG with its texts", async () => {
    const desk = await openAward();
    await look(desk, "图表");
    const figure = desk.page.locator("figure", { hasText: "各组得分分布和获奖线" });
    const drawn = figure.locator("svg");
    await drawn.waitFor();
    const size = {
      width: Number(await drawn.getAttribute("width")),
      height: Number(await drawn.getAttribute("height")),
    };
    const png = join(home, "分布.png");
    await (await desk.download(figure.getByRole("button", { name: /png/ }))).saveAs(png);
    const bytes = readFileSync(png);
    expect(bytes.subarray(0, 8).toString("hex")).toBe("89504e470d0a1a0a");
    expect([bytes.readUInt32BE(16), bytes.readUInt32BE(20)]).toEqual([size.width * 2, size.height * 2]);
    expect(bytes.length).toBeGreaterThan(5_000);
    const svg = join(home, "分布.svg");
    await (await desk.download(figure.getByRole("button", { name: /svg/ }))).saveAs(svg);
    const text = readFileSync(svg, "utf8");
    expect(text).toMatch(/^<\?xml version="1\.0" encoding="UTF-8"\?>\n<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
    for (const row of await readRecords(review, "各组情况")) expect(text).toContain(String(row.组别));
    await figure.getByText("用表格看").click();
    expect(await figure.locator("tbody tr").count()).toBe((await readRecords(review, "各组情况")).length);
    await endQuietly(desk);
  });
});

describe("a ruling", () => {
  const readRulings = (path: string) =>
    readTable(readWorkbook(path).snapshot, decisionsSheet, reviewSheetOrder).rows.map((row) =>
      (["id", "decision", "kind", "date", "recorder"] as const).map((key) => row.text(key)).join(" "),
    );

  test("has its row in 日志 with who wrote it, and is taken back by undo", async () => {
    const desk = await openAward();
    const { page } = desk;
    await page.getByLabel("您的姓名").fill("聂老师");
    await desk.button("记下").click();
    const winner = (await readRecords(review, "结果")).find((row) => row.名次 === "1")?.案例编号 ?? "";
    await desk.goTo("裁定");
    await page.getByLabel("案例编号").fill(winner);
    expect(await page.getByLabel("记录人").inputValue()).toBe("聂老师");
    await page.getByLabel("决定").selectOption("取消资格");
    await page.getByLabel("取消类别（取消资格时）").selectOption("抄袭剽窃");
    await page.getByLabel("理由").fill("与往届获奖案例雷同");
    await page.getByLabel("日期").fill("2025-12-05");
    await desk.button("先看影响，不写入").click();
    await page.getByText(`${winner}“`).first().waitFor();
    await desk.button("写入“裁定”表").click();
    await page.getByText(`${winner} 的裁定已写入`).waitFor();

    const written = join(await saveAll(desk, "裁定后"), "评案簿.评审.xlsx");
    expect(readRulings(written)).toEqual([`${winner} 取消资格 抄袭剽窃 2025-12-05 聂老师`]);
    const [entry] = (await readRecords(written, "日志")).slice(-1);
    expect(entry).toMatchObject({ 操作人: "聂老师", 操作: "裁定" });
    expect(entry?.参数).toContain(`${winner}，取消资格，抄袭剽窃，与往届获奖案例雷同`);

    await desk.button("撤销上一步").click();
    await page.getByText(/已撤销“裁定”/).waitFor();
    const restored = join(await saveAll(desk, "撤销后"), "评案簿.评审.xlsx");
    expect(readRulings(restored)).toEqual([]);
    const [last] = (await readRecords(restored, "日志")).slice(-1);
    expect(last).toMatchObject({ 操作人: "聂老师", 操作: "撤销" });
    await page.getByRole("region", { name: "已有的裁定" }).waitFor({ state: "detached", timeout: 10_000 });

    page.once("dialog", (dialog) => void dialog.accept());
    await desk.button("清除本机痕迹").click();
    await page.locator(".start").waitFor();
    await desk.button("新办一次征集评审").click();
    expect(await page.getByLabel("您的姓名").inputValue()).toBe("");
    await endQuietly(desk);
  });
});

describe("what waits for a ruling", () => {
  test("is listed; a case is chosen at a click, and only what belongs to the decision is asked for", async () => {
    const desk = await openAward();
    const { page } = desk;
    await desk.goTo("裁定");
    const waiting = page.locator(".waiting");
    await waiting.waitFor();
    const ids = await waiting.getByRole("button").allInnerTexts();
    const wide = (await runJson("rank", book)).json.arbitration.map(({ id }: { id: string }) => id);
    expect(wide.length).toBeGreaterThan(1);
    expect(ids).toEqual(expect.arrayContaining(wide));
    await waiting.getByRole("button", { name: wide[0] }).click();
    expect(await page.getByLabel("案例编号").inputValue()).toBe(wide[0]);
    const [kind, award] = [page.getByLabel("取消类别（取消资格时）"), page.getByLabel("调整后奖项（调整奖项时）")];
    await page.getByLabel("决定").selectOption("取消资格");
    await kind.selectOption("抄袭剽窃");
    await page.getByLabel("决定").selectOption("维持");
    expect([await kind.isDisabled(), await kind.inputValue(), await award.isDisabled()]).toEqual([true, "", true]);
    await page.getByText("还要填：理由").waitFor();
    await page.getByLabel("理由").fill("不再复评");
    await page.getByLabel("记录人").fill("聂老师");
    await desk.button("先看影响，不写入").click();
    await page.getByText("各案例的名次和奖项都不变").waitFor();
    expect(await page.getByText("写入以后还没有定").count()).toBe(0);
    await desk.button("写入“裁定”表").click();
    await page.getByText(`${wide[0]} 的裁定已写入`).waitFor();
    await expect.poll(() => waiting.getByRole("button", { name: wide[0] }).count()).toBe(0);
    // The next one of the same sitting.
    expect(await page.getByLabel("记录人").inputValue()).toBe("聂老师");
    await endQuietly(desk);
  });

  test("a change of awards stands apart from those who only move up", async () => {
    const desk = await openAward();
    const { page } = desk;
    const ranked = (await runJson("rank", book)).json.groups[0].ranking;
    await desk.goTo("裁定");
    await page.getByLabel("案例编号").fill(ranked[0].id);
    await page.getByLabel("决定").selectOption("取消资格");
    await page.getByLabel("取消类别（取消资格时）").selectOption("抄袭剽窃");
    await page.getByLabel("理由").fill("核实属实");
    await desk.button("先看影响，不写入").click();
    const said = page.locator(".step .said");
    await said.getByText("个案例的奖项会变").waitFor();
    const moved = said.locator("details");
    expect(await moved.locator("p").first().isVisible()).toBe(false);
    await moved.locator("summary").click();
    for (const line of await moved.locator("p").allInnerTexts()) {
      const [, before, after] = /第 \d+ 名 (\S+) → 第 \d+ 名 (\S+)$/.exec(line) ?? [];
      expect({ line, before }).toEqual({ line, before: after });
    }
    await endQuietly(desk);
  });
});

describe("what has come of a run", () => {
  test("is told at the edge of the window where it is out of sight; what it has made is at hand", async () => {
    const desk = await openAward();
    const { page } = desk;
    await page.setViewportSize({ width: 1366, height: 560 });
    await desk.goTo("收表");
    await desk.button("输出空白表").click();
    const edge = page.locator(".out-of-sight");
    await edge.getByText("“输出空白表”已做完").waitFor();
    const before = await page.evaluate("scrollY");
    await edge.getByRole("button", { name: "看结果" }).click();
    await edge.waitFor({ state: "detached" });
    expect(Number(await page.evaluate("scrollY"))).toBeGreaterThan(Number(before));
    const made = page.locator(".step .said .files button");
    const name = "案例模板-空白.docx";
    expect((await desk.download(made.filter({ hasText: name }))).suggestedFilename()).toBe(name);
    await desk.goTo("检查");
    expect(await page.evaluate("scrollY")).toBe(0);
    await endQuietly(desk);
  });

  test("is gone when its step is taken back", async () => {
    const desk = await openAward();
    await desk.run("排名", "汇总排名");
    await desk.page.getByText(/^上一步是“汇总排名”，\d{4}-\d\d-\d\d \d\d:\d\d$/).waitFor();
    await desk.button("撤销上一步").click();
    await desk.page.getByText(/已撤销“汇总排名”/).waitFor();
    expect(await desk.page.locator(".step .said").count()).toBe(0);
    await endQuietly(desk);
  });

  test("what is open says at a click which and what to do", async () => {
    const desk = await openAward();
    const { json } = await runJson("status", book);
    const [{ message, details }] = json.open.filter((each: { details: string[] }) => each.details.length > 0);
    const overview = desk.page.locator(".overview");
    await overview.getByText(message, { exact: true }).click();
    await overview.getByText(details[0].slice(0, 40)).waitFor();
    await endQuietly(desk);
  });
});

describe("a unit's first review", () => {
  const unit = "兴庆区教育局";
  const folder = join(home, "初评");
  const own = join(folder, "评案簿.xlsx");

  /** Cases of which the unit has said nothing yet. */
  function writeUndecided(): void {
    mkdirSync(folder);
    const workbook = readWorkbook(book, "edit");
    const { name, rows, positions } = readTable(workbook.snapshot, submissionsSheet, [submissionsSheet.label]);
    const edits = rows
      .filter((row) => row.text("nominator") === unit)
      .flatMap(({ row }) => [
        { row, column: positions.get("recommended") ?? 0, value: "否" },
        { row, column: positions.get("firstScore") ?? 0, value: null },
      ]);
    workbook.apply({ sheets: [{ name, edits }] });
    writeFileSync(own, workbook.toBuffer());
  }

  test("fills 初评得分 of its cases, and leaves the award's own review alone", async () => {
    writeUndecided();
    const desk = await OneFile.open(browser);
    const { page } = desk;
    await desk.choose(desk.button("选择文件"), [own]);
    await page.locator(".overview .stage").waitFor();
    await desk.goTo("初评");
    // What is chosen for one action holds for the next.
    await page.getByLabel("哪个单位的初评").first().selectOption({ label: unit });
    expect(await desk.run("初评", "分派初评专家")).toContain("分派完成");
    expect(await desk.run("初评", "生成初评评分表")).toContain("初评评分表");
    const made = join(await saveAll(desk, "初评发出"), "初评评分表");
    const sheets = readdirSync(made).filter((name) => name.startsWith("评分表-"));
    const filled = sheets.map((name) => join(folder, name));
    for (const [i, path] of filled.entries()) writeFileSync(path, fillScoreSheet(join(made, sheets[i] ?? "")));
    await desk.choose(page.locator(".step").getByRole("button", { name: "选择文件" }), filled);
    expect(await desk.run("初评", "收回初评评分表")).toContain(`评分表 ${sheets.length} 份`);
    expect(await desk.run("初评", "汇总初评")).toContain("排名完成");
    const after = await saveAll(desk, "初评以后");
    const scored = (await readRecords(join(after, "评案簿.xlsx"), "案例")).filter((row) => row.推荐单位 === unit);
    expect(scored.filter((row) => row.初评得分 !== "").length).toBeGreaterThan(5);
    expect(readdirSync(after)).not.toContain("评案簿.评审.xlsx");
    await endQuietly(desk);
  });
});

describe("a run", () => {
  test("keeps its result while the desk is left", async () => {
    const desk = await openAward();
    await desk.goTo("检查");
    await desk.button("逐条检查").click();
    await desk.button("换一件事").click();
    await desk.button("接着做").click();
    await desk.page.locator(".step .said", { hasText: "检查完成" }).waitFor();
    await endQuietly(desk);
  });

  test("that is refused says where to settle it; a replay ends in a verdict", async () => {
    const desk = await openAward();
    expect(await desk.run("公示", "输出名单")).toContain("没有输出任何文件");
    await desk.page.getByText("去办：").getByRole("button", { name: "收回", exact: true }).click();
    await desk.page.getByRole("region", { name: "收回" }).waitFor();
    const said = await desk.run("归档", "复核全过程");
    // The archive was not brought along, so nothing can be computed anew.
    expect(said).toMatch(/有 \d+ 步不符/);
    await endQuietly(desk);
  });
});

describe("next year's notice", () => {
  test("what is wrong is told beside its field; a sound one is saved, and a workbook is begun by it", async () => {
    const desk = await openAward();
    const { page } = desk;
    await look(desk, "明年的通知");
    const field = (path: string) => page.locator(`[id="${path}"]`);
    const fill = async (path: string, text: string) => {
      await field(path).fill(text);
      await field(path).press("Tab");
    };
    const faultsOf = (path: string) => page.locator(`.wrong[id="${path}：不对"]`);
    const save = desk.button("保存通知");
    await faultsOf("id").getByText("请换一个编号").waitFor();
    expect(await save.isDisabled()).toBe(true);
    await fill("id", "ningxia-2026");
    await faultsOf("id").waitFor({ state: "detached" });
    // What is only in doubt is told, and may be saved.
    await page.getByText("通知编号里写着 2026，“年份”是 2025，请核对。").waitFor();
    expect(await save.isDisabled()).toBe(false);

    await fill("quotas.school.value", "五个");
    await faultsOf("quotas.school.value").getByText('之间的整数，现在是 "五个"').waitFor();
    expect(await save.isDisabled()).toBe(true);
    await fill("quotas.school.value", "8");
    await fill("windows.review.value.to", "2025-10-01");
    await faultsOf("windows.review.value.to").getByText("早于开始日期").waitFor();
    await page.getByRole("button", { name: "恢复时间安排 → 评审 → 截止日期" }).click();
    await faultsOf("windows.review.value.to").waitFor({ state: "detached" });
    expect(await field("windows.review.value.to").inputValue()).toBe(notice.windows.review.value.to);
    await fill("quotas.school.article", "二（三）");
    await page.getByText(`今年：${notice.quotas.school.value}`).waitFor();

    await save.click();
    await desk.button("按这份通知建簿").click();
    await page.getByText("已新建").waitFor();
    expect(await page.getByLabel("申报工作簿").inputValue()).toBe("ningxia-2026/评案簿.xlsx");
    // The forms of the notice are those beside it.
    expect(await desk.run("收表", "输出空白表")).toMatch(/已输出 \d+ 个空白表/);
    // What was said there is not of this year's.
    await page.getByLabel("申报工作簿").selectOption("评案簿.xlsx");
    expect(await page.locator(".step .said").count()).toBe(0);
    const folder = await saveAll(desk, "明年");
    const written = JSON.parse(readFileSync(join(folder, "通知", "ningxia-2026", "notice.json"), "utf8"));
    expect(written).toEqual({
      ...JSON.parse(JSON.stringify(notice)),
      id: "ningxia-2026",
      quotas: { ...notice.quotas, school: { value: 8, article: "二（三）" } },
    });
    const begun = readWorkbook(join(folder, "ningxia-2026", "评案簿.xlsx")).snapshot;
    expect(noticeOf(begun)).toEqual(written);
    const own = readdirSync(join(folder, "通知", "ningxia-2026")).sort();
    expect(own).toEqual(["notice.json", ...readdirSync(join("templates", "ningxia-2025"))].sort());
    await endQuietly(desk);
  });

  test("is still there after the tab was closed, wrong as it may be, and taken by 建簿 once it is saved", async () => {
    const first = await OneFile.open(browser);
    await first.button("新办一次征集评审").click();
    await look(first, "明年的通知");
    await first.page.locator('[id="title"]').fill("2026年征集");
    await first.page.locator('[id="title"]').press("Tab");
    await first.page.getByText("还有 1 处不对").waitFor();
    await first.goTo("建簿");
    await first.page.getByText("通知（1）").waitFor();
    await first.page.close();
    const second = await OneFile.openIn(first.context);
    await second.button("接着做").click();
    await look(second, "明年的通知");
    expect(await second.page.locator('[id="title"]').inputValue()).toBe("2026年征集");
    await second.page.locator('[id="id"]').fill("ningxia-2026");
    await second.page.locator('[id="id"]').press("Tab");
    await second.button("保存通知").click();
    await second.page.getByText("已保存在").waitFor();
    await second.goTo("建簿");
    await second.page.getByLabel("按哪份通知").selectOption({ label: "ningxia-2026" });
    expect(await second.run("建簿", "新建申报工作簿")).toContain("已新建");
    const folder = await saveAll(second, "建簿后");
    expect(noticeOf(readWorkbook(join(folder, "评案簿.xlsx")).snapshot).title).toBe("2026年征集");
    await first.context.close();
  });
});

describe("for everybody", () => {
  const axe = readFileSync(fileURLToPath(import.meta.resolve("axe-core/axe.min.js")), "utf8");

  test.each(["各单位", "各专家", "图表", "统计", "明年的通知"])(
    "%s has no barrier that axe knows of, and fits a telephone",
    async (view) => {
      const desk = await openAward();
      await look(desk, view);
      await desk.page.locator(".work > .panel, .work > .charts").first().waitFor();
      // Shapes are no help where somebody has folded the texts away.
      for (const summary of await desk.page.locator(".work summary").all()) await summary.click();
      const violations = await desk.page.evaluate(`${axe}; axe.run().then(({ violations }) =>
      violations.map(({ id, nodes }) => id + ": " + nodes.slice(0, 3).map(({ html }) => html.slice(0, 160)).join(" | ")))`);
      expect(violations).toEqual([]);
      await desk.page.setViewportSize({ width: 390, height: 844 });
      const overflow = "document.documentElement.scrollWidth - document.documentElement.clientWidth";
      expect(await desk.page.evaluate(overflow)).toBe(0);
      await endQuietly(desk);
    },
  );
});
