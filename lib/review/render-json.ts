import type { Report } from './report';

/** Goes up when a program that reads the report would have to change. */
export const REPORT_VERSION = 1;

/** The report for programs: flat findings, in the order of the report. */
export function renderJson(report: Report): string {
  return `${JSON.stringify({ version: REPORT_VERSION, ...report }, undefined, 2)}\n`;
}
