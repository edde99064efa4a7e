package io.evenstep.model.metric;

import io.evenstep.model.data.MiniBatch;
import io.evenstep.model.data.Predictions;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * {@link Evaluation} of reconstructed features. If the input was disturbed, the error of the input
 * says how much, and {@code errorLeft} is the share of it that the network leaves: 1 for a network
 * that returns its input, 0 for one that removes all of the disturbance. {@code distance} is the
 * mean distance between a row and what is given back, and {@code exactRows} the share of rows whose
 * numbers are all given back within 0.5: for a row of bits, without a wrong one.
 */
final class ReconstructionEvaluation implements Evaluation {
  static final byte TAG = 4;

  private static final double HALF = 0.5;

  private final RegressionEvaluation output;
  private final RegressionEvaluation input; // as if it were the prediction
  private final ExactSum distances = new ExactSum();
  private long exact; // rows
  private long steps; // rows, or steps of sequences

  ReconstructionEvaluation(RegressionEvaluation output, RegressionEvaluation input) {
    this.output = output;
    this.input = input;
  }

  /** Takes the labels for the input, which is right for rows that were not disturbed. */
  @Override
  public void add(INDArray labels, INDArray predictions) {
    output.add(labels, predictions);
    input.add(labels, labels);
    compare(labels, predictions);
  }

  @Override
  public void add(MiniBatch rows, Predictions predictions, int index) {
    INDArray labels = rows.labels().get(index);
    output.add(labels, predictions.outputs().get(index));
    input.add(labels, rows.features().get(0).reshape('c', labels.shape()));
    compare(labels, predictions.outputs().get(index));
  }

  private void compare(INDArray labels, INDArray predictions) {
    float[][] wanted = EvaluatedRows.of(labels);
    float[][] given = EvaluatedRows.of(predictions);
    for (int row = 0; row < wanted.length; row++) {
      double squares = 0;
      double most = 0;
      for (int i = 0; i < wanted[row].length; i++) {
        double error = (double) given[row][i] - wanted[row][i];
        squares += error * error;
        most = Math.max(most, Math.abs(error));
      }
      distances.add(Math.sqrt(squares));
      exact += most < HALF ? 1 : 0;
    }
    steps += wanted.length;
  }

  @Override
  public void addLoss(double sum) {
    output.addLoss(sum);
  }

  @Override
  public void merge(Evaluation part) {
    if (!(part instanceof ReconstructionEvaluation other)) {
      throw new IllegalArgumentException("Cannot merge: must be a reconstruction, got " + part);
    }
    output.merge(other.output);
    input.merge(other.input);
    distances.add(other.distances);
    exact += other.exact;
    steps += other.steps;
  }

  @Override
  public long rows() {
    return output.rows();
  }

  /** Without relative errors, which mean nothing for features around 0. */
  @Override
  public LinkedHashMap<String, Double> metrics(String prefix) {
    LinkedHashMap<String, Double> figures = output.metrics(prefix);
    figures.remove(prefix + ".mape");
    Double before = input.metrics(prefix).get(prefix + ".mse");
    Double after = figures.get(prefix + ".mse");
    if (before != null && after != null && before > 0) {
      figures.put(prefix + ".inputMse", before);
      figures.put(prefix + ".errorLeft", after / before);
    }
    if (steps > 0) {
      figures.put(prefix + ".distance", distances.value() / steps);
      figures.put(prefix + ".exactRows", (double) exact / steps);
    }
    return figures;
  }

  @Override
  public void write(DataOutputStream out) throws IOException {
    out.writeByte(TAG);
    output.write(out);
    input.write(out);
    distances.write(out);
    out.writeLong(exact);
    out.writeLong(steps);
  }

  static ReconstructionEvaluation read(DataInputStream in) throws IOException {
    ReconstructionEvaluation read = new ReconstructionEvaluation(part(in), part(in));
    read.distances.add(ExactSum.read(in));
    read.exact = in.readLong();
    read.steps = in.readLong();
    return read;
  }

  private static RegressionEvaluation part(DataInputStream in) throws IOException {
    if (in.readByte() != RegressionEvaluation.TAG) {
      throw new IOException("a reconstruction has two regressions");
    }
    return RegressionEvaluation.read(in);
  }
}
