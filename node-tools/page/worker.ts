import { noticeOf } from "../../apps-script/core/award/notice-sheet.ts";
import { fileKindNames } from "../../apps-script/core/evidence/evidence-finding.ts";
import { allRules } from "../../apps-script/core/rules/index.ts";
import { WorkbookStructureError } from "../../apps-script/core/tables/table.ts";
import { InputError } from "../errors.ts";
import { readWorkbook } from "../office-files/workbook.ts";
import { readExpert, readOverview } from "./administrator/award-overview.ts";
import { findCases, readCase } from "./administrator/case-search.ts";
import { keepNoticeDraft, offerNoticeForms, openNotice, saveNotice } from "./administrator/notice-files.ts";
import { openRulings, tryRuling, writeRuling } from "./administrator/ruling-desk.ts";
import { remedyOf } from "./browser-fault.ts";
import { memoryDisk, settleChanges, workAs } from "./host.ts";
import { giveMaterials, readFormMaterials, unpackReaders } from "./materials.ts";
import { readForPrint } from "./print-files.ts";
import type { CallMessage, CancelMessage, Supplies, WorkerCalls, WorkerMessage } from "./protocol.ts";
import { cancel, isLook, PutOffError, putOff, run, runSteps } from "./run.ts";
import { changeScore, openScores } from "./score-desk.ts";
import { makeForm } from "./unit/make-form.ts";
import {
  changeForm,
  correctForm,
  hasUnsavedForms,
  makePaper,
  openForm,
  proposeFormCorrections,
  proposeShortlist,
  redoForm,
  saveForms,
  undoForm,
} from "./unit/unit-desk.ts";
import { attachFolder, forget, keepChanges, list, put, read, refreshLocks, restoreKept, zip } from "./work-folder.ts";

/** The scope of a worker, of which the types of a page know nothing. */
declare const self: {
  postMessage(message: WorkerMessage): void;
  onmessage: ((event: MessageEvent<Supplies | CallMessage | CancelMessage>) => void) | null;
};

const post = (message: WorkerMessage) => self.postMessage(message);

let example: Supplies["example"] = {};

const bytesOf = (base64: string) => Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));

const calls: WorkerCalls = {
  restoreKept,
  forget,
  attachFolder,
  put,
  list: async () => list(),
  workAs: async (name) => workAs(name),
  async read(path) {
    saveFormsOrTell();
    return read(path);
  },
  async zip() {
    saveFormsOrTell();
    return zip();
  },
  putExample: () => put(Object.entries(example).map(([path, data]) => ({ path, bytes: bytesOf(data) }))),
  ruleNames: async () => ({
    ...fileKindNames,
    ...Object.fromEntries(allRules.map(({ code, name }) => [code, name])),
  }),
  run(command, operands, options) {
    saveForms();
    offerNoticeForms();
    return run(command, operands, options, (name) => post({ kind: "step", name }));
  },
  openScores: async (path) => openScores(path),
  async changeScore(path, change) {
    const changed = changeScore(path, change);
    await keepChanges();
    return changed;
  },
  async readForPrint(path, bytes) {
    if (bytes) return readForPrint(path, bytes);
    saveFormsOrTell();
    return readForPrint(path, read(path));
  },
  unpackReaders: async (packed) => unpackReaders(packed),
  giveMaterials,
  readFormMaterials: (path) =>
    runSteps(
      (name) => post({ kind: "step", name }),
      (step) => readFormMaterials(path, step),
    ),
  makeForm: (owner, files) => makeForm(owner, files, (name) => post({ kind: "step", name })),
  findCases: async (path, text) => findCases(path, text),
  readCase: async (path, id) => readCase(path, id),
  readOverview: async (path) => readOverview(path),
  readExpert: async (path, id) => readExpert(path, id),
  openNotice: async (path) => openNotice(path),
  async keepNoticeDraft(draft) {
    keepNoticeDraft(draft);
    await keepChanges();
  },
  async saveNotice(notice, now) {
    const folder = saveNotice(notice, now);
    await keepChanges();
    return folder;
  },
  openRulings: async (path) => openRulings(path),
  tryRuling: (path, ruling) => tryRuling(path, ruling, (name) => post({ kind: "step", name })),
  async writeRuling(path, ruling) {
    await refreshLocks(path);
    const desk = await writeRuling(path, ruling, (name) => post({ kind: "step", name }));
    await keepChanges();
    return desk;
  },
  async openForm(path, kind) {
    saveForms();
    return openForm(path, kind);
  },
  readContact: async (path) => noticeOf(readWorkbook(`/${path}`, "input").snapshot).contact.value,
  changeForm: async (path, changes, doing) => changeForm(path, changes, doing),
  undoForm: async (path) => undoForm(path),
  redoForm: async (path) => redoForm(path),
  proposeShortlist: async (path) => proposeShortlist(path),
  makePaper,
  proposeCorrections: async (path) => proposeFormCorrections(path),
  correctForm: async (path, chosen) => correctForm(path, chosen),
};

function explain(error: unknown): string {
  if (error instanceof InputError || error instanceof WorkbookStructureError) return error.message;
  if (error instanceof DOMException) return `没有做成：${remedyOf(error)}。`;
  const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return `程序出错，请先点“保存全部（.zip）”另存，再把下面的内容发给维护者。\n${trace}`;
}

/** What cannot be written must not keep the rest from being saved. */
function saveFormsOrTell(): void {
  try {
    saveForms();
  } catch (error) {
    post({ kind: "trouble", message: explain(error) });
  }
}

/** Calls that wait for their turn, the one that is answered now included. */
let waiting = 0;

async function save(): Promise<void> {
  if (waiting > 0) return;
  try {
    saveForms();
    await keepChanges();
  } catch (error) {
    post({ kind: "trouble", message: explain(error) });
  }
}

/** Milliseconds without a change after which a form is written: writing it must not keep the next change waiting. */
const pauseInTyping = 600;
let pause: ReturnType<typeof setTimeout> | undefined;

/** A form is judged at once after each change, and written when nobody waits for an answer. */
async function saveWhenIdle(): Promise<void> {
  clearTimeout(pause);
  if (!hasUnsavedForms()) return save();
  pause = setTimeout(() => {
    last = last.then(save);
  }, pauseInTyping);
}

/** Calls go one after the other: a command that waits must not meet another at the same files. */
let last: Promise<void> = Promise.resolve();
const queue: CallMessage[] = [];
let answering: CallMessage | undefined;

const isLookCall = ({ name, parameters: [command] }: CallMessage) => name === "run" && isLook(String(command));

/** Milliseconds that a look waits for something more urgent: after a step most people click the next. */
const beforeLook = 250;

async function answer({ id, name, parameters }: CallMessage): Promise<void> {
  try {
    const call = calls[name] as (...parameters: readonly unknown[]) => Promise<unknown>;
    post({ kind: "answer", id, value: await call(...parameters) });
  } catch (error) {
    if (error instanceof PutOffError) throw error;
    post({ kind: "failure", id, message: explain(error) });
  }
}

/** A look comes last, and is begun anew when it has given way. */
async function answerNext(): Promise<void> {
  const urgent = () => queue.find((each) => !isLookCall(each));
  if (!urgent()) await new Promise((resolve) => setTimeout(resolve, beforeLook));
  const next = urgent() ?? queue[0];
  if (!next) return;
  queue.splice(queue.indexOf(next), 1);
  answering = next;
  try {
    await answer(next);
    waiting -= 1;
  } catch {
    queue.push(next);
    last = last.then(answerNext);
  } finally {
    answering = undefined;
  }
  await saveWhenIdle();
}

self.onmessage = ({ data }: MessageEvent<Supplies | CallMessage | CancelMessage>) => {
  if ("cancel" in data) {
    cancel();
    return;
  }
  if ("templates" in data) {
    for (const [path, content] of Object.entries(data.templates)) memoryDisk.put(`/.模板/${path}`, bytesOf(content));
    settleChanges();
    example = data.example;
    return;
  }
  waiting += 1;
  queue.push(data);
  if (answering && isLookCall(answering) && !isLookCall(data)) putOff();
  last = last.then(answerNext);
};
