import { isScalar, isSeq, parseDocument } from 'yaml';

/** A rule of cfn-lint that .cfnlintrc.yaml turns off. */
export interface IgnoredRule {
  readonly rule: string;
  /** The comment above it. */
  readonly reason: string;
}

/** Reads `ignore_checks` with the comments that give the reasons. */
export function ignoredRules(text: string): IgnoredRule[] {
  const document = parseDocument(text);
  const [error] = document.errors;
  if (error !== undefined) throw new Error(`.cfnlintrc.yaml: ${error.message}`);
  const list = document.get('ignore_checks');
  if (!isSeq(list)) return [];
  return list.items.map((item, index) => {
    if (!isScalar(item)) throw new Error('.cfnlintrc.yaml: ignore_checks is not a list of names of rules');
    // The parser gives the comment above the first item to the list.
    const comment = (index === 0 ? list.commentBefore : item.commentBefore) ?? '';
    return { rule: String(item.value), reason: comment.replace(/\s*\n\s*/g, ' ').trim() };
  });
}
