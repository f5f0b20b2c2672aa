import { useEffect, useState } from "preact/hooks";
import { no, yes } from "../../../../apps-script/core/schema/choices.ts";
import { Heads, ScrollTable } from "../../../../apps-script/dialogs/pages/parts.tsx";
import type { FormChange, Shortlist as Proposal, UnitCase, UnitDesk } from "../../unit/form-protocol.ts";
import type { Attempt } from "../attempt.ts";
import { remote } from "../remote.ts";

const isRecommended = ({ values }: UnitCase) => values.recommended?.trim() === yes;

/** Which cases to recommend: a proposal with its reasons; the unit decides, case by case or all at once. */
export function Shortlist(props: {
  readonly desk: UnitDesk;
  change(changes: readonly FormChange[], doing: string): Promise<boolean>;
  attempt: Attempt;
}) {
  const { desk, change, attempt } = props;
  /** With the cases that it was made of. */
  const [proposal, setProposal] = useState<Proposal & { readonly madeOf: readonly UnitCase[] }>();
  const [date, setDate] = useState("");
  useEffect(() => {
    let isStale = false;
    void attempt(async () => {
      const proposed = await remote.proposeShortlist(desk.path);
      if (!isStale) setProposal({ ...proposed, madeOf: desk.cases });
    });
    return () => {
      isStale = true;
    };
  }, [desk]);
  const byRow = new Map(proposal?.cases.map((each) => [each.row, each]));
  const tick = (row: number, isTicked: boolean): FormChange[] => [
    { sheet: "submissions", row, field: "recommended", value: isTicked ? yes : no },
    ...(isTicked && date !== "" ? [{ sheet: "submissions" as const, row, field: "recommendedOn", value: date }] : []),
  ];
  const proposed = (proposal?.madeOf ?? []).filter((each) => byRow.get(each.row)?.isProposed);
  /** What the unit has decided since then stays. */
  const takeProposal = () =>
    change(
      proposed.flatMap(({ row, id, values }) => {
        const found = { id, field: "recommended", value: values.recommended ?? "" };
        return tick(row, true).map((each) => ({ ...each, found }));
      }),
      "推荐",
    );
  const groups = desk.standing.quotas.map(({ field, track }) => `${field} ${track}`);
  const groupOf = ({ values }: UnitCase) => groups.indexOf(`${values.field ?? ""} ${values.track ?? ""}`);
  const score = ({ values }: UnitCase) => Number(values.firstScore || -1);
  const sorted = [...desk.cases].sort((a, b) => groupOf(a) - groupOf(b) || score(b) - score(a) || a.row - b.row);
  const full = desk.standing.quotas.filter(({ recommended, quota }) => recommended > quota);
  return (
    <div class="reading">
      <h2>推荐建议</h2>
      <p class="soft">
        按初评得分从高到低、在名额以内建议；没有错误、填了初评得分的案例才会建议。推荐谁由单位决定，逐个打勾即可。
      </p>
      {full.map(({ field, track, state }) => (
        <p key={`${field}${track}`} class="over-quota">
          “{field}”{track}
          {state}，请取消几个的推荐。
        </p>
      ))}
      {proposal?.ties.map((line) => (
        <p key={line} class="notice">
          {line}
        </p>
      ))}
      <div class="filters">
        <label class="switch">
          推荐日期（可不填）
          <input type="date" value={date} onInput={({ currentTarget }) => setDate(currentTarget.value)} />
        </label>
        <button type="button" class="primary" disabled={proposed.length === 0} onClick={takeProposal}>
          {proposed.length === 0 ? "没有可以再推荐的" : `按建议推荐这 ${proposed.length} 个`}
        </button>
      </div>
      <ScrollTable label="推荐建议">
        <Heads labels={["推荐", "案例", "领域、赛道", "初评得分", "建议和理由"]} />
        <tbody>
          {sorted.map((each) => {
            const { row, id, title, values, findings } = each;
            const { isProposed = false, reason = "" } = byRow.get(row) ?? {};
            const overQuota = findings.find(({ code }) => code.startsWith("QUOTA-"));
            const ticked = isRecommended(each);
            return (
              <tr key={row}>
                <td>
                  <input
                    type="checkbox"
                    aria-label={`推荐 ${id || title}`}
                    checked={ticked}
                    onChange={({ currentTarget }) => void change(tick(row, currentTarget.checked), "推荐")}
                  />
                </td>
                <td>
                  {id} {title}
                </td>
                <td>
                  {values.field} {values.track}
                </td>
                <td class="number">{values.firstScore}</td>
                <td>
                  <span class={isProposed ? "tag done" : "tag"}>
                    {ticked ? "已推荐" : isProposed ? "建议推荐" : "不建议"}
                  </span>{" "}
                  {overQuota ? <span class="over-quota">{overQuota.message}</span> : reason}
                </td>
              </tr>
            );
          })}
        </tbody>
      </ScrollTable>
    </div>
  );
}
