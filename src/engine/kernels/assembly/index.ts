export { allocate, release } from "./memory";
export { groupSummary } from "./group-summary";
export { pairSums } from "./pair-sums";
export { countDeviance, fitCountModel, newCountModel, profileCounts } from "./count-model";
