import { useEffect, useId, useState } from "preact/hooks";
import type { UnitKind } from "../../../../apps-script/core/notice/notice.ts";
import { submissionsSheet } from "../../../../apps-script/core/schema/application.ts";
import { unitKindLabels } from "../../../../apps-script/core/schema/choices.ts";
import { Heads, ScrollTable } from "../../../../apps-script/dialogs/pages/parts.tsx";
import type { KeptFile } from "../../protocol.ts";
import type {
  UnitDesk as Desk,
  FormChange,
  FormCorrection,
  FormField,
  FormFinding,
  FormSheet,
  UnitCase,
} from "../../unit/form-protocol.ts";
import type { Attempt } from "../attempt.ts";
import { FileChoice } from "../file-choice.tsx";
import { handOver } from "../hand-over.ts";
import { CaseMaterials, Materials } from "../materials/materials.tsx";
import { remote } from "../remote.ts";
import { useTyped } from "../use-typed.ts";
import { FormGrid } from "./form-grid.tsx";
import { countOf, Problems } from "./form-problems.tsx";
import { ManualChecks } from "./manual-checks.tsx";
import type { GridTable } from "./plan-paste.ts";
import { Shortlist } from "./shortlist.tsx";
import { UnitOverview } from "./unit-overview.tsx";
import "./unit-desk.css";

/** The parts of a case's page; a field goes to the first that has it. */
const parts: readonly { readonly title: string; has(field: FormField): boolean }[] = [
  { title: "正文", has: ({ sheet }) => sheet === "texts" },
  { title: "作者", has: ({ key }) => /^author\d|^otherAuthors$|^phone$/.test(key) },
  { title: "平台填报的字数", has: ({ key }) => key.startsWith("words") },
  { title: "视频", has: ({ label }) => label.includes("视频") },
  { title: "基本情况", has: () => true },
];
const partOf = (field: FormField) => parts.find((part) => part.has(field))?.title;
const partOrder = ["基本情况", "作者", "视频", "正文", "平台填报的字数"];

/** What the right side shows: a case by its row, or one of the unit's own pages. */
type View = "overview" | "grid" | "shortlist" | "checks" | "corrections" | "materials" | number;

const pages: readonly { readonly view: View; readonly title: string }[] = [
  { view: "overview", title: "本单位" },
  { view: "grid", title: "表格" },
  { view: "shortlist", title: "推荐建议" },
  { view: "checks", title: "人工核对" },
  { view: "materials", title: "材料核查" },
  { view: "corrections", title: "一键更正" },
];

/**
 * Whether Ctrl+Z there takes back what the form has been given: what is being typed, and every text in a field that is none
 * of the form, is taken back by the browser, letter by letter.
 */
function isOfForm(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement) || !target.matches("input, textarea, select")) return true;
  if (target.dataset.typed !== undefined) return false;
  return target.matches("[type=checkbox]") || target.closest(".case-form, .grid-place") !== null;
}

const newCase = (row: number): UnitCase => ({
  row,
  id: "",
  title: "",
  values: {},
  words: {},
  findings: [],
  lookedAt: [],
});

export function UnitDesk(props: {
  readonly forms: readonly KeptFile[];
  /** Of the form that is open. */
  readonly path: string | undefined;
  choose(path: string): void;
  changed(): Promise<void>;
  readonly attempt: Attempt;
}) {
  const { forms, path = "", choose, changed, attempt } = props;
  const [desk, setDesk] = useState<Desk>();
  const [view, setView] = useState<View>("overview");

  const openAs = (kind?: UnitKind) =>
    attempt(async () => {
      const opened = await remote.openForm(path, kind);
      setDesk(opened);
      if (kind === undefined)
        setView((opened.cases.find(({ findings }) => findings.length > 0) ?? opened.cases[0])?.row ?? "overview");
    });
  useEffect(() => {
    setDesk(undefined);
    if (path !== "") void openAs();
  }, [path]);

  const hasDesk = desk !== undefined;
  const take = (call: (path: string) => Promise<Desk>) =>
    attempt(async () => {
      const after = await call(path);
      setDesk((before) => (before?.path === after.path ? after : before));
      await changed();
    });
  const undo = () => take(remote.undoForm);
  const redo = () => take(remote.redoForm);
  useEffect(() => {
    if (!hasDesk) return;
    const press = (event: KeyboardEvent) => {
      const key = event.key.toLowerCase();
      if (!(event.ctrlKey || event.metaKey) || event.altKey || (key !== "z" && key !== "y")) return;
      if (document.querySelector("dialog[open]") || !isOfForm(event.target)) return;
      event.preventDefault();
      void (key === "y" || event.shiftKey ? redo() : undo());
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, [hasDesk, path]);

  if (forms.length === 0) return <p class="empty">没有打开填报表。请把管理员发来的“填报表-单位名称.xlsx”拖进来。</p>;
  if (!desk) return <p class="empty">正在打开……</p>;

  const change = (changes: readonly FormChange[], doing: string) => take((at) => remote.changeForm(at, changes, doing));
  const save = () => attempt(async () => handOver(desk.path, await remote.read(desk.path)));
  const all = [
    desk.others,
    ...[...desk.cases, ...desk.people.flatMap(({ rows }) => rows)].map((row) => row.findings),
  ].flat();
  const isNew = view === desk.nextRow;
  const current = desk.cases.find(({ row }) => row === view) ?? (isNew ? newCase(desk.nextRow) : undefined);

  return (
    <div class="expert">
      <aside class="cases">
        <div class="tally">
          <FileChoice label="填报表" files={forms} path={path} choose={choose} />
          <strong>{desk.unit}</strong>
          <label class="switch soft">
            单位类别
            <select
              value={desk.kind}
              onChange={(event) => void openAs(event.currentTarget.value === "bureau" ? "bureau" : "school")}
            >
              {Object.entries(unitKindLabels).map(([key, label]) => (
                <option key={key} value={key}>
                  {label}
                </option>
              ))}
            </select>
          </label>
          <span>
            {desk.cases.length} 个案例，错误 {countOf(all, "error")}，警告 {countOf(all, "warning")}
          </span>
          <button type="button" class={countOf(all, "error") === 0 ? "primary" : ""} onClick={save}>
            保存填报表，交给管理员
          </button>
          <div class="history">
            <button type="button" class="history-step" disabled={desk.undoable === ""} title="Ctrl+Z" onClick={undo}>
              ↶ 撤销{desk.undoable !== "" && `：${desk.undoable}`}
            </button>
            <button type="button" class="history-step" disabled={desk.redoable === ""} title="Ctrl+Y" onClick={redo}>
              ↷ 重做{desk.redoable !== "" && `：${desk.redoable}`}
            </button>
          </div>
          <nav class="unit-pages" aria-label="本单位">
            {pages.map(({ view: each, title }) => (
              <button
                key={title}
                type="button"
                aria-current={view === each ? "page" : undefined}
                onClick={() => setView(each)}
              >
                {title}
              </button>
            ))}
          </nav>
        </div>
        <ul>
          {desk.cases.map((each) => (
            <li key={each.row}>
              <button
                type="button"
                class={each.row === view ? "case current" : "case"}
                aria-current={each.row === view}
                onClick={() => setView(each.row)}
              >
                <Counts findings={each.findings} />
                <span class="id">{each.id === "" ? `第 ${each.row} 行` : each.id}</span>
                <span />
                <span class="title">{each.title}</span>
              </button>
            </li>
          ))}
          <li>
            <button type="button" class={isNew ? "case current" : "case"} onClick={() => setView(desk.nextRow)}>
              ＋ 新增一个案例
            </button>
          </li>
        </ul>
      </aside>
      {view === "corrections" && (
        <Corrections desk={desk} attempt={attempt} correct={(chosen) => take((at) => remote.correctForm(at, chosen))} />
      )}
      {view === "materials" && <Materials desk={desk} attempt={attempt} change={change} />}
      {view === "overview" && <UnitOverview desk={desk} attempt={attempt} />}
      {view === "grid" && <Grids desk={desk} change={change} />}
      {view === "shortlist" && <Shortlist desk={desk} change={change} attempt={attempt} />}
      {view === "checks" && <ManualChecks desk={desk} change={change} />}
      {typeof view === "number" && !current && <p class="empty">这个案例已经清空了。</p>}
      {current && (
        <CaseForm
          key={current.row}
          desk={desk}
          current={current}
          change={(field, value) => change([{ sheet: "submissions", row: current.row, field, value }], "修改")}
        />
      )}
    </div>
  );
}

/** Every sheet of the form as a table. */
function Grids(props: {
  readonly desk: Desk;
  change(changes: readonly FormChange[], doing: string): Promise<boolean>;
}) {
  const { desk, change } = props;
  const [sheet, setSheet] = useState<FormSheet>("submissions");
  const cases: GridTable = {
    sheet: "submissions",
    label: submissionsSheet.label,
    fields: desk.fields,
    rows: desk.cases,
    nextRow: desk.nextRow,
  };
  const tables: readonly GridTable[] = [cases, ...desk.people];
  const table = tables.find((each) => each.sheet === sheet) ?? cases;
  return (
    <div class="grids">
      <div class="grid-tabs">
        {tables.map((each) => (
          <button
            key={each.sheet}
            type="button"
            aria-pressed={each.sheet === sheet}
            onClick={() => setSheet(each.sheet)}
          >
            {each.label}（{each.rows.length}）
          </button>
        ))}
        <span class="soft">打字即改，F2 编辑，Enter、Tab、方向键移动，Delete 清空；可以从 WPS、Excel 整块粘贴。</span>
      </div>
      <FormGrid key={table.sheet} table={table} change={change} />
    </div>
  );
}

/** What may be mended without asking anybody, singly or all; what was there is kept in the note of the cell. */
function Corrections(props: {
  readonly desk: Desk;
  readonly attempt: Attempt;
  correct(chosen: readonly FormCorrection[]): Promise<unknown>;
}) {
  const { desk, attempt, correct } = props;
  const [proposed, setProposed] = useState<readonly FormCorrection[] | "failed">();
  useEffect(() => {
    let isStale = false;
    const settle = (found: readonly FormCorrection[] | "failed") => {
      if (!isStale) setProposed(found);
    };
    void attempt(async () => settle(await remote.proposeCorrections(desk.path))).then((isDone) => {
      if (!isDone) settle("failed");
    });
    return () => {
      isStale = true;
    };
  }, [desk]);
  return (
    <div class="reading">
      <h2>一键更正</h2>
      <p class="soft">只改毫无疑问的写法；原来的内容写进这一格的批注。其余的问题要人看过才能改。</p>
      {proposed === undefined ? (
        <p role="status">正在查找……</p>
      ) : proposed === "failed" ? (
        <p role="status">没有查成，原因写在页面上方。</p>
      ) : proposed.length === 0 ? (
        <p class="good">没有可以一键更正的单元格。</p>
      ) : (
        <>
          <p>
            <button type="button" class="primary" onClick={() => correct(proposed)}>
              全部更正（{proposed.length} 处）
            </button>
          </p>
          <ScrollTable label="可以更正的单元格">
            <Heads labels={["位置", "现在", "改为", "原因", "更正"]} />
            <tbody>
              {proposed.map((each) => (
                <tr key={`${each.sheet}${each.row}${each.column}`}>
                  <td class="place">
                    {each.sheet} 第 {each.row} 行 {each.column}
                  </td>
                  <td>{each.from}</td>
                  <td>{each.to === "" ? "（清空）" : each.to}</td>
                  <td>{each.reason}</td>
                  <td>
                    <button type="button" onClick={() => correct([each])}>
                      更正
                    </button>
                  </td>
                </tr>
              ))}
            </tbody>
          </ScrollTable>
        </>
      )}
    </div>
  );
}

function Counts({ findings }: { readonly findings: readonly FormFinding[] }) {
  const [errors, warnings] = [countOf(findings, "error"), countOf(findings, "warning")];
  if (errors > 0) return <span class="tag wrong">{errors} 错</span>;
  if (warnings > 0) return <span class="tag begun">{warnings} 警告</span>;
  return <span class="tag done">✓</span>;
}

function CaseForm(props: {
  readonly desk: Desk;
  readonly current: UnitCase;
  change(field: string, value: string): Promise<boolean>;
}) {
  const { desk, current, change } = props;
  const { fields } = desk;
  const labels = new Set(fields.map(({ label }) => label));
  const whole = current.findings.filter(({ column }) => !labels.has(column));
  return (
    <form class="reading case-form" onSubmit={(event) => event.preventDefault()}>
      <h2>{current.title === "" ? "（还没有案例名称）" : current.title}</h2>
      {whole.length > 0 && <Problems findings={whole} />}
      <CaseMaterials desk={desk} id={current.id} />
      {partOrder.map((title) => (
        <fieldset key={title}>
          <legend>{title}</legend>
          <div class={title === "正文" ? "sections" : "fields"}>
            {fields
              .filter((field) => !field.isLocked && partOf(field) === title)
              .map((field) => (
                <CaseField
                  key={field.key}
                  field={field}
                  value={current.values[field.key] ?? ""}
                  words={current.words[field.key] ?? 0}
                  findings={current.findings.filter(({ column }) => column === field.label)}
                  change={(value) => change(field.key, value)}
                />
              ))}
          </div>
        </fieldset>
      ))}
    </form>
  );
}

function CaseField(props: {
  readonly field: FormField;
  readonly value: string;
  readonly words: number;
  readonly findings: readonly FormFinding[];
  change(value: string): Promise<boolean>;
}) {
  const { field, value, words, findings, change } = props;
  const { label, kind, choices, help, mostWords } = field;
  const id = useId();
  const typed = useTyped(value, change);
  const common = {
    id,
    title: help,
    "aria-invalid": findings.some(({ severity }) => severity === "error"),
    ...typed.field,
  };
  const isOther = value !== "" && !choices.includes(value);
  return (
    <div class="case-field">
      <label for={id}>
        <span class="name">
          {label}
          {mostWords > 0 && (
            <span class={words > mostWords ? "over" : "soft"}>
              {" "}
              {words} / {mostWords} 字
            </span>
          )}
        </span>
      </label>
      {choices.length > 0 ? (
        <select {...common}>
          <option value="" />
          {isOther && <option value={value}>{value}（不在选项内）</option>}
          {choices.map((choice) => (
            <option key={choice} value={choice}>
              {choice}
            </option>
          ))}
        </select>
      ) : kind === "longText" ? (
        <textarea {...common} rows={8} />
      ) : (
        <input {...common} />
      )}
      {findings.length > 0 && <Problems findings={findings} />}
    </div>
  );
}
