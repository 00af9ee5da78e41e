import { Outage } from '../../../lib/stream/producer/outage';

const outage = (random = 1): Outage =>
  new Outage({ inFlight: 8, patience: 5, pause: { first: 50, longest: 300 }, random: () => random });

describe('Outage', () => {
  test('one request probes until something was accepted, then one more for each', () => {
    const subject = outage();
    const limits = Array.from({ length: 10 }, () => {
      const { limit } = subject;
      subject.accepted();
      return limit;
    });
    expect(limits).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 8, 8]);
  });

  test('at the start the pause doubles from the first refusal on, within its bound, until patience ends', () => {
    const subject = outage();
    const pauses = [];
    while (!subject.isOver) {
      subject.refused(subject.round, 0);
      pauses.push(subject.pause(0));
    }
    expect(pauses).toEqual([50, 100, 200, 300, 300]);
    expect(outage(0).pause(0)).toBe(0);
  });

  test('the pause is never shorter than half of its bound', () => {
    const subject = outage(0);
    subject.refused(0, 100);
    expect([subject.pause(100), subject.pause(110), subject.pause(200)]).toEqual([25, 15, 0]);
  });

  test('one request refused among others that are accepted halves the number, and does not wait', () => {
    const subject = outage();
    for (let request = 0; request < 8; request++) subject.accepted();
    subject.refused(0, 0);
    expect([subject.limit, subject.pause(0)]).toEqual([4, 0]);
    subject.refused(1, 0);
    expect([subject.limit, subject.pause(0)]).toEqual([2, 50]);
    subject.accepted();
    expect([subject.limit, subject.pause(0)]).toEqual([8, 0]);
  });

  test('requests in flight together count once; an acceptance begins the count anew', () => {
    const subject = outage();
    for (let request = 0; request < 8; request++) subject.refused(0, 0);
    expect(subject.round).toBe(1);
    for (let round = 1; round < 4; round++) subject.refused(round, 0);
    expect(subject.isOver).toBe(false);
    subject.accepted();
    expect(subject.round).toBe(0);
    for (let round = 0; round < 4; round++) subject.refused(round, 0);
    expect(subject.isOver).toBe(false);
    subject.refused(4, 0);
    expect(subject.isOver).toBe(true);
  });
});
