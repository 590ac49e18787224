import type { Angle } from '../fact.ts';
import { sentencesOf } from './compose.ts';
import type { Filling } from './fill.ts';
import type { SentencePart } from './language-pack.ts';

/** One picture of a storyboard. */
export interface Scene {
  readonly shows: 'hook' | 'product' | 'reason' | 'offer' | 'call';
  readonly seconds: number;
  /** On the screen; short enough to be read while it stands there. */
  readonly screen: string;
  readonly voiceOver: string;
  readonly factIds: readonly string[];
}

export interface VideoScript {
  readonly angle: Angle;
  readonly scenes: readonly Scene[];
  readonly seconds: number;
}

/** Words spoken in a second at an easy pace: 140 a minute. */
const wordsPerSecond = 140 / 60;
const shortestScene = 2;
/** A vertical video's line at a legible size, two lines. */
const screenLimit = 44;
const longestVideo = 30;

const scenePlans: Readonly<Record<Angle, readonly SentencePart[]>> = {
  benefit: ['benefit', 'feature', 'proof', 'offer', 'call'],
  offer: ['offer', 'benefit', 'feature', 'call'],
  problem: ['problem', 'answer', 'benefit', 'proof', 'call'],
  proof: ['proof', 'benefit', 'feature', 'call'],
  urgency: ['urgency', 'benefit', 'offer', 'call'],
  category: ['category', 'benefit', 'offer', 'call'],
};
const shows: Readonly<Record<SentencePart, Scene['shows']>> = {
  problem: 'hook',
  category: 'hook',
  benefit: 'product',
  answer: 'product',
  feature: 'product',
  proof: 'reason',
  offer: 'offer',
  urgency: 'offer',
  call: 'call',
};

/** A script by the seconds, or null where the facts give fewer than three scenes. `variant` turns through the facts. */
export function videoScript(filling: Filling, angle: Angle, variant: number): VideoScript | null {
  const parts = sentencesOf(filling);
  const usedFacts = new Set<string>();
  const scenes: Scene[] = [];
  for (const part of scenePlans[angle]) {
    const fitting = parts[part].filter(
      ({ text, factIds }) =>
        [...onScreen(text)].length <= screenLimit && !factIds.some((id) => usedFacts.has(id) && id !== filling.name.id),
    );
    const chosen = fitting[variant % Math.max(1, fitting.length)];
    if (chosen === undefined) continue;
    for (const id of chosen.factIds) usedFacts.add(id);
    scenes.push({
      shows: scenes.length === 0 ? 'hook' : shows[part],
      seconds: secondsFor(chosen.text),
      screen: onScreen(chosen.text),
      voiceOver: chosen.text,
      factIds: chosen.factIds,
    });
  }
  const seconds = scenes.reduce((sum, scene) => sum + scene.seconds, 0);
  return scenes.length < 3 || seconds > longestVideo ? null : { angle, scenes, seconds };
}

const onScreen = (text: string): string => text.replace(/\.$/, '');
const secondsFor = (text: string): number =>
  Math.max(shortestScene, Math.ceil((text.split(/\s+/).length / wordsPerSecond) * 2) / 2);
