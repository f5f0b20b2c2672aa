import { useRef, useState } from "preact/hooks";
import { noAward, unitKindLabels } from "../../core/schema/choices.ts";
import type { RankingView } from "../views.ts";
import { Histogram, Severities } from "./charts.tsx";
import { grouped, percent, points } from "./numbers.ts";
import { Empty, Fact, Heads, Part, Texts, TextsPart } from "./parts.tsx";
import "./ranking.css";

type Group = RankingView["groups"][number];

/** The direct schools have no track; where they rank apart the group bears their name. */
const nameOf = ({ field, track }: Group) => `${field} ${track || unitKindLabels.school}`;

const chance = (probability: number | null) => (probability === null ? "—" : `${Math.round(percent(probability, 1))}%`);

function NearLine({ nearLine }: Pick<Group, "nearLine">) {
  const below = nearLine.reduce((last, { award }, i) => (award === "" ? last : i + 1), 0);
  return (
    <table>
      <Heads labels={["名次", "案例", "得分", "获奖概率", "奖项"]} numbers={["名次", "得分", "获奖概率"]} />
      <tbody>
        {nearLine.map(({ rank, id, title, score, award, probability }, i) => (
          <tr key={id} class={below > 0 && i === below ? "below-line" : ""}>
            <td class="number">{rank}</td>
            <td>
              <div class="near-case">
                <span class="title" title={title}>
                  {title}
                </span>
                <span class="id">{id}</span>
              </div>
            </td>
            <td class="number">{points(score)}</td>
            <td class="number">{chance(probability)}</td>
            <td>
              <span class={award === "" ? "badge" : "badge good"}>{award || noAward}</span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function GroupPanel({ group }: { readonly group: Group }) {
  const { ranked, winners, awardLine, histogram, nearLine } = group;
  return (
    <div class="wide" role="tabpanel" aria-label={nameOf(group)}>
      <div>
        <dl class="facts">
          <Fact label="参加排名" value={grouped(ranked)} />
          <Fact label="获奖" value={grouped(winners)} tone={winners > 0 ? "good" : undefined} />
          <Fact label="奖项线" value={awardLine === null ? "—" : points(awardLine)} />
        </dl>
        {histogram.length > 0 && (
          <Part title="得分分布">
            <Histogram group={group} />
          </Part>
        )}
      </div>
      <div>
        {nearLine.length > 0 && (
          <Part title="奖项线附近的案例">
            <NearLine nearLine={nearLine} />
          </Part>
        )}
      </div>
    </div>
  );
}

const moves: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

/** 排名: the groups as tabs, then what is open in all of them. */
export function Ranking({ view }: { readonly view: RankingView }) {
  const { groups, late, noteworthy } = view;
  const [chosen, setChosen] = useState(() =>
    Math.max(
      0,
      groups.findIndex(({ ranked }) => ranked > 0),
    ),
  );
  const tabs = useRef<HTMLDivElement>(null);
  const group = groups[chosen];
  const move = (event: KeyboardEvent) => {
    const by = moves[event.key];
    if (by === undefined) return;
    event.preventDefault();
    const next = (chosen + by + groups.length) % groups.length;
    setChosen(next);
    const tab = tabs.current?.children.item(next);
    if (tab instanceof HTMLElement) tab.focus();
  };
  return (
    <div class="ranking">
      {groups.length > 0 && (
        <div class="groups" role="tablist" aria-label="排名组" ref={tabs} onKeyDown={move}>
          {groups.map((each, i) => (
            <button
              key={nameOf(each)}
              type="button"
              role="tab"
              aria-selected={i === chosen}
              tabIndex={i === chosen ? 0 : -1}
              onClick={() => setChosen(i)}
            >
              <b>{nameOf(each)}</b>
              <small>
                {grouped(each.ranked)} 个 · 获奖 {each.winners}
              </small>
            </button>
          ))}
        </div>
      )}
      {group ? (
        <GroupPanel group={group} />
      ) : (
        <Empty title="还没有可以排名的案例" text="收齐评分之后，再运行“汇总排名”。" />
      )}
      <TextsPart
        title={`待定 ${grouped(view.open.length)} 项：定下之前不能公布名单`}
        texts={view.open}
        look="texts problems"
      />
      <TextsPart title="请注意" texts={view.notes} look="texts problems" />
      {view.calibration !== "" && (
        <Part title="专家宽严">
          <Severities severities={view.severities} />
          <p class="hint">{view.calibration}。</p>
        </Part>
      )}
      {noteworthy.length + late > 0 && (
        <Part
          title={
            noteworthy.length === 0
              ? "评分收回的时间"
              : `值得留意的专家 ${grouped(noteworthy.length)} 名，图中为棕色；各项数字见“专家情况”`
          }
        >
          <Texts texts={noteworthy.map(({ expert, status }) => `${expert}：${status}`)} look="texts remarks" />
          {late > 0 && (
            <p class="hint">
              {noteworthy.length > 0 && "另"}有 {grouped(late)} 名专家的评分在评审截止后收回。
            </p>
          )}
        </Part>
      )}
      <TextsPart
        title={`奖项因计分方法而不同 ${grouped(view.methodDependent.length)} 个：平均分、去极值平均分、校准分给出的奖项不一样`}
        texts={view.methodDependent}
        look="ids"
      />
      <TextsPart
        title={`建议加评 ${grouped(view.proposal.length)} 个：获奖与否最难分辨，再次分派会各增加一名专家`}
        texts={view.proposal.map(({ id, probability }) => `${id}（获奖概率 ${chance(probability)}）`)}
        look="ids"
      />
      <TextsPart
        title={`待复评 ${grouped(view.arbitration.length)} 个：极差超过阈值，再次分派会增加一名专家`}
        texts={view.arbitration.map(({ id, range }) => `${id}（极差 ${points(range)}）`)}
        look="ids"
      />
      <TextsPart
        title={`已复评 ${grouped(view.arbitrated.length)} 个：各专家的分数，以及得分是怎样取的`}
        texts={view.arbitrated.map(({ id, explanation }) => `${id}：${explanation}`)}
        look="texts remarks"
      />
      <TextsPart
        title={`待评 ${grouped(view.pending.length)} 个：评分没有收齐，暂不参加排名`}
        texts={view.pending}
        look="ids"
      />
    </div>
  );
}
