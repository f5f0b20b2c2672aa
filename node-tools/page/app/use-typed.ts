import { useState } from "preact/hooks";

interface TypingEvent {
  readonly currentTarget: { readonly value: string };
}

interface Typed {
  /** For the element. */
  readonly field: {
    readonly value: string;
    /** There while something is typed that is not stored: Ctrl+Z takes back letters then. */
    readonly "data-typed": "" | undefined;
    onInput(event: TypingEvent): void;
    onChange(event: TypingEvent): void;
    onBlur(): void;
  };
  /** Stores a text as if it had been typed. */
  put(text: string): Promise<unknown>;
}

/**
 * A field that shows what is stored, and what is being typed as long as that is not stored yet: an answer to an earlier
 * change must not take back what somebody is typing, and what could not be stored stays there to be mended.
 *
 * @param store is called with the text when the field is left; answers whether it has been stored
 */
export function useTyped(stored: string, store: (text: string) => Promise<boolean>): Typed {
  const [typed, setTyped] = useState<string>();
  const put = async (text: string) => {
    setTyped(text);
    if (await store(text)) setTyped((now) => (now === text ? undefined : now));
  };
  return {
    field: {
      value: typed ?? stored,
      "data-typed": typed === undefined || typed === stored ? undefined : "",
      onInput: ({ currentTarget }) => setTyped(currentTarget.value),
      onChange: ({ currentTarget }) => void put(currentTarget.value),
      // Whoever types a text and then the stored one again has changed nothing, and the browser tells of no change.
      onBlur: () => setTyped((now) => (now === stored ? undefined : now)),
    },
    put,
  };
}
