export { allocate, release } from "./memory";
export { groupSummary } from "./group-summary";
export { localSums } from "./local-sums";
export { turnRows } from "./turn-rows";
export { pairSums } from "./pair-sums";
export { newCountModel } from "./count-fields";
export { countDeviance, fitCountModel } from "./count-model";
export { profileCounts } from "./count-profile";
