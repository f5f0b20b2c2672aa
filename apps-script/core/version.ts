/** The version of the rules and methods, as 日志 names it; equal to the version in package.json. */
export const version = "0.2.0";
