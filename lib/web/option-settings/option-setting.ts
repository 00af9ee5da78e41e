/** One option of an Elastic Beanstalk environment. A value may be a token of the CDK. */
export interface OptionSetting {
  readonly namespace: string;
  readonly optionName: string;
  readonly value: string;
}

/** The options of one namespace. Beanstalk's values are texts, numbers and truth values among them. */
export function options(
  namespace: string,
  values: Readonly<Record<string, string | number | boolean>>,
): OptionSetting[] {
  return Object.entries(values).map(([optionName, value]) => ({ namespace, optionName, value: String(value) }));
}
