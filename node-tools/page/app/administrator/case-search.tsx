import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { textsSheet } from "../../../../apps-script/core/schema/application.ts";
import { Heads, Loaded, ScrollTable } from "../../../../apps-script/dialogs/pages/parts.tsx";
import type { CaseTable, FoundCases } from "../../protocol.ts";
import type { Attempt } from "../attempt.ts";
import { Drawer } from "../drawer.tsx";
import { remote } from "../remote.ts";

/** A search over all cases, and the page of the one that is chosen. */
export function CaseSearch(props: {
  readonly path: string;
  readonly attempt: Attempt;
  /** What stands beside the search. */
  readonly children: ComponentChildren;
}) {
  const { path, attempt, children } = props;
  const [text, setText] = useState("");
  const [found, setFound] = useState<FoundCases>();
  const [chosen, setChosen] = useState<{ readonly id: string; readonly tables: readonly CaseTable[] }>();
  const look = () =>
    attempt(async () => {
      setChosen(undefined);
      setFound(await remote.findCases(path, text));
    });
  const open = (id: string) => attempt(async () => setChosen({ id, tables: await remote.readCase(path, id) }));
  const close = () => {
    setFound(undefined);
    setChosen(undefined);
  };
  return (
    <section class="search" aria-label="查案例">
      {children}
      <form
        class="filters"
        onSubmit={(event) => {
          event.preventDefault();
          void look();
        }}
      >
        <input
          type="search"
          aria-label="查案例"
          placeholder="查案例：编号、名称、单位或作者"
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
        />
        <button type="submit" disabled={text.trim() === ""}>
          查找
        </button>
        {(found || chosen) && (
          <button type="button" onClick={close}>
            收起
          </button>
        )}
      </form>
      {found && !chosen && found.cases.length === 0 && <p class="soft">没有找到。</p>}
      {found && !chosen && found.more > 0 && (
        <p class="soft">
          只列出前 {found.cases.length} 个，还有 {found.more} 个，请写得更具体些。
        </p>
      )}
      {found && !chosen && found.cases.length > 0 && (
        <ul class="found">
          {found.cases.map(({ id, title, nominator, names }) => (
            <li key={`${id}${nominator}`}>
              <button type="button" class="quiet" onClick={() => open(id)}>
                {id === "" ? "（没有编号）" : id}
              </button>{" "}
              {title}{" "}
              <span class="soft">
                {nominator}　{names}
              </span>
            </li>
          ))}
        </ul>
      )}
      {chosen?.tables.map((table) => (
        <CasePart key={table.sheet} table={table} />
      ))}
    </section>
  );
}

/** All that both workbooks have of a case, beside the desk. */
export function CaseDrawer(props: { readonly id: string; readonly path: string; close(): void }) {
  const { id, path, close } = props;
  return (
    <Drawer title={`案例 ${id}`} isWide close={close}>
      <Loaded waits="正在打开……" load={() => remote.readCase(path, id)}>
        {(tables) => tables.map((table) => <CasePart key={table.sheet} table={table} />)}
      </Loaded>
    </Drawer>
  );
}

/** One row is read as a list, several as a table. */
export function CasePart({ table: { sheet, labels, rows } }: { readonly table: CaseTable }) {
  const [only, ...more] = rows;
  return (
    <details class="panel" open={sheet !== textsSheet.label}>
      <summary>{sheet}</summary>
      {only && more.length === 0 ? (
        <dl class="case-facts">
          {labels.map((label, i) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{only[i]}</dd>
            </div>
          ))}
        </dl>
      ) : (
        <ScrollTable label={sheet}>
          <Heads labels={labels} />
          <tbody>
            {rows.map((row, r) => (
              <tr key={String(r)}>
                {row.map((value, i) => (
                  <td key={labels[i]}>{value}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </ScrollTable>
      )}
    </details>
  );
}
