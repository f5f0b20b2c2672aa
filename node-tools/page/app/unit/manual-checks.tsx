import { absent, present, yes } from "../../../../apps-script/core/schema/choices.ts";
import { Heads, ScrollTable } from "../../../../apps-script/dialogs/pages/parts.tsx";
import {
  checkField,
  type FormChange,
  type ManualQuestion,
  type UnitCase,
  type UnitDesk,
} from "../../unit/form-protocol.ts";

/** undefined while nobody has looked. */
function answerTo({ label, column }: ManualQuestion, { values, lookedAt }: UnitCase): boolean | undefined {
  if (!column) return lookedAt.some((part) => part.trim() === label) || undefined;
  const answer = values[column.key] ?? "";
  return answer === "" ? undefined : answer === column.right;
}

/** What no program can see, a case a row, to be ticked by whoever has looked. */
export function ManualChecks(props: {
  readonly desk: UnitDesk;
  change(changes: readonly FormChange[], doing: string): Promise<boolean>;
}) {
  const { desk, change } = props;
  const { questions, cases } = desk;
  const put = (each: UnitCase, { label, column }: ManualQuestion, isRight: boolean) => {
    const wrong = column?.right === present ? absent : present;
    const [field, value] = column
      ? [column.key, isRight ? column.right : wrong]
      : [checkField(label), isRight ? yes : ""];
    return change([{ sheet: "submissions", row: each.row, field, value }], "人工核对");
  };
  const open = cases.reduce(
    (sum, each) => sum + questions.filter((question) => answerTo(question, each) === undefined).length,
    0,
  );
  return (
    <div class="reading checks">
      <h2>人工核对</h2>
      <p class="soft">
        这些内容程序看不见，请打开视频和图片逐个核对，核对过、没有问题的打勾。前几项就是“案例”表里的视频字幕、片头案例名、品牌标识；
        其余的记在“案例”表最右边的“人工核对”列，随填报表一起交，管理员收表时不导入这一列。检查报告里有同样的表，可以打印签字。
      </p>
      <p>{open === 0 ? <span class="good">都核对过了。</span> : `还有 ${open} 项没有核对。`}</p>
      <ScrollTable label="人工核对">
        <Heads labels={["案例", ...questions.map(({ label }) => label)]} />
        <tbody>
          {cases.map((each) => (
            <tr key={each.row}>
              <td>
                {each.id} {each.title}
              </td>
              {questions.map((question) => {
                const answer = answerTo(question, each);
                return (
                  <td key={question.label}>
                    <label class="tick">
                      <input
                        type="checkbox"
                        aria-label={`${each.id || each.title}：${question.label}`}
                        checked={answer === true}
                        onChange={({ currentTarget }) => void put(each, question, currentTarget.checked)}
                      />
                      {answer === false && <span class="severity error">不符</span>}
                    </label>
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </ScrollTable>
    </div>
  );
}
