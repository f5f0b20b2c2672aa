/** The shared workbook in the local Sheets: its script as it is bundled, over invented rows. */
import { expect } from "vitest";
import {
  newApplicationWorkbook,
  refreshApplicationLayout,
} from "../../../apps-script/core/application-book/application-book.ts";
import { ningxia2025 as notice } from "../../../apps-script/core/notice/ningxia-2025.ts";
import {
  expertsSheet,
  liaisonsSheet,
  submissionsSheet,
  textsSheet,
} from "../../../apps-script/core/schema/application.ts";
import { once } from "../../../apps-script/core/text/once.ts";
import { applyPatch } from "../../../apps-script/core/workbook/apply-patch.ts";
import type {
  CellValue,
  SheetPatch,
  SheetSnapshot,
  WorkbookPatch,
  WorkbookSnapshot,
} from "../../../apps-script/core/workbook/port.ts";
import { emptySnapshot } from "../../../apps-script/core/workbook/port.ts";
import { findingsLayout } from "../../../apps-script/src/shared/findings-sheet.ts";
import { pasteSheet } from "../../../apps-script/src/shared/paste-sheet.ts";
import type { ScriptProject, ServiceCall } from "../../../node-tools/local-sheets/local-google.ts";
import {
  createLocalGoogle,
  type LocalGoogleWorld,
} from "../../../node-tools/local-sheets/runtime/create-local-google.ts";
import type { Doubts } from "../../../node-tools/local-sheets/runtime/doubts.ts";
import { readProject } from "../../node-tools/local-sheets/local-award.ts";
import { agreeable, keptFor, opened, testedDoubts } from "../../node-tools/local-sheets/platform.ts";
import { isThorough, sampled } from "../../sweep.ts";

export const administrator = "admin@example.org";

/** As it is bundled, its pages being no matter here. */
export const sharedProject = once((): ScriptProject => {
  const html = new Map(["findings", "help"].map((page) => [page, `<p>${page}</p>`]));
  return { ...readProject("shared"), html };
});

export interface Desk {
  readonly google: LocalGoogleWorld;
  readonly id: string;
  /** What alerts, prompts and toasts said, newest last. */
  readonly told: string[];
  /** Answers to the next prompts. */
  readonly answers: string[];
  run(name: string, user?: string): void;
  /** Values and notes of a sheet. @throws Error when there is no such sheet */
  sheet(name: string): SheetSnapshot;
  calls(): readonly ServiceCall[];
}

/** Opens of the same content are copies of the first. */
export const openDesk = (content: WorkbookPatch, doubts = testedDoubts): Desk => openersOf(doubts)(content)();

const openersOf = keptFor((doubts: Doubts) =>
  keptFor((content: WorkbookPatch) => opened(() => openFirst(content, doubts), copyDesk)),
);

function openFirst(content: WorkbookPatch, doubts: Doubts): Desk {
  const google = createLocalGoogle({ now: new Date("2025-10-20T09:00:00+08:00"), doubts });
  const id = google.addSpreadsheet("申报工作簿", administrator, content);
  google.bindScript(id, sharedProject());
  return deskOf(google, id, [], []);
}

/** The same desk once more, at which somebody agrees to everything. */
export const copyDesk = ({ google, id, told, answers }: Desk): Desk =>
  deskOf(google.copy(), id, [...told], [...answers]);

function deskOf(google: LocalGoogleWorld, id: string, told: string[], answers: string[]): Desk {
  google.surroundings = agreeable(told, answers);
  return {
    google,
    id,
    told,
    answers,
    run: (name, user = administrator) => void google.run(id, user, name, []),
    sheet: (name) => {
      const found = google.modelOf(id).snapshotOfSheet(name);
      if (!found) throw new Error(`no sheet ${name}`);
      return found;
    },
    calls: () => google.lastCalls,
  };
}

export const emptyWorkbook: WorkbookPatch = { sheets: [{ name: "工作表1", createBefore: null }] };

const editsOf = (rows: SheetSnapshot["rows"]) =>
  rows.flatMap((cells, r) =>
    cells.flatMap((value, c) => (r === 0 || value === null ? [] : [{ row: r + 1, column: c + 1, value }])),
  );

/** A workbook as 初始化 leaves it, with the rows of a snapshot typed in, laid for that many rows. */
export const laidWorkbook = keptFor((typed: WorkbookSnapshot): WorkbookPatch => {
  const made = newApplicationWorkbook(notice).sheets.map((patch): SheetPatch => {
    const rows = typed.sheets.find((sheet) => sheet.name === patch.name)?.rows ?? [];
    return patch.name === "说明" ? patch : { ...patch, edits: [...(patch.edits ?? []), ...editsOf(rows)] };
  });
  const filled = applyPatch(emptySnapshot, { sheets: made });
  const laid = refreshApplicationLayout(filled, notice).sheets;
  const sheets = made.map((patch): SheetPatch => {
    const again = laid.find(({ name }) => name === patch.name);
    const layout = { ...patch.layout, ...again?.layout, ...(patch.name === "检查" ? findingsLayout() : {}) };
    return { ...patch, edits: [...(patch.edits ?? []), ...(again?.edits ?? [])], layout };
  });
  return { sheets: [...sheets, pasteSheet()] };
});

/** Columns that calculate, in sheets that people fill in. */
export const computedLabels: ReadonlySet<string> = new Set(
  [submissionsSheet, textsSheet, expertsSheet, liaisonsSheet].flatMap(({ columns }) =>
    columns.filter(({ kind }) => kind === "computed").map(({ label }) => label),
  ),
);

/** As `laidWorkbook`, with formulas that cost nothing to calculate. */
export const lightWorkbook = keptFor((typed: WorkbookSnapshot): WorkbookPatch => {
  const lighten = (value: CellValue): CellValue =>
    typeof value === "object" && value?.kind === "formula" ? { kind: "formula", formula: '""', result: null } : value;
  const sheets = laidWorkbook(typed).sheets.filter(({ name }) => name !== "即时计算");
  return {
    sheets: sheets.map(({ layout: { conditionalFormats: _, ...layout } = {}, ...patch }) => ({
      ...patch,
      layout,
      edits: patch.edits?.map((edit) => ({ ...edit, value: lighten(edit.value) })) ?? [],
    })),
  };
});

/** Every sheet but 日志, for comparison; what a formula has calculated left out. */
export function stateOf(desk: Desk): unknown {
  const plain = (value: CellValue) =>
    typeof value === "object" && value?.kind === "formula" ? `=${value.formula}` : value;
  return desk.google
    .snapshotOf(desk.id)
    .sheets.filter(({ name }) => name !== "日志")
    .map(({ name, hidden, rows, notes }) => ({
      name,
      hidden,
      rows: rows.map((row) => row.map(plain)),
      notes: [...notes].sort(),
    }));
}

/** What 日志 tells of the actions, in order. */
const actionsOf = (desk: Desk) => desk.sheet("日志").rows.map((row) => row[2]);

/** Calls that change something; between two of them it makes no difference where an action fails. */
const changes =
  /\.(set|insert|delete|clear|copy|add|remove|merge|break|protect|create|hide|show|rename|move|sort|flush|release|activate|toast)/i;

/**
 * Runs an action with a fault before its first, second, third … change, then again without, and compares with the
 * undisturbed end.
 *
 * @param pick which of them a quick run chooses from, by their number and how many there are; every one when absent
 * @param isLoggedOnce whether run again it is the same action: its row stands in 日志 once
 * @returns the number of faults chosen, of which a quick run tries some
 */
export function sweepFaults(
  open: () => Desk,
  act: (desk: Desk) => void,
  check: (desk: Desk) => void,
  pick: (i: number, count: number) => boolean = () => true,
  isLoggedOnce = true,
): number {
  const undisturbed = open();
  const numbers: number[] = [];
  let calls = 0;
  undisturbed.google.surroundings.beforeCall = ({ name }) => {
    calls++;
    // The marks of who writes are the same for every action: `google-as-it-is.test.ts` has what goes wrong with them.
    if (changes.test(name) && !name.includes("DeveloperMetadata")) numbers.push(calls);
  };
  act(undisturbed);
  delete undisturbed.google.surroundings.beforeCall;
  const wanted = stateOf(undisturbed);
  const logged = actionsOf(undisturbed);
  const chosen = isThorough ? numbers : numbers.filter((_, i) => pick(i, numbers.length));
  for (const number of sampled(chosen)) {
    const desk = open();
    let at = 0;
    desk.google.surroundings.beforeCall = ({ name }) => {
      at++;
      if (at === number) throw new Error(`Service Spreadsheets failed at ${name}`);
    };
    let isTold = false;
    try {
      act(desk);
      isTold = desk.told.some((words) => words.includes("没有做完"));
    } catch {
      // Whoever ran it is told and runs it again.
      isTold = true;
    }
    delete desk.google.surroundings.beforeCall;
    check(desk);
    act(desk);
    expect(stateOf(desk), `fault at call ${number}`).toEqual(wanted);
    // A fault that does no harm is told nobody: then it was another action.
    if (isLoggedOnce && isTold) expect(actionsOf(desk), `日志 after a fault at call ${number}`).toEqual(logged);
  }
  return chosen.length;
}
