import { useEffect, useLayoutEffect, useState } from "preact/hooks";
import { remedyOf } from "../browser-fault.ts";
import type { Desk, FileKind, KeptFile, RenamedFile } from "../protocol.ts";
import { AdministratorDesk } from "./administrator/administrator-desk.tsx";
import { forgetOperator } from "./administrator/operator.tsx";
import { inWordsOfThePage } from "./administrator/steps.ts";
import { DeskHelp } from "./desk-help.tsx";
import { ExpertDesk } from "./expert-desk.tsx";
import { withoutBackups } from "./file-choice.tsx";
import { chooseFolder, handOver, type TakenFiles, tellRenamed, tellSkipped } from "./hand-over.ts";
import { isAtWork, onTrouble, remote } from "./remote.ts";
import { noRuns, type Runs } from "./runs.ts";
import { Start } from "./start.tsx";
import { UnitDesk } from "./unit/unit-desk.tsx";

/** The desk for what was opened: a workbook comes before a score sheet, a score sheet before everything else. */
function deskFor(files: readonly KeptFile[]): Desk {
  const kinds = new Set<FileKind>(files.map(({ kind }) => kind));
  if (kinds.has("application") || kinds.has("review")) return "administrator";
  if (kinds.has("scoreSheet")) return "expert";
  if (files.length > 0 && files.every(({ kind }) => kind === "unitForm")) return "unit";
  return files.length > 0 ? "administrator" : "start";
}

/** What is said until somebody has read it. */
interface Told {
  readonly lines: readonly string[];
  /** Files that may take the place of those whose names they bore. */
  readonly renamed: readonly RenamedFile[];
}

export function App() {
  const [desk, setDesk] = useState<Desk>("start");
  const [files, setFiles] = useState<readonly KeptFile[]>([]);
  const [folder, setFolder] = useState<FileSystemDirectoryHandle>();
  /** Path of the 填报表 that the unit's desk works at, once one has been chosen. */
  const [chosenForm, setForm] = useState<string>();
  /** How many folders have been read: what was open in one is open no longer. */
  const [readings, setReadings] = useState(0);
  const [fault, setFault] = useState("");
  const [saved, setSaved] = useState(true);
  const [hasHelp, setHelp] = useState(false);
  const [runs, setRuns] = useState<Runs>(noRuns);
  const [told, setTold] = useState<Told>({ lines: [], renamed: [] });

  const tell = (lines: readonly string[], renamed: readonly RenamedFile[] = []) =>
    setTold({ lines: [...tellRenamed(renamed), ...lines], renamed });
  const showFault = (message: string) => {
    setFault(inWordsOfThePage(message));
    // What failed may not have reached the disk.
    setSaved(false);
  };
  const attempt = async (work: () => Promise<void>) => {
    setFault("");
    try {
      await work();
      return true;
    } catch (error) {
      if (error instanceof DOMException) showFault(`没有做成：${remedyOf(error)}。`);
      else showFault(error instanceof Error ? error.message : String(error));
      return false;
    }
  };
  const refresh = async () => {
    const now = await remote.list();
    setFiles(now);
    return now;
  };
  const take = ({ given, skipped }: TakenFiles) =>
    attempt(async () => {
      tell(tellSkipped(skipped));
      if (given.length === 0) return;
      const renamed = await remote.put(given);
      tell(tellSkipped(skipped), renamed);
      const came = new Set([...given, ...renamed].map(({ path }) => path));
      const taken = (await refresh()).filter(({ path }) => came.has(path));
      setForm((before) => taken.find(({ kind }) => kind === "unitForm")?.path ?? before);
      setDesk(deskFor(taken));
      setSaved(folder !== undefined);
    });
  const replace = (renamed: readonly RenamedFile[]) =>
    attempt(async () => {
      await remote.replace(renamed);
      tell([`已换成新来的：${renamed.map(({ name }) => name).join("、")}。原来的留作 .bak。`]);
      setSaved(folder !== undefined);
      await refresh();
      // What was open of them is open no longer.
      setReadings((before) => before + 1);
    });
  const openFolder = (again?: FileSystemDirectoryHandle) =>
    attempt(async () => {
      const chosen = again ?? (await chooseFolder("readwrite"));
      if (!chosen) return;
      if (!saved && !confirm("还有没保存的内容，打开文件夹以后就不在页面上了。要继续吗？")) return;
      const skipped = await remote.attachFolder(chosen, !saved);
      setFolder(chosen);
      setReadings((before) => before + 1);
      setRuns(noRuns);
      setSaved(true);
      tell(tellSkipped(skipped));
      const now = await refresh();
      setDesk(now.length > 0 ? deskFor(now) : "administrator");
    });
  const saveAll = () =>
    attempt(async () => {
      handOver("评案簿.zip", await remote.zip());
      setSaved(true);
    });
  const forget = () =>
    attempt(async () => {
      if (!confirm("将从这台电脑的浏览器里清除本页的全部文件。没有另存的内容会丢失。要继续吗？")) return;
      await remote.forget();
      await forgetOperator();
      setRuns(noRuns);
      setFolder(undefined);
      setFiles([]);
      tell([]);
      setSaved(true);
      setDesk("start");
    });
  const changed = async () => {
    await refresh();
    if (folder === undefined) setSaved(false);
  };

  useEffect(() => {
    // What the browser has kept is there before anything new can be written over it.
    void attempt(async () => {
      if (await remote.restoreKept()) setSaved(false);
      await refresh();
    });
  }, []);
  useEffect(() => onTrouble(showFault), []);
  // At once: whoever closes the page right after saving is not asked.
  useLayoutEffect(() => {
    const warn = (event: BeforeUnloadEvent) => {
      if (!saved || isAtWork()) event.preventDefault();
    };
    addEventListener("beforeunload", warn);
    return () => removeEventListener("beforeunload", warn);
  }, [saved]);

  const forms = withoutBackups(files.filter(({ kind }) => kind === "unitForm"));
  const form = (forms.find(({ path }) => path === chosenForm) ?? forms[0])?.path;

  return (
    <div class="page">
      <header class="bar">
        <h1>评案簿</h1>
        <span class="soft">
          {folder === undefined
            ? "文件只在这台电脑的浏览器里，不联网"
            : `文件夹「${folder.name}」，改动随时写入，不联网`}
        </span>
        <span class="spring" />
        {desk !== "start" && (
          <>
            {(folder === undefined || !saved) && (
              <button type="button" class={saved ? "" : "primary"} onClick={saveAll}>
                保存全部（.zip）
              </button>
            )}
            {folder && (
              <button type="button" disabled={runs.busy !== ""} onClick={() => openFolder(folder)}>
                重新读取文件夹
              </button>
            )}
            <button type="button" onClick={() => setDesk("start")}>
              换一件事
            </button>
          </>
        )}
        {files.length > 0 && (
          <button type="button" disabled={runs.busy !== ""} onClick={forget}>
            清除本机痕迹
          </button>
        )}
        <button type="button" onClick={() => setHelp(true)}>
          帮助
        </button>
      </header>
      {hasHelp && <DeskHelp desk={desk} form={desk === "unit" ? form : undefined} close={() => setHelp(false)} />}
      {fault !== "" && (
        <p class="fault" role="alert">
          {fault}
        </p>
      )}
      {told.lines.length > 0 && (
        <div class="told" role="status">
          {told.lines.map((line, i) => (
            <p key={`${i}${line}`}>{line}</p>
          ))}
          {told.renamed.length > 0 && (
            <button type="button" class="primary" disabled={runs.busy !== ""} onClick={() => replace(told.renamed)}>
              改用新来的
            </button>
          )}
          <button type="button" onClick={() => tell([])}>
            {told.renamed.length > 0 ? "都留着" : "知道了"}
          </button>
        </div>
      )}
      <main>
        {desk === "start" && (
          <Start
            files={files}
            take={take}
            openFolder={() => openFolder()}
            resume={(now) => setDesk(deskFor(now))}
            refresh={refresh}
            attempt={attempt}
            tell={tell}
            forget={forget}
            begin={() => setDesk("administrator")}
          />
        )}
        {desk === "administrator" && (
          <AdministratorDesk
            files={files}
            changed={changed}
            attempt={attempt}
            tell={tell}
            runs={runs}
            setRuns={setRuns}
          />
        )}
        {desk === "unit" && (
          <UnitDesk key={readings} forms={forms} path={form} choose={setForm} changed={changed} attempt={attempt} />
        )}
        {desk === "expert" && <ExpertDesk key={readings} files={files} changed={changed} attempt={attempt} />}
      </main>
    </div>
  );
}
