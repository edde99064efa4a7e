package io.evenstep.worker.evaluation;

import io.evenstep.model.data.MiniBatch;
import io.evenstep.model.engine.Scorer;
import java.nio.ByteBuffer;
import java.util.Map;

/** The mean loss of some rows. */
public class MeanLoss implements Evaluator {
  private double sum;
  private long rows;

  @Override
  public void add(Scorer scorer, MiniBatch batch) {
    sum += scorer.loss(batch);
    rows += batch.rows();
  }

  @Override
  public byte[] toBytes() {
    return ByteBuffer.allocate(16).putDouble(sum).putLong(rows).array();
  }

  @Override
  public void merge(byte[] other) {
    ByteBuffer bytes = ByteBuffer.wrap(other);
    sum += bytes.getDouble();
    rows += bytes.getLong();
  }

  @Override
  public Map<String, Double> metrics(String prefix) {
    return Map.of(prefix + ".loss", sum / rows, prefix + ".rows", (double) rows);
  }
}
