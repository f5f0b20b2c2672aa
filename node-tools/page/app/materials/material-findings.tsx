import { useEffect, useState } from "preact/hooks";
import { severityLabels } from "../../../../apps-script/core/schema/choices.ts";
import { evidenceFindingsSheet } from "../../../../apps-script/core/schema/evidence.ts";
import { labelOf } from "../../../../apps-script/core/schema/sheet-spec.ts";
import { Heads, ScrollTable } from "../../../../apps-script/dialogs/pages/parts.tsx";
import type { MaterialFinding, PassedMaterial } from "../../protocol.ts";
import { remote } from "../remote.ts";

/** A page of them; more is asked for. */
const atOnce = 200;
const columns = ["severity", "id", "file", "place", "message", "remedy"] as const;

/** What the files show, each with where it stands and what to do. */
export function MaterialFindings({ findings }: { readonly findings: readonly MaterialFinding[] }) {
  const [severity, setSeverity] = useState<"" | MaterialFinding["severity"]>("");
  const [text, setText] = useState("");
  const [shown, setShown] = useState(atOnce);
  const [names, setNames] = useState<Readonly<Record<string, string>>>({});
  useEffect(() => {
    void remote.ruleNames().then(setNames, () => {});
  }, []);
  const nameOf = ({ kind }: MaterialFinding) => names[kind] ?? kind;
  const wanted = findings.filter(
    (each) =>
      (severity === "" || each.severity === severity) &&
      (text === "" || `${each.id} ${each.file} ${nameOf(each)} ${each.message}`.includes(text)),
  );
  if (findings.length === 0) return <p class="good">没有发现问题。</p>;
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
        <input
          type="search"
          placeholder="按案例编号、文件或文字查找"
          aria-label="查找"
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
        />
        <span class="soft">{wanted.length} 条</span>
      </div>
      <ScrollTable label={evidenceFindingsSheet.label}>
        <Heads labels={columns.map((key) => labelOf(evidenceFindingsSheet, key))} />
        <tbody>
          {wanted.slice(0, shown).map((each, i) => (
            <tr key={`${i}${each.kind}`}>
              <td>
                <span class={`severity ${each.severity}`}>{severityLabels[each.severity]}</span>
              </td>
              <td class="place">{each.id}</td>
              <td class="file">{each.file}</td>
              <td>{each.place}</td>
              <td>
                <strong>{nameOf(each)}</strong>　{each.message}
              </td>
              <td>{each.remedy}</td>
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

/** What was not looked into. */
export function PassedMaterials(props: { readonly title: string; readonly passed: readonly PassedMaterial[] }) {
  const { title, passed } = props;
  if (passed.length === 0) return null;
  return (
    <details class="panel" open={passed.length <= 10}>
      <summary>
        {title}（{passed.length}）
      </summary>
      <ul>
        {passed.map(({ name, reason }) => (
          <li key={name}>
            <strong>{name}</strong>：{reason}
          </li>
        ))}
      </ul>
    </details>
  );
}

/** How far something has come, and a way to end it. @param step as it is told: `读取材料 3/12 A001/课件.pptx` */
export function RunProgress(props: { readonly step: string; readonly cancel: (() => void) | undefined }) {
  const { step, cancel } = props;
  const [, done, all] = /(\d+)\/(\d+)/.exec(step) ?? [];
  return (
    <p class="busy">
      <span role="status">正在{step}……</span>{" "}
      {all && <progress aria-label="进度" value={Number(done)} max={Number(all)} />}{" "}
      <button type="button" onClick={cancel}>
        取消
      </button>
    </p>
  );
}
