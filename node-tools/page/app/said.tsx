import type { CommandResult } from "../protocol.ts";
import { FindingsTable, type FoundFinding } from "./findings-table.tsx";
import { type Reminder, Reminders } from "./reminders.tsx";
import { ScrollTable } from "./scroll-table.tsx";
import { inWordsOfThePage } from "./steps.ts";

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
export function Said({ result }: { readonly result: CommandResult }) {
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
