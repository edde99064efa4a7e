package io.evenstep.model.metric;

import io.evenstep.model.data.Scaling;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.nd4j.linalg.api.ndarray.INDArray;

/** {@link Evaluation} of predicted numbers. */
public final class RegressionEvaluation implements Evaluation {
  static final byte TAG = 2;

  /** Labels were scaled as floats. A value this close to 0, relative to the shift, was 0. */
  private static final double ROUNDED = 0x1p-22;

  private final List<OutputErrors> outputs = new ArrayList<>();
  private final Scaling scaling; // of labels and predictions as they are added
  private long rows;
  private Optional<ExactSum> loss = Optional.empty();

  RegressionEvaluation(int outputs, Scaling scaling) {
    if (outputs < 1) {
      throw new IllegalArgumentException("Invalid outputs: must be at least 1, got " + outputs);
    }
    this.scaling = scaling;
    for (int i = 0; i < outputs; i++) {
      this.outputs.add(new OutputErrors());
    }
  }

  @Override
  public void add(INDArray labels, INDArray predictions) {
    EvaluatedRows.requireSameShape(labels, predictions);
    float[][] label = EvaluatedRows.of(labels);
    float[][] prediction = EvaluatedRows.of(predictions);
    for (int row = 0; row < label.length; row++) {
      if (label[row].length != outputs.size()) {
        throw new IllegalArgumentException(
            "Invalid row: must have " + outputs.size() + " outputs, got " + label[row].length);
      }
      for (int i = 0; i < outputs.size(); i++) {
        double said = scaling.undone(i, EvaluatedRows.finite(prediction[row][i]));
        outputs.get(i).add(scaling.undone(i, label[row][i]), said, zero(i));
      }
    }
    rows += label.length;
  }

  /** The scaling of labels and predictions as they are added. */
  Scaling scaling() {
    return scaling;
  }

  private double zero(int output) {
    return scaling.shift().isEmpty() ? 0 : Math.abs(scaling.shift().get(output)) * ROUNDED;
  }

  @Override
  public void addLoss(double sum) {
    if (loss.isEmpty()) {
      loss = Optional.of(new ExactSum());
    }
    loss.get().add(sum);
  }

  @Override
  public void merge(Evaluation part) {
    if (!(part instanceof RegressionEvaluation other) || other.outputs.size() != outputs.size()) {
      throw new IllegalArgumentException(
          "Cannot merge: must be a regression of " + outputs.size() + " outputs, got " + part);
    }
    for (int i = 0; i < outputs.size(); i++) {
      outputs.get(i).add(other.outputs.get(i));
    }
    rows += other.rows;
    loss = LossSum.merge(loss, other.loss);
  }

  @Override
  public long rows() {
    return rows;
  }

  @Override
  public LinkedHashMap<String, Double> metrics(String prefix) {
    LinkedHashMap<String, Double> figures = new LinkedHashMap<>();
    if (rows == 0) {
      return figures;
    }
    double squared = 0;
    double absolute = 0;
    double explained = 0;
    int explainable = 0;
    for (OutputErrors output : outputs) {
      squared += output.meanSquared(rows) / outputs.size();
      absolute += output.meanAbsolute(rows) / outputs.size();
      OptionalDouble share = output.explained(rows);
      explained += share.orElse(0);
      explainable += share.isPresent() ? 1 : 0;
    }
    double mse = squared;
    double usual = scaling.shift().isEmpty() ? mse : scaledError();
    figures.put(prefix + ".loss", loss.map(sum -> sum.value() / rows).orElse(usual));
    figures.put(prefix + ".mse", mse);
    figures.put(prefix + ".rmse", Math.sqrt(mse));
    figures.put(prefix + ".mae", absolute);
    relative().ifPresent(share -> figures.put(prefix + ".mape", share));
    if (explainable > 0) {
      figures.put(prefix + ".r2", explained / explainable);
    }
    return figures;
  }

  /** The mean relative error, averaged over outputs; empty when a label is 0. */
  private OptionalDouble relative() {
    double sum = 0;
    for (OutputErrors output : outputs) {
      OptionalDouble share = output.meanRelative(rows);
      if (share.isEmpty()) {
        return share;
      }
      sum += share.getAsDouble() / outputs.size();
    }
    return OptionalDouble.of(sum);
  }

  /** The mean squared error in the scaled units of training. */
  private double scaledError() {
    double sum = 0;
    for (int i = 0; i < outputs.size(); i++) {
      double scale = scaling.scale().get(i);
      sum += outputs.get(i).meanSquared(rows) * scale * scale / outputs.size();
    }
    return sum;
  }

  @Override
  public void write(DataOutputStream out) throws IOException {
    out.writeByte(TAG);
    out.writeInt(outputs.size());
    out.writeLong(rows);
    for (OutputErrors output : outputs) {
      output.write(out);
    }
    LossSum.write(out, loss);
  }

  static RegressionEvaluation read(DataInputStream in) throws IOException {
    RegressionEvaluation read = new RegressionEvaluation(in.readInt(), Scaling.NONE);
    read.rows = in.readLong();
    for (int i = 0; i < read.outputs.size(); i++) {
      read.outputs.set(i, OutputErrors.read(in));
    }
    read.loss = LossSum.read(in);
    return read;
  }
}
