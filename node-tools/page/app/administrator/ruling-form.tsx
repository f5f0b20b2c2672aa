import { useEffect, useState } from "preact/hooks";
import { decisionsSheet } from "../../../../apps-script/core/schema/review.ts";
import { labelOf } from "../../../../apps-script/core/schema/sheet-spec.ts";
import { Heads, ScrollTable } from "../../../../apps-script/dialogs/pages/parts.tsx";
import type { Ruling, RulingDesk, RulingEffect } from "../../protocol.ts";
import type { Attempt } from "../attempt.ts";
import { remote } from "../remote.ts";
import { storedOperator } from "./operator.tsx";

const label = (key: Parameters<typeof labelOf<typeof decisionsSheet>>[1]) => labelOf(decisionsSheet, key);

const today = () => {
  const now = new Date();
  const two = (n: number) => String(n).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
};

const columns = ["id", "decision", "reason", "date", "recorder"] as const;

const blank = (): Ruling => ({
  id: "",
  decision: "",
  kind: "",
  reason: "",
  date: today(),
  recorder: storedOperator() ?? "",
  award: "",
});

/** 裁定 in a form; what it would change is seen before it is written. */
export function RulingForm(props: {
  readonly path: string;
  /** Of the workbooks: another one when they have been written. */
  readonly stamp: string;
  readonly attempt: Attempt;
  changed(): Promise<void>;
}) {
  const { path, stamp, attempt, changed } = props;
  const [desk, setDesk] = useState<RulingDesk>();
  const [ruling, setRuling] = useState(blank);
  const [effect, setEffect] = useState<RulingEffect>();
  const [busy, setBusy] = useState(false);
  const [none, setNone] = useState("");
  const [written, setWritten] = useState("");

  useEffect(() => {
    remote.openRulings(path).then(
      (now) => {
        setDesk(now);
        setNone("");
      },
      (error: Error) => setNone(error.message),
    );
  }, [path, stamp]);
  if (none !== "") return <p class="soft">{none}</p>;
  if (!desk) return <p class="soft">正在打开……</p>;

  const set = (change: Partial<Ruling>) => {
    setRuling({ ...ruling, ...change });
    setEffect(undefined);
    setWritten("");
  };
  const during = (work: () => Promise<void>) =>
    attempt(async () => {
      setBusy(true);
      try {
        await work();
      } finally {
        setBusy(false);
      }
    });
  const choose = (id: string) => {
    setRuling(desk.rulings.find((each) => each.id === id) ?? { ...blank(), id });
    setEffect(undefined);
  };
  const preview = () => during(async () => setEffect(await remote.tryRuling(path, ruling)));
  const write = () =>
    during(async () => {
      setDesk(await remote.writeRuling(path, ruling));
      setWritten(ruling.id);
      setRuling(blank());
      setEffect(undefined);
      await changed();
    });
  const titleOf = (id: string) => desk.cases.find((each) => each.id === id)?.title ?? "";
  const ready = ruling.id !== "" && ruling.decision !== "" && ruling.reason.trim() !== "";

  return (
    <form
      class="action"
      onSubmit={(event) => {
        event.preventDefault();
        void preview();
      }}
    >
      <p>
        取消资格、调整奖项、维持（奖项线上的并列按排名办）。先看影响，再写入“{decisionsSheet.label}
        ”表；写入以后重新“汇总排名”才生效。
      </p>
      <fieldset class="fields" disabled={busy}>
        <label class="field">
          {label("id")}
          <input
            list="ruling-cases"
            value={ruling.id}
            onInput={(event) => set({ id: event.currentTarget.value.trim() })}
          />
          <datalist id="ruling-cases">
            {desk.cases.map(({ id, title }) => (
              <option key={id} value={id}>
                {title}
              </option>
            ))}
          </datalist>
          <span class="soft">
            {titleOf(ruling.id)}
            {desk.rulings.some(({ id }) => id === ruling.id) && "（已有裁定，写入后代替原来的一行）"}
          </span>
        </label>
        <Choice
          label={label("decision")}
          value={ruling.decision}
          choices={desk.decisions}
          set={(decision) => set({ decision })}
        />
        <Choice
          label={`${label("kind")}（取消资格时）`}
          value={ruling.kind}
          choices={desk.kinds}
          set={(kind) => set({ kind })}
        />
        <Choice
          label={`${label("award")}（调整奖项时）`}
          value={ruling.award}
          choices={desk.awards}
          set={(award) => set({ award })}
        />
        <label class="field">
          {label("date")}
          <input type="date" value={ruling.date} onInput={(event) => set({ date: event.currentTarget.value })} />
        </label>
        <label class="field">
          {label("recorder")}
          <input value={ruling.recorder} onInput={(event) => set({ recorder: event.currentTarget.value })} />
        </label>
      </fieldset>
      <label class="field wide">
        {label("reason")}
        <textarea
          rows={2}
          disabled={busy}
          value={ruling.reason}
          onInput={(event) => set({ reason: event.currentTarget.value })}
        />
      </label>
      <div class="buttons">
        <button type="submit" disabled={busy || !ready}>
          先看影响，不写入
        </button>
        <button type="button" class="primary" disabled={busy || !effect || effect.refused !== ""} onClick={write}>
          写入“{decisionsSheet.label}”表
        </button>
        {busy && (
          <span class="soft" role="status">
            正在试算……
          </span>
        )}
      </div>
      {written !== "" && (
        <p class="said" role="status">
          {written} 的裁定已写入，“日志”里有一行；写错了点“撤销上一步”。
        </p>
      )}
      {effect && <Effect effect={effect} titleOf={titleOf} />}
      {desk.rulings.length > 0 && (
        <ScrollTable label="已有的裁定">
          <Heads labels={[...columns.map(label), "修改"]} />
          <tbody>
            {desk.rulings.map((each) => (
              <tr key={each.id}>
                <th scope="row">{each.id}</th>
                <td>{[each.decision, each.kind, each.award].filter(Boolean).join(" ")}</td>
                <td>{each.reason}</td>
                <td>{each.date}</td>
                <td>{each.recorder}</td>
                <td>
                  <button type="button" onClick={() => choose(each.id)}>
                    修改
                  </button>
                </td>
              </tr>
            ))}
          </tbody>
        </ScrollTable>
      )}
    </form>
  );
}

function Choice(props: {
  readonly label: string;
  readonly value: string;
  readonly choices: readonly string[];
  set(value: string): void;
}) {
  const { label, value, choices, set } = props;
  return (
    <label class="field">
      {label}
      <select value={value} onChange={(event) => set(event.currentTarget.value)}>
        <option value="" />
        {choices.map((choice) => (
          <option key={choice} value={choice}>
            {choice}
          </option>
        ))}
      </select>
    </label>
  );
}

function Effect(props: { readonly effect: RulingEffect; titleOf(id: string): string }) {
  const { effect, titleOf } = props;
  if (effect.refused !== "")
    return (
      <p class="said failed" role="alert">
        这样裁定不会生效：{effect.refused}
      </p>
    );
  if (effect.changes.length === 0) return <p class="said">写入以后，各案例的名次和奖项都不变。</p>;
  return (
    <div class="said" role="status">
      <p>写入并重新排名以后，{effect.changes.length} 个案例会变：</p>
      {effect.changes.map(({ id, before, after }) => (
        <p key={id}>
          {id}“{titleOf(id)}”：{before} → {after}
        </p>
      ))}
    </div>
  );
}
