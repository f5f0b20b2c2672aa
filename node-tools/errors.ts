/** An input that cannot be used: the message, in Chinese, names the file, what is wrong and what to do. Exit code 3. */
export class InputError extends Error {
  override readonly name = "InputError";

  constructor(
    readonly file: string,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
