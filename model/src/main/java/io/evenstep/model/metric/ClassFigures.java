package io.evenstep.model.metric;

import java.util.OptionalDouble;

/**
 * How well one class is told from the rest.
 *
 * @param rows rows that are of the class, at least 1
 * @param precision right among those called so; 0 when none is called so
 * @param recall called so among those that are
 * @param f1 harmonic mean of the two; 0 when both are
 * @param auc area under the ROC curve; empty when every row is of the class, or there are too many
 *     classes to keep it
 * @param prAuc average precision, the area under the curve of precision by recall; empty where
 *     {@code auc} is
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
