import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { expertsSheet } from "../../../apps-script/core/schema/application.ts";
import type { SheetPatch } from "../../../apps-script/core/workbook/port.ts";
import { reviewPath } from "../../../node-tools/award-files/award-files.ts";
import type { Answer, PageEvent, RequestName, Requests } from "../../../node-tools/local-sheets/protocol.ts";
import type { SheetsServerOptions } from "../../../node-tools/local-sheets/server.ts";
import { World } from "../../../node-tools/local-sheets/world.ts";
import { newWorkbook, readWorkbook } from "../../../node-tools/office-files/workbook.ts";
import { sheetNamed } from "../../core/in-memory-workbook.ts";
import { temporaryFolder } from "../run-casebook.ts";
import { content, makeSmallWorld } from "./small-world.ts";

const administrator = "admin@example.org";
const officer = "xq@example.org";

let options: SheetsServerOptions;
let drive: string;
let world: World;
let told: PageEvent[];
let answer: Answer;

/** The world of one page, in this process. */
function open(): World {
  told = [];
  answer = { button: "OK", text: "小明" };
  return World.open(options.path, options.bundles, {
    tell: (event) => told.push(event),
    ask: (question) => {
      told.push(question);
      return answer;
    },
  });
}

beforeEach(async () => {
  options = await makeSmallWorld(temporaryFolder());
  drive = join(dirname(options.path), "小评案簿.云端硬盘");
  world = open();
});

const call = <Name extends RequestName>(name: Name, ask: Requests[Name]["ask"]) => world.handle(name, ask);
const account = (user = administrator) => call("account", { user });
const fileOf = async (kind: string) => (await account()).files.find((file) => file.kind === kind)?.id ?? "";
const type = async (sheet: string, row: number, column: number, values: string[][], user = administrator) =>
  call("edit", { file: await fileOf("shared"), user, sheet, row, column, values });
const typesOf = (events: readonly PageEvent[]) => events.map(({ type }) => type);

describe("the account", () => {
  test("before anything was done", async () => {
    const { users, files, triggers, mails, saved, clock } = await account();
    expect(users).toEqual([
      { email: administrator, label: "管理员" },
      { email: officer, label: "单位 · 兴庆区教育局" },
    ]);
    expect(files.map(({ name, kind, right, size }) => [name, kind, right, size])).toEqual([
      ["小评案簿", "shared", "owner", undefined],
      ["小评案簿.评审", "review", "owner", undefined],
    ]);
    expect([triggers, mails, saved]).toEqual([[], [], ""]);
    const now = Date.parse(`${clock.replace(" ", "T")}+08:00`);
    expect(Math.abs(now - Date.now())).toBeLessThan(5_000);
  });

  test("who is typed into 单位 may act at once; an address in capitals is the same person", async () => {
    const { rows } = await call("cells", {
      file: await fileOf("shared"),
      user: administrator,
      sheet: "单位",
      top: 1,
      bottom: 1,
    });
    const at = (label: string) => Number(Object.entries(rows[1] ?? {}).find(([, cell]) => cell.t === label)?.[0]);
    await type("单位", 3, at("单位名称"), [["同心县教育局"]]);
    await type("单位", 3, at("邮箱"), [["TX@Example.org、XQ@example.org、没有"]]);
    const { users } = await account();
    expect(users.map(({ email, label }) => [email, label])).toEqual([
      [administrator, "管理员"],
      [officer, "单位 · 兴庆区教育局"],
      ["tx@example.org", "单位 · 同心县教育局"],
    ]);
    expect((await account("Tx@example.org")).files.map(({ kind, right }) => [kind, right])).toEqual([
      ["shared", "edit"],
    ]);
  });

  test("experts of both workbooks, nobody twice; a sheet in disorder names nobody", async () => {
    const experts = (...people: { name: string; email: string }[]): SheetPatch => ({
      name: "专家",
      createBefore: null,
      edits: [
        expertsSheet.columns.map(({ label }) => label),
        ...people.map((person) => expertsSheet.columns.map(({ key }) => (person as Record<string, string>)[key] ?? "")),
      ].flatMap((row, i) => row.map((value, j) => ({ row: i + 1, column: j + 1, value }))),
    });
    const own = experts({ name: "甲", email: "a@example.org" }, { name: "联络员自己", email: officer });
    options = await makeSmallWorld(temporaryFolder(), { sheets: [...content.sheets, own] });
    const review = newWorkbook();
    review.apply({
      sheets: [experts({ name: "乙", email: "B@example.org" }, { name: "又是甲", email: "a@example.org" })],
    });
    writeFileSync(reviewPath(options.path), review.toBuffer());
    world = open();
    expect((await account()).users.slice(1).map(({ label }) => label)).toEqual([
      "单位 · 兴庆区教育局",
      "专家 · 甲",
      "专家 · 乙",
    ]);
    await type("专家", 1, 1, [["？".repeat(3), "？", "？"]]);
    expect((await account()).users.slice(1).map(({ label }) => label)).toEqual([
      "单位 · 兴庆区教育局",
      "专家 · 乙",
      "专家 · 又是甲",
    ]);
  });
});

describe("a spreadsheet", () => {
  test("is opened with its menus and looked at without; a viewer gets none", async () => {
    const file = await fileOf("shared");
    const opened = await call("open", { file, user: administrator });
    expect(opened.menus[0]?.label).toBe("评案簿");
    expect(opened).toMatchObject({ id: file, name: "小评案簿", canEdit: true });
    const looked = await call("look", { file, user: administrator });
    expect(looked).toEqual({ ...opened, menus: [] });
    await expect(call("look", { file, user: "who@example.org" })).rejects.toThrow("没有打开这个文件的权限");
  });

  test("what stood where somebody types, as wide as the widest row", async () => {
    const { before } = await type("案例", 2, 4, [["a"], ["b", "c"], ["d"]]);
    expect(before).toEqual([
      ["2025-07-15", ""],
      ["0.5", ""],
      ["=D3*2", ""],
    ]);
  });

  test("typing, notes and scripts are told as changes; looking and choosing a cell are not", async () => {
    const file = await fileOf("shared");
    told.length = 0;
    await call("look", { file, user: administrator });
    await call("select", { file, user: administrator, sheet: "案例", row: 2, column: 2 });
    expect(typesOf(told)).toEqual([]);
    expect((await call("look", { file, user: administrator })).selection).toEqual({ sheet: "案例", row: 2, column: 2 });
    await call("note", { file, user: administrator, sheet: "案例", row: 3, column: 3, note: "看过" });
    expect(told).toEqual([{ type: "changed", file }]);
    told.length = 0;
    await call("run", { file, user: administrator, functionName: "echo", args: ["好"] });
    expect(told).toEqual([{ type: "changed", file: "" }]);
  });

  test("a sheet that is gone is named", async () => {
    const ask = { file: await fileOf("shared"), user: administrator, sheet: "没有", top: 1, bottom: 2 };
    await expect(call("cells", ask)).rejects.toThrow("工作表“没有”已经不在了");
  });
});

describe("scripts", () => {
  test("questions are numbered, asked and taken away", async () => {
    const file = await fileOf("shared");
    const greet = () => call("run", { file, user: administrator, functionName: "greet", args: [] });
    await greet();
    answer = { button: "CANCEL", text: "" };
    await greet();
    const asked = told.flatMap((event) => (event.type === "ask" ? [[event.number, event.kind, event.message]] : []));
    expect(asked).toEqual([
      [1, "prompt", "您叫什么？"],
      [2, "prompt", "您叫什么？"],
      [3, "alert", "没有名字"],
    ]);
    expect(told.flatMap((event) => (event.type === "asked" ? [event.number] : []))).toEqual([1, 2, 3]);
    const { rows } = await call("cells", { file, user: administrator, sheet: "案例", top: 5, bottom: 5 });
    expect(rows[5]?.[5]?.t).toBe("你好，小明");
  });

  test("pages and toasts come from the file whose script runs", async () => {
    const file = await fileOf("shared");
    await call("run", { file, user: administrator, functionName: "openSidebar", args: [] });
    expect(told.find((event) => event.type === "show")).toMatchObject({
      file,
      page: { kind: "sidebar", title: "检查结果" },
    });
    await type("案例", 2, 1, [["新"]]);
    expect(told.find((event) => event.type === "toast")).toMatchObject({ title: "即时检查", message: "改了 A2" });
  });

  test("a script that fails counts as a change all the same", async () => {
    const file = await fileOf("shared");
    told.length = 0;
    await expect(call("run", { file, user: administrator, functionName: "fail", args: [] })).rejects.toThrow(
      "缺少一列",
    );
    expect(typesOf(told)).toEqual(["changed"]);
  });

  test("the clock goes as far as it is told, and nowhere without a trigger to wait for", async () => {
    const before = (await account()).clock;
    await call("advance", { milliseconds: 3_600_000 });
    const after = (await account()).clock;
    const hours = (Date.parse(after.replace(" ", "T")) - Date.parse(before.replace(" ", "T"))) / 3_600_000;
    expect(hours).toBeCloseTo(1, 2);
    await call("advance", { milliseconds: null });
    expect((await account()).clock.slice(0, 16)).toBe(after.slice(0, 16));
  });
});

describe("files", () => {
  test("nothing is written before anything changes, everything at once after, and nothing the second time", async () => {
    world.save();
    expect([existsSync(drive), (await account()).saved, typesOf(told)]).toEqual([false, "", []]);
    await type("案例", 3, 1, [["甲"]]);
    world.save();
    expect((await account()).saved).toMatch(/^已保存 \d\d:\d\d:\d\d$/);
    expect(typesOf(told).filter((each) => each === "saved")).toHaveLength(1);
    expect(readdirSync(drive)).toEqual([".casebook-sheets.json"]);
    expect(existsSync(options.path.replace(".xlsx", ".bak.xlsx"))).toBe(true);
    // Nothing stands there yet.
    expect(existsSync(options.path.replace(".xlsx", ".评审.xlsx"))).toBe(false);
    const state = readFileSync(join(drive, ".casebook-sheets.json"), "utf8");
    world.save();
    expect(readFileSync(join(drive, ".casebook-sheets.json"), "utf8")).toBe(state);
    expect(sheetNamed(readWorkbook(options.path, "input").snapshot, "案例").rows[2]?.[0]).toBe("甲");
  });

  test("what could not be written is written the next time", async () => {
    await type("案例", 3, 1, [["甲"]]);
    writeFileSync(drive, "in the way");
    expect(() => world.save()).toThrow();
    rmSync(drive);
    world.save();
    expect(sheetNamed(readWorkbook(options.path, "input").snapshot, "案例").rows[2]?.[0]).toBe("甲");
  });

  test("uploads get names of their own that a disk takes", async () => {
    const csv = Buffer.from("单位名称\n甲局\n").toString("base64");
    const xlsx = readFileSync(options.path).toString("base64");
    for (const name of ["名册.csv", "名册.csv", "..名:册.CSV"]) await call("upload", { name, base64: csv });
    for (const name of ["表.xlsx", "表.xlsx"]) await call("upload", { name, base64: xlsx });
    expect(readdirSync(drive).sort()).toEqual(
      ["_名_册.csv", "名册.csv", "名册（2）.csv", "表.xlsx", "表（2）.xlsx"].sort(),
    );
    const { files } = await account();
    expect(files.filter(({ kind }) => kind === "file").map(({ size }) => size)).toEqual([20, 20, 20]);
    expect(files.filter(({ kind }) => kind === "spreadsheet").map(({ name }) => name)).toEqual(["表", "表（2）"]);
    const roll = files.find(({ kind }) => kind === "file")?.id ?? "";
    expect(await call("text", { file: roll, user: administrator })).toEqual({ text: "单位名称\n甲局\n" });
    await expect(call("text", { file: roll, user: officer })).rejects.toThrow("权限");
  });

  test("opened again: the same files, once each, with whom they are shared and what was typed", async () => {
    const xlsx = readFileSync(options.path).toString("base64");
    await call("upload", { name: "表.xlsx", base64: xlsx });
    await type("案例", 3, 1, [["甲"]]);
    world.save();
    writeFileSync(join(drive, "又一份.csv"), "a,b\n");
    writeFileSync(join(drive, "~$表.xlsx"), "");
    writeFileSync(join(drive, "旧.bak.xlsx"), "");
    const before = await account();
    world = open();
    const after = await account();
    expect(after.files.map(({ name, id }) => [name, id]).slice(0, 3)).toEqual(
      before.files.map(({ name, id }) => [name, id]),
    );
    expect(after.files.map(({ name }) => name)).toEqual(["小评案簿", "小评案簿.评审", "表", "又一份.csv"]);
    expect(after.clock >= before.clock).toBe(true);
    expect((await account(officer)).files.map(({ kind }) => kind)).toEqual(["shared"]);
  });

  test("the account's clock does not go back when it is opened again", async () => {
    await call("advance", { milliseconds: 48 * 3_600_000 });
    await type("案例", 3, 1, [["甲"]]);
    world.save();
    const { clock } = await account();
    world = open();
    expect((await account()).clock >= clock).toBe(true);
  });

  test("notes of scripts that cannot be read are left out, the workbooks are there", async () => {
    mkdirSync(drive);
    writeFileSync(join(drive, ".casebook-sheets.json"), "{");
    world = open();
    expect((await account()).files).toHaveLength(2);
  });
});
