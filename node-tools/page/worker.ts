import { noticeOf } from "../../apps-script/core/award/notice-sheet.ts";
import { fileKindNames } from "../../apps-script/core/evidence/evidence-finding.ts";
import { allRules } from "../../apps-script/core/rules/index.ts";
import { WorkbookStructureError } from "../../apps-script/core/tables/table.ts";
import { stepToUndo } from "../commands/undo.ts";
import { InputError } from "../errors.ts";
import { readWorkbook } from "../office-files/workbook.ts";
import { readExpert, readOverview } from "./administrator/award-overview.ts";
import { readStatistics } from "./administrator/award-statistics.ts";
import { findCases, readCase } from "./administrator/case-search.ts";
import { keepNoticeDraft, offerNoticeForms, openNotice, saveNotice } from "./administrator/notice-files.ts";
import { openRulings, tryRuling, writeRuling } from "./administrator/ruling-desk.ts";
import { remedyOf } from "./browser-fault.ts";
import { materialFiles, memoryDisk, settleChanges, workAs } from "./host.ts";
import { giveMaterials, keepLeftOut, readFormMaterials, unpackReaders } from "./materials.ts";
import { usePacker } from "./page-codec.ts";
import { readForPrint } from "./print-files.ts";
import type { CallMessage, CancelMessage, Supplies, WorkerCalls, WorkerMessage } from "./protocol.ts";
import { isLook, nextStep, PutOffError, run, type Turn } from "./run.ts";
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
import {
  attachFolder,
  forget,
  keepChanges,
  list,
  put,
  read,
  refreshLocks,
  replace,
  restoreKept,
  zip,
} from "./work-folder.ts";

/** The scope of a worker, of which the types of a page know nothing. */
declare const self: {
  postMessage(message: WorkerMessage): void;
  onmessage: ((event: MessageEvent<Supplies | CallMessage | CancelMessage>) => void) | null;
};

const post = (message: WorkerMessage) => self.postMessage(message);

let example: Supplies["example"] = {};

const bytesOf = (base64: string) => Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));

const callsIn = (turn: Turn): WorkerCalls => ({
  restoreKept,
  forget,
  attachFolder,
  put,
  async replace(files) {
    for (const { name } of files) await refreshLocks(name);
    await replace(files);
  },
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
    return run(command, operands, options, turn);
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
  async keepLeftOut(list, files) {
    keepLeftOut(list, files);
    await keepChanges();
  },
  madeFiles: async (folders) => folders.flatMap((folder) => [...materialFiles.files(folder)]),
  readFormMaterials: (path) => readFormMaterials(path, (name) => nextStep(turn, name)),
  makeForm: (owner, files) => makeForm(owner, files, turn),
  findCases: async (path, text) => findCases(path, text),
  readCase: async (path, id) => readCase(path, id),
  readOverview: async (path) => readOverview(path),
  async stepToUndo(path) {
    const step = stepToUndo(`/${path}`);
    return step && { action: step.action, time: step.time };
  },
  readStatistics: async (path) => readStatistics(path),
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
  tryRuling: async (path, ruling) => tryRuling(path, ruling),
  async writeRuling(path, ruling) {
    await refreshLocks(path);
    const desk = await writeRuling(path, ruling, turn);
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
});

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

let hasToldUnsaved = false;

/** Whoever closes the page is warned as long as a form is not written. */
function tellUnsaved(): void {
  const unsaved = hasUnsavedForms();
  if (unsaved !== hasToldUnsaved) post({ kind: "unsaved", unsaved });
  hasToldUnsaved = unsaved;
}

async function save(): Promise<void> {
  if (queue.length > 0) return;
  try {
    saveForms();
    await keepChanges();
  } catch (error) {
    post({ kind: "trouble", message: explain(error) });
  }
  tellUnsaved();
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

/** A call from when it comes until it is answered. */
class Call implements Turn {
  isCancelled = false;
  isPutOff = false;

  constructor(readonly message: CallMessage) {}

  tell(step: string): void {
    post({ kind: "step", id: this.message.id, name: step });
  }

  /** The function, or the command that it runs. */
  get #name(): string {
    const { name, parameters } = this.message;
    return name === "run" ? String(parameters[0]) : name;
  }

  get isLook(): boolean {
    return isLook(this.#name);
  }

  get isReading(): boolean {
    return this.#name === "readFormMaterials";
  }

  get wantsMaterials(): boolean {
    return this.isReading || ["giveMaterials", "evidence", "materials"].includes(this.#name);
  }

  /** Takes away what is there. */
  get clears(): boolean {
    return ["attachFolder", "forget"].includes(this.#name);
  }
}

/** Calls go one after the other: a command that waits must not meet another at the same files. */
let last: Promise<void> = Promise.resolve();
const queue: Call[] = [];
let answering: Call | undefined;
/** Takes minutes, and looks at the form once, when it begins: others are answered beside it. */
let reading: { readonly call: Call; readonly ended: Promise<void> } | undefined;

/** Milliseconds that a look waits for something more urgent: after a step most people click the next. */
const beforeLook = 250;

async function answer(call: Call): Promise<void> {
  const { id, name, parameters } = call.message;
  try {
    const answering = callsIn(call)[name] as (...parameters: readonly unknown[]) => Promise<unknown>;
    post({ kind: "answer", id, value: await answering(...parameters) });
  } catch (error) {
    if (error instanceof PutOffError) throw error;
    post({ kind: "failure", id, message: explain(error) });
  }
}

async function answerInTurn(call: Call): Promise<void> {
  if (reading && call.clears) reading.call.isCancelled = true;
  if (call.clears || call.wantsMaterials) await reading?.ended;
  if (!call.isReading) return answer(call);
  const ended = answer(call).then(() => {
    reading = undefined;
  });
  reading = { call, ended };
}

/** A look comes last, and is begun anew when it has given way. */
async function answerNext(): Promise<void> {
  const urgent = () => queue.find((each) => !each.isLook);
  if (!urgent()) await new Promise((resolve) => setTimeout(resolve, beforeLook));
  const next = urgent() ?? queue[0];
  if (!next) return;
  queue.splice(queue.indexOf(next), 1);
  answering = next;
  try {
    await answerInTurn(next);
  } catch {
    next.isPutOff = false;
    queue.push(next);
    last = last.then(answerNext);
  } finally {
    answering = undefined;
  }
  tellUnsaved();
  await saveWhenIdle();
}

/** A call that is over is not cancelled any more, and no other in its place. */
function cancel(id: number): void {
  for (const call of [answering, reading?.call, ...queue]) if (call?.message.id === id) call.isCancelled = true;
}

self.onmessage = ({ data }: MessageEvent<Supplies | CallMessage | CancelMessage>) => {
  if ("cancel" in data) {
    cancel(data.cancel);
    return;
  }
  if ("templates" in data) {
    for (const [path, content] of Object.entries(data.templates)) memoryDisk.put(`/.模板/${path}`, bytesOf(content));
    settleChanges();
    example = data.example;
    if (data.packer !== undefined) usePacker(data.packer);
    return;
  }
  const call = new Call(data);
  queue.push(call);
  if (answering?.isLook && !call.isLook) answering.isPutOff = true;
  last = last.then(answerNext);
};
