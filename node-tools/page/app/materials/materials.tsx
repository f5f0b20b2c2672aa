/** Materials in the unit's desk: read where they are, judged by the rows of the form. */
import { useEffect, useState } from "preact/hooks";
import { submissionsSheet } from "../../../../apps-script/core/schema/application.ts";
import { severityLabels } from "../../../../apps-script/core/schema/choices.ts";
import { labelOf } from "../../../../apps-script/core/schema/sheet-spec.ts";
import { Heads, ScrollTable } from "../../../../apps-script/dialogs/pages/parts.tsx";
import type { FormMaterials, MaterialFill, MaterialFinding } from "../../protocol.ts";
import type { FormChange, UnitDesk } from "../../unit/form-protocol.ts";
import type { Attempt } from "../attempt.ts";
import { begin } from "../remote.ts";
import { MaterialFindings, PassedMaterials, RunProgress } from "./material-findings.tsx";
import { MaterialFolder } from "./material-folder.tsx";

/** What was read and what is being read, by the opening of the form, and who shows it: the desk may be left meanwhile. */
const read = new Map<number, FormMaterials>();
const readings = new Map<number, { readonly step: string; cancel(): void }>();
const shown = new Set<() => void>();

const tell = () => {
  for (const show of shown) show();
};

function useMaterials({ opening }: UnitDesk): FormMaterials | undefined {
  const [, setTimes] = useState(0);
  useEffect(() => {
    const show = () => setTimes((times) => times + 1);
    shown.add(show);
    return () => void shown.delete(show);
  }, []);
  return read.get(opening);
}

/** Asks for the folder, reads it, and shows what all cases lack. */
export function Materials(props: {
  readonly desk: UnitDesk;
  readonly attempt: Attempt;
  /** Writes into the form; `doing` is what undo calls it. */
  change(changes: readonly FormChange[], doing: string): Promise<boolean>;
}) {
  const { desk, attempt, change } = props;
  const { path, opening } = desk;
  const materials = useMaterials(desk);
  const reading = readings.get(opening);
  const readAll = () =>
    attempt(async () => {
      const show = (step: string) => {
        readings.set(opening, { step, cancel });
        tell();
      };
      const { answer, cancel } = begin(show, "readFormMaterials", path);
      show("开始");
      try {
        read.set(opening, await answer);
      } finally {
        readings.delete(opening);
        tell();
      }
    });
  return (
    <div class="reading materials">
      <h2>材料核查</h2>
      <MaterialFolder attempt={attempt} disabled={readings.size > 0} chosen={readAll} />
      {reading && <RunProgress step={reading.step} cancel={reading.cancel} />}
      {materials && !reading && (
        <>
          <p role="status">
            案例 {materials.cases.length} 个有材料，读了 {materials.files} 个文件，
            {Object.entries(severityLabels)
              .map(([key, label]) => `${label} ${materials.findings.filter(({ severity }) => severity === key).length}`)
              .join("，")}
            。改过文件以后，请再选一次文件夹。
          </p>
          <Fills
            fills={materials.fills.filter((each) => isOpenFill(each, desk))}
            fill={(fills) => change(fills, "填入材料里查到的")}
          />
          <MaterialFindings findings={materials.findings} />
          <Facts materials={materials} />
          <PassedMaterials title="对应不到案例的" passed={materials.unmatched} />
          <PassedMaterials title="没有核查的" passed={materials.skipped} />
        </>
      )}
    </div>
  );
}

/** Whether the cell is empty still. */
const isOpenFill = ({ row, field, found }: MaterialFill, { cases }: UnitDesk) =>
  cases.some((each) => each.row === row && each.id === found.id && (each.values[field] ?? "").trim() === "");

/** What the files have an answer to, to be looked at before it is filled in. */
function Fills(props: {
  readonly fills: readonly MaterialFill[];
  fill(fills: readonly MaterialFill[]): Promise<unknown>;
}) {
  const { fills, fill } = props;
  if (fills.length === 0) return null;
  return (
    <details class="panel">
      <summary>查到的可以填进空着的 {fills.length} 格</summary>
      <p class="soft">填过的不改，可以撤销。录制日期按视频文件的生成日期填，请核对。</p>
      <p>
        <button type="button" class="primary" onClick={() => fill(fills)}>
          填入（{fills.length} 格）
        </button>
      </p>
      <ScrollTable label="查到的">
        <Heads labels={[labelOf(submissionsSheet, "id"), "列", "填入"]} />
        <tbody>
          {fills.map(({ row, field, found, label, value }) => (
            <tr key={`${row}${field}`}>
              <td class="place">{found.id}</td>
              <td>{label}</td>
              <td>{value}</td>
            </tr>
          ))}
        </tbody>
      </ScrollTable>
    </details>
  );
}

/** Columns that hold anything. */
function Facts({ materials: { labels, cases } }: { readonly materials: FormMaterials }) {
  const used = labels.flatMap((label, i) => (cases.some(({ facts }) => (facts[i] ?? "") !== "") ? [{ label, i }] : []));
  if (cases.length === 0) return null;
  return (
    <ScrollTable label="各案例的材料">
      <Heads labels={used.map(({ label }) => label)} />
      <tbody>
        {cases.map(({ id, facts }) => (
          <tr key={id}>
            {used.map(({ label, i }) => (
              <td key={label}>{facts[i]}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </ScrollTable>
  );
}

/** What the files of one case say, beside the case; nothing before they have been read. */
export function CaseMaterials({ desk, id }: { readonly desk: UnitDesk; readonly id: string }) {
  const materials = useMaterials(desk);
  if (!materials || id === "") return null;
  const facts = materials.cases.find((each) => each.id === id)?.facts ?? [];
  const findings = materials.findings.filter((each) => each.id === id);
  return (
    <details class="panel" open>
      <summary>材料（{facts.length === 0 ? "没有找到" : `${findings.length} 条问题`}）</summary>
      <dl class="facts">
        {materials.labels.map((label, i) =>
          (facts[i] ?? "") === "" || i < 3 ? null : (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{facts[i]}</dd>
            </div>
          ),
        )}
      </dl>
      {[...new Set(findings.map(({ file }) => file))].map((file) => (
        <FileFindings
          key={file}
          file={file}
          findings={findings.filter((each) => each.file === file)}
          open={findings.length <= fewFindings}
        />
      ))}
    </details>
  );
}

/** So many are shown at once beside a case. */
const fewFindings = 8;

function FileFindings(props: {
  readonly file: string;
  readonly findings: readonly MaterialFinding[];
  readonly open: boolean;
}) {
  const { file, findings, open } = props;
  return (
    <details class="group" open={open}>
      <summary>
        {file === "" ? "整个案例" : file}（{findings.length}）
      </summary>
      <ul class="problems">
        {findings.map(({ severity, kind, message, place, remedy }, i) => (
          <li key={`${kind}${i}`}>
            <span class={`severity ${severity}`}>{severityLabels[severity]}</span>{" "}
            <span>
              {place !== "" && !message.startsWith(place) && <strong>{place}：</strong>}
              {message}。<span class="soft">{remedy}</span>
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}
