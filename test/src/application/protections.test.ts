import { beforeAll, describe, expect, test } from "vitest";
import { applicationSheetOrder } from "../../../apps-script/core/schema/application.ts";
import { leaveTo } from "../../../apps-script/src/google/protect.ts";
import type { Doubts } from "../../../node-tools/local-sheets/runtime/doubts.ts";
import { makeSnapshot, tongxin, xingqing } from "../../core/award-builder.ts";
import { byHand } from "../../node-tools/local-sheets/by-hand.ts";
import { opened, testedDoubts } from "../../node-tools/local-sheets/platform.ts";
import { administrator, copyDesk, type Desk, laidWorkbook, lightWorkbook, openDesk } from "../shared/shared-desk.ts";

const [officer, stranger, colleague] = ["xq@example.org", "tx@example.org", "colleague@example.org"];

const award = makeSnapshot({
  units: [
    { ...xingqing, email: officer },
    { ...tongxin, email: stranger },
  ],
  submissions: [{}, {}, { nominator: "同心县教育局" }],
});

interface ToldProtection {
  readonly sheet: string;
  readonly description: string;
  readonly editors: readonly string[];
  readonly open: number;
}

/** Every protection of the workbook: of sheets, then of ranges. */
function protectionsOf(desk: Desk): ToldProtection[] {
  const told = byHand(
    desk,
    `var types = [SpreadsheetApp.ProtectionType.SHEET, SpreadsheetApp.ProtectionType.RANGE];
    return JSON.stringify(book.getSheets().flatMap(function (sheet) {
      return types.flatMap(function (type) {
        return sheet.getProtections(type).map(function (each) {
          return {
            sheet: sheet.getName(),
            description: each.getDescription(),
            editors: each.getEditors().map(function (user) { return user.getEmail(); }),
            open: type === types[0] ? each.getUnprotectedRanges().length : -1,
          };
        });
      });
    }));`,
  );
  return JSON.parse(String(told)) as ToldProtection[];
}

const imports = (desk: Desk) => {
  const values = [
    ["单位代码", "单位名称", "类别", "别名", "上级单位"],
    ["640205", "惠农区教育局", "教育局", "惠农区", "石嘴山市"],
  ];
  desk.google.edit(desk.id, administrator, { sheet: "粘贴区", row: 2, column: 1, values });
  desk.run("importPasted");
  expect(desk.told.at(-1)).toContain("已导入");
};

const openUnlocked = (doubts?: Doubts) =>
  opened(() => {
    const desk = openDesk(lightWorkbook(award), doubts);
    for (const user of [officer, stranger, colleague]) desk.google.share(desk.id, user, "edit");
    desk.run("unlockSubmissions");
    return desk;
  }, copyDesk);
const openShared = openUnlocked();

const mayType = (desk: Desk, user: string, sheet: string, row: number, column: number): boolean => {
  try {
    desk.google.edit(desk.id, user, { sheet, row, column, values: [["改"]] });
    return true;
  } catch {
    return false;
  }
};

describe("protections that people made or changed", () => {
  let desk: Desk;
  const ofPeople = () => protectionsOf(desk).filter(({ description }) => description === "人工保护");
  const administrators = () =>
    protectionsOf(desk).find(({ sheet, description }) => sheet === "参数" && description === "评案簿")?.editors;

  beforeAll(() => {
    desk = openShared();
    byHand(
      desk,
      `[book.getSheetByName("案例").getRange("A1:B1"), book.getSheetByName("案例").getRange("C2:C3"),
        book.getSheetByName("单位"), book.getSheetByName("正文").getRange("A1:A9")].forEach(function (place) {
        var own = place.protect().setDescription("人工保护");
        own.removeEditors(own.getEditors().map(function (user) { return user.getEmail(); }));
        own.addEditor("${colleague}");
      });
      book.getSheetByName("参数").getProtections(SpreadsheetApp.ProtectionType.SHEET)[0].addEditor("${colleague}");`,
    );
    expect(ofPeople()).toHaveLength(4);
    expect(administrators()).toEqual([administrator, colleague]);
  });

  test.for([
    ["锁定填报", (): void => desk.run("lockSubmissions")],
    ["导入 while locked", () => imports(desk)],
    ["解锁填报", () => desk.run("unlockSubmissions")],
    ["初始化", () => desk.run("initializeWorkbook")],
    ["检查全部", () => desk.run("checkAll")],
  ] as const)("%s leaves them as they are", ([, act]) => {
    const before = ofPeople();
    act();
    expect(ofPeople()).toEqual(before);
    expect(administrators()).toEqual([administrator, colleague]);
  });

  test("whom 参数 names as administrators may edit what each unit's rows and the headers are closed to", () => {
    const ours = protectionsOf(desk).filter(({ description }) => description.startsWith("评案簿·"));
    expect(ours.map(({ description, editors }) => [description, [...editors].sort()])).toEqual([
      ["评案簿·本单位：兴庆区教育局", [administrator, colleague, officer].sort()],
      ["评案簿·本单位：同心县教育局", [administrator, colleague, stranger].sort()],
      ...["正文", "专家", "联络员"].map(() => ["评案簿·表头", [administrator, colleague].sort()]),
    ]);
  });
});

describe("protections that are made anew", () => {
  test("of 解锁填报 twice there is one of each, 单位 included", () => {
    const desk = openShared();
    const before = protectionsOf(desk);
    expect(before.filter(({ description }) => description === "评案簿·单位名册")).toEqual([
      { sheet: "单位", description: "评案簿·单位名册", editors: [administrator], open: 0 },
    ]);
    desk.run("unlockSubmissions");
    expect(protectionsOf(desk)).toEqual(before);
  });

  test("a copy that people made of 案例 stays protected", () => {
    const desk = openShared();
    byHand(
      desk,
      `var copy = book.insertSheet("案例备份");
      copy.getRange("A2:C3").protect().setDescription("评案簿·本单位：兴庆区教育局");`,
    );
    const ofCopy = () => protectionsOf(desk).filter(({ sheet }) => sheet === "案例备份");
    const before = ofCopy();
    expect(before).not.toEqual([]);
    desk.run("unlockSubmissions");
    expect(ofCopy()).toEqual(before);
  });

  test("an address that Google refuses leaves the rows of its unit open, and is told", () => {
    const desk = openShared();
    let calls = 0;
    const { surroundings } = desk.google;
    surroundings.beforeCall = ({ name }) => {
      if (name === "Protection.addEditors" && ++calls === refused) throw new Error("Invalid argument: email");
    };
    let refused = 0;
    // Locking takes the protections of the units away.
    desk.run("lockSubmissions");
    desk.run("unlockSubmissions");
    // The rows of units come last.
    [refused, calls] = [calls, 0];
    desk.run("lockSubmissions");
    desk.run("unlockSubmissions");
    delete surroundings.beforeCall;
    expect(desk.told.at(-1)).toContain("已为 1 个单位保护");
    expect(desk.told.at(-1)).toContain("同心县教育局的“邮箱”不是谷歌账号，其行未保护");
    expect(desk.sheet("日志").rows.at(-1)?.[4]).toBe("保护 1 个单位的行，未保护 1 个");
    // Whoever fills in for that unit under another address still can.
    expect(mayType(desk, colleague, "案例", 4, 2)).toBe(true);
    expect(mayType(desk, colleague, "案例", 2, 2)).toBe(false);
  });
});

describe("a locked workbook", () => {
  test("is open at no moment of an import, and stays locked", () => {
    const desk = openDesk(laidWorkbook(award));
    desk.google.share(desk.id, officer, "edit");
    desk.run("lockSubmissions");
    let tried = 0;
    const opened: string[] = [];
    let inside = false;
    desk.google.surroundings.beforeCall = ({ name }) => {
      if (inside || !name.startsWith("Protection.")) return;
      inside = true;
      tried++;
      if (mayType(desk, officer, "案例", 2, 2)) opened.push(name);
      inside = false;
    };
    imports(desk);
    delete desk.google.surroundings.beforeCall;
    expect(tried).toBeGreaterThan(3);
    expect(opened).toEqual([]);
    expect(mayType(desk, officer, "案例", 2, 2)).toBe(false);
  });

  test("stays locked when it is initialised again, and no unit gets its rows back", () => {
    const desk = openShared();
    desk.run("lockSubmissions");
    desk.run("initializeWorkbook");
    expect(mayType(desk, officer, "案例", 2, 2)).toBe(false);
    expect(protectionsOf(desk).filter(({ description }) => description.startsWith("评案簿·本单位"))).toEqual([]);
  });
});

describe("leaveTo", () => {
  /** A protection as Google makes it in a domain: everybody in it may edit. */
  function newProtection(isDomainOpen: boolean) {
    const state = { description: "", editors: ["admin@example.org", "officer@example.org"], isDomainOpen };
    const protection = {
      setDescription(text: string) {
        state.description = text;
      },
      getEditors: () => state.editors.map((email) => ({ getEmail: () => email })),
      removeEditors(gone: string[]) {
        state.editors = state.editors.filter((email) => !gone.includes(email));
      },
      addEditors(more: string[]) {
        state.editors = [...new Set([...state.editors, ...more])];
      },
      canDomainEdit: () => state.isDomainOpen,
      setDomainEdit(open: boolean) {
        state.isDomainOpen = open;
      },
    };
    return { state, protection: protection as unknown as GoogleAppsScript.Spreadsheet.Protection };
  }

  test.for([true, false])("shuts out the domain and everybody who is not named (domain open before: %s)", (open) => {
    const { state, protection } = newProtection(open);
    leaveTo(protection, "评案簿", ["admin@example.org", "second@example.org"]);
    expect(state).toEqual({
      description: "评案簿",
      editors: ["admin@example.org", "second@example.org"],
      isDomainOpen: false,
    });
  });
});

const everySheet = applicationSheetOrder.filter((name) => name !== "粘贴区");
/** The first row below the header, and the first column that somebody fills in. */
const places: Readonly<Record<string, readonly [row: number, column: number]>> = { 案例: [2, 3] };
const typed = (desk: Desk, user: string, sheets: readonly string[] = everySheet) =>
  sheets.filter((name) => {
    const [row, column] = places[name] ?? [3, 2];
    return desk.google.modelOf(desk.id).sheetNamed(name) !== undefined && mayType(desk, user, name, row, column);
  });

describe("who may type where, in each state", () => {
  let open: Desk;
  let locked: Desk;
  beforeAll(() => {
    open = openShared();
    locked = openShared();
    locked.run("lockSubmissions");
  });
  test.for([
    { user: officer, state: "unlocked", may: ["案例", "正文", "专家", "联络员"] },
    { user: stranger, state: "unlocked", may: ["正文", "专家", "联络员"] },
    { user: colleague, state: "unlocked", may: ["正文", "专家", "联络员"] },
    { user: officer, state: "locked", may: [] },
    { user: stranger, state: "locked", may: [] },
    { user: colleague, state: "locked", may: [] },
  ])("$user, $state", ({ user, state, may }) => {
    expect(typed(state === "locked" ? locked : open, user)).toEqual(may);
  });

  test.for(["unlocked", "locked"])("an officer cannot change any value of 参数, %s; an administrator can", (state) => {
    const desk = state === "locked" ? locked : open;
    const rows = desk.sheet("参数").rows;
    const row = rows.findIndex((cells) => cells[0] === "教育局城市赛道名额") + 1;
    for (let each = 2; each <= rows.length; each++) expect(mayType(desk, officer, "参数", each, 2)).toBe(false);
    desk.google.edit(desk.id, administrator, { sheet: "参数", row, column: 2, values: [["36"]] });
    expect(desk.sheet("参数").rows[row - 1]?.[1]).toBe(36);
  });
});

test.for(["解锁填报", "初始化工作簿", "导入"])("参数 stays closed to officers under another name: %s", (action) => {
  const desk = openShared();
  byHand(desk, 'book.getSheetByName("参数").setName("各项参数");');
  if (action === "导入") imports(desk);
  else desk.run(action === "解锁填报" ? "unlockSubmissions" : "initializeWorkbook");
  const { rows } = desk.sheet("各项参数");
  for (let row = 2; row <= rows.length; row++) expect(mayType(desk, officer, "各项参数", row, 2)).toBe(false);
});

test("锁定填报 of 29 units: at most 80 calls that move cells", () => {
  const units = Array.from({ length: 29 }, (_, i) => ({
    ...xingqing,
    code: `64${String(i + 1).padStart(4, "0")}`,
    name: `第${i + 1}区教育局`,
    aliases: `第${i + 1}区`,
    email: `u${i + 1}@example.org`,
  }));
  const desk = openDesk(
    lightWorkbook(makeSnapshot({ units, submissions: units.map(({ name }) => ({ nominator: name })) })),
  );
  desk.run("unlockSubmissions");
  const marked = protectionsOf(desk).filter(({ description }) => description.startsWith("评案簿·本单位"));
  expect(marked).toHaveLength(29);
  desk.run("lockSubmissions");
  expect(desk.told.at(-1)).toContain("已锁定");
  expect(desk.calls().filter((call) => call.movesCells).length).toBeLessThanOrEqual(80);
});

test("the menu has what somebody may run: all of it for administrators, and for everybody before there is 参数", () => {
  const desk = openShared();
  const labels = (user: string, each = desk) =>
    each.google
      .open(each.id, user)
      .flatMap(({ items }) => items.map(({ label }) => label).filter((label) => label !== ""));
  expect(labels(officer)).toEqual(["检查本单位", "帮助"]);
  expect(labels(administrator)).toContain("锁定填报");
  const empty = openDesk({ sheets: [{ name: "工作表1", createBefore: null }] });
  empty.google.share(empty.id, officer, "edit");
  expect(labels(officer, empty)).toContain("初始化工作簿");
});

describe("protections of an earlier version that are open to the owner's domain", () => {
  const elsewhere = "somebody@other.example";
  const inDomain = { ...testedDoubts, protectionsAdmitDomain: true };
  const sheets = ["参数", "单位", "案例", "正文", "专家", "配额", "日志"];
  const placesOf = (desk: Desk) =>
    protectionsOf(desk)
      .filter(({ sheet }) => sheet !== "即时计算")
      .map(({ sheet, description, open }) => [sheet, description, open]);
  /** As an earlier version left them when it broke off: named, and everybody still in. */
  function leaveOpen(desk: Desk): void {
    desk.google.share(desk.id, elsewhere, "edit");
    byHand(
      desk,
      `var own = book.getSheetByName("配额").getRange("A1:B1").protect().setDescription("人工保护");
      own.setDomainEdit(true);
      [SpreadsheetApp.ProtectionType.SHEET, SpreadsheetApp.ProtectionType.RANGE].forEach(function (type) {
        book.getProtections(type).forEach(function (each) {
          each.setDomainEdit(true);
          each.addEditors(["${officer}", "${stranger}", "${colleague}"]);
        });
      });
      PropertiesService.getDocumentProperties().deleteProperty("casebook.closed");`,
    );
  }
  const openInDomain = openUnlocked(inDomain);
  const leftOpen = opened(() => {
    const desk = openInDomain();
    leaveOpen(desk);
    return desk;
  }, copyDesk);
  const openToDomain = (desk: Desk) =>
    byHand(
      desk,
      `return [SpreadsheetApp.ProtectionType.SHEET, SpreadsheetApp.ProtectionType.RANGE].flatMap(function (type) {
        return book.getProtections(type).filter(function (each) { return each.canDomainEdit(); });
      }).map(function (each) { return each.getDescription(); }).join();`,
    );

  test("what this version lays is open to the domain nowhere", () => {
    const desk = openInDomain();
    expect(openToDomain(desk)).toBe("");
    expect(typed(desk, officer, sheets)).toEqual(["案例", "正文", "专家"]);
    expect(typed(desk, stranger, sheets)).toEqual(["正文", "专家"]);
  });

  test("left open, every officer of the domain writes everywhere", () => {
    expect(typed(leftOpen(), stranger, sheets)).toEqual(sheets);
  });

  test.for([
    { action: "初始化工作簿", run: "initializeWorkbook", may: ["正文", "专家"] },
    { action: "解锁填报", run: "unlockSubmissions", may: ["正文", "专家"] },
    { action: "锁定填报", run: "lockSubmissions", may: [] },
  ])("$action by the owner closes them for each kind of user; those of people stay", ({ run, may }) => {
    const desk = leftOpen();
    const before = placesOf(desk);
    desk.run(run);
    expect(openToDomain(desk)).toBe("人工保护");
    expect(desk.told.at(-1)).toContain("处保护对整个域开放，已经关闭");
    expect(typed(desk, officer, sheets)).toEqual(may.length > 0 ? ["案例", ...may] : []);
    for (const user of [stranger, colleague, elsewhere]) expect(typed(desk, user, sheets), user).toEqual(may);
    expect(typed(desk, administrator, ["参数"])).toEqual(["参数"]);
    for (const user of [officer, stranger, colleague, elsewhere]) {
      expect(mayType(desk, user, "正文", 1, 2), user).toBe(false);
    }
    if (may.length > 0) expect(placesOf(desk)).toEqual(before);
    desk.run(run);
    expect(desk.told.at(-1)).not.toContain("整个域");
  });

  test("anybody else is told to have the owner do it, and is let in no further by it", () => {
    const desk = leftOpen();
    desk.run("lockSubmissions", stranger);
    expect(desk.told.at(-1)).toContain("请工作簿的所有者运行一次“初始化工作簿”");
    desk.run("initializeWorkbook");
    expect(desk.told.at(-1)).toContain("已经关闭");
    expect(typed(desk, colleague, sheets)).toEqual([]);
    // What somebody has locked is open to them as well.
    expect(typed(desk, stranger, sheets)).toEqual(["正文", "专家"]);
  });
});
