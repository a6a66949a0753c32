/** Where the test files of one Jest run leave what they saw; set by globalSetup, so that every worker inherits it. */
export const callsFolderVariable = 'EXEMPTION_DESK_CALLS_FOLDER';

export type SeenCall = { readonly call: string; readonly apiVersion: string };

/** What one test file leaves, as a line of JSON; `problems` are calls that are not as Microsoft publishes them. */
export type SeenByTest = {
  readonly testFile: string;
  readonly calls: readonly SeenCall[];
  readonly problems: readonly string[];
};
