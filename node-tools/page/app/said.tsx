import type { ComponentChildren } from "preact";
import { remedyFor } from "../../../apps-script/core/progress/next-step.ts";
import type { OpenMatter } from "../../../apps-script/core/ranking/open-matters.ts";
import { Heads, ScrollTable } from "../../../apps-script/dialogs/pages/parts.tsx";
import type { CommandResult } from "../protocol.ts";
import { inWordsOfThePage, stepOfAction, steps } from "./administrator/steps.ts";
import type { Done } from "./runs.ts";

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
export function Conflicts(props: { readonly result: CommandResult; accept(path: string): void }) {
  const { result, accept } = props;
  const { conflicts } = (result.result ?? {}) as { readonly conflicts?: readonly Conflict[] };
  const open = (conflicts ?? []).filter(({ path, disputed }) => path !== undefined && !disputed);
  if (open.length === 0) return null;
  return (
    <ScrollTable label="不一致的评分">
      <Heads labels={["案例", "专家", "已收", "这次交来", "以哪个为准"]} />
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

/** Where what bars a list from going out is settled. */
export function Remedies(props: { readonly result: CommandResult; goTo(step: string): void }) {
  const { result, goTo } = props;
  const { open = [] } = (result.result ?? {}) as { readonly open?: readonly OpenMatter[] };
  const keys = [...new Set(open.flatMap((matter) => stepOfAction[remedyFor(matter)] ?? []))];
  if (keys.length === 0) return null;
  return (
    <p class="buttons go-on">
      去办：
      {keys.map((key) => (
        <button key={key} type="button" onClick={() => goTo(key)}>
          {steps.find((step) => step.key === key)?.title}
        </button>
      ))}
    </p>
  );
}

/** What a replay has found: a line a step, the verdict above. */
function Verdict({
  steps: replayed,
}: {
  readonly steps: readonly { readonly action: string; readonly same: boolean }[];
}) {
  const differing = replayed.filter(({ same }) => !same).length;
  return (
    <>
      <p class={differing === 0 ? "verdict good" : "verdict wrong"}>
        {differing === 0
          ? `全部相符：${replayed.length} 步重算的结果都与记录一致。`
          : `有 ${differing} 步不符，写在下面。`}
      </p>
      <ol class="replayed">
        {replayed.map(({ action, same }, i) => (
          <li key={`${i}${action}`} class={same ? "good" : "wrong"}>
            <span aria-hidden="true">{same ? "✓" : "✗"}</span> {action}：{same ? "相符" : "不符"}
          </li>
        ))}
      </ol>
    </>
  );
}

/** The paths of what a command has made for people; undefined of one that makes nothing of the kind, or only counts it. */
export function madeBy({ result }: CommandResult): readonly string[] | undefined {
  const { files } = (result ?? {}) as { readonly files?: unknown };
  return Array.isArray(files) ? files : undefined;
}

/** What a command has said; where it is shown as well, the first line and the rest on demand. */
export function Said({ result, children }: { readonly result: Done; readonly children?: ComponentChildren }) {
  const { code, warned, written, shown, label } = result;
  const { steps: replayed } = (result.result ?? {}) as Partial<Parameters<typeof Verdict>[0]>;
  const isDiffering = replayed?.some(({ same }) => !same) ?? false;
  // The verdict has the steps line by line.
  const said = result.said.slice(replayed?.length ?? 0);
  const files = written.filter((path) => !/\.(bak|备份|档案)[./]/.test(path));
  const isTold = shown !== undefined && shown.page !== "experts";
  const lines = (all: readonly string[]) =>
    all.map((line, i) => <p key={`${i}${line}`}>{inWordsOfThePage(line, label)}</p>);
  return (
    <div
      class={code > 1 || isDiffering ? "said failed" : code === 1 ? "said doubtful" : "said"}
      role={code > 1 ? "alert" : "status"}
    >
      {replayed && <Verdict steps={replayed} />}
      {lines([...warned, ...(isTold ? said.slice(0, 1) : said)])}
      {children}
      {files.length > 0 && !madeBy(result) && <p class="soft">已写入 {files.length} 个文件，见下面的“文件”。</p>}
      {isTold && said.length > 1 && (
        <details>
          <summary>全部文字（{said.length} 行）</summary>
          {lines(said.slice(1))}
        </details>
      )}
    </div>
  );
}
