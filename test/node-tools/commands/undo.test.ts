import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { verifyChain } from "../../../apps-script/core/log/verify-chain.ts";
import { disk } from "../../../node-tools/disk/disk.ts";
import { digestBytes } from "../../../node-tools/disk/files.ts";
import { fillScoreSheet } from "../../../node-tools/example/fill-score-sheet.ts";
import { readWorkbook } from "../../../node-tools/office-files/workbook.ts";
import { isThorough } from "../../sweep.ts";
import { typeInto } from "../cases/open-case.ts";
import { readRecords, runCasebook, runJson, temporaryFolder, workbookValues } from "../run-casebook.ts";
import { writeSmallAward } from "./small-award.ts";

const original = { ...disk };
afterEach(() => {
  Object.assign(disk, original);
});

interface Desk {
  readonly folder: string;
  readonly file: string;
  readonly review: string;
}

/** An award in which each of `commands` has been run. */
async function award(...commands: ("import" | "recommend" | "assign" | "collect" | "rank")[]): Promise<Desk> {
  const folder = temporaryFolder();
  const file = join(folder, "a.xlsx");
  const desk = { folder, file, review: join(folder, "a.评审.xlsx") };
  await writeSmallAward(join(folder, "inputs"));
  await runCasebook("init", file);
  for (const command of commands) await run(desk, command);
  return desk;
}

async function run({ folder, file }: Desk, command: string): Promise<void> {
  const words = command === "import" ? ["import", file, join(folder, "inputs")] : [command, file];
  if (command === "collect") {
    const [out, back] = [join(folder, "out"), join(folder, "back")];
    await runCasebook("packets", file, "--out", out);
    mkdirSync(back);
    for (const name of readdirSync(out)) writeFileSync(join(back, name), fillScoreSheet(join(out, name)));
    words.push(back);
  }
  expect((await runCasebook(...words)).code).toBeLessThanOrEqual(1);
}

const logOf = async (path: string) => (await readRecords(path, "日志")).map((row) => row.操作);
const backups = ({ folder }: Desk) => readdirSync(join(folder, "a.备份")).sort();

describe("undo", () => {
  test("takes the last command back, and the one before it when run again", async () => {
    const desk = await award();
    const states = [await workbookValues(desk.file)];
    for (const command of ["import", "recommend"]) {
      await run(desk, command);
      states.push(await workbookValues(desk.file));
    }
    const first = await runJson("undo", desk.file);
    expect(first).toMatchObject({ code: 0, json: { undone: { action: "推荐", files: ["a.xlsx"] } } });
    expect(await workbookValues(desk.file)).toEqual(states[1]);
    expect(await logOf(desk.file)).toEqual(["初始化", "导入", "撤销"]);
    const second = await runCasebook("undo", desk.file);
    expect(second.out).toMatch(/已撤销“导入”/);
    expect(await workbookValues(desk.file)).toEqual(states[0]);
    const [, row] = await readRecords(desk.file, "日志");
    expect(row?.参数).toMatch(/“导入”.*此前已撤销 “推荐”/);
    expect(verifyChain(readWorkbook(desk.file, "input").snapshot).breaks).toEqual([]);
    const third = await runCasebook("undo", desk.file);
    expect(third).toMatchObject({ code: 3, err: expect.stringContaining("没有可以撤销的命令") });
  });

  test("takes both workbooks and the archive back, and replay agrees", async () => {
    const desk = await award("import", "recommend", "assign", "collect");
    const archive = () => readdirSync(join(desk.folder, "a.档案")).sort();
    const before = [await workbookValues(desk.review), archive()];
    await run(desk, "rank");
    expect(archive()).not.toEqual(before[1]);
    const { json } = await runJson("undo", desk.file);
    expect(json.undone).toMatchObject({ action: "汇总排名" });
    expect([await workbookValues(desk.review), archive()]).toEqual(before);
    expect((await runJson("replay", desk.file)).code).toBe(0);
    await run(desk, "rank");
    expect((await runJson("replay", desk.file)).code).toBe(0);
  });

  test("a review workbook that the command made goes, and comes back when it is run again", async () => {
    const desk = await award("import", "recommend", "assign");
    const [shared, review] = [await workbookValues(desk.file), await workbookValues(desk.review)];
    const { out } = await runCasebook("undo", desk.file);
    expect(out).toMatch(/「a.评审.xlsx」是这一操作新建的，已移走/);
    expect(existsSync(desk.review)).toBe(false);
    expect(await workbookValues(desk.file)).toEqual(shared);
    expect((await logOf(desk.file)).at(-1)).toBe("撤销");
    await run(desk, "assign");
    expect(await workbookValues(desk.review)).toEqual(review);
    await runCasebook("undo", desk.file);
    expect(existsSync(desk.review)).toBe(false);
    await runCasebook("undo", desk.file);
    expect((await logOf(desk.file)).slice(-2)).toEqual(["导入", "撤销"]);
  });

  test("what was taken back lies in the folder of the undo", async () => {
    const desk = await award("import", "recommend");
    const after = readFileSync(desk.file);
    const { json } = await runJson("undo", desk.file);
    expect(readFileSync(join(json.undone.kept, "a.xlsx")).equals(after)).toBe(true);
    expect(json.undone.kept).toMatch(/a\.备份.\d{8}-\d{6}-撤销$/);
  });

  test("nothing that somebody typed since is lost: refused, with the copy to look into", async () => {
    const desk = await award("import", "recommend");
    await typeInto(desk.file, "案例", [[2, "案例名称", "人改的"]]);
    const typed = readFileSync(desk.file);
    const refused = await runCasebook("undo", desk.file);
    expect(refused).toMatchObject({
      code: 3,
      err: expect.stringMatching(/“推荐”.*「a\.xlsx」又被人工改动过.*a\.备份/),
    });
    expect(readFileSync(desk.file).equals(typed)).toBe(true);
    await run(desk, "recommend");
    expect((await runCasebook("undo", desk.file)).code).toBe(0);
    expect((await readRecords(desk.file, "案例"))[0]?.案例名称).toBe("人改的");
    // Before the second 推荐 somebody typed: what they typed is not in what the first one left behind.
    expect((await runCasebook("undo", desk.file)).code).toBe(3);
  });

  test("a workbook that is open elsewhere is refused", async () => {
    const desk = await award("import");
    writeFileSync(join(desk.folder, "~$a.xlsx"), "");
    expect(await runCasebook("undo", desk.file)).toMatchObject({ code: 3, err: expect.stringContaining("打开") });
  });

  test("through a link it is the same award", async () => {
    const desk = await award("import", "recommend");
    symlinkSync(desk.file, join(desk.folder, "b.xlsx"));
    expect((await runCasebook("undo", join(desk.folder, "b.xlsx"))).code).toBe(0);
    expect(await logOf(desk.file)).toEqual(["初始化", "导入", "撤销"]);
  });

  test("with a fault at any call on the disk: the old state or the new one, whole", async () => {
    vi.useFakeTimers({ toFake: ["Date"], now: new Date(2025, 10, 1, 9, 0, 0) });
    onTestFinished(() => void vi.useRealTimers());
    const desk = await award("import", "recommend", "assign", "collect", "rank");
    const before = stateOf(desk);
    const undone = async (failing: number) => {
      const folder = temporaryFolder();
      cpSync(desk.folder, folder, { recursive: true });
      let calls = 0;
      for (const name of Object.keys(original) as (keyof typeof disk)[]) {
        const real = original[name] as (...args: unknown[]) => unknown;
        Object.assign(disk, {
          [name]: (...args: unknown[]) => {
            calls += 1;
            if (calls === failing) throw Object.assign(new Error("full"), { code: "ENOSPC" });
            return real(...args);
          },
        });
      }
      const { code } = await runCasebook("undo", join(folder, "a.xlsx"));
      Object.assign(disk, original);
      return { code, calls, state: stateOf({ ...desk, folder }) };
    };
    const { calls, state: after } = await undone(0);
    expect(after).not.toEqual(before);
    for (let n = 1; n <= calls; n += isThorough ? 1 : n > 12 && n < calls - 45 ? 25 : 5) {
      const { code, state } = await undone(n);
      expect([before, after], `call ${n} of ${calls}`).toContainEqual(state);
      if (code === 0) expect(state, `call ${n}`).toEqual(after);
    }
  }, 300_000);
});

/** Of the workbooks and the archive. */
function stateOf({ folder }: Desk): string[] {
  const archive = readdirSync(join(folder, "a.档案")).filter((name) => !name.endsWith(".tmp"));
  const books = ["a.xlsx", "a.评审.xlsx"].filter((name) => existsSync(join(folder, name)));
  return [...books.map((name) => `${name} ${digestBytes(readFileSync(join(folder, name)))}`), ...archive.sort()];
}

describe("a save by another program while a command runs", () => {
  test.for([
    { command: "check", saved: "a.xlsx" },
    { command: "recommend", saved: "a.xlsx" },
    { command: "rank", saved: "a.评审.xlsx" },
  ])("$command does not write over $saved", async ({ command, saved }) => {
    const desk = await award("import", "recommend", "assign", "collect");
    const path = join(desk.folder, saved);
    const theirs = await bytesWith(path);
    const bak = readFileSync(join(desk.folder, saved.replace(".xlsx", ".bak.xlsx")));
    const kept = backups(desk);
    // The last thing before the files are replaced.
    disk.chmod = (...words) => {
      original.chmod(...words);
      writeFileSync(path, theirs);
    };
    const refused = await runCasebook(command, desk.file);
    Object.assign(disk, original);
    expect(refused).toMatchObject({ code: 3, err: expect.stringMatching(/被别的程序保存.*再运行一次/) });
    expect(refused.err).toContain(saved);
    expect(readFileSync(path).equals(theirs)).toBe(true);
    expect(readFileSync(join(desk.folder, saved.replace(".xlsx", ".bak.xlsx"))).equals(bak)).toBe(true);
    expect(readdirSync(desk.folder).filter((name) => /tmp$|lock$/.test(name))).toEqual([]);
    expect(backups(desk)).toEqual(kept);
    expect((await runCasebook(command, desk.file)).code).toBeLessThanOrEqual(1);
  });
});

async function bytesWith(path: string): Promise<Buffer> {
  const workbook = readWorkbook(path, "edit");
  const name = workbook.snapshot.sheets[0]?.name ?? "";
  workbook.apply({ sheets: [{ name, edits: [{ row: 40, column: 1, value: "别的程序写的" }] }] });
  return Buffer.from(workbook.toBuffer());
}

describe("earlier versions", () => {
  test("each command leaves what it replaced; the oldest are thinned to one a day", async () => {
    vi.useFakeTimers({ toFake: ["Date"], now: new Date(2025, 8, 1, 9, 0, 0) });
    try {
      const desk = await award("import");
      const first = readFileSync(desk.file);
      for (let n = 0; n < 26; n += 1) {
        vi.setSystemTime(new Date(2025, 8, 2 + Math.floor(n / 6), 9, n, 0));
        await run(desk, "recommend");
        if (n === 0) expect(readFileSync(join(desk.folder, "a.bak.xlsx")).equals(first)).toBe(true);
      }
      const names = backups(desk);
      expect(names.slice(-20)).toHaveLength(20);
      expect(names.slice(0, -20)).toEqual(["20250901-090000-导入", "20250902-090000-推荐"]);
      expect(readFileSync(join(desk.folder, "a.备份", "20250902-090000-推荐", "a.xlsx")).equals(first)).toBe(true);
    } finally {
      vi.useRealTimers();
    }
  }, 120_000);

  test("what somebody else put into the folder stays", async () => {
    const desk = await award("import");
    writeFileSync(join(desk.folder, "a.备份", "我的备份.xlsx"), "x");
    await run(desk, "recommend");
    expect(backups(desk)).toContain("我的备份.xlsx");
  });
});
