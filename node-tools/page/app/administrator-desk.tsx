import { useEffect, useState } from "preact/hooks";
import type { CommandResult, GivenFile, KeptFile } from "../protocol.ts";
import type { Attempt } from "./attempt.ts";
import { CaseSearch } from "./case-search.tsx";
import { FileChoice } from "./file-choice.tsx";
import { askRuleNames, FindingsTable, type FoundFinding } from "./findings-table.tsx";
import { chooseFiles, handOver, readDropped, tellRenamed } from "./hand-over.ts";
import { MaterialsStep } from "./materials-step.tsx";
import { type Reminder, Reminders } from "./reminders.tsx";
import { cancelRun, onStep, remote } from "./remote.ts";
import { RulingForm } from "./ruling-form.tsx";
import { ScrollTable } from "./scroll-table.tsx";
import {
  type Action,
  type Field,
  folderOf,
  folders,
  inputsFor,
  inWordsOfThePage,
  type Step,
  stepOfAction,
  steps,
  workbooksIn,
} from "./steps.ts";

/** What `casebook status --json` says. */
interface Status {
  readonly stage: string;
  readonly open: readonly { readonly message: string; readonly details: readonly string[] }[];
  readonly units: readonly {
    readonly unit: string;
    readonly submissions: number;
    readonly recommended: number;
    readonly experts: number;
    readonly liaisons: number;
    readonly sealed: boolean;
    readonly silent: boolean;
    readonly missing: readonly string[];
  }[];
  readonly next: string;
}

const newWorkbook = "评案簿.xlsx";

export function AdministratorDesk(props: {
  readonly files: readonly KeptFile[];
  changed(): Promise<void>;
  attempt: Attempt;
  tell(lines: readonly string[]): void;
}) {
  const { files, changed, attempt, tell } = props;
  const books = workbooksIn(files);
  const [book, setBook] = useState<string>();
  const { path } = books.find((each) => each.path === book) ?? books[0] ?? { path: undefined };
  const [status, setStatus] = useState<Status>();
  /** Why there is none. */
  const [noStatus, setNoStatus] = useState<readonly string[]>([]);
  const [chosen, setChosen] = useState<string>();
  const [busy, setBusy] = useState("");
  const [results, setResults] = useState<Readonly<Record<string, CommandResult>>>({});
  // Of both workbooks: most steps write the second alone.
  const stamp = files
    .filter(({ kind }) => kind === "application" || kind === "review")
    .map((file) => `${file.path} ${file.mtimeMs}`)
    .join();

  useEffect(() => void askRuleNames(), []);
  useEffect(() => onStep((name) => setBusy((before) => (before === "" ? "" : name))), []);
  useEffect(() => {
    if (path === undefined) {
      setStatus(undefined);
      return;
    }
    remote.run("status", [path], {}).then(
      ({ code, result, warned }) => {
        setStatus(code === 0 ? (result as Status) : undefined);
        setNoStatus(code === 0 ? [] : warned);
      },
      (error: Error) => setNoStatus([error.message]),
    );
  }, [path, stamp]);

  const home = folderOf(path);
  const next = path === undefined ? "init" : status && stepOfAction[status.next];
  const current = steps.find(({ key }) => key === (chosen ?? next ?? "import")) ?? steps[0];
  const nextAt = steps.findIndex(({ key }) => key === next);

  const run = (key: string, action: Action, operands: readonly string[], options: CommandResultOptions) =>
    attempt(async () => {
      setBusy("开始");
      // What comes next is offered, not gone to: first one reads what was said.
      if (key !== "undo") setChosen(key);
      try {
        const { out, ...others } = action.options ?? {};
        const given = { ...others, ...(out && { out: out.map((folder) => `/${home}${folder}`) }), ...options };
        const result = await remote.run(action.command, [path ?? newWorkbook, ...operands], given);
        setResults((before) => ({ ...before, [key]: result }));
        await changed();
      } finally {
        setBusy("");
      }
    });
  const take = async (folder: string, given: readonly GivenFile[]) => {
    tell(tellRenamed(await remote.put(given.map((file) => ({ ...file, path: `${home}${folder}/${file.path}` })))));
    await changed();
  };
  const undo = () => run("undo", { label: "撤销", command: "undo", purpose: "" }, [], {});

  return (
    <div class="administrator">
      <nav class="rail" aria-label="步骤">
        <ol>
          {steps.map(({ key, title }, i) => (
            <li key={key} class={i < nextAt ? "done" : i === nextAt ? "next" : ""}>
              <button
                type="button"
                aria-current={key === current?.key ? "step" : undefined}
                onClick={() => setChosen(key)}
              >
                <span class="mark" aria-hidden="true">
                  {i < nextAt ? "✓" : i + 1}
                </span>
                {title}
                {i === nextAt && <span class="hint">下一步</span>}
              </button>
            </li>
          ))}
        </ol>
        <button type="button" disabled={path === undefined || busy !== ""} onClick={undo}>
          撤销上一步
        </button>
        {results.undo && <Said result={results.undo} />}
      </nav>
      <div class="work">
        {path !== undefined && <FileChoice label="申报工作簿" files={books} path={path} choose={setBook} />}
        {path !== undefined && <CaseSearch key={path} path={path} attempt={attempt} />}
        {status && <Overview status={status} />}
        {noStatus.map((line) => (
          <p key={line} class="fault">
            {inWordsOfThePage(line)}
          </p>
        ))}
        {current && (
          <StepPage
            key={current.key}
            step={current}
            files={files}
            path={path}
            attempt={attempt}
            changed={changed}
            busy={busy}
            result={results[current.key]}
            next={steps[nextAt] === current ? undefined : steps[nextAt]}
            goOn={() => setChosen(next)}
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
        {status && <Units status={status} />}
        <Files files={files} attempt={attempt} />
      </div>
    </div>
  );
}

type CommandResultOptions = Readonly<Record<string, readonly string[]>>;

function Overview({ status }: { readonly status: Status }) {
  return (
    <section class="overview" aria-label="进度">
      <span class="stage">{status.stage}</span>
      {status.open.length === 0 ? (
        <span class="good">没有未了的事项</span>
      ) : (
        <ul>
          {status.open.map(({ message }) => (
            <li key={message}>{message}</li>
          ))}
        </ul>
      )}
    </section>
  );
}

function StepPage(props: {
  readonly step: Step;
  readonly files: readonly KeptFile[];
  /** Of the shared workbook. */
  readonly path: string | undefined;
  readonly attempt: Attempt;
  changed(): Promise<void>;
  readonly busy: string;
  readonly result: CommandResult | undefined;
  readonly next: Step | undefined;
  goOn(): void;
  run(action: Action, operands: readonly string[], options: CommandResultOptions): Promise<unknown>;
  give(folder: string): Promise<unknown>;
  drop(folder: string, transfer: DataTransfer): Promise<unknown>;
}) {
  const { step, files, path, attempt, changed, busy, result, next, goOn, run, give, drop } = props;
  const hasWorkbook = path !== undefined;
  return (
    <section class="step" aria-label={step.title}>
      <h2>{step.title}</h2>
      {step.key === "rule" && path !== undefined && (
        <RulingForm key={path} path={path} attempt={attempt} changed={changed} />
      )}
      {step.key === "evidence" && path !== undefined && (
        <MaterialsStep key={path} path={path} attempt={attempt} changed={changed} />
      )}
      {step.actions.map((action) => (
        <ActionForm
          key={action.label}
          action={action}
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
          run={(operands, options) => run(action, operands, options)}
          give={give}
          drop={drop}
        />
      ))}
      {busy !== "" && (
        <p class="busy">
          <span role="status">正在{busy === "开始" ? "运行" : busy}……</span>{" "}
          <button type="button" onClick={cancelRun}>
            取消
          </button>
        </p>
      )}
      {result && busy === "" && <Said result={result} />}
      {result && busy === "" && (
        <Conflicts
          result={result}
          accept={(file) => {
            const collect = step.actions.find(({ command }) => command === "collect");
            if (collect) void run(collect, [file], { accept: [`/${file}`] });
          }}
        />
      )}
      {result && busy === "" && next && (
        <p class="go-on">
          <button type="button" onClick={goOn}>
            下一步：{next.title}
          </button>
        </p>
      )}
    </section>
  );
}

function ActionForm(props: {
  readonly action: Action;
  readonly files: readonly KeptFile[];
  /** The folder of the award. */
  readonly home: string;
  readonly disabled: boolean;
  readonly why: string;
  run(operands: readonly string[], options: CommandResultOptions): Promise<unknown>;
  give(folder: string): Promise<unknown>;
  drop(folder: string, transfer: DataTransfer): Promise<unknown>;
}) {
  const { action, files, home, disabled, why, run, give, drop } = props;
  const [values, setValues] = useState<Readonly<Record<string, string>>>({});
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const inputs = action.takes ? inputsFor(action, files, home) : [];
  const taken = inputs.filter(({ path }) => !left.has(path)).map(({ path }) => path);
  const options = (): Record<string, string[]> =>
    Object.fromEntries(Object.entries(values).flatMap(([name, value]) => (value === "" ? [] : [[name, [value]]])));
  const folder = action.takes;
  return (
    <form
      class="action"
      onSubmit={(event) => {
        event.preventDefault();
        void run(taken, options());
      }}
    >
      <p>{action.purpose}</p>
      {folder && (
        <div class="inputs">
          {/* biome-ignore lint/a11y/noStaticElementInteractions: the button inside does the same without a mouse */}
          <div
            class="drop small"
            onDragOver={(event) => event.preventDefault()}
            onDrop={(event) => {
              event.preventDefault();
              if (event.dataTransfer) void drop(folder, event.dataTransfer);
            }}
          >
            把{folder === folders.returned ? "专家交回的评分表" : "收到的文件"}拖到这里，或
            <button type="button" class="quiet" onClick={() => give(folder)}>
              选择文件
            </button>
          </div>
          {inputs.length > 0 && (
            <details open={inputs.length <= 12}>
              <summary>
                将收下 {taken.length} 个文件{left.size > 0 ? `，不收 ${inputs.length - taken.length} 个` : ""}
              </summary>
              <ul class="ticks">
                {inputs.map(({ path }) => (
                  <li key={path}>
                    <label>
                      <input
                        type="checkbox"
                        checked={!left.has(path)}
                        onChange={() => {
                          const now = new Set(left);
                          if (!now.delete(path)) now.add(path);
                          setLeft(now);
                        }}
                      />
                      {path}
                    </label>
                  </li>
                ))}
              </ul>
            </details>
          )}
        </div>
      )}
      {(action.fields ?? []).map((field) => (
        <SettingField
          key={field.name}
          field={field}
          value={values[field.name] ?? ""}
          change={(value) => setValues({ ...values, [field.name]: value })}
        />
      ))}
      <div class="buttons">
        {action.canPreview && (
          <button
            type="button"
            disabled={disabled}
            onClick={() => void run(taken, { ...options(), "dry-run": ["true"] })}
          >
            先看结果，不写入
          </button>
        )}
        <button type="submit" class="primary" disabled={disabled || (folder !== undefined && taken.length === 0)}>
          {action.label}
        </button>
        {why !== "" && <span class="soft">{why}</span>}
      </div>
    </form>
  );
}

function SettingField(props: { readonly field: Field; readonly value: string; change(value: string): void }) {
  const { field, value, change } = props;
  const { label, kind, help } = field;
  const words = (
    <>
      {label}
      {help ? <span class="soft">（{help}）</span> : null}
    </>
  );
  if (kind === "switch")
    return (
      <label class="switch">
        <input
          type="checkbox"
          checked={value !== ""}
          onChange={(event) => change(event.currentTarget.checked ? "true" : "")}
        />
        {words}
      </label>
    );
  return (
    <label class="field">
      {words}
      <input type={kind} value={value} onChange={(event) => change(event.currentTarget.value)} />
    </label>
  );
}

interface Conflict {
  readonly submission: string;
  readonly expert: string;
  readonly kept: string;
  readonly offered: string;
  /** Of the file in the work folder. */
  readonly path?: string;
  readonly disputed?: boolean;
}

/** Two versions of a score: somebody says which holds. */
function Conflicts(props: { readonly result: CommandResult; accept(path: string): void }) {
  const { result, accept } = props;
  const { conflicts } = (result.result ?? {}) as { readonly conflicts?: readonly Conflict[] };
  const open = (conflicts ?? []).filter(({ path, disputed }) => path !== undefined && !disputed);
  if (open.length === 0) return null;
  return (
    <ScrollTable label="不一致的评分">
      <thead>
        <tr>
          <th>案例</th>
          <th>专家</th>
          <th>已收</th>
          <th>这次交来</th>
          <th>以哪个为准</th>
        </tr>
      </thead>
      <tbody>
        {open.map(({ submission, expert, kept, offered, path = "" }) => (
          <tr key={`${submission}${expert}${path}`}>
            <th scope="row">{submission}</th>
            <td>{expert}</td>
            <td>{kept}</td>
            <td>{offered}</td>
            <td>
              <button type="button" onClick={() => accept(path.replace(/^\//, ""))}>
                整份改以这次交来的为准
              </button>
            </td>
          </tr>
        ))}
      </tbody>
    </ScrollTable>
  );
}

/** What a command has said, with a table where it found things. */
function Said({ result }: { readonly result: CommandResult }) {
  const { code, said, warned, written } = result;
  const { findings, units, experts } = (result.result ?? {}) as {
    readonly findings?: readonly FoundFinding[];
    readonly units?: readonly Reminder[];
    readonly experts?: readonly Reminder[];
  };
  const reminders = (all: readonly Reminder[] | undefined) => (all ?? []).filter(({ text }) => text !== undefined);
  const shown = written.filter((path) => !/\.(bak|备份|档案)[./]/.test(path));
  return (
    <div class={code > 1 ? "said failed" : "said"} role={code > 1 ? "alert" : "status"}>
      {[...warned, ...said].map((line, i) => (
        <p key={`${i}${line}`}>{inWordsOfThePage(line)}</p>
      ))}
      {shown.length > 0 && <p class="soft">已写入 {shown.length} 个文件，见下面的“文件”。</p>}
      <Reminders title="发给各单位的话" reminders={reminders(units)} />
      <Reminders title="发给各专家的话" reminders={reminders(experts)} />
      {findings && findings.length > 0 && <FindingsTable findings={findings} />}
    </div>
  );
}

function Units({ status: { units } }: { readonly status: Status }) {
  if (units.length === 0) return null;
  return (
    <details class="panel">
      <summary>各单位（{units.length}）</summary>
      <ScrollTable label="各单位">
        <thead>
          <tr>
            <th>单位</th>
            <th>案例</th>
            <th>推荐</th>
            <th>专家</th>
            <th>联络员</th>
            <th>盖章件</th>
            <th>还差什么</th>
          </tr>
        </thead>
        <tbody>
          {units.map((each) => (
            <tr key={each.unit} class={each.silent ? "silent" : ""}>
              <th scope="row">{each.unit}</th>
              <td class="number">{each.submissions}</td>
              <td class="number">{each.recommended}</td>
              <td class="number">{each.experts}</td>
              <td class="number">{each.liaisons}</td>
              <td>{each.sealed ? "已收" : "未收"}</td>
              <td>{each.silent ? "什么都没有报" : each.missing.join("；")}</td>
            </tr>
          ))}
        </tbody>
      </ScrollTable>
    </details>
  );
}

function Files({ files, attempt }: { readonly files: readonly KeptFile[]; readonly attempt: Attempt }) {
  const shown = files.filter(({ path }) => !/\.(bak|备份|档案)[./]/.test(path));
  if (shown.length === 0) return null;
  const folderOf = (path: string) => path.slice(0, Math.max(0, path.lastIndexOf("/")));
  const groups = [...new Set(shown.map(({ path }) => folderOf(path)))];
  const save = (path: string) => attempt(async () => handOver(path, await remote.read(path)));
  return (
    <details class="panel" open>
      <summary>文件（{shown.length}）</summary>
      {groups.map((group) => {
        const own = shown.filter(({ path }) => folderOf(path) === group);
        return (
          <details key={group} class="group" open={group === ""}>
            <summary>
              {group === "" ? "工作簿等" : group}（{own.length}）
            </summary>
            <ul class="files">
              {own.map(({ path, size }) => (
                <li key={path}>
                  <button type="button" class="quiet" onClick={() => save(path)}>
                    {path.slice(group === "" ? 0 : group.length + 1)}
                  </button>
                  <span class="soft">{size < 1024 ? `${size} B` : `${Math.round(size / 1024)} KB`}</span>
                </li>
              ))}
            </ul>
          </details>
        );
      })}
    </details>
  );
}
