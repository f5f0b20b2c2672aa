import { useEffect, useState } from "preact/hooks";
import { judgeNotice } from "../../../../apps-script/core/award/read-notice.ts";
import type { Fault } from "../../../../apps-script/core/notice/json-shape.ts";
import type { Notice } from "../../../../apps-script/core/notice/notice.ts";
import { findDoubts } from "../../../../apps-script/core/schema/notice-doubts.ts";
import {
  type FormGroup,
  type FormNode,
  type FormPart,
  groupNotice,
  isSame,
  pathOf,
  pathsOf,
  readTyped,
  type Steps,
  valueAt,
  withValue,
  writeTyped,
} from "../../administrator/notice-form.ts";
import type { Attempt } from "../attempt.ts";
import { handOver } from "../hand-over.ts";
import { remote } from "../remote.ts";

/** What every field of the form needs. */
interface Form {
  readonly draft: unknown;
  /** This year's. */
  readonly now: Notice;
  /** By the path of the field that they are told beside. */
  readonly faults: ReadonlyMap<string, readonly Fault[]>;
  /** Likewise: what to look at again. */
  readonly doubts: ReadonlyMap<string, readonly Fault[]>;
  put(steps: Steps, value: unknown): void;
}

/** Next year's notice in a form, from which a workbook is begun. */
export function NoticeView(props: {
  /** Of the shared workbook that has this year's notice. */
  readonly path: string | undefined;
  readonly busy: boolean;
  readonly attempt: Attempt;
  changed(): Promise<void>;
  /** Begins a workbook by the notice of this folder. */
  begin(folder: string, id: string): Promise<unknown>;
}) {
  const { path, busy, attempt, changed, begin } = props;
  const [now, setNow] = useState<Notice>();
  const [draft, setDraft] = useState<unknown>();
  const [saved, setSaved] = useState("");
  useEffect(() => {
    void attempt(async () => {
      const desk = await remote.openNotice(path);
      setNow(desk.now);
      setDraft(desk.draft ?? desk.now);
    });
  }, [path]);
  if (!now) return <p class="empty">正在打开……</p>;

  const keep = (next: unknown) => {
    setDraft(next);
    setSaved("");
    void attempt(async () => {
      await remote.keepNoticeDraft(next);
      await changed();
    });
  };
  const groups = groupNotice(draft);
  const faults = judgeNotice(draft);
  // Nothing is in doubt before somebody has begun.
  const doubts = faults.length > 0 || isSame(draft, now) ? [] : findDoubts(draft as Notice);
  const form: Form = {
    draft,
    now,
    faults: placeFaults(faults, pathsOf(groups)),
    doubts: placeFaults(doubts, pathsOf(groups)),
    put: (steps, value) => keep(withValue(draft, steps, value)),
  };
  const save = () =>
    attempt(async () => {
      setSaved(await remote.saveNotice(draft as Notice, now));
      await changed();
    });
  const id = String(valueAt(draft, ["id"]) ?? "");
  return (
    <section class="panel notice-form" aria-label="明年的通知">
      <h2>明年的通知</h2>
      <p>
        从《{now.title}》的全部规定改起，按条款排列；改过的有标记，可以逐项恢复。填的内容随时留着，全部正确以后存成
        notice.json，再按它建簿。正式表格也复制一份放在旁边，里面写着的年份、字数、条款请用 WPS 改。
      </p>
      <p class={isSame(draft, now) ? "soft" : faults.length === 0 ? "good" : "wrong"} role="status">
        {isSame(draft, now)
          ? "还没有改动：先改“通知编号”“名称”“年份”，再逐条核对。"
          : faults.length === 0
            ? `全部正确，可以保存。${doubts.length > 0 ? `有 ${doubts.length} 处像是前后不一致，写在各栏下面，请先核对。` : ""}`
            : `还有 ${faults.length} 处不对，写在各栏下面。`}
      </p>
      <div class="buttons">
        <button type="button" class="primary" disabled={busy || faults.length > 0} onClick={save}>
          保存通知
        </button>
        <button
          type="button"
          disabled={faults.length > 0}
          onClick={() => handOver("notice.json", new TextEncoder().encode(`${JSON.stringify(draft, null, 2)}\n`))}
        >
          另存 notice.json
        </button>
        <button
          type="button"
          disabled={isSame(draft, now)}
          onClick={() => {
            if (confirm("将丢掉填过的全部改动，回到今年的通知。要继续吗？")) keep(now);
          }}
        >
          全部恢复
        </button>
      </div>
      {saved !== "" && (
        <div class="said" role="status">
          <p>已保存在“{saved}”文件夹：notice.json 和正式表格。</p>
          <button type="button" disabled={busy} onClick={() => begin(saved, id)}>
            按这份通知建簿
          </button>
        </div>
      )}
      {groups.map((group) => (
        <GroupFields key={group.title} group={group} form={form} />
      ))}
    </section>
  );
}

/** A fault that is about more than one field is told beside the first of them. */
function placeFaults(faults: readonly Fault[], paths: ReadonlySet<string>): Map<string, Fault[]> {
  const placed = new Map<string, Fault[]>();
  for (const fault of faults) {
    const at = paths.has(fault.path) ? fault.path : [...paths].find((path) => path.startsWith(fault.path));
    const path = at ?? "";
    placed.set(path, [...(placed.get(path) ?? []), fault]);
  }
  return placed;
}

/** Parts of a group in its heading. */
const mostNamed = 3;

const pathsOfPart = (title: string, part: FormPart) => pathsOf([{ title, parts: [part] }]);

function GroupFields({ group: { title, parts }, form }: { readonly group: FormGroup; readonly form: Form }) {
  const paths = new Set(parts.flatMap((part) => [...pathsOfPart(title, part)]));
  const wrong = [...paths].reduce((sum, path) => sum + (form.faults.get(path)?.length ?? 0), 0);
  const doubtful = [...paths].reduce((sum, path) => sum + (form.doubts.get(path)?.length ?? 0), 0);
  const changed = parts.reduce((sum, part) => sum + countChanged(part, form), 0);
  return (
    <details class="panel" open={!title.startsWith("附件")}>
      <summary>
        {title === "" ? "没有写依据的" : title}
        <span class="soft about">{describeParts(parts)}</span>
        {changed > 0 && <span class="tag begun">改了 {changed} 处</span>}
        {wrong > 0 && <span class="tag wrong">{wrong} 处不对</span>}
        {doubtful > 0 && <span class="tag begun">{doubtful} 处请核对</span>}
      </summary>
      <div class="notice-parts">
        {parts.map((part) => (
          <fieldset key={part.words} class={isWide(part) ? "notice-part wide" : "notice-part"}>
            {part.words !== "" && <legend>{part.words}</legend>}
            <div class="fields">
              {part.nodes.map((node) => (
                <NodeFields key={pathOf(node.steps)} node={node} form={form} above={part.words} />
              ))}
              {part.article && (
                <NodeFields
                  node={{ kind: "text", steps: part.article, words: "依据（哪一条）" }}
                  form={form}
                  above={part.words}
                />
              )}
            </div>
          </fieldset>
        ))}
      </div>
    </details>
  );
}

const isWide = ({ nodes }: FormPart) =>
  nodes.length > 2 || nodes.some(({ kind }) => kind === "things" || kind === "long");

/** What stands in a group that is folded: `名额 → 教育局 → 城市、名额 → 教育局 → 乡村……` */
function describeParts(parts: readonly FormPart[]): string {
  const names = parts.map(({ words }) => words).filter((words) => words !== "");
  return `${names.slice(0, mostNamed).join("；")}${names.length > mostNamed ? "……" : ""}`;
}

function countChanged({ nodes, article }: FormPart, form: Form): number {
  const isChanged = (steps: Steps) => !isSame(valueAt(form.draft, steps), valueAt(form.now, steps));
  return nodes.filter(({ steps }) => isChanged(steps)).length + (article && isChanged(article) ? 1 : 0);
}

interface NodeProps<Node extends FormNode = FormNode> {
  readonly node: Node;
  readonly form: Form;
  /** What stands in the heading already. */
  readonly above: string;
}

function NodeFields({ node, form, above }: NodeProps) {
  if (node.kind === "things") return <Things node={node} form={form} above={above} />;
  return <ValueField node={node} form={form} above={above} />;
}

/** `教学革新 → 名称` below `领域`: what the heading says is not said again. */
const shortOf = (words: string, above: string) =>
  words.startsWith(`${above} → `) ? words.slice(above.length + 3) : words;

function Things({ node, form, above }: NodeProps<Extract<FormNode, { kind: "things" }>>) {
  const { steps, words, things, least, blank } = node;
  const list = things.map((_, i) => valueAt(form.draft, [...steps, i]));
  return (
    <div class="things">
      <strong>{shortOf(words, above)}</strong>
      <Reset steps={steps} words={words} form={form} />
      <Faults steps={steps} form={form} />
      <div class="thing-list">
        {things.map((nodes, i) => (
          <fieldset key={String(i)} class="thing">
            <legend>{String(valueAt(list[i], ["label"]) || `第 ${i + 1} 个`)}</legend>
            <div class="fields">
              {nodes.map((each) => (
                <NodeFields key={pathOf(each.steps)} node={each} form={form} above={aboveOf(each)} />
              ))}
            </div>
            <button
              type="button"
              class="quiet"
              disabled={things.length <= least}
              onClick={() => form.put(steps, list.toSpliced(i, 1))}
            >
              删去{words.split(" → ").at(-1)}“{String(valueAt(list[i], ["label"]) || i + 1)}”
            </button>
          </fieldset>
        ))}
      </div>
      <button type="button" onClick={() => form.put(steps, [...list, blank])}>
        添加{words.split(" → ").at(-1)}
      </button>
    </div>
  );
}

const aboveOf = ({ words }: FormNode) => words.split(" → ").slice(0, -1).join(" → ");

function ValueField({ node, form, above }: NodeProps<Exclude<FormNode, { kind: "things" }>>) {
  const { kind, steps, words } = node;
  const { labels } = node;
  const stored = writeTyped(valueAt(form.draft, steps), labels);
  const [typed, setTyped] = useState<string>();
  const path = pathOf(steps);
  const isWrong = form.faults.has(path);
  const isTold = isWrong || form.doubts.has(path);
  const field = {
    id: path,
    value: typed ?? stored,
    "aria-invalid": isWrong,
    "aria-describedby": isTold ? `${path}：不对` : undefined,
    onInput: (event: { readonly currentTarget: { readonly value: string } }) => setTyped(event.currentTarget.value),
    onChange: (event: { readonly currentTarget: { readonly value: string } }) => {
      setTyped(undefined);
      form.put(steps, readTyped(kind, event.currentTarget.value, labels));
    },
    // The browser tells of no change where the stored text is typed again.
    onBlur: () => setTyped(undefined),
  };
  const name = shortOf(words, above);
  return (
    <div class={kind === "long" ? "notice-field long" : "notice-field"}>
      <label for={path}>
        {name === words && above === words ? "规定" : name}
        {kind === "texts" && <span class="soft">（用顿号隔开）</span>}
        {steps.at(-1) === "key" && <span class="soft">（英文）</span>}
      </label>
      {kind === "boolean" || kind === "fixed" ? (
        <select
          id={path}
          disabled={kind === "fixed"}
          value={stored}
          onChange={(event) => form.put(steps, event.currentTarget.value === "true")}
        >
          <option value="true">是</option>
          <option value="false">否</option>
        </select>
      ) : labels && kind === "text" ? (
        <select
          {...field}
          value={String(valueAt(form.draft, steps) ?? "")}
          onInput={undefined}
          onChange={(event) => form.put(steps, event.currentTarget.value)}
        >
          {!labels.has(String(valueAt(form.draft, steps))) && (
            <option value={String(valueAt(form.draft, steps) ?? "")} />
          )}
          {[...labels].map(([key, label]) => (
            <option key={key} value={key}>
              {label}
            </option>
          ))}
        </select>
      ) : kind === "long" ? (
        <textarea rows={3} {...field} />
      ) : (
        <input
          {...field}
          type={kind === "date" ? "date" : "text"}
          inputMode={kind === "number" ? "decimal" : undefined}
        />
      )}
      <Faults steps={steps} form={form} />
      <Reset steps={steps} words={words} form={form} labels={labels} />
    </div>
  );
}

function Faults({ steps, form }: { readonly steps: Steps; readonly form: Form }) {
  const path = pathOf(steps);
  const faults = form.faults.get(path) ?? [];
  const own = [...faults, ...(form.doubts.get(path) ?? [])];
  if (own.length === 0) return null;
  return (
    <ul id={`${path}：不对`} class={faults.length > 0 ? "wrong" : "doubt"}>
      {own.map(({ besideField }) => (
        <li key={besideField}>{besideField}</li>
      ))}
    </ul>
  );
}

/** A value that is not this year's, and the way back. */
function Reset(props: {
  readonly steps: Steps;
  readonly words: string;
  readonly form: Form;
  readonly labels?: ReadonlyMap<string, string> | undefined;
}) {
  const { steps, words, form, labels } = props;
  const before = valueAt(form.now, steps);
  if (isSame(valueAt(form.draft, steps), before)) return null;
  const shown =
    typeof before === "boolean" ? (before ? "是" : "否") : isPlain(before) ? writeTyped(before, labels) : "";
  return (
    <span class="changed">
      <span class="tag begun">已改</span>
      {shown !== "" && <span class="soft">今年：{shown}</span>}
      {before !== undefined && (
        <button
          type="button"
          class="quiet"
          aria-label={`恢复${words === "" ? "这一项" : words}`}
          onClick={() => form.put(steps, before)}
        >
          恢复
        </button>
      )}
    </span>
  );
}

const isPlain = (value: unknown) =>
  typeof value !== "object" || (Array.isArray(value) && value.every((each) => typeof each === "string"));
