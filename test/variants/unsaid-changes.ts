import type { VariantTemplate } from './synthesize-variant';
import type { Variant } from './variants';

/**
 * Variants whose templates do not differ from their base's where they say so, and only there: a variant that changes
 * nothing checks nothing. Those whose base is not among `variants` are passed over.
 */
export function unsaidChanges(variants: readonly Variant[], templates: readonly VariantTemplate[]): string[] {
  return variants
    .filter(({ base }) => variants.some(({ name }) => name === base))
    .flatMap((variant) => {
      const { name, base } = variant;
      const [mine, original] = [stacksOf(name, templates), stacksOf(base, templates)];
      const all = [...mine.keys()];
      const said = list(variant.changes === 'all' ? all : variant.changes);
      const changed = list([...new Set([...all, ...original.keys()])].filter((s) => mine.get(s) !== original.get(s)));
      return said === changed ? [] : [`variants.ts: ${name} says that it changes ${said}, and changes ${changed}`];
    });
}

/** Texts by the names of stacks without the environment's. */
function stacksOf(variant: string, templates: readonly VariantTemplate[]): Map<string, string> {
  return new Map(
    templates
      .filter((template) => template.variant === variant)
      .map(({ stackName, text }) => [stackName.slice(stackName.lastIndexOf('-') + 1), text]),
  );
}

function list(stacks: readonly string[]): string {
  return stacks.length === 0 ? 'nothing' : [...stacks].sort().join(', ');
}
