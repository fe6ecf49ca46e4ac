import { trimmedMean } from "./cooks-distance.ts";

/** Share trimmed from each end of the normalised counts that stand in for an outlier. */
const share = 0.2;

/**
 * What stands in for an outlying count: the trimmed mean of the normalised counts times the sample's size factor, cut to a whole
 * number; 0.2 trimmed from each end. `room` has one number a sample. Love, Huber & Anders 2014.
 */
export function usualCount(normalised: Float64Array, room: Float64Array): number {
  room.set(normalised);
  return trimmedMean(room, share);
}

/** Which of 31 samples a bit stands for: sample s is bit s % 31 of word s / 31 of a gene. */
export function markReplaced(words: Int32Array, from: number, sample: number): void {
  words[from + Math.floor(sample / 31)] |= 1 << (sample % 31);
}

export function isReplaced(words: Int32Array, from: number, sample: number): boolean {
  return ((words[from + Math.floor(sample / 31)] >> (sample % 31)) & 1) === 1;
}

/** Words a gene. */
export function replacedWords(nSamples: number): number {
  return Math.ceil(nSamples / 31);
}
