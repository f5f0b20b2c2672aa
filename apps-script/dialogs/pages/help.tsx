import type { HelpView } from "../views.ts";
import { Part, TextsPart } from "./parts.tsx";
import "./help.css";

/** 帮助. */
export function Help({ view: { title, steps, marks, advice, ask } }: { readonly view: HelpView }) {
  return (
    <div class="help">
      <Part title={title}>
        <ol>
          {steps.map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ol>
      </Part>
      {marks.length > 0 && (
        <Part title="标记的意思">
          <dl class="marks">
            {marks.map(({ style, term, meaning }) => (
              <>
                <dt class={style}>{term}</dt>
                <dd>{meaning}</dd>
              </>
            ))}
          </dl>
        </Part>
      )}
      <TextsPart title="请注意" texts={advice} />
      <Part title="问谁">
        <div class="contact">
          <p>{ask.about}</p>
          {ask.contact !== "" && <p class="strong">{ask.contact}</p>}
          <p class="soft">{ask.otherwise}</p>
        </div>
      </Part>
    </div>
  );
}
