import { describe, expect, test } from "vitest";
import { RefusedError, type ShownPage } from "../../../../node-tools/local-sheets/local-google.ts";
import { admin, officer, project, tinyWorld } from "./tiny-world.ts";

describe("properties", () => {
  const code = `
    const store = (kind) => PropertiesService["get" + kind + "Properties"]();
    function set(kind, key, value) { store(kind).setProperty(key, value); }
    function fill(kind, count, length) { for (let i = 0; i < count; i++) store(kind).setProperty("k" + i, "x".repeat(length)); }
    function get(kind, key) { return store(kind).getProperty(key); }
    function all(kind) { return store(kind).getProperties(); }
    function replace(kind, values, others) { store(kind).setProperties(values, others); }
    function remove(kind, key) { store(kind).deleteProperty(key).setProperty("z", "1"); }`;

  test("are texts, and outlive the execution", () => {
    const { run } = tinyWorld(code);
    run("set", "Document", "a", 5);
    expect(run("get", "Document", "a")).toBe("5");
    expect(run("get", "Document", "b")).toBeNull();
    expect(run("get", "Script", "a")).toBeNull();
    run("replace", "Document", { c: "6" }, false);
    expect(run("all", "Document")).toEqual({ a: "5", c: "6" });
    run("replace", "Document", { c: "7" }, true);
    run("remove", "Document", "c");
    expect(run("all", "Document")).toEqual({ z: "1" });
  });

  test("of a user are that user's", () => {
    const { google, id, run } = tinyWorld(code);
    run("set", "User", "a", "mine");
    expect(google.run(id, officer, "get", ["User", "a"])).toBeNull();
  });

  test("9 KB a value, in bytes", () => {
    const { run } = tinyWorld(code);
    run("set", "Document", "a", "x".repeat(9216));
    expect(() => run("set", "Document", "a", "x".repeat(9217))).toThrow("Argument too large: value");
    expect(() => run("set", "Document", "a", "字".repeat(3073))).toThrow("Argument too large: value");
  });

  test("500 KB a store", () => {
    const { run } = tinyWorld(code);
    run("fill", "Document", 55, 9216);
    expect(() => run("fill", "Document", 57, 9216)).toThrow("You have exceeded the property storage quota.");
    expect(() => run("set", "Script", "a", "b")).not.toThrow();
  });
});

describe("what no file holds can be kept for a later process", () => {
  const code = `
    function leave() {
      PropertiesService.getDocumentProperties().setProperty("a", "1");
      ScriptApp.newTrigger("look").timeBased().after(60000).create();
      const spreadsheet = SpreadsheetApp.getActive();
      spreadsheet.addDeveloperMetadata("moved", "yes");
      const protection = spreadsheet.getSheetByName("甲").getRange(2, 2, 2, 2).protect();
      protection.removeEditors(protection.getEditors().map((user) => user.getEmail()));
    }
    function look() {
      const spreadsheet = SpreadsheetApp.getActive();
      return [
        PropertiesService.getDocumentProperties().getProperty("a"),
        spreadsheet.getDeveloperMetadata().map((each) => each.getKey() + "=" + each.getValue()).join(),
        spreadsheet.getSheetByName("甲").getProtections(SpreadsheetApp.ProtectionType.RANGE)
          .map((each) => each.getRange().getA1Notation()).join(),
      ];
    }`;

  test("as JSON", () => {
    const before = tinyWorld(code);
    before.run("leave");
    const kept = JSON.parse(JSON.stringify(before.google.keptState()));
    const after = tinyWorld(code);
    after.google.restore(kept);
    expect(after.id).toBe(before.id);
    expect(after.run("look")).toEqual(["1", "moved=yes", "B2:C3"]);
    expect(after.google.triggers()).toEqual(before.google.triggers());
    const type = (column: number): void =>
      after.google.edit(after.id, officer, { sheet: "甲", row: 2, column, values: [["x"]] });
    expect(() => type(2)).toThrow(RefusedError);
    expect(() => type(1)).not.toThrow();
  });
});

describe("document lock", () => {
  const code = `
    function hold() { const lock = LockService.getDocumentLock(); lock.waitLock(1000); PropertiesService.getScriptProperties(); return lock.hasLock(); }
    function holdAndRelease() { const lock = LockService.getDocumentLock(); lock.waitLock(1000); lock.releaseLock(); PropertiesService.getScriptProperties(); }
    function twice() { return [attempt(), attempt()]; }
    function attempt() { return LockService.getDocumentLock().tryLock(5000); }
    function insist() { LockService.getDocumentLock().waitLock(5000); }`;

  function duringProperties(functionName: "attempt" | "insist", outer: "hold" | "holdAndRelease"): unknown {
    let answer: unknown;
    const world = tinyWorld(code);
    world.google.surroundings = {
      beforeCall: ({ name }) => {
        if (name !== "PropertiesService.getScriptProperties") return;
        try {
          answer = world.google.run(world.id, officer, functionName);
        } catch (error) {
          answer = (error as Error).message;
        }
      },
    };
    world.run(outer);
    return answer;
  }

  test("is refused while another execution has it", () => expect(duringProperties("attempt", "hold")).toBe(false));
  test("is free once released", () => expect(duringProperties("attempt", "holdAndRelease")).toBe(true));
  test("may be taken again by who has it", () => expect(tinyWorld(code).run("twice")).toEqual([true, true]));
  test("waitLock throws", () =>
    expect(duringProperties("insist", "hold")).toBe(
      "Lock timeout: another process was holding the lock for too long.",
    ));
  test("is given back at the end of an execution", () => {
    const { run } = tinyWorld(code);
    expect(run("hold")).toBe(true);
    expect(run("attempt")).toBe(true);
  });
  test("of another document is another lock", () => {
    const world = tinyWorld(code);
    const other = world.google.addSpreadsheet("另", admin, { sheets: [{ name: "甲", createBefore: null }] });
    world.google.bindScript(other, project(code));
    let answer: unknown;
    world.google.surroundings = {
      beforeCall: ({ name }) => {
        if (name === "PropertiesService.getScriptProperties") answer = world.google.run(other, admin, "attempt");
      },
    };
    world.run("hold");
    expect(answer).toBe(true);
  });
});

describe("page", () => {
  test("menus", () => {
    const { google, id } = tinyWorld(`function onOpen() {
      const ui = SpreadsheetApp.getUi();
      ui.createMenu("评审").addItem("甲", "a").addSeparator().addSubMenu(ui.createMenu("更多").addItem("乙", "b")).addToUi();
    }`);
    const item = (label: string, functionName: string) => ({ label, functionName, items: [] });
    const menu = {
      label: "评审",
      functionName: "",
      items: [item("甲", "a"), item("", ""), { label: "更多", functionName: "", items: [item("乙", "b")] }],
    };
    expect(google.open(id, officer)).toEqual([menu]);
    google.share(id, officer, "view");
    expect(google.open(id, officer)).toEqual([]);
    google.share(id, officer, "none");
    expect(() => google.open(id, officer)).toThrow(RefusedError);
  });

  test("questions and answers", () => {
    const asked: unknown[] = [];
    const { run } = tinyWorld(
      `function main() {
        const ui = SpreadsheetApp.getUi();
        const answer = ui.prompt("名", "几", ui.ButtonSet.OK_CANCEL);
        return [ui.alert("一"), ui.alert("题", "二", ui.ButtonSet.YES_NO) === ui.Button.YES,
          answer.getSelectedButton() === ui.Button.OK, answer.getResponseText()].map(String);
      }`,
      {
        surroundings: {
          alert: (...args) => {
            asked.push(args);
            return args[2] === "OK" ? "OK" : "YES";
          },
          prompt: (...args) => {
            asked.push(args);
            return { button: "OK", text: "三" };
          },
        },
      },
    );
    expect(run("main")).toEqual(["OK", "true", "true", "三"]);
    expect(asked).toEqual([
      ["名", "几", "OK_CANCEL"],
      ["", "一", "OK"],
      ["题", "二", "YES_NO"],
    ]);
  });

  test("dialogs and sidebar", () => {
    const shown: ShownPage[] = [];
    const { run } = tinyWorld(
      `function main() {
        const ui = SpreadsheetApp.getUi();
        ui.showModalDialog(HtmlService.createHtmlOutputFromFile("a").setWidth(700).setHeight(400), "甲");
        ui.showSidebar(HtmlService.createHtmlOutput("<b>").setTitle("乙"));
      }`,
      { html: { a: "<a>" }, surroundings: { show: (page) => shown.push(page) } },
    );
    run("main");
    expect(shown).toEqual([
      { kind: "modal", title: "甲", html: "<a>", width: 700, height: 400 },
      { kind: "sidebar", title: "乙", html: "<b>" },
    ]);
  });
});

describe("onEdit", () => {
  const code = `function onEdit(e) {
    Logger.log([e.range.getA1Notation(), e.source.getName(), e.value, e.oldValue, e.authMode === ScriptApp.AuthMode.LIMITED].join("|"));
  }`;
  test.for([
    { name: "one empty cell", row: 1, column: 1, values: [["新"]], line: "A1|表|新||true" },
    { name: "one filled cell", row: 2, column: 2, values: [["6"]], line: "B2|表|6|5|true" },
    { name: "emptied", row: 2, column: 2, values: [[""]], line: "B2|表||5|true" },
    {
      name: "pasted",
      row: 2,
      column: 2,
      values: [
        ["a", "b"],
        ["c", "d"],
      ],
      line: "B2:C3|表|||true",
    },
  ])("$name", ({ row, column, values, line }) => {
    const { google, id, lines } = tinyWorld(code);
    google.edit(id, officer, { sheet: "甲", row, column, values });
    expect(lines).toEqual([line]);
  });

  test("does not stop the typing when it fails", () => {
    const { google, id, lines } = tinyWorld('function onEdit() { throw new Error("broken"); }');
    google.edit(id, officer, { sheet: "甲", row: 1, column: 1, values: [["新"]] });
    expect(google.snapshotOf(id).sheets[0]?.rows[0]?.[0]).toBe("新");
    expect(lines).toEqual(["onEdit: broken"]);
  });

  test("is not run by what a script writes", () => {
    const { run, lines } = tinyWorld(
      `${code} function main() { SpreadsheetApp.getActive().getActiveSheet().getRange(1, 1).setValue(1); }`,
    );
    run("main");
    expect(lines).toEqual([]);
  });

  test("a viewer cannot type", () => {
    const { google, id } = tinyWorld(code);
    google.share(id, officer, "view");
    const type = (): void => google.edit(id, officer, { sheet: "甲", row: 1, column: 1, values: [["新"]] });
    expect(type).toThrow(RefusedError);
  });
});

describe("custom function", () => {
  test("gets plain values and returns one", () => {
    const { google, id } = tinyWorld("function LENGTH(text) { return text.length; }");
    expect(google.call(id, "LENGTH", ["三个字"])).toBe(3);
  });
  test("may not write", () => {
    const { google, id } = tinyWorld(
      "function W() { SpreadsheetApp.getActive().getActiveSheet().getRange(1, 1).setValue(1); }",
    );
    expect(() => google.call(id, "W", [])).toThrow("You do not have permission to call Range.setValue.");
  });
});

describe("drive", () => {
  const gb18030 = Uint8Array.from([0xb0, 0xb8, 0xc0, 0xfd]);

  test.for([
    { charset: "GB18030", bytes: gb18030, text: "案例" },
    { charset: "UTF-8", bytes: new TextEncoder().encode("\ufeff案例"), text: "\ufeff案例" },
    { charset: "UTF-8", bytes: gb18030, text: "\ufffd\ufffd\ufffd\ufffd" },
    { charset: "UTF-16", bytes: Uint8Array.from([0xff, 0xfe, 0x48, 0x68]), text: "\u6848" },
    { charset: "UTF-16BE", bytes: Uint8Array.from([0x68, 0x48]), text: "\u6848" },
  ])("text of $charset", ({ charset, bytes, text }) => {
    const { google, run } = tinyWorld(
      "function read(id, charset) { return DriveApp.getFileById(id).getBlob().getDataAsString(charset); }",
    );
    expect(run("read", google.addFile("a.csv", admin, bytes, "text/csv"), charset)).toBe(text);
  });

  test("bytes are signed, and go back into a file", () => {
    const { google, run } = tinyWorld(`function copy(id) {
      const blob = DriveApp.getFileById(id).getBlob();
      const file = DriveApp.createFolder("夹").createFile(Utilities.newBlob(blob.getBytes(), "text/csv", "b.csv"));
      return [blob.getBytes()[0], file.getName(), file.getSize(), file.getParents().next().getName(), file.getId()];
    }`);
    const [first, name, size, folder, id] = run(
      "copy",
      google.addFile("a.csv", admin, gb18030, "text/csv"),
    ) as unknown[];
    expect([first, name, size, folder]).toEqual([0xb0 - 256, "b.csv", 4, "夹"]);
    expect(google.fileBytes(id as string)).toEqual(gb18030);
  });

  test("rights", () => {
    const code = `
      function share(id, right, user) { const file = DriveApp.getFileById(id); file[right](user); return file.getEditors().map((u) => u.getEmail()); }
      function trash(id) { DriveApp.getFileById(id).setTrashed(true); }
      function close(id) { DriveApp.getFileById(id).setShareableByEditors(false); }`;
    const { google, id, run } = tinyWorld(code);
    const file = google.addFile("a.csv", admin, gb18030, "text/csv");
    const asOfficer = (name: string, ...args: unknown[]) => google.run(id, officer, name, args);
    expect(() => asOfficer("share", file, "addEditor", "x@example.org")).toThrow(
      "No item with the given ID could be found.",
    );
    expect(run("share", file, "addViewer", officer)).toEqual([]);
    expect(() => asOfficer("share", file, "addEditor", "x@example.org")).toThrow("Access denied");
    expect(run("share", file, "addEditor", officer)).toEqual([officer]);
    expect(asOfficer("share", file, "addEditor", "x@example.org")).toEqual([officer, "x@example.org"]);
    expect(() => asOfficer("trash", file)).toThrow("Access denied");
    run("close", file);
    expect(() => asOfficer("share", file, "addEditor", "y@example.org")).toThrow("Access denied");
    expect(run("share", file, "removeEditor", "x@example.org")).toEqual([officer]);
    run("trash", file);
    expect(google.files(officer).map(({ name, trashed }) => [name, trashed])).toEqual([
      ["表", false],
      ["a.csv", true],
    ]);
  });

  test("a spreadsheet made by a script belongs to who ran it", () => {
    const { google, id } = tinyWorld("function make() { return SpreadsheetApp.create('评分表').getId(); }");
    const made = google.run(id, officer, "make") as string;
    expect(google.files(officer).find((file) => file.id === made)?.owner).toBe(officer);
    expect(google.files(admin).some((file) => file.id === made)).toBe(false);
    google.share(made, admin, "view");
    expect(google.files(admin).some((file) => file.id === made)).toBe(true);
  });
});
