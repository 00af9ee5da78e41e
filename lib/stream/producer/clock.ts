/** Time, so that tests need not wait for it. */
export interface Clock {
  /** In milliseconds, from any start. */
  now(): number;
  /** Calls back after so many milliseconds; the function it answers cancels that. */
  schedule(milliseconds: number, callback: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => performance.now(),
  schedule: (milliseconds, callback) => {
    const timer = setTimeout(callback, milliseconds);
    return () => {
      clearTimeout(timer);
    };
  },
};
