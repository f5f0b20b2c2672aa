import { useState } from "preact/hooks";
import { ScrollTable } from "../../../../apps-script/dialogs/pages/parts.tsx";
import type { AwardOverview, UnitCell, UnitRow } from "../../protocol.ts";
import { ReminderText } from "./reminders.tsx";

const isOpen = ({ cells }: UnitRow) => cells.some(({ lacks }) => lacks !== "");

/** Who has sent what: a row a unit, a column for each thing, by stages of the award. */
export function UnitMatrix({ overview }: { readonly overview: AwardOverview }) {
  const { units } = overview;
  // What nothing is known of yet has no column.
  const columns = overview.columns
    .map((column, at) => ({ ...column, at }))
    .filter(({ at }) => units.some(({ cells }) => cells[at]?.text !== ""));
  const [onlyOpen, setOnlyOpen] = useState(false);
  if (units.length === 0) return <p class="empty">还没有单位：请先在“收表”收下单位名册。</p>;
  const shown = onlyOpen ? units.filter(isOpen) : units;
  const stages = [...new Set(columns.map(({ stage }) => stage))];
  return (
    <section class="panel" aria-label="各单位">
      <div class="filters">
        <strong>
          {units.length} 个单位，{units.filter((unit) => !isOpen(unit)).length} 个已报齐，
          {units.filter(({ silent }) => silent).length} 个什么也没有报
        </strong>
        <label class="switch">
          <input type="checkbox" checked={onlyOpen} onChange={(event) => setOnlyOpen(event.currentTarget.checked)} />
          只看没有报齐的
        </label>
      </div>
      <ScrollTable label="各单位报送情况">
        <thead>
          <tr>
            <td />
            {stages.map((stage) => (
              <th key={stage} scope="colgroup" colSpan={columns.filter((column) => column.stage === stage).length}>
                {stage}
              </th>
            ))}
            <td />
          </tr>
          <tr>
            <th scope="col">单位</th>
            {columns.map(({ label }) => (
              <th key={label} scope="col">
                {label}
              </th>
            ))}
            <th scope="col">催交</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((row) => (
            <tr key={row.unit} class={row.silent ? "silent" : ""}>
              <th scope="row">{row.unit}</th>
              {columns.map(({ label, at }) => (
                <SentCell key={label} cell={row.cells[at]} />
              ))}
              <td>
                {row.reminder !== "" && (
                  <>
                    <ReminderText summary="催交的话" text={row.reminder} />
                    <span class="soft">{row.liaisons.length > 0 ? row.liaisons.join("、") : "没有联络员"}</span>
                  </>
                )}
              </td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">齐了的单位</th>
            {columns.map(({ label, at }) => (
              <td key={label}>
                {units.filter(({ cells }) => cells[at]?.lacks === "").length} / {units.length}
              </td>
            ))}
            <td />
          </tr>
        </tfoot>
      </ScrollTable>
    </section>
  );
}

function SentCell({ cell: { text, lacks } = { text: "", lacks: "" } }: { readonly cell: UnitCell | undefined }) {
  if (lacks === "" && (text === "" || text === "0")) return <td>{text}</td>;
  return (
    <td class={lacks === "" ? "sent" : "lacking"}>
      <span class="count">
        <span aria-hidden="true">{lacks === "" ? "✓" : "！"}</span> {text}
      </span>
      {lacks !== "" && <span class="lack">{lacks}</span>}
    </td>
  );
}
