import { useEffect, useId, useMemo, useState } from "preact/hooks";
import type { KeptFile, ScoreCase, ScoreChange, ScoreDesk, TypedScore } from "../protocol.ts";
import type { Attempt } from "./attempt.ts";
import { FileChoice, withoutBackups } from "./file-choice.tsx";
import { handOver } from "./hand-over.ts";
import { PrintButton } from "./print/print.tsx";
import { remote } from "./remote.ts";
import { useTyped } from "./use-typed.ts";

const step = 0.5;

type State = "open" | "begun" | "wrong" | "done" | "aside";

const stateLabels: Readonly<Record<State, string>> = {
  open: "待评",
  begun: "未评完",
  wrong: "有误",
  done: "已评",
  aside: "回避",
};

function stateOf({ standsAside, wrong, total, scores }: ScoreCase): State {
  if (standsAside) return "aside";
  if (wrong.some((reason) => reason !== "")) return "wrong";
  if (total !== undefined) return "done";
  return scores.some((score) => score !== null) ? "begun" : "open";
}

/** What was typed, as a number where it is one. */
function parseScore(text: string): TypedScore {
  const plain = text.trim().replace(/[０-９．]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0));
  if (plain === "") return null;
  return /^\d+(\.\d+)?$/.test(plain) ? Number(plain) : text;
}

export function ExpertDesk(props: { readonly files: readonly KeptFile[]; changed(): Promise<void>; attempt: Attempt }) {
  const { files, changed, attempt } = props;
  const sheets = withoutBackups(files.filter(({ kind }) => kind === "scoreSheet"));
  const [path, setPath] = useState(sheets[0]?.path ?? "");
  const [desk, setDesk] = useState<ScoreDesk>();
  const [row, setRow] = useState<number>();

  useEffect(() => {
    if (path === "") return;
    void attempt(async () => {
      setDesk(undefined);
      const opened = await remote.openScores(path);
      setDesk(opened);
      setRow((opened.cases.find((each) => stateOf(each) !== "done") ?? opened.cases[0])?.row);
    });
  }, [path]);

  if (sheets.length === 0) return <p class="empty">没有打开评分表。请把管理员发来的“评分表-….xlsx”拖进来。</p>;
  if (!desk) return <p class="empty">正在打开……</p>;

  const change = (wanted: ScoreChange) =>
    attempt(async () => {
      const { texts: _, ...now } = await remote.changeScore(desk.path, wanted);
      setDesk((before) =>
        before?.path === desk.path
          ? { ...before, cases: before.cases.map((each) => (each.row === now.row ? { ...each, ...now } : each)) }
          : before,
      );
      await changed();
    });
  const left = desk.cases.filter((each) => !["done", "aside"].includes(stateOf(each))).length;
  const at = desk.cases.findIndex((each) => each.row === row);
  const current = desk.cases[at];
  const save = () => attempt(async () => handOver(desk.path, await remote.read(desk.path)));

  return (
    <div class="expert">
      <aside class="cases">
        <div class="tally">
          <FileChoice label="评分表" files={sheets} path={path} choose={setPath} />
          <strong>{left === 0 ? "全部评完" : `还差 ${left} 个`}</strong>
          <span class="soft">
            共 {desk.cases.length} 个{desk.expert === "" ? "" : `，专家编号 ${desk.expert}`}
          </span>
          <button type="button" class={left === 0 ? "primary" : ""} onClick={save}>
            保存评分表，交回管理员
          </button>
          <PrintButton path={path} attempt={attempt} />
          <Distribution cases={desk.cases} />
        </div>
        <ul>
          {desk.cases.map((each) => {
            const state = stateOf(each);
            return (
              <li key={each.row}>
                <button
                  type="button"
                  class={each.row === row ? "case current" : "case"}
                  aria-current={each.row === row}
                  onClick={() => setRow(each.row)}
                >
                  <span class={`tag ${state}`}>{stateLabels[state]}</span>
                  <span class="id">{each.reviewId}</span>
                  <span class="total">{each.total ?? ""}</span>
                  <span class="title">{each.title}</span>
                </button>
              </li>
            );
          })}
        </ul>
      </aside>
      {current && (
        <CasePage
          key={current.row}
          desk={desk}
          current={current}
          change={change}
          next={desk.cases[at + 1] && (() => setRow(desk.cases[at + 1]?.row))}
          previous={desk.cases[at - 1] && (() => setRow(desk.cases[at - 1]?.row))}
        />
      )}
    </div>
  );
}

/** How one's own totals lie, in steps of ten points. */
function Distribution({ cases }: { readonly cases: readonly ScoreCase[] }) {
  const totals = cases.flatMap(({ total, standsAside }) => (total === undefined || standsAside ? [] : [total]));
  if (totals.length === 0) return null;
  const mean = totals.reduce((sum, total) => sum + total, 0) / totals.length;
  const bins = Array.from({ length: 10 }, (_, i) => totals.filter((t) => Math.min(9, Math.floor(t / 10)) === i).length);
  const most = Math.max(...bins);
  return (
    <figure class="distribution">
      <svg viewBox="0 0 200 48" role="img" aria-label={`已评 ${totals.length} 个，平均 ${mean.toFixed(1)} 分`}>
        {bins.map((count, i) => (
          <rect
            key={String(i)}
            x={i * 20 + 2}
            width={16}
            y={44 - (40 * count) / most}
            height={(40 * count) / most}
            class="column"
          />
        ))}
        <line x1={0} x2={200} y1={44.5} y2={44.5} class="axis" />
      </svg>
      <figcaption class="soft">
        我的评分：平均 {mean.toFixed(1)}，最低 {Math.min(...totals)}，最高 {Math.max(...totals)}
      </figcaption>
    </figure>
  );
}

/**
 * Of what stands at the head of a column only what is asked in this field: others have lines of their own, and how many
 * points there are stands beside the name.
 */
function criterionFor(criterion: string, label: string, field: string, fields: ReadonlySet<string>): string {
  return criterion
    .split("\n")
    .filter((line) => !line.startsWith(`${label}：`))
    .flatMap((line) => {
      const at = line.indexOf("：");
      const of = line.slice(0, Math.max(0, at));
      if (!fields.has(of)) return [line];
      return of === field ? [line.slice(at + 1)] : [];
    })
    .join("\n");
}

function CasePage(props: {
  readonly desk: ScoreDesk;
  readonly current: ScoreCase;
  change(change: ScoreChange): Promise<boolean>;
  readonly next: (() => void) | undefined;
  readonly previous: (() => void) | undefined;
}) {
  const { desk, current, change, next, previous } = props;
  const { row } = current;
  const comment = useTyped(current.comment, (text) => change({ row, comment: text }));
  const conflict = useTyped(current.conflict, (text) => change({ row, conflict: text }));
  const fields = new Set(desk.cases.map(({ field }) => field));
  const facts = useMemo(
    () => [current.field, current.stage, current.material].filter((text) => text !== "").join("　"),
    [current],
  );
  return (
    <div class="case-page">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: without it nobody could scroll the text by keyboard */}
      <article class="reading" aria-label="案例正文" tabIndex={0}>
        <p class="soft">
          {current.reviewId}　{facts}
        </p>
        <h2>{current.title}</h2>
        {current.texts.map(({ part, content }, i) => (
          <section key={`${part}${i}`}>
            <h3>{part}</h3>
            <p class="prose">{content}</p>
          </section>
        ))}
      </article>
      <form class="scores" onSubmit={(event) => event.preventDefault()}>
        {desk.items.map(({ label, max, criterion }, index) => (
          <ScoreField
            key={label}
            label={label}
            max={max}
            criterion={criterionFor(criterion, label, current.field, fields)}
            value={current.scores[index] ?? null}
            wrong={current.wrong[index] ?? ""}
            change={(value) => change({ row, item: { index, value } })}
          />
        ))}
        <p class="sum">
          总分 <strong>{current.standsAside ? "回避" : (current.total ?? "—")}</strong>
        </p>
        <label class="field">
          评语
          <textarea rows={3} {...comment.field} />
        </label>
        <label class="field">
          回避（需要时填“是”并写明原因，如：是，本人参与指导）
          <input {...conflict.field} />
        </label>
        <div class="buttons">
          <button type="button" disabled={!previous} onClick={previous}>
            上一个
          </button>
          <button type="button" class="primary" disabled={!next} onClick={next}>
            下一个
          </button>
        </div>
      </form>
    </div>
  );
}

function ScoreField(props: {
  readonly label: string;
  readonly max: number;
  readonly criterion: string;
  readonly value: TypedScore;
  readonly wrong: string;
  change(value: TypedScore): Promise<boolean>;
}) {
  const { label, max, criterion, value, wrong, change } = props;
  const id = useId();
  const typed = useTyped(value === null ? "" : String(value), (text) => change(parseScore(text)));
  const move = (by: number) => {
    const now = parseScore(typed.field.value);
    const from = typeof now === "number" ? now : by > 0 ? -step : max + step;
    void typed.put(String(Math.min(max, Math.max(0, from + by))));
  };
  return (
    <div class="score">
      <div class="line">
        <label class="name" for={id}>
          {label} <span class="soft">（{max} 分）</span>
        </label>
        <span class="stepper">
          <button type="button" tabIndex={-1} aria-label={`${label}减 0.5`} onClick={() => move(-step)}>
            −
          </button>
          <input
            id={id}
            inputMode="decimal"
            autocomplete="off"
            aria-invalid={wrong !== ""}
            {...typed.field}
            onKeyDown={(event) => {
              if (event.key !== "ArrowUp" && event.key !== "ArrowDown") return;
              event.preventDefault();
              move(event.key === "ArrowUp" ? step : -step);
            }}
          />
          <button type="button" tabIndex={-1} aria-label={`${label}加 0.5`} onClick={() => move(step)}>
            +
          </button>
        </span>
      </div>
      {wrong !== "" && (
        <p class="wrong" role="alert">
          {wrong}
        </p>
      )}
      {criterion !== "" && <p class="soft criterion">{criterion}</p>}
    </div>
  );
}
