import { useEffect, useState } from "preact/hooks";
import { severityLabels } from "../../../apps-script/core/schema/choices.ts";
import { remote } from "./remote.ts";
import { ScrollTable } from "./scroll-table.tsx";

/** As `casebook check --json` gives it. */
export interface FoundFinding {
  readonly severity: "error" | "warning" | "info";
  readonly code: string;
  readonly sheet: string;
  readonly row: number;
  readonly column: string;
  readonly id: string;
  readonly nominator: string;
  readonly message: string;
  readonly article: string;
}

/** A page of them; more is asked for. */
const atOnce = 200;

let asked: ReturnType<typeof remote.ruleNames> | undefined;
/** Asked for early, and once: after a check the worker is busy with what comes next. */
export function askRuleNames(): NonNullable<typeof asked> {
  asked ??= remote.ruleNames();
  return asked;
}

export function FindingsTable({ findings }: { readonly findings: readonly FoundFinding[] }) {
  const [severity, setSeverity] = useState<"" | FoundFinding["severity"]>("");
  const [unit, setUnit] = useState("");
  const [text, setText] = useState("");
  const [shown, setShown] = useState(atOnce);
  const [names, setNames] = useState<Readonly<Record<string, string>>>({});
  useEffect(() => {
    void askRuleNames().then(setNames, () => {});
  }, []);
  const units = [...new Set(findings.map(({ nominator }) => nominator))].filter((name) => name !== "").sort();
  const wanted = findings.filter(
    (each) =>
      (severity === "" || each.severity === severity) &&
      (unit === "" || each.nominator === unit) &&
      (text === "" || `${each.id} ${names[each.code] ?? ""} ${each.message} ${each.code}`.includes(text)),
  );
  return (
    <div class="findings">
      <div class="filters">
        <select
          aria-label="级别"
          value={severity}
          onChange={(event) => setSeverity(event.currentTarget.value as typeof severity)}
        >
          <option value="">全部级别</option>
          {Object.entries(severityLabels).map(([key, label]) => (
            <option key={key} value={key}>
              {label}（{findings.filter((each) => each.severity === key).length}）
            </option>
          ))}
        </select>
        <select aria-label="推荐单位" value={unit} onChange={(event) => setUnit(event.currentTarget.value)}>
          <option value="">全部单位</option>
          {units.map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </select>
        <input
          type="search"
          placeholder="按案例编号或文字查找"
          aria-label="查找"
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
        />
        <span class="soft">{wanted.length} 条</span>
      </div>
      <ScrollTable label="检查结果">
        <thead>
          <tr>
            <th>级别</th>
            <th>位置</th>
            <th>案例编号</th>
            <th>推荐单位</th>
            <th>问题与改法</th>
            <th>依据</th>
          </tr>
        </thead>
        <tbody>
          {wanted.slice(0, shown).map((each, i) => (
            <tr key={`${i}${each.code}${each.row}`}>
              <td>
                <span class={`severity ${each.severity}`}>{severityLabels[each.severity]}</span>
              </td>
              <td class="place">
                {each.sheet}
                {each.row > 0 ? ` 第 ${each.row} 行` : ""}
                {each.column === "" ? "" : ` ${each.column}`}
              </td>
              <td class="place">{each.id}</td>
              <td>{each.nominator}</td>
              <td>
                <strong>{names[each.code] ?? each.code}</strong>　{each.message}
              </td>
              <td class="soft">{each.article}</td>
            </tr>
          ))}
        </tbody>
      </ScrollTable>
      {wanted.length > shown && (
        <button type="button" onClick={() => setShown(shown + atOnce)}>
          再显示 {Math.min(atOnce, wanted.length - shown)} 条（还有 {wanted.length - shown} 条）
        </button>
      )}
    </div>
  );
}
