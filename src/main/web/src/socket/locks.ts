/**
 * The browser's locks between tabs. It has none on pages that came over plain HTTP from another
 * machine; there every tab does for itself.
 */
export const locks: Pick<LockManager, 'request' | 'query'> =
  navigator.locks ??
  ({
    request: (_name: string, ...rest: unknown[]) =>
      Promise.resolve((rest.at(-1) as () => unknown)()),
    query: () => Promise.resolve({}),
  } as unknown as LockManager);
