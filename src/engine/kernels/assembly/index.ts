export { allocate, release } from "./memory";
export { groupSummary } from "./group-summary";
