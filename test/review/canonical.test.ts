import { canonical } from '../../lib/review/canonical';
import { findingsOf } from './support/assemblies';

describe('texts that are put together', () => {
  const region = { Ref: 'AWS::Region' };
  test.each<[unknown, unknown]>([
    [{ 'Fn::Join': ['-', ['a', region]] }, { 'Fn::Sub': 'a-${AWS::Region}' }],
    [{ 'Fn::Join': ['', ['a', 'b']] }, 'ab'],
    [{ 'Fn::Sub': '${B.Arn}/*' }, { 'Fn::Join': ['/', [{ 'Fn::GetAtt': ['B', 'Arn'] }, '*']] }],
    [{ 'Fn::Sub': ['${x}/b', { x: region }] }, { 'Fn::Join': ['', [region, '/b']] }],
    [{ 'Fn::Sub': '${!x}' }, '${x}'],
  ])('%j is %j', (one, other) => {
    expect(canonical(one)).toBe(canonical(other));
  });

  test.each<[unknown, unknown]>([
    [{ 'Fn::Sub': '${!x}' }, { 'Fn::Sub': '${x}' }],
    [{ 'Fn::Join': ['-', ['a', region]] }, { 'Fn::Join': ['', ['a', region]] }],
    [{ 'Fn::Sub': 'a' }, { 'Fn::Sub': 'b' }],
  ])('%j is not %j', (one, other) => {
    expect(canonical(one)).not.toBe(canonical(other));
  });
});

test.each<[unknown, unknown, string]>([
  ['a', { 'Fn::If': ['C', 'a', 'b'] }, 'may'],
  ['a', { Ref: 'P' }, 'may'],
  ['a', 'b', 'will'],
])('from %j to %j, a bucket is replaced: %s', (before, after, certainty) => {
  const of = (BucketName: unknown): Record<string, unknown> => ({
    B: { Type: 'AWS::S3::Bucket', Properties: { BucketName } },
  });
  expect(findingsOf(of(before), of(after))).toMatchObject([{ change: 'replace', certainty }]);
});
