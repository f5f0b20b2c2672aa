import { papers, type UnitDesk } from "../../unit/form-protocol.ts";
import type { Attempt } from "../attempt.ts";
import { handOver } from "../hand-over.ts";
import { printFile } from "../print/print.tsx";
import { remote } from "../remote.ts";
import { Problems } from "./form-problems.tsx";

/** How far a number is filled; over it the bar is full and red, at it green. */
function Bar({
  label,
  count,
  limit,
  hint,
}: {
  readonly label: string;
  readonly count: number;
  readonly limit: number;
  readonly hint: string;
}) {
  const state = count > limit ? "over" : count === limit ? "full" : "";
  return (
    <div class={`bar-line ${state}`}>
      <span class="name">{label}</span>
      <svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
        <rect class="ground" width="100" height="8" />
        <rect class="filled" width={limit === 0 ? 0 : Math.min(100, (count / limit) * 100)} height="8" />
      </svg>
      <span class="count">
        {count} / {limit}
      </span>
      <span class="soft">{hint}</span>
    </div>
  );
}

const describeGap = (count: number, wanted: number) =>
  count === wanted ? "已齐" : count < wanted ? `还差 ${wanted - count} 名` : `多出 ${count - wanted} 名`;

/** What the notice asks of a unit: quotas, people, what is missing; and what can be made of the form. */
export function UnitOverview({ desk, attempt }: { readonly desk: UnitDesk; readonly attempt: Attempt }) {
  const { standing, others } = desk;
  const peopleProblems = desk.people.flatMap(({ rows }) => rows.flatMap(({ findings }) => findings));
  const problems = [...others, ...peopleProblems];
  return (
    <div class="reading overview-of-unit">
      <h2>{desk.unit}</h2>
      <section aria-label="推荐名额">
        <h3>推荐名额</h3>
        <div class="bars">
          {standing.quotas.map(({ field, track, recommended, quota, eligible, state }) => (
            <Bar
              key={`${field}${track}`}
              label={`${field} ${track}`}
              count={recommended}
              limit={quota}
              hint={`${state}，可推荐 ${eligible} 个`}
            />
          ))}
        </div>
        <p class="soft">“可推荐”是没有错误的案例数，含已推荐的。</p>
      </section>
      <section aria-label="专家和联络员">
        <h3>专家和联络员</h3>
        <div class="bars">
          {standing.people.map(({ label, count, wanted }) => (
            <Bar key={label} label={label} count={count} limit={wanted} hint={describeGap(count, wanted)} />
          ))}
        </div>
      </section>
      <section aria-label="还差什么">
        <h3>还差什么</h3>
        {standing.missing.length === 0 ? (
          <p class="good">都齐了。</p>
        ) : (
          <ul class="missing">
            {standing.missing.map(({ message, due }) => (
              <li key={message}>
                {message}
                {due !== "" && <span class="soft">（期限 {due}）</span>}
              </li>
            ))}
          </ul>
        )}
      </section>
      {problems.length > 0 && (
        <section aria-label="不在案例里的问题">
          <h3>专家、联络员和本单位的问题</h3>
          <Problems findings={problems} placed />
        </section>
      )}
      <section aria-label="输出">
        <h3>输出</h3>
        <div class="buttons">
          {papers.map((paper) => (
            <span key={paper}>
              <button
                type="button"
                onClick={() =>
                  attempt(async () => {
                    const { name, bytes } = await remote.makePaper(desk.path, paper);
                    handOver(name, new Uint8Array(bytes));
                  })
                }
              >
                {paper}
              </button>
              <button
                type="button"
                class="quiet"
                aria-label={`打印 ${paper}`}
                onClick={() =>
                  attempt(async () => {
                    const { name, bytes } = await remote.makePaper(desk.path, paper);
                    await printFile(name, bytes);
                  })
                }
              >
                打印
              </button>
            </span>
          ))}
        </div>
        <p class="soft">
          只凭这份填报表就能做出来，盖章、签字后交。检查报告里有问题清单、推荐名额和人工核对表。
          跨单位的重复、全区的名额和编号，要等管理员合并以后才能检查出来。
        </p>
      </section>
    </div>
  );
}
