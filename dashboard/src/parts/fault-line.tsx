/** What went wrong, under the word that says that something did. */
export function FaultLine({ text }: { readonly text: string | null }) {
  return text === null ? null : <span className="second-line fault">{text}</span>;
}
