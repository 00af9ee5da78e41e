// In a process of its own, because a test has loaded modules before: which clients of the SDK the factory loads, and when.
import { awsClients, PATIENCE } from '../../../lib/foundation/aws-clients';

const loaded = (): string[] => [
  ...new Set(Object.keys(require.cache).flatMap((file) => /@aws-sdk\/client-[\w-]+/.exec(file)?.[0] ?? [])),
];

const imported = loaded();
awsClients.sts({ region: 'ap-northeast-1', patience: PATIENCE.person });
process.stdout.write(JSON.stringify({ imported, called: loaded() }));
