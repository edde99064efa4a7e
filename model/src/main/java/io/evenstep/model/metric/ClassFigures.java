package io.evenstep.model.metric;

import java.util.OptionalDouble;

/**
 * How well one class is distinguished from the rest.
 *
 * @param rows rows of the class, at least 1
 * @param precision share of the rows predicted to be of the class that are; 0 when there are none
 * @param recall share of the rows of the class that are predicted to be
 * @param f1 harmonic mean of the two; 0 when both are 0
 * @param auc area under the ROC curve; empty when every row is of the class, or when there are too
 *     many classes to compute it
 * @param prAuc average precision, the area under the precision-recall curve; empty when {@code auc}
 *     is
 */
public record ClassFigures(
    long rows,
    double precision,
    double recall,
    double f1,
    OptionalDouble auc,
    OptionalDouble prAuc) {
  static ClassFigures of(
      long rows, long called, long right, OptionalDouble auc, OptionalDouble prAuc) {
    double precision = called == 0 ? 0 : (double) right / called;
    double recall = (double) right / rows;
    return new ClassFigures(rows, precision, recall, 2.0 * right / (rows + called), auc, prAuc);
  }
}
