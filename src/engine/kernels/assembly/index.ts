export { allocate, release } from "./memory";
export { groupSummary } from "./group-summary";
export { pairSums } from "./pair-sums";
export {
  countDeviance,
  countHalfLogDeterminant,
  countLogLikelihood,
  fitCountModel,
  newCountModel,
} from "./count-model";
