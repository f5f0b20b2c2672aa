import { useEffect, useId, useState } from "preact/hooks";
import type { UnitKind } from "../../../apps-script/core/notice/notice.ts";
import { severityLabels, unitKindLabels } from "../../../apps-script/core/schema/choices.ts";
import type { UnitDesk as Desk, FormCorrection, FormField, FormFinding, KeptFile, UnitCase } from "../protocol.ts";
import type { Attempt } from "./attempt.ts";
import { FileChoice } from "./file-choice.tsx";
import { handOver } from "./hand-over.ts";
import { CaseMaterials, Materials } from "./materials.tsx";
import { remote } from "./remote.ts";
import { ScrollTable } from "./scroll-table.tsx";
import { useTyped } from "./use-typed.ts";

const countOf = (findings: readonly FormFinding[], severity: FormFinding["severity"]) =>
  findings.filter((finding) => finding.severity === severity).length;

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

export function UnitDesk(props: { readonly files: readonly KeptFile[]; changed(): Promise<void>; attempt: Attempt }) {
  const { files, changed, attempt } = props;
  const forms = files.filter(({ kind }) => kind === "unitForm");
  const [path, setPath] = useState(forms[0]?.path ?? "");
  const [desk, setDesk] = useState<Desk>();
  const [row, setRow] = useState<number>();

  const openAs = (kind?: UnitKind) =>
    attempt(async () => {
      const opened = await remote.openForm(path, kind);
      setDesk(opened);
      setRow((before) => before ?? (opened.cases.find(({ findings }) => findings.length > 0) ?? opened.cases[0])?.row);
    });
  useEffect(() => {
    setRow(undefined);
    setDesk(undefined);
    if (path !== "") void openAs();
  }, [path]);

  if (forms.length === 0) return <p class="empty">没有打开填报表。请把管理员发来的“填报表-单位名称.xlsx”拖进来。</p>;
  if (!desk) return <p class="empty">正在打开……</p>;

  const change = (at: number, field: string, value: string) =>
    attempt(async () => {
      const changedForm = await remote.changeForm(desk.path, [{ row: at, field, value }]);
      setDesk((before) => (before?.path === changedForm.path ? changedForm : before));
      await changed();
    });
  const save = () => attempt(async () => handOver(desk.path, await remote.read(desk.path)));
  const all = [...desk.others, ...desk.cases.flatMap(({ findings }) => findings)];
  const isNew = row !== undefined && row === desk.nextRow;
  const current: UnitCase | undefined =
    desk.cases.find((each) => each.row === row) ??
    (isNew && row !== undefined ? { row, id: "", title: "", values: {}, words: {}, findings: [] } : undefined);

  return (
    <div class="expert">
      <aside class="cases">
        <div class="tally">
          <FileChoice label="填报表" files={forms} path={path} choose={setPath} />
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
        </div>
        <ul>
          <li>
            <button type="button" class={row === -1 ? "case current" : "case"} onClick={() => setRow(-1)}>
              <span class="tag">✎</span>
              <span class="id">一键更正</span>
              <span />
              <span class="title">全角半角、分隔符、日期、姓名里的空格等</span>
            </button>
          </li>
          <li>
            <button type="button" class={row === 0 ? "case current" : "case"} onClick={() => setRow(0)}>
              <Counts findings={desk.others} />
              <span class="id">本单位</span>
              <span />
              <span class="title">专家、联络员和还差什么</span>
            </button>
          </li>
          <li>
            <button type="button" class={row === -2 ? "case current" : "case"} onClick={() => setRow(-2)}>
              <span class="tag">▣</span>
              <span class="id">材料核查</span>
              <span />
              <span class="title">文件里的姓名和单位、字数、视频</span>
            </button>
          </li>
          {desk.cases.map((each) => (
            <li key={each.row}>
              <button
                type="button"
                class={each.row === row ? "case current" : "case"}
                aria-current={each.row === row}
                onClick={() => setRow(each.row)}
              >
                <Counts findings={each.findings} />
                <span class="id">{each.id === "" ? `第 ${each.row} 行` : each.id}</span>
                <span />
                <span class="title">{each.title}</span>
              </button>
            </li>
          ))}
          {desk.nextRow !== undefined && (
            <li>
              <button type="button" class={isNew ? "case current" : "case"} onClick={() => setRow(desk.nextRow)}>
                ＋ 新增一个案例
              </button>
            </li>
          )}
        </ul>
      </aside>
      {row === -1 ? (
        <Corrections
          desk={desk}
          correct={(chosen) =>
            attempt(async () => {
              setDesk(await remote.correctForm(desk.path, chosen));
              await changed();
            })
          }
        />
      ) : row === -2 ? (
        <Materials path={desk.path} attempt={attempt} />
      ) : row === 0 ? (
        <div class="reading">
          <h2>{desk.unit}</h2>
          <p class="soft">
            专家、联络员在填报表的“专家”“联络员”表里填写。跨单位的重复、全区的名额，要等管理员合并以后才能检查出来。
          </p>
          {desk.others.length === 0 ? <p class="good">没有发现问题。</p> : <Problems findings={desk.others} placed />}
        </div>
      ) : (
        current && (
          <CaseForm
            key={current.row}
            path={desk.path}
            fields={desk.fields}
            current={current}
            change={(field, value) => change(current.row, field, value)}
          />
        )
      )}
    </div>
  );
}

/** What may be mended without asking anybody, singly or all; what was there is kept in the note of the cell. */
function Corrections(props: { readonly desk: Desk; correct(chosen: readonly FormCorrection[]): Promise<unknown> }) {
  const { desk, correct } = props;
  const [proposed, setProposed] = useState<readonly FormCorrection[]>();
  useEffect(() => {
    remote.proposeCorrections(desk.path).then(setProposed, () => setProposed([]));
  }, [desk]);
  return (
    <div class="reading">
      <h2>一键更正</h2>
      <p class="soft">只改毫无疑问的写法；原来的内容写进这一格的批注。其余的问题要人看过才能改。</p>
      {proposed === undefined ? (
        <p role="status">正在查找……</p>
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
            <thead>
              <tr>
                <th>位置</th>
                <th>现在</th>
                <th>改为</th>
                <th>原因</th>
                <th>更正</th>
              </tr>
            </thead>
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

function Problems({
  findings,
  placed = false,
}: {
  readonly findings: readonly FormFinding[];
  readonly placed?: boolean;
}) {
  return (
    <ul class="problems">
      {findings.map(({ severity, code, name, message, article, sheet, row, column }, i) => (
        <li key={`${code}${i}`}>
          <span class={`severity ${severity}`}>{severityLabels[severity]}</span>{" "}
          <span>
            <strong>{name}</strong>
            {placed && row > 0 && (
              <span class="soft">
                （{sheet} 第 {row} 行 {column}）
              </span>
            )}
            ：{message} <span class="soft">依据 {article}</span>
          </span>
        </li>
      ))}
    </ul>
  );
}

function CaseForm(props: {
  readonly path: string;
  readonly fields: readonly FormField[];
  readonly current: UnitCase;
  change(field: string, value: string): Promise<boolean>;
}) {
  const { path, fields, current, change } = props;
  const labels = new Set(fields.map(({ label }) => label));
  const whole = current.findings.filter(({ column }) => !labels.has(column));
  return (
    <form class="reading case-form" onSubmit={(event) => event.preventDefault()}>
      <h2>{current.title === "" ? "（还没有案例名称）" : current.title}</h2>
      {whole.length > 0 && <Problems findings={whole} />}
      <CaseMaterials path={path} id={current.id} />
      {partOrder.map((title) => (
        <fieldset key={title}>
          <legend>{title}</legend>
          <div class={title === "正文" ? "sections" : "fields"}>
            {fields
              .filter((field) => partOf(field) === title)
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
