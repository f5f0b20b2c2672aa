import { type Browser, chromium } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ningxia2025 } from "../../apps-script/core/notice/ningxia-2025.ts";
import { buildHelpView } from "../../apps-script/dialogs/help-view.ts";
import { findBarriers } from "./barriers.ts";
import { type OpenedDialog, openDialog, scrollsSideways } from "./dialog-page.ts";
import {
  assignmentView,
  findingsView,
  hostile,
  hostileFindings,
  inventFindings,
  progressView,
  rankingView,
} from "./dialog-views.ts";

let browser: Browser;

beforeAll(async () => {
  const executablePath = process.env.CHROMIUM_PATH ?? "/usr/bin/chromium";
  browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
});

afterAll(() => browser.close());

const never = () => new Promise(() => {});
const refuse = (message: string) => () => {
  throw new Error(message);
};

const pages = [
  { file: "shared/findings", load: "loadFindings", view: findingsView(inventFindings(60)), waits: "正在读取检查结果" },
  { file: "review/assignment", load: "loadAssignmentPreview", view: assignmentView, waits: "正在计算分派方案" },
  { file: "review/progress", load: "loadProgress", view: progressView, waits: "正在读取进度" },
  { file: "review/ranking", load: "loadRanking", view: rankingView, waits: "正在读取排名" },
] as const;

describe.for(pages)("$file", ({ file, load, view, waits }) => {
  test("says that it is loading", async () => {
    const { page } = await openDialog(browser, file, { [load]: never });
    await page.getByText(waits).waitFor();
    await page.close();
  });

  test("reports an error and tries again", async () => {
    let refusals = 1;
    const answer = () => (refusals-- > 0 ? refuse("“单位”表缺少“单位名称”列。")() : view);
    const { page, calls } = await openDialog(browser, file, { [load]: answer });
    await page.getByRole("alert").getByText("“单位”表缺少“单位名称”列。").waitFor();
    await page.getByRole("button", { name: "再试一次" }).click();
    await page.getByRole("alert").waitFor({ state: "detached" });
    expect(calls.slice(0, 2)).toEqual([[load], [load]]);
    await page.close();
  });

  test.for([300, 480, 900])("fits a width of %d and has no barrier that axe knows of", async (width) => {
    const { page, errors, requests } = await openDialog(
      browser,
      file,
      { [load]: () => view },
      { size: { width, height: 620 } },
    );
    await page.getByRole("status").getByText(waits).waitFor({ state: "detached" });
    expect(await findBarriers(page)).toEqual([]);
    expect(await scrollsSideways(page)).toBe(false);
    expect(errors).toEqual([]);
    expect(requests).toEqual([]);
    await page.close();
  });
});

/** Opened with texts as a cell may hold them: nothing may run, everything must be read as it stands. */
async function expectHarmless({ page, errors, requests }: OpenedDialog): Promise<void> {
  await page.getByText(hostile).first().waitFor({ state: "attached" });
  expect(await page.evaluate("window.hacked")).toBeUndefined();
  expect(await page.locator("img").count()).toBe(0);
  expect(await scrollsSideways(page)).toBe(false);
  expect([...errors, ...requests]).toEqual([]);
  await page.close();
}

describe("检查结果", () => {
  const open = (view = findingsView(inventFindings(173)), more = {}) =>
    openDialog(browser, "shared/findings", { loadFindings: () => view, ...more });

  test("opens a unit and a rule, and goes to the cell of a finding", async () => {
    const { page, calls } = await open();
    await page.locator("summary", { hasText: "平罗县教育局" }).click();
    await page.locator("details details summary", { hasText: "单项字数超限" }).first().click();
    await page.getByText("怎么办：压缩该部分文字。").waitFor();
    const first = page.locator("button.finding").first();
    const row = Number((await first.innerText()).match(/第 (\d+) 行/)?.[1]);
    expect(await first.innerText()).not.toMatch(/依据|TEXT-SECTION/);
    await first.click();
    expect(await first.innerText()).toMatch(/依据：.*规则：TEXT-SECTION$/);
    expect(await first.getAttribute("aria-current")).toBe("true");
    await expect.poll(() => calls).toEqual([["loadFindings"], ["goToCell", "正文", row, 4]]);
    await page.close();
  });

  test("works by keyboard alone", async () => {
    const { page, calls } = await open(findingsView(inventFindings(3)));
    await page.locator("button.finding").first().waitFor();
    await page.getByLabel("搜索").focus();
    for (let i = 0; i < 30 && calls.length < 2; i++) {
      await page.keyboard.press("Tab");
      if (await page.evaluate("document.activeElement.classList.contains('finding')"))
        await page.keyboard.press("Enter");
    }
    await expect.poll(() => calls[1]?.[0]).toBe("goToCell");
    await page.close();
  });

  test("filters by severity, unit and text, and groups by rule", async () => {
    const findings = inventFindings(173);
    const { page } = await open(findingsView(findings));
    const shown = page.locator(".shown");
    const count = (wanted: (finding: (typeof findings)[number]) => boolean) => findings.filter(wanted).length;

    await page.getByRole("button", { name: "提示" }).click();
    await page.getByRole("button", { name: "警告" }).click();
    expect(await shown.innerText()).toBe(`${count((f) => f.severity === "error")} / 173 项`);
    await page.getByLabel("单位").selectOption("=同心县教育局");
    const inUnit = count((f) => f.severity === "error" && f.nominator === "同心县教育局");
    expect(await shown.innerText()).toBe(`${inUnit} / 173 项`);
    await page.getByLabel("单位").selectOption("all");
    await page.getByLabel("搜索").fill("nx-0001");
    expect(await shown.innerText()).toBe("1 / 173 项");
    expect(await page.locator("button.finding").innerText()).toContain("NX-0001");
    await page.getByLabel("搜索").fill("没有这样的词");
    await page.getByText("没有符合条件的问题").waitFor();

    await page.getByLabel("搜索").fill("");
    await page.getByRole("button", { name: "按问题" }).click();
    expect(await page.locator("summary").first().innerText()).toMatch(/^(第一作者超限|单项字数超限)\n/);
    await page.close();
  });

  test("reloads", async () => {
    let view = findingsView(inventFindings(2));
    const { page, calls } = await openDialog(browser, "shared/findings", { loadFindings: () => view });
    await page.getByText("共 2 项").waitFor();
    view = findingsView([]);
    await page.getByRole("button", { name: "刷新" }).click();
    await page.getByText("没有发现问题").waitFor();
    expect(await page.locator(".narrowing").isVisible()).toBe(false);
    expect(calls).toEqual([["loadFindings"], ["loadFindings"]]);
    await page.close();
  });

  test("a cell that cannot be reached is reported beside the list", async () => {
    const { page } = await open(findingsView(inventFindings(1)), { goToCell: refuse("“案例”表已被改名或删除。") });
    await page.locator("button.finding").click();
    await page.getByRole("alert").getByText("“案例”表已被改名或删除。").waitFor();
    await page.close();
  });

  test("of 5,000 findings only those looked at are in the page", async () => {
    const { page } = await open(findingsView(inventFindings(5_000), { left: 31 }));
    await page.getByText("共 5,000 项").waitFor();
    await page.getByText("另有 31 项没有列出").waitFor();
    expect(await page.locator(".finding").count()).toBe(0);
    await page.getByRole("button", { name: "按问题" }).click();
    await page.locator("summary").first().click();
    await page.locator("details details summary").first().click();
    await expect.poll(() => page.locator(".finding").count()).toBe(100);
    await page.getByRole("button", { name: "再显示" }).click();
    const shown = await page.locator(".finding").count();
    expect(shown).toBeGreaterThan(100);
    expect(shown).toBeLessThanOrEqual(200);
    await page.close();
  });

  test("on paper every group is laid open with all of its findings, and afterwards all is as it was", async () => {
    const view = findingsView(inventFindings(400));
    const { page } = await openDialog(browser, "shared/findings", { loadFindings: () => view });
    await page.locator("details").first().waitFor();
    const isOpen = () => page.evaluate<boolean[]>("[...document.querySelectorAll('details')].map(({ open }) => open)");
    const before = await isOpen();
    expect(before).toContain(false);
    await page.evaluate("dispatchEvent(new Event('beforeprint'))");
    await expect.poll(() => page.locator(".finding").count()).toBe(view.findings.length);
    expect(await isOpen()).not.toContain(false);
    await page.evaluate("dispatchEvent(new Event('afterprint'))");
    await expect.poll(isOpen).toEqual(before);
    await page.close();
  });

  /** What Google and the local Sheets leave of a window of 720 pixels for a page beside the sheet. */
  const sidebar = { width: 300, height: 530 };

  test("ten units are in sight at once in a window of 720 pixels", async () => {
    const findings = inventFindings(36).map((each, i) => ({ ...each, nominator: `第 ${i % 12} 县教育局` }));
    const { page } = await openDialog(
      browser,
      "shared/findings",
      { loadFindings: () => findingsView(findings) },
      { size: sidebar },
    );
    const groups = page.locator("summary");
    await groups.nth(11).waitFor({ state: "attached" });
    const isInSight = (all: { getBoundingClientRect(): { bottom: number } }[], height: number) =>
      all.filter((each) => each.getBoundingClientRect().bottom <= height).length;
    expect(await groups.evaluateAll(isInSight, sidebar.height)).toBeGreaterThanOrEqual(10);
    await page.close();
  });

  test("ten kinds of problems are in sight at once, each by its short name", async () => {
    const kinds = Array.from({ length: 12 }, (_, i) => `RULE-${i}`);
    const findings = kinds.map((code, i) => ({ ...inventFindings(12)[i]!, code, nominator: "兴庆区教育局" }));
    const rule = { finds: "同一人作为第一作者申报了多于 1 个案例；涉及的案例都会指出。", remedy: "只保留一个。" };
    const rules = Object.fromEntries(kinds.map((code, i) => [code, { ...rule, name: `第 ${i} 种问题` }]));
    const { page } = await openDialog(
      browser,
      "shared/findings",
      { loadFindings: () => findingsView(findings, { rules }) },
      { size: sidebar },
    );
    const groups = page.locator("summary");
    await groups.nth(11).waitFor({ state: "attached" });
    const inSight = await groups.evaluateAll(
      (all: { getBoundingClientRect(): { bottom: number }; innerText: string }[], height) =>
        all.filter((each) => each.getBoundingClientRect().bottom <= height).map((each) => each.innerText),
      sidebar.height,
    );
    expect(inSight.length).toBeGreaterThanOrEqual(10);
    for (const text of inSight) expect(text).toMatch(/^第 \d+ 种问题\n/);
    await page.close();
  });

  test("a finding without a row leads to its sheet, one without a sheet nowhere", async () => {
    const [, noRow] = hostileFindings;
    const { page, calls } = await open(findingsView([noRow!, { ...noRow!, sheet: "", message: "没有表。" }]));
    await page.getByRole("button", { name: /IMPORTXML/ }).click();
    await expect.poll(() => calls.slice(1)).toEqual([["goToCell", noRow!.sheet, 0, 1]]);
    expect(await page.locator(".finding").count()).toBe(2);
    expect(await page.locator("button.finding").count()).toBe(1);
    await page.close();
  });

  test("a workbook that was never checked is not called faultless", async () => {
    const { page } = await open(findingsView([], { checkedAt: "" }));
    await page.getByText("还没有检查结果").waitFor();
    await page.close();
  });

  test("hostile texts are read, not run", async () => {
    await expectHarmless(await open(findingsView(hostileFindings)));
  });
});

describe("分派预览", () => {
  test("confirms the plan that is shown, reports the outcome and closes", async () => {
    const { page, calls } = await openDialog(browser, "review/assignment", {
      loadAssignmentPreview: () => assignmentView,
      applyAssignment: () => "新分派 743 份，撤销 12 份。",
    });
    await page.getByText("现在还没有写入任何内容").waitFor();
    await page.getByRole("cell", { name: /同学段的 148 名专家/ }).waitFor();
    await page.getByRole("button", { name: "确认分派" }).click();
    await page.getByText("新分派 743 份，撤销 12 份。").waitFor();
    await page.keyboard.press("Enter");
    await expect
      .poll(() => calls)
      .toEqual([["loadAssignmentPreview"], ["applyAssignment", assignmentView.token], ["close"]]);
    await page.close();
  });

  test("cannot be confirmed twice", async () => {
    const { page, calls } = await openDialog(browser, "review/assignment", {
      loadAssignmentPreview: () => assignmentView,
      applyAssignment: never,
    });
    await page.getByRole("button", { name: "确认分派" }).click();
    expect(await page.getByRole("button", { name: "正在写入" }).isDisabled()).toBe(true);
    expect(await page.getByRole("button", { name: "取消" }).isDisabled()).toBe(true);
    await page.getByRole("button", { name: "正在写入" }).click({ force: true });
    await expect.poll(() => calls.map(([name]) => name)).toEqual(["loadAssignmentPreview", "applyAssignment"]);
    await page.close();
  });

  test("writes nothing when it is cancelled", async () => {
    const { page, calls } = await openDialog(browser, "review/assignment", {
      loadAssignmentPreview: () => assignmentView,
    });
    await page.getByRole("button", { name: "取消" }).click();
    await expect.poll(() => calls).toEqual([["loadAssignmentPreview"], ["close"]]);
    await page.close();
  });

  test("a plan that is out of date is refused and can be made again", async () => {
    const { page, calls } = await openDialog(browser, "review/assignment", {
      loadAssignmentPreview: () => assignmentView,
      applyAssignment: refuse("打开预览以后数据有了变化，没有写入。"),
    });
    await page.getByRole("button", { name: "确认分派" }).click();
    await page.getByRole("alert").getByText("没有写入").waitFor();
    await page.getByRole("button", { name: "重新预览" }).click();
    await page.getByRole("button", { name: "确认分派" }).waitFor();
    expect(calls.map(([name]) => name)).toEqual(["loadAssignmentPreview", "applyAssignment", "loadAssignmentPreview"]);
    await page.close();
  });

  test("nothing to assign", async () => {
    const view = { ...assignmentView, submissions: 0, added: 0, loads: [], unfilled: [] };
    const { page } = await openDialog(browser, "review/assignment", { loadAssignmentPreview: () => view });
    await page.getByText("没有可以分派的案例").waitFor();
    expect(await page.getByRole("button", { name: "确认分派" }).count()).toBe(0);
    await page.close();
  });

  test("hostile texts are read, not run", async () => {
    const unfilled = [{ submission: hostile, missing: 1, reason: "长".repeat(3_000) }];
    const view = {
      ...assignmentView,
      unfilled,
      notes: [hostile],
      loads: [{ stage: hostile, bars: [{ load: 1, experts: 1 }] }],
    };
    await expectHarmless(await openDialog(browser, "review/assignment", { loadAssignmentPreview: () => view }));
  });
});

describe("进度", () => {
  test("follows a job, slower while nothing moves, and stops when it is done", async () => {
    let done = 10;
    const states = () => ({ ...progressView, done, state: done < 460 ? ("running" as const) : ("done" as const) });
    const { page, calls } = await openDialog(browser, "review/progress", { loadProgress: states }, { clock: true });
    const looks = () => calls.length;
    const pass = async (milliseconds: number, bar: string) => {
      await page.clock.runFor(milliseconds);
      await page.getByText(bar).waitFor();
    };
    await page.getByText("10 / 460").waitFor();
    expect(looks()).toBe(1);
    done = 200;
    await pass(2_000, "200 / 460（43%）");
    expect(await page.getByRole("progressbar").getAttribute("aria-valuenow")).toBe("200");
    await pass(2_000, "200 / 460");
    expect(looks()).toBe(3);
    await pass(2_000, "200 / 460");
    expect(looks()).toBe(3);
    done = 460;
    await pass(1_000, "已完成");
    const last = looks();
    await page.clock.runFor(600_000);
    expect(looks()).toBe(last);
    expect(await page.getByRole("button", { name: "暂停" }).count()).toBe(0);
    await page.close();
  });

  test("pauses, resumes, and cancels after a question", async () => {
    let state: "running" | "paused" | "cancelled" = "running";
    const become = (next: typeof state) => () => {
      state = next;
    };
    const { page, calls } = await openDialog(browser, "review/progress", {
      loadProgress: () => ({ ...progressView, state }),
      pauseJob: become("paused"),
      resumeJob: become("running"),
      cancelJob: become("cancelled"),
    });
    const asked = () => calls.map(([name]) => name).filter((name) => name !== "loadProgress");
    await page.getByRole("button", { name: "暂停" }).click();
    await page.getByText("已暂停").waitFor();
    await page.getByRole("button", { name: "继续" }).click();
    await page.getByText("正在进行").waitFor();
    await page.getByRole("button", { name: "取消任务" }).click();
    await page.getByRole("button", { name: "不取消" }).click();
    expect(asked()).toEqual(["pauseJob", "resumeJob"]);
    await page.getByRole("button", { name: "取消任务" }).click();
    await page.getByRole("button", { name: "确定取消" }).click();
    await page.getByText("已取消").waitFor();
    expect(asked()).toEqual(["pauseJob", "resumeJob", "cancelJob"]);
    await page.close();
  });

  test("keeps what it shows while the script does not answer, and goes on by itself", async () => {
    let isDown = false;
    const answer = () => (isDown ? refuse("Service timed out")() : progressView);
    const { page } = await openDialog(browser, "review/progress", { loadProgress: answer }, { clock: true });
    await page.getByText("187 / 460").waitFor();
    isDown = true;
    await page.clock.runFor(2_000);
    await page.getByRole("alert").getByText("稍后会自动再试").waitFor();
    expect(await page.getByText("187 / 460").isVisible()).toBe(true);
    isDown = false;
    await page.clock.runFor(30_000);
    await page.getByRole("alert").waitFor({ state: "detached" });
    await page.close();
  });

  test("finds experts by number and by what is missing", async () => {
    const { page } = await openDialog(browser, "review/progress", { loadProgress: () => progressView });
    const rows = page.locator(".experts tbody tr");
    const { experts } = progressView;
    await expect.poll(() => rows.count()).toBe(460);
    await page.getByRole("button", { name: "未交齐" }).click();
    expect(await rows.count()).toBe(experts.filter((e) => e.scored < e.assigned).length);
    await page.getByRole("button", { name: "无评分表" }).click();
    expect(await rows.count()).toBe(experts.filter((e) => e.sheet === "none").length);
    await page.getByLabel("搜索专家编号").fill("e012");
    expect(await rows.count()).toBe(1);
    expect(await rows.innerText()).toContain("E012");
    await page.getByLabel("搜索专家编号").fill("E999");
    await page.getByText("没有符合条件的专家").waitFor();
    await page.close();
  });

  test("texts for those who owe something are listed on demand and copied", async () => {
    const reminder = {
      name: "E012 郝翊",
      about: "8 个案例还有 3 个没有交",
      contact: "13900000000",
      text: "您好！\n请评完。",
    };
    const loadReminders = () => ({ units: [{ ...reminder, name: hostile }], experts: [reminder] });
    const opened = await openDialog(browser, "review/progress", { loadProgress: () => progressView, loadReminders });
    const { page } = opened;
    expect(await page.locator(".reminder").count()).toBe(0);
    await page.getByRole("button", { name: "列出来" }).click();
    await page.locator("summary", { hasText: "E012 郝翊" }).waitFor();
    // At the top, though the experts' scores fill the window before it.
    expect((await page.getByRole("heading", { name: "催交文字" }).boundingBox())?.y).toBeLessThan(60);
    await page.locator("summary", { hasText: "E012 郝翊" }).click();
    expect(await page.getByLabel("给E012 郝翊的话").inputValue()).toBe(reminder.text);
    await page.getByRole("button", { name: "复制" }).click();
    await page.getByRole("button", { name: "已复制" }).waitFor();
    await page.getByLabel("搜索专家编号").focus();
    await page.keyboard.press("Control+V");
    expect(await page.getByLabel("搜索专家编号").inputValue()).toContain("您好！");
    await expectHarmless(opened);
  });

  test("nothing ever ran", async () => {
    const view = { ...progressView, title: "", state: "none" as const, problems: [], experts: [] };
    const { page } = await openDialog(browser, "review/progress", { loadProgress: () => view });
    await page.getByText("还没有运行过耗时的操作").waitFor();
    expect(await page.locator(".job").isVisible()).toBe(false);
    await page.close();
  });

  test("hostile texts are read, not run", async () => {
    const experts = [{ ...progressView.experts[0]!, id: hostile }];
    const view = {
      ...progressView,
      title: hostile,
      message: hostile,
      problems: [hostile, "长".repeat(3_000)],
      experts,
    };
    await expectHarmless(await openDialog(browser, "review/progress", { loadProgress: () => view }));
  });
});

describe("排名", () => {
  const open = (view = rankingView) => openDialog(browser, "review/ranking", { loadRanking: () => view });
  const unranked = {
    groups: [],
    pending: [],
    arbitration: [],
    arbitrated: [],
    open: [],
    calibration: "",
    methodDependent: [],
    proposal: [],
    severities: [],
    noteworthy: [],
    late: 0,
    notes: [],
  };

  test("shows a group, its award line and what is left out", async () => {
    const { page } = await open();
    await page.getByRole("img", { name: /奖项线 84.5 分/ }).waitFor();
    expect(await page.locator("svg .bin").count()).toBe(rankingView.groups[0]!.histogram.length);
    expect(await page.locator("tr.below-line").innerText()).toContain("未获奖");
    await page.getByText("NX-0260（极差 24.5）").waitFor();
    await page.getByText("待评 3 个").waitFor();
    await page.getByRole("img", { name: /92 名专家的宽严：最严 E001 -7.67 分，最宽 E056 \+7.5 分/ }).waitFor();
    expect(await page.locator("svg .severity").count()).toBe(rankingView.severities.length);
    expect(await page.locator("svg .severity.noteworthy title").textContent()).toContain("E056");
    await page.getByText("另有 3 名专家").waitFor();
    await page.getByText("E056：未交齐，还差 3 个；明显偏宽").waitFor();
    await page.getByText("NX-0121（获奖概率 49%）").waitFor();
    await page.close();
  });

  test("changes the group by mouse and by arrow keys", async () => {
    const { page } = await open();
    await page.getByRole("tab", { name: "评价改革 乡村" }).click();
    await page.getByRole("img", { name: /奖项线 81.5 分/ }).waitFor();
    await page.keyboard.press("ArrowRight");
    await page.getByRole("tabpanel", { name: "教学革新 城市" }).waitFor();
    expect(await page.locator("[aria-selected=true]:focus").innerText()).toContain("教学革新 城市");
    await page.close();
  });

  test("direct schools that rank apart bear their name; a group without scores has no chart", async () => {
    const group = {
      ...rankingView.groups[0]!,
      track: "",
      ranked: 0,
      winners: 0,
      awardLine: null,
      histogram: [],
      nearLine: [],
    };
    const { page, errors } = await open({ ...rankingView, groups: [group] });
    await page.getByRole("tab", { name: "教学革新 厅直属学校" }).waitFor();
    expect(await page.locator("[role=tabpanel] svg").count()).toBe(0);
    expect(errors).toEqual([]);
    await page.close();
  });

  test("nothing to rank", async () => {
    const { page } = await open({ ...unranked, pending: ["NX-1"] });
    await page.getByText("还没有可以排名的案例").waitFor();
    await page.getByText("待评 1 个").waitFor();
    await page.close();
  });

  test("hostile texts are read, not run", async () => {
    const [group] = rankingView.groups;
    const nearLine = [{ ...group!.nearLine[0]!, title: hostile, id: "长".repeat(200) }];
    const view = {
      ...unranked,
      groups: [{ ...group!, field: hostile, nearLine }],
      pending: [hostile],
      calibration: hostile,
      methodDependent: [hostile],
      severities: [{ expert: hostile, severity: 1, error: 1, noteworthy: true }],
      noteworthy: [{ expert: hostile, status: hostile }],
      notes: [hostile],
    };
    await expectHarmless(await open(view));
  });
});

describe("帮助", () => {
  test("says what to do, what the marks mean and whom to ask", async () => {
    const loadHelp = () =>
      buildHelpView({ ...ningxia2025, contact: { ...ningxia2025.contact, value: "0951-1234567" } });
    const { page, errors, requests } = await openDialog(browser, "shared/help", { loadHelp });
    for (const part of ["怎么填", "标记的意思", "请注意", "问谁"])
      await page.getByRole("heading", { name: part }).waitFor();
    await page.getByText("0951-1234567").waitFor();
    expect(await findBarriers(page)).toEqual([]);
    expect(await scrollsSideways(page)).toBe(false);
    expect([...errors, ...requests]).toEqual([]);
    await page.close();
  });
});
