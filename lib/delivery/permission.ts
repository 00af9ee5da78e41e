export type Conditions = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;

/**
 * What somebody may do, or never may: a statement of an IAM policy before it is one. It is made once, of names that are tokens in
 * a template and words in an explanation, so that the two cannot differ.
 */
export interface Permission {
  /** Allow, unless it says otherwise. */
  readonly effect?: 'Deny';
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly conditions?: Conditions;
  /** Why no narrower resource can stand here; needed where one has a wildcard. */
  readonly because?: string;
}
