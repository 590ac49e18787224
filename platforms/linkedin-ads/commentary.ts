/**
 * Posts are written in LinkedIn's "little text format", in which these characters mean something unless a backslash stands before
 * (learn.microsoft.com/linkedin/marketing/community-management/shares/little-text-format).
 */
const meaningful = /[|{}@[\]()<>#\\*_~]/g;

/** A text that is to be shown as it stands. */
export const plainCommentary = (text: string): string => text.replace(meaningful, '\\$&');

/** What members see of a text: mentions and hashtags that LinkedIn made of it stay in its notation. */
export const shownCommentary = (commentary: string): string => commentary.replace(/\\([|{}@[\]()<>#\\*_~])/g, '$1');
