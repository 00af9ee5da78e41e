import { z } from 'zod';
import { setting } from '../foundation/settings';

/** A budget of nothing rings at once. */
const LEAST_BUDGET = 1;
const LARGEST_BUDGET = 10_000_000;

export const noticesSchema = z
  .strictObject({
    /** Who gets mail when an alarm rings, a pipeline fails or waits. Each confirms the subscription once. */
    emails: setting(
      z
        .array(setting(z.email(), 'an e-mail address', 'oncall@example.com'))
        .refine((list) => new Set(list).size === list.length),
      'a list of e-mail addresses, each once',
      ['oncall@example.com'],
    ).default([]),
    /** A channel of Slack, whose workspace was once authorized in the console of Amazon Q Developer in chat applications. */
    slack: z
      .strictObject({
        /** Source of both forms: `AWS::Chatbot::SlackChannelConfiguration`. */
        workspaceId: setting(z.string().regex(/^[0-9A-Z]{1,255}$/), 'the ID of a workspace', 'T0123456789'),
        channelId: setting(z.string().regex(/^[A-Za-z0-9]{1,255}$/), 'the ID of a channel', 'C0123456789'),
      })
      .optional(),
    /** US dollars a month for everything with the tag Environment of this environment. */
    monthlyBudget: setting(
      z.number().min(LEAST_BUDGET).max(LARGEST_BUDGET),
      `an amount of US dollars from ${LEAST_BUDGET} to 10,000,000`,
      500,
    ).optional(),
  })
  .prefault({});

export type NoticesSettings = z.output<typeof noticesSchema>;
