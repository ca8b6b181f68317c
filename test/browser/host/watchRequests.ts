/** Counts the requests of the page that are under way, so that a test can tell when it has settled. */
export function watchRequests(): void {
  const original = window.fetch.bind(window);
  window.hostPending = 0;
  window.fetch = async (...args) => {
    window.hostPending = (window.hostPending ?? 0) + 1;
    try {
      return await original(...args);
    } finally {
      window.hostPending -= 1;
    }
  };
}
