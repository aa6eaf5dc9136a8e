/**
 * Asks something that may be asked again at any time, one question after the other: those that
 * come while one is under way are one. `ask` deals with its failures itself.
 */
export function again(ask: () => Promise<void>): () => void {
  let asking = false;
  let wanted = false;
  return function run() {
    wanted = asking;
    if (asking) return;
    asking = true;
    void ask().finally(() => {
      asking = false;
      if (wanted) run();
    });
  };
}
