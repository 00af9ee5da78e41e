import { Pace } from '../../lib/stream/pace';

const pace = (random = 1): Pace => new Pace({ inFlight: 8, firstPause: 50, longestPause: 400, random: () => random });

describe('Pace', () => {
  test('starts at full speed', () => {
    expect(pace()).toMatchObject({ limit: 8 });
    expect(pace().pause(0)).toBe(0);
  });

  test('every failed round doubles the pause and halves what is in flight, within bounds', () => {
    const subject = pace();
    const seen = Array.from({ length: 6 }, () => {
      subject.learn(subject.round, 1, 0);
      return [subject.pause(0), subject.limit];
    });
    expect(seen).toEqual([
      [50, 4],
      [100, 2],
      [200, 1],
      [400, 1],
      [400, 1],
      [400, 1],
    ]);
  });

  test('requests of one round that fail together count once', () => {
    const subject = pace();
    const { round } = subject;
    for (let request = 0; request < 8; request++) subject.learn(round, 1, 0);
    expect([subject.pause(0), subject.limit]).toEqual([50, 4]);
  });

  test('a few failed records are progress: a short pause, and no slower', () => {
    const subject = pace();
    for (let request = 0; request < 20; request++) subject.learn(subject.round, 0.1, 0);
    expect([subject.pause(0), subject.limit]).toEqual([50, 8]);
  });

  test('success brings the speed back', () => {
    const subject = pace();
    for (let request = 0; request < 4; request++) subject.learn(subject.round, 1, 0);
    for (let request = 0; request < 40; request++) subject.learn(subject.round, 0, 1000);
    expect([subject.pause(1000), subject.limit]).toEqual([0, 8]);
    subject.learn(subject.round, 1, 1000);
    expect(subject.pause(1000)).toBe(50);
  });

  test('the pause is a random part of the bound, and passes with time', () => {
    const subject = pace(0.5);
    subject.learn(subject.round, 1, 100);
    expect([subject.pause(100), subject.pause(115), subject.pause(200)]).toEqual([25, 10, 0]);
  });
});
