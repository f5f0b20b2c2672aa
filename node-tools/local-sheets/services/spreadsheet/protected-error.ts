export class ProtectedError extends Error {
  constructor() {
    super(
      "You are trying to edit a protected cell or object. Please contact the spreadsheet owner to remove protection if you need to edit.",
    );
  }
}
