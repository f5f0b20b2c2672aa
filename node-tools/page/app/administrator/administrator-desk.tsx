import { type Dispatch, type StateUpdater, useEffect, useState } from "preact/hooks";
import type { KeptFile, RenamedFile, UndoableStep } from "../../protocol.ts";
import type { Attempt } from "../attempt.ts";
import { FileChoice } from "../file-choice.tsx";
import { chooseFiles, readDropped, type TakenFiles, tellSkipped } from "../hand-over.ts";
import { RunProgress } from "../materials/material-findings.tsx";
import { Outcome } from "../outcome.tsx";
import { begin, remote } from "../remote.ts";
import { type CommandOptions, type Done, isOutdated, type Runs } from "../runs.ts";
import { Conflicts, Remedies, Said } from "../said.tsx";
import { Shown } from "../shown.tsx";
import { ActionForm } from "./action-form.tsx";
import { AnonymousMaterials, materialsKey } from "./anonymous-materials.tsx";
import { AwardViews, views } from "./award-views.tsx";
import { CaseSearch } from "./case-search.tsx";
import { Files, MadeFiles } from "./files.tsx";
import { EvidenceFindings, evidence, MaterialsStep } from "./materials-step.tsx";
import { NoticeView } from "./notice-view.tsx";
import { Operator } from "./operator.tsx";
import { Overview, type Status } from "./overview.tsx";
import { RulingForm } from "./ruling-form.tsx";
import { StatisticsView } from "./statistics-view.tsx";
import {
  type Action,
  folderOf,
  inWordsOfThePage,
  noticesIn,
  type Step,
  stepOfAction,
  steps,
  withUnits,
  workbooksIn,
} from "./steps.ts";

const newWorkbook = "评案簿.xlsx";

/** 建簿 asks by which notice, where there is more than the one that comes with the page. */
function withNotices(action: Action, files: readonly KeptFile[]): Action {
  const notices = noticesIn(files);
  if (notices.length === 0) return action;
  const choices = [{ value: "", label: "随程序附带的通知" }, ...notices];
  return { ...action, fields: [{ name: "notice", label: "按哪份通知", kind: "choice", choices }] };
}

/** A result, and of anonymous materials all that has been told of them, whatever else is done in the step. */
function keep(results: Runs["results"], key: string, action: Action, done: Done): Runs["results"] {
  if (!action.stays) return { ...results, [key]: done };
  const { [action.stays.with]: earlier } = results;
  const told = { ...(action.stays.adds ? (earlier?.result as object) : undefined), ...(done.result as object) };
  return { ...results, [key]: done, [action.stays.with]: { ...done, result: told } };
}

/** Key of the view of next year's notice. */
const noticeKey = "notice";

function NoticeButton({ chosen, choose }: { readonly chosen: string | undefined; choose(key: string): void }) {
  return (
    <button type="button" aria-current={chosen === noticeKey ? "page" : undefined} onClick={() => choose(noticeKey)}>
      明年的通知
    </button>
  );
}

export function AdministratorDesk(props: {
  readonly files: readonly KeptFile[];
  changed(): Promise<void>;
  attempt: Attempt;
  tell(lines: readonly string[], renamed?: readonly RenamedFile[]): void;
  readonly runs: Runs;
  readonly setRuns: Dispatch<StateUpdater<Runs>>;
}) {
  const { files, changed, attempt, tell, setRuns } = props;
  const { chosen, busy, cancel, results } = props.runs;
  const setChosen = (key: string | undefined) => {
    if (key !== chosen) scrollTo(0, 0);
    setRuns((before) => ({ ...before, chosen: key }));
  };
  const books = workbooksIn(files);
  const [book, setBook] = useState<string>();
  /** What was said is of the other one. */
  const choose = (path: string) => {
    setBook(path);
    setRuns((before) => ({ ...before, results: {} }));
  };
  const { path } = books.find((each) => each.path === book) ?? books[0] ?? { path: undefined };
  const [status, setStatus] = useState<Status>();
  /** What the workbooks were when it was looked at. */
  const [lookedAt, setLookedAt] = useState("");
  /** Why there is none. */
  const [noStatus, setNoStatus] = useState<readonly string[]>([]);
  // Of both workbooks: most steps write the second alone.
  const stamp = files
    .filter(({ kind }) => kind === "application" || kind === "review")
    .map((file) => `${file.path} ${file.mtimeMs}`)
    .join();

  const workbooks = `${path} ${stamp}`;
  const [toUndo, setToUndo] = useState<UndoableStep>();

  useEffect(() => {
    setStatus(undefined);
    setToUndo(undefined);
    setNoStatus([]);
  }, [path]);
  useEffect(() => {
    if (path === undefined) return;
    // An award that was looked at before may answer later.
    let isLeft = false;
    // What cannot be read says so when it is to be taken back.
    remote.stepToUndo(path).then(
      (step) => isLeft || setToUndo(step),
      () => setToUndo(undefined),
    );
    const show = (now: Status | undefined, none: readonly string[]) => {
      if (isLeft) return;
      setStatus(now);
      setLookedAt(stamp);
      setNoStatus(none);
    };
    remote.run("status", [path], {}).then(
      ({ code, result, warned }) => show(code === 0 ? (result as Status) : undefined, code === 0 ? [] : warned),
      (error: Error) => show(undefined, [error.message]),
    );
    return () => {
      isLeft = true;
    };
  }, [path, stamp]);

  const home = folderOf(path);
  const next = path === undefined ? "init" : status && stepOfAction[status.next];
  const view = (Object.keys(views) as (keyof typeof views)[]).find((key) => key === chosen);
  const current =
    view || chosen === noticeKey
      ? undefined
      : (steps.find(({ key }) => key === (chosen ?? next ?? "import")) ?? steps[0]);
  const nextAt = steps.findIndex(({ key }) => key === next);
  const isDone = ({ optional }: Step, at: number) =>
    at < nextAt && (optional === undefined || files.some((file) => optional.test(file.path)));

  const run = (
    key: string,
    action: Action,
    operands: readonly string[],
    options: CommandOptions,
    /** The shared workbook. */
    at = path ?? newWorkbook,
  ) =>
    attempt(async () => {
      // What comes next is offered, not gone to: first one reads what was said.
      if (key !== "undo") setChosen(key);
      try {
        const { out, ...others } = action.options ?? {};
        const given = { ...others, ...(out && { out: out.map((folder) => `/${home}${folder}`) }), ...options };
        const show = (step: string) => setRuns((before) => ({ ...before, busy: step }));
        const { answer, cancel } = begin(show, "run", action.command, [at, ...operands], given);
        setRuns((before) => ({ ...before, busy: "开始", cancel }));
        const result = await answer;
        const { "dry-run": isTried, ...forGood } = options;
        const apply = () => run(key, action, operands, forGood, at);
        const done: Done = { ...result, label: action.label, options: given, apply, triedOn: isTried && workbooks };
        // What was said before tells of what is no longer there once a step is taken back.
        const isTakenBack = action.command === "undo" && result.code === 0;
        setRuns((before) => ({ ...before, results: keep(isTakenBack ? {} : before.results, key, action, done) }));
        await changed();
      } finally {
        setRuns((before) => ({ ...before, busy: "", cancel: undefined }));
      }
    });
  const take = async (folder: string, { given, skipped }: TakenFiles) => {
    const renamed = await remote.put(given.map((file) => ({ ...file, path: `${home}${folder}/${file.path}` })));
    tell(tellSkipped(skipped), renamed);
    await changed();
  };
  /** Next year's workbook lies in a folder of its own beside this year's. */
  const beginAward = async (folder: string, id: string) => {
    const at = path === undefined ? newWorkbook : `${id}/${newWorkbook}`;
    await run("init", { label: "建簿", command: "init", purpose: "" }, [], { notice: [`/${folder}`] }, at);
    setBook(at);
  };
  const undo = () => run("undo", { label: "撤销", command: "undo", purpose: "" }, [], {});

  return (
    <div class="administrator">
      <nav class="rail" aria-label="步骤">
        <ol>
          {steps.map((step, i) => {
            const { key, title } = step;
            const done = isDone(step, i);
            return (
              <li key={key} class={done ? "done" : i === nextAt ? "next" : ""}>
                <button
                  type="button"
                  aria-current={key === current?.key ? "step" : undefined}
                  onClick={() => setChosen(key)}
                >
                  <span class="mark" aria-hidden="true">
                    {done ? "✓" : i + 1}
                  </span>
                  {title}
                  {i === nextAt && <span class="hint">下一步</span>}
                </button>
              </li>
            );
          })}
        </ol>
        <button
          type="button"
          class="undo"
          disabled={path === undefined || busy !== ""}
          aria-describedby="to-undo"
          onClick={undo}
        >
          撤销上一步
        </button>
        <span id="to-undo" class="soft">
          {toUndo && (
            <>
              上一步是“{toUndo.action}”，<span class="place">{toUndo.time.slice(0, 16)}</span>
            </>
          )}
        </span>
        {results.undo && <Said result={results.undo} />}
        <Operator />
      </nav>
      <div class="work">
        {path !== undefined && <FileChoice label="申报工作簿" files={books} path={path} choose={choose} />}
        {path === undefined ? (
          <nav class="views" aria-label="查看">
            <NoticeButton chosen={chosen} choose={setChosen} />
          </nav>
        ) : (
          <CaseSearch key={path} path={path} attempt={attempt}>
            <nav class="views" aria-label="查看">
              <NoticeButton chosen={chosen} choose={setChosen} />
              {Object.entries(views).map(([key, title]) => (
                <button
                  key={key}
                  type="button"
                  aria-current={key === chosen ? "page" : undefined}
                  onClick={() => setChosen(key)}
                >
                  {title}
                </button>
              ))}
            </nav>
          </CaseSearch>
        )}
        {path !== undefined && noStatus.length === 0 && <Overview status={status} isOld={lookedAt !== stamp} />}
        {noStatus.map((line) => (
          <p key={line} class="fault">
            {inWordsOfThePage(line)}
          </p>
        ))}
        {chosen === noticeKey && (
          <NoticeView
            key={path}
            path={path}
            busy={busy !== ""}
            attempt={attempt}
            changed={changed}
            begin={beginAward}
          />
        )}
        {view === "statistics" && path !== undefined && (
          <StatisticsView key={path} path={path} stamp={stamp} attempt={attempt} />
        )}
        {view && view !== "statistics" && path !== undefined && (
          <AwardViews key={path} view={view} path={path} stamp={stamp} attempt={attempt} />
        )}
        {current && (
          <StepPage
            key={current.key}
            step={current}
            files={files}
            path={path}
            stamp={stamp}
            attempt={attempt}
            changed={changed}
            units={status?.units.map(({ unit }) => unit) ?? []}
            busy={busy}
            cancel={cancel}
            result={results[current.key]}
            materials={results[materialsKey]}
            workbooks={workbooks}
            forget={() =>
              setRuns(({ results: { [current.key]: _, ...others }, ...rest }) => ({ ...rest, results: others }))
            }
            next={steps[nextAt] === current ? undefined : steps[nextAt]}
            goOn={() => setChosen(next)}
            goTo={setChosen}
            run={(action, operands, options) => run(current.key, action, operands, options)}
            give={(folder) =>
              attempt(async () => {
                await take(folder, await chooseFiles());
              })
            }
            drop={(folder, transfer) =>
              attempt(async () => {
                await take(folder, await readDropped(transfer));
              })
            }
          />
        )}
        {current && <Files files={files} attempt={attempt} />}
      </div>
    </div>
  );
}

function StepPage(props: {
  readonly step: Step;
  readonly files: readonly KeptFile[];
  /** Of the shared workbook. */
  readonly path: string | undefined;
  readonly stamp: string;
  readonly attempt: Attempt;
  changed(): Promise<void>;
  /** Of the award. */
  readonly units: readonly string[];
  readonly busy: string;
  readonly cancel: (() => void) | undefined;
  readonly result: Done | undefined;
  /** What has been told of anonymous materials. */
  readonly materials: Done | undefined;
  /** As they are now. */
  readonly workbooks: string;
  /** Puts the result away. */
  forget(): void;
  readonly next: Step | undefined;
  goOn(): void;
  goTo(key: string): void;
  run(action: Action, operands: readonly string[], options: CommandOptions): Promise<unknown>;
  give(folder: string): Promise<unknown>;
  drop(folder: string, transfer: DataTransfer): Promise<unknown>;
}) {
  const {
    step,
    files,
    path,
    stamp,
    attempt,
    changed,
    units,
    busy,
    cancel,
    workbooks,
    forget,
    next,
    goOn,
    goTo,
    run,
    give,
    drop,
  } = props;
  const [values, setValues] = useState<Readonly<Record<string, string>>>({});
  const hasWorkbook = path !== undefined;
  const isPast = props.result !== undefined && isOutdated(props.result, workbooks);
  const result = isPast ? undefined : props.result;
  return (
    <section class="step" aria-label={step.title}>
      <h2>{step.title}</h2>
      {step.key === "rule" && path !== undefined && (
        <RulingForm key={path} path={path} stamp={stamp} attempt={attempt} changed={changed} />
      )}
      {step.key === "evidence" && path !== undefined && (
        <MaterialsStep attempt={attempt} disabled={busy !== ""} run={() => run(evidence, [], { files: ["/材料"] })} />
      )}
      {step.key === "packets" && path !== undefined && (
        <AnonymousMaterials
          attempt={attempt}
          disabled={busy !== ""}
          home={folderOf(path)}
          result={props.materials}
          run={(action, options) => run(action, [], options)}
        />
      )}
      {step.actions.map((action) => (
        <ActionForm
          key={action.label}
          action={withUnits(action.begins ? withNotices(action, files) : action, units)}
          files={files}
          home={folderOf(path)}
          disabled={busy !== "" || hasWorkbook === (action.begins === true)}
          why={
            action.begins && hasWorkbook
              ? "已经有申报工作簿了。"
              : !action.begins && !hasWorkbook
                ? "请先“建簿”，或把已有的评案簿拖进来。"
                : ""
          }
          values={values}
          change={(name, value) => setValues((before) => ({ ...before, [name]: value }))}
          run={(operands, options) => run(action, operands, options)}
          give={give}
          drop={drop}
        />
      ))}
      {busy !== "" && <RunProgress step={busy === "开始" ? "运行" : busy} cancel={cancel} />}
      {isPast && busy === "" && <p class="soft">先看的结果是按工作簿原来的内容算的，此后工作簿有改动，请再看一次。</p>}
      {result && busy === "" && (
        <Outcome result={result}>
          <Said result={result}>
            <MadeFiles result={result} files={files} attempt={attempt} />
          </Said>
          {step.key === "evidence" && <EvidenceFindings result={result} />}
          {result.shown && path !== undefined && (
            <Shown shown={result.shown} path={path} apply={result.apply} close={forget} />
          )}
          <Conflicts
            result={result}
            accept={(file) => {
              const collect = step.actions.find(({ command }) => command === "collect");
              if (collect) void run(collect, [file], { ...result.options, accept: [`/${file}`] });
            }}
          />
          <Remedies result={result} goTo={goTo} />
          {next && (
            <p class="go-on">
              <button type="button" onClick={goOn}>
                下一步：{next.title}
              </button>
            </p>
          )}
        </Outcome>
      )}
    </section>
  );
}
