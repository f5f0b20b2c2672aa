import { useEffect, useState } from "preact/hooks";
import { defaultNotice } from "../../../../apps-script/core/notice/built-in.ts";
import { takenExpertsSheet } from "../../../../apps-script/core/schema/application.ts";
import {
  assignmentSheet,
  expertOverviewSheet,
  reviewedSheet,
  scoresSheet,
} from "../../../../apps-script/core/schema/review.ts";
import { labelOf } from "../../../../apps-script/core/schema/sheet-spec.ts";
import { Heads, ScrollTable } from "../../../../apps-script/dialogs/pages/parts.tsx";
import type { AwardOverview, ExpertPage, ExpertRow } from "../../protocol.ts";
import type { Attempt } from "../attempt.ts";
import { remote } from "../remote.ts";
import { CaseDrawer, CasePart } from "./case-search.tsx";
import { ReminderText } from "./reminders.tsx";

const filters = {
  all: ["全部", () => true],
  open: ["没有交齐的", ({ assigned, scored }) => scored < assigned],
  doubts: ["待核实的", ({ doubts }) => doubts !== ""],
  late: ["迟交的", ({ late }) => late > 0],
} as const satisfies Readonly<Record<string, readonly [string, (expert: ExpertRow) => boolean]>>;

/** Of 专家情况. */
const overviewLabel = (key: Parameters<typeof labelOf<typeof expertOverviewSheet>>[1]) =>
  labelOf(expertOverviewSheet, key);
const counted = (["assigned", "scored"] as const).map(overviewLabel);
const [late, status, doubts] = [overviewLabel("late"), overviewLabel("status"), overviewLabel("doubts")];
const overviewHeads = [
  "专家",
  labelOf(takenExpertsSheet, "unit"),
  overviewLabel("stage"),
  ...counted,
  status,
  late,
  doubts,
  "催交",
];

// Every notice has these.
const scores = scoresSheet(defaultNotice);
const caseHeads = [
  labelOf(reviewedSheet, "reviewId"),
  labelOf(reviewedSheet, "title"),
  labelOf(reviewedSheet, "field"),
  labelOf(assignmentSheet, "round"),
  labelOf(assignmentSheet, "status"),
];

/** A page of them; more is asked for. */
const atOnce = 200;

/** Who has given what back: a row an expert; lateness and what wants asking apart. */
export function ExpertMatrix(props: {
  readonly overview: AwardOverview;
  readonly path: string;
  readonly stamp: string;
  readonly attempt: Attempt;
}) {
  const { overview, path, stamp, attempt } = props;
  const { experts } = overview;
  const [filter, setFilter] = useState<keyof typeof filters>("all");
  const [text, setText] = useState("");
  const [shown, setShown] = useState(atOnce);
  const [chosen, setChosen] = useState<string>();
  const expert = experts.find(({ id }) => id === chosen);
  if (experts.length === 0) return <p class="empty">还没有评审专家：“分派专家”以后才有。</p>;
  if (expert)
    return (
      <ExpertDetails
        key={expert.id}
        expert={expert}
        path={path}
        stamp={stamp}
        attempt={attempt}
        back={() => setChosen(undefined)}
      />
    );
  const [, fits] = filters[filter];
  const wanted = experts.filter(
    (each) => fits(each) && (text === "" || `${each.id} ${each.name} ${each.unit}`.includes(text)),
  );
  return (
    <section class="panel" aria-label="各专家">
      <div class="filters">
        <select
          aria-label="看哪些专家"
          value={filter}
          onChange={(event) => setFilter(event.currentTarget.value as keyof typeof filters)}
        >
          {Object.entries(filters).map(([key, [label, isOne]]) => (
            <option key={key} value={key}>
              {label}（{experts.filter(isOne).length}）
            </option>
          ))}
        </select>
        <input
          type="search"
          aria-label="查专家"
          placeholder="专家编号、姓名或单位"
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
        />
      </div>
      <ScrollTable label="各专家评审情况">
        <Heads labels={overviewHeads} numbers={[...counted, late]} />
        <tbody>
          {wanted.slice(0, shown).map((each) => (
            <tr key={each.id}>
              <th scope="row">
                <button type="button" class="quiet" onClick={() => setChosen(each.id)}>
                  {each.id} {each.name}
                </button>
              </th>
              <td>{each.unit}</td>
              <td>{each.stage}</td>
              <td class="number">{each.assigned}</td>
              <td class={`number ${each.assigned === 0 ? "" : each.scored < each.assigned ? "lacking" : "sent"}`}>
                {each.scored}
              </td>
              <td>{each.withdrawn ? `已退出；${each.status}` : each.status}</td>
              <td class="number">{each.late === 0 ? "" : each.late}</td>
              <td>{each.doubts}</td>
              <td>{each.reminder !== "" && <ReminderText summary="催交的话" text={each.reminder} />}</td>
            </tr>
          ))}
        </tbody>
      </ScrollTable>
      {wanted.length > shown && (
        <button type="button" onClick={() => setShown(shown + atOnce)}>
          再显示 {Math.min(atOnce, wanted.length - shown)} 名（还有 {wanted.length - shown} 名）
        </button>
      )}
    </section>
  );
}

const points = (value: number | null) => (value === null ? "" : String(Math.round(value * 100) / 100));

/** How much more or less than the others: `+3.5`, `−2`. */
function apart(total: number | null, others: number | null): string {
  if (total === null || others === null) return "";
  const difference = Math.round((total - others) * 100) / 100;
  return difference > 0 ? `+${difference}` : difference < 0 ? `−${-difference}` : "0";
}

function ExpertDetails(props: {
  readonly expert: ExpertRow;
  readonly path: string;
  readonly stamp: string;
  readonly attempt: Attempt;
  back(): void;
}) {
  const { expert, path, stamp, attempt, back } = props;
  const [page, setPage] = useState<ExpertPage>();
  const numbers = [labelOf(scores, "total"), "其他专家平均", "相差", ...(page?.items ?? [])];
  const [shownCase, setCase] = useState<string>();
  useEffect(() => {
    void attempt(async () => setPage(await remote.readExpert(path, expert.id)));
  }, [path, stamp, expert.id]);
  return (
    <section class="panel expert-page" aria-label="专家">
      <p class="buttons">
        <button type="button" onClick={back}>
          ← 各专家
        </button>
      </p>
      <h2>
        {expert.id} {expert.name}
      </h2>
      <p class="soft">{[expert.unit, expert.stage, expert.phone].filter((part) => part !== "").join("　")}</p>
      <dl class="case-facts">
        <div>
          <dt>{counted.join(" / ")}</dt>
          <dd>
            {expert.assigned} / {expert.scored}
          </dd>
        </div>
        <div>
          <dt>{status}</dt>
          <dd>{expert.status}</dd>
        </div>
        <div>
          <dt>{late}</dt>
          <dd>{expert.late === 0 ? "没有" : `${expert.late} 个在截止以后收回`}</dd>
        </div>
        <div>
          <dt>{doubts}</dt>
          <dd>{expert.doubts === "" ? "没有" : expert.doubts}</dd>
        </div>
      </dl>
      {!page && <p class="soft">正在打开……</p>}
      {page && (
        <>
          <ScrollTable label="所评案例">
            <Heads labels={[...caseHeads, ...numbers, labelOf(scores, "comment")]} numbers={numbers} />
            <tbody>
              {page.cases.map((each) => (
                <tr key={each.reviewId}>
                  <th scope="row">
                    <button type="button" class="quiet" title="这个案例的全部内容" onClick={() => setCase(each.id)}>
                      {each.reviewId}
                    </button>
                  </th>
                  <td class="title">{each.title}</td>
                  <td class="place">{each.field}</td>
                  <td class="place">{each.round}</td>
                  <td class="place">
                    {each.status}
                    {each.late && "（迟交）"}
                  </td>
                  <td class="number">{points(each.total)}</td>
                  <td class="number">{points(each.others)}</td>
                  <td class="number">{apart(each.total, each.others)}</td>
                  {each.scores.map((score, i) => (
                    <td key={page.items[i]} class="number">
                      {points(score)}
                    </td>
                  ))}
                  <td>{each.comment}</td>
                </tr>
              ))}
            </tbody>
          </ScrollTable>
          {page.tables.map((table) => (
            <CasePart key={table.sheet} table={table} />
          ))}
          {shownCase !== undefined && (
            <CaseDrawer key={shownCase} id={shownCase} path={path} close={() => setCase(undefined)} />
          )}
        </>
      )}
    </section>
  );
}
