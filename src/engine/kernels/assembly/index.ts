export { allocate, release } from "./memory";
export { groupSummary } from "./group-summary";
export { localSums } from "./local-sums";
export { turnRows } from "./turn-rows";
export { pairSums } from "./pair-sums";
export { countDeviance, fitCountModel, newCountModel, profileCounts } from "./count-model";
