/** Rows that quantifiers write beside the genes: reads that belong to none. */
export const summaryRow =
  /^(__(no_feature|ambiguous|too_low_aqual|not_aligned|alignment_not_unique)|N_(unmapped|multimapping|noFeature|ambiguous))$/i;
