import { useEffect, useRef, useState } from "preact/hooks";
import type { OpenMatter } from "../../../../apps-script/core/ranking/open-matters.ts";
import { decisions } from "../../../../apps-script/core/schema/choices.ts";
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

/** A kind belongs to a cancellation, an award to an adjustment. */
const withoutNeedless = (ruling: Ruling): Ruling => ({
  ...ruling,
  kind: ruling.decision === decisions.cancel ? ruling.kind : "",
  award: ruling.decision === decisions.adjust ? ruling.award : "",
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
  const form = useRef<HTMLFormElement>(null);

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
    setRuling(withoutNeedless({ ...ruling, ...change }));
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
  /** The committee rules on several at one sitting. */
  const sitting = { date: ruling.date, recorder: ruling.recorder };
  const choose = (id: string) => {
    setRuling(desk.rulings.find((each) => each.id === id) ?? { ...blank(), ...sitting, id });
    setEffect(undefined);
    setWritten("");
    form.current?.querySelector("select")?.focus();
  };
  const preview = () => during(async () => setEffect(await remote.tryRuling(path, ruling)));
  const write = () =>
    during(async () => {
      setDesk(await remote.writeRuling(path, ruling));
      setWritten(ruling.id);
      setRuling({ ...blank(), ...sitting });
      setEffect(undefined);
      await changed();
    });
  const titleOf = (id: string) => desk.cases.find((each) => each.id === id)?.title ?? "";
  const lacking = (["id", "decision", "reason"] as const).filter((key) => ruling[key].trim() === "").map(label);

  return (
    <form
      ref={form}
      class="action"
      onSubmit={(event) => {
        event.preventDefault();
        void preview();
      }}
    >
      <p>
        取消资格；调整奖项；维持（不再复评，或奖项线上并列的都不给）。先看影响，再写入“{decisionsSheet.label}
        ”表；都写好以后，点下面的“重新汇总排名”才生效。
      </p>
      <Waiting open={desk.open} titleOf={titleOf} choose={choose} />
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
          disabled={ruling.decision !== decisions.cancel}
          choices={desk.kinds}
          set={(kind) => set({ kind })}
        />
        <Choice
          label={`${label("award")}（调整奖项时）`}
          value={ruling.award}
          disabled={ruling.decision !== decisions.adjust}
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
        <button type="submit" disabled={busy || lacking.length > 0}>
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
        {!busy && ruling.id !== "" && lacking.length > 0 && <span class="soft">还要填：{lacking.join("、")}</span>}
      </div>
      {written !== "" && (
        <p class="said" role="status">
          {written} 的裁定已写入，“日志”里有一行；写错了点“撤销上一步”。都写好以后，点下面的“重新汇总排名”。
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
  readonly disabled?: boolean;
  readonly choices: readonly string[];
  set(value: string): void;
}) {
  const { label, value, disabled = false, choices, set } = props;
  return (
    <label class="field">
      {label}
      <select value={value} disabled={disabled} onChange={(event) => set(event.currentTarget.value)}>
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
  const awards = effect.changes.filter(({ isAward }) => isAward);
  const ranks = effect.changes.filter(({ isAward }) => !isAward);
  const lines = (changes: RulingEffect["changes"]) =>
    changes.map(({ id, before, after }) => (
      <p key={id}>
        {id}“{titleOf(id)}”：{before} → {after}
      </p>
    ));
  return (
    <div class={effect.left.length > 0 ? "said doubtful" : "said"} role="status">
      {effect.changes.length === 0 && <p>写入以后，各案例的名次和奖项都不变。</p>}
      {awards.length > 0 && <p>写入并重新排名以后，{awards.length} 个案例的奖项会变：</p>}
      {lines(awards)}
      {ranks.length > 0 && (
        <details open={awards.length === 0}>
          <summary>{ranks.length} 个案例只变名次</summary>
          {lines(ranks)}
        </details>
      )}
      {effect.left.map(({ message }) => (
        <p key={message}>写入以后还没有定：{message}。</p>
      ))}
    </div>
  );
}

/** What waits for a ruling; a case is chosen at a click. */
function Waiting(props: {
  readonly open: readonly OpenMatter[];
  titleOf(id: string): string;
  choose(id: string): void;
}) {
  const { open, titleOf, choose } = props;
  if (open.length === 0) return <p class="good">没有等着裁定的。</p>;
  return (
    <div class="waiting">
      <p>有 {open.length} 项等着裁定，点案例编号填进下面的表单：</p>
      {open.map(({ ids, message }) => (
        <div key={message}>
          <p>{message}。</p>
          <p class="buttons">
            {ids.map((id) => (
              <button key={id} type="button" title={titleOf(id)} onClick={() => choose(id)}>
                {id}
              </button>
            ))}
          </p>
        </div>
      ))}
    </div>
  );
}
