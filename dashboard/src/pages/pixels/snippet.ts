interface SnippetPlaces {
  readonly pixelId: string;
  /** The API’s address, as the dashboard knows it. */
  readonly apiUrl: string;
  /** Whose `/pixel/v1.js` is loaded. */
  readonly scriptOrigin: string;
}

/** For the head of every page. Calls wait until the script is there; nothing is kept on the device before consent. */
export const pageSnippet = ({ pixelId, apiUrl, scriptOrigin }: SnippetPlaces): string =>
  `<script>
  window.conext = window.conext || function () { (window.conext.q = window.conext.q || []).push(arguments); };
  conext('init', '${pixelId}', { endpoint: '${apiUrl}' });
  // Once the visitor has answered: 'granted' or 'denied'.
  // conext('consent', { adStorage: 'granted', adUserData: 'granted', adPersonalization: 'granted' });
</script>
<script async src="${scriptOrigin}/pixel/v1.js"></script>`;

/** For the page that thanks for an order. */
export const purchaseSnippet = (currency: string | null): string =>
  `<script>
  conext('event', 'purchase', { orderId: 'A-1001', value: 49.90, currency: '${currency ?? 'EUR'}' });
</script>`;
