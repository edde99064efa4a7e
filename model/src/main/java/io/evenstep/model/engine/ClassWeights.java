package io.evenstep.model.engine;

import io.evenstep.model.data.Floats;
import io.evenstep.model.data.MiniBatch;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Factors of a row's loss in training, by class. With them, a rare class can count as much as a
 * common one.
 *
 * @param byClass factors, at least 0, in the order of the classes; none for 1 each
 */
public record ClassWeights(List<Float> byClass) implements Serializable {
  /** All rows count equally. */
  public static final ClassWeights NONE = new ClassWeights(List.of());

  /** Copies the list and checks the factors. */
  public ClassWeights {
    byClass = List.copyOf(byClass);
    for (float weight : byClass) {
      if (!(weight >= 0) || Float.isInfinite(weight)) {
        throw new IllegalArgumentException(
            "Invalid class weight: must be a number of at least 0, got " + weight);
      }
    }
  }

  /**
   * Weights with which all classes count equally: rows / (classes * rows of the class), as
   * scikit-learn's {@code balanced}. The mean weight of a row is 1. A class without rows has weight
   * 1 and is not counted among the classes.
   *
   * @param rows training rows of each class
   */
  public static ClassWeights balanced(List<Long> rows) {
    double all = rows.stream().mapToLong(Long::longValue).sum();
    long seen = rows.stream().filter(count -> count > 0).count();
    return new ClassWeights(
        rows.stream().map(count -> count == 0 ? 1f : (float) (all / (seen * count))).toList());
  }

  /**
   * The batch with its row weights multiplied by these factors. A row that mixes classes gets the
   * mean of their factors.
   *
   * @param batch whose first labels are [rows, classes], or [rows, 1] probabilities of the second
   *     of two classes
   */
  public MiniBatch weighted(MiniBatch batch) {
    if (byClass.isEmpty()) {
      return batch;
    }
    float[] factors = new float[batch.rows()];
    float[][] labels = batch.labels().get(0).toFloatMatrix();
    for (int row = 0; row < factors.length; row++) {
      factors[row] = factor(labels[row]);
    }
    if (batch.weights().isPresent()) {
      multiply(batch.weights().get(), factors);
      return batch;
    }
    INDArray weights = Nd4j.create(factors, new long[] {factors.length, 1});
    return new MiniBatch(
        batch.features(),
        batch.labels(),
        batch.featureMasks(),
        batch.labelMasks(),
        Optional.of(weights),
        batch.rows(),
        batch.segment(),
        () -> {
          batch.close();
          weights.close();
        });
  }

  private float factor(float[] label) {
    if (label.length == 1 && byClass.size() == 2) {
      return (1 - label[0]) * byClass.get(0) + label[0] * byClass.get(1);
    }
    if (label.length != byClass.size()) {
      throw new IllegalArgumentException(
          "Invalid labels: must have " + byClass.size() + " classes, got " + label.length);
    }
    float sum = 0;
    for (int i = 0; i < label.length; i++) {
      sum += label[i] * byClass.get(i);
    }
    return sum;
  }

  private static void multiply(INDArray weights, float[] factors) {
    float[] product = weights.reshape(factors.length).toFloatVector();
    for (int row = 0; row < factors.length; row++) {
      product[row] *= factors[row];
    }
    Floats.of(weights).put(product);
    Floats.written(weights);
  }
}
