package io.evenstep.driver.score;

import io.evenstep.driver.data.scan.ScoringRows;
import io.evenstep.driver.stage.ComputeTasks;
import io.evenstep.driver.stage.Evaluators;
import io.evenstep.driver.stage.Shipment;
import io.evenstep.driver.stage.ShippedModel;
import io.evenstep.driver.stage.TaskDevice;
import io.evenstep.model.data.Encoding;
import io.evenstep.model.data.MiniBatch;
import io.evenstep.model.data.RecordDecoder;
import io.evenstep.model.data.pack.PackSplit;
import io.evenstep.model.engine.Artifact;
import io.evenstep.model.engine.EngineChoice;
import io.evenstep.model.engine.Engines;
import io.evenstep.model.engine.Scorer;
import io.evenstep.model.network.trust.AllowedTypes;
import io.evenstep.worker.evaluation.Evaluator;
import io.evenstep.worker.evaluation.OutputEvaluator.Loss;
import io.evenstep.worker.feed.BlockReader;
import io.evenstep.worker.feed.SequentialReader;
import java.io.IOException;
import java.io.Serializable;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Evaluates rows in an ordinary Spark job. The split of a pack is cut into as many parts as
 * training has shards, and the parts are merged in order, so the metrics equal those at the end of
 * training. Rows of a source are evaluated where they are stored and merged in the order of its
 * partitions.
 */
public final class EvaluationStage implements AutoCloseable {
  private static final int BATCH_ROWS = 256;

  private final JavaSparkContext spark;
  private final ComputeTasks compute;
  private final ShippedModel model;
  private final Shipment shipment;

  /** Sends a network to the executors. */
  public EvaluationStage(JavaSparkContext spark, ShippedModel model) {
    this.spark = spark;
    this.compute = ComputeTasks.of(spark.sc());
    this.model = model;
    this.shipment = Shipment.of(spark, model.zip());
  }

  /**
   * The result of an evaluation.
   *
   * @param metrics by name; none when there are no rows
   * @param confusion [actual class][predicted class] rows; empty where there are no classes
   */
  public record Figures(Map<String, Double> metrics, List<List<Long>> confusion) {}

  /**
   * Evaluates a split of a pack.
   *
   * @param prefix of the metrics' names, such as {@code test}
   */
  public Figures evaluate(String prefix, Path packFolder, PackSplit split, int parts) {
    if (split.rows() == 0) {
      return new Figures(Map.of(), List.of());
    }
    Rows rows = new Rows(packFolder.toString(), split, parts);
    Part task =
        new Part(
            rows,
            model.encoding().toJson(),
            model.loss(),
            model.allowed(),
            model.objective().engine(),
            shipment.zip(),
            shipment.hadoop());
    List<Integer> numbers = IntStream.range(0, parts).boxed().toList();
    List<byte[]> figures =
        compute.of(spark.parallelize(numbers, parts).map(task::evaluate)).collect();
    return merged(prefix, figures);
  }

  /**
   * Evaluates all rows of a source. The source must have been opened with the model's encoding,
   * without row weights.
   *
   * @param prefix of the metrics' names, such as {@code test}
   */
  public Figures evaluate(String prefix, ScoringRows source) {
    Partition task =
        new Partition(
            model.encoding().withoutWeights().toJson(),
            model.loss(),
            model.allowed(),
            model.objective().engine(),
            shipment.zip());
    List<byte[]> figures = compute.of(source.records().mapPartitions(task::evaluate)).collect();
    return figures.isEmpty() ? new Figures(Map.of(), List.of()) : merged(prefix, figures);
  }

  private Figures merged(String prefix, List<byte[]> figures) {
    Evaluator whole = Evaluators.of(model.encoding(), model.loss()).get();
    figures.forEach(whole::merge);
    return new Figures(whole.metrics(prefix), whole.confusion());
  }

  private record Rows(String packFolder, PackSplit split, int parts) implements Serializable {}

  /** The work of one task: one part of the split. */
  private record Part(
      Rows rows,
      String encodingJson,
      Loss loss,
      AllowedTypes allowed,
      EngineChoice engine,
      Broadcast<byte[]> zip,
      Broadcast<SerializableConfiguration> hadoop)
      implements Serializable {

    byte[] evaluate(int part) throws IOException {
      TaskDevice.ready();
      Encoding encoding = Encoding.fromJson(encodingJson);
      Scorer scorer = Engines.scorer(new Artifact(zip.value(), allowed), engine);
      Evaluator evaluator = Evaluators.of(encoding, loss).get();
      RecordDecoder decoder = encoding.decoder();
      Path folder = new Path(rows.packFolder());
      BlockReader reader =
          new BlockReader(
              folder.getFileSystem(hadoop.value().value()), folder, decoder.recordBytes());
      new SequentialReader(rows.split(), reader, decoder)
          .read(part, rows.parts(), batch -> evaluator.add(scorer, batch));
      return evaluator.toBytes();
    }
  }

  /** The work of one task: one partition of the source. */
  private record Partition(
      String encodingJson,
      Loss loss,
      AllowedTypes allowed,
      EngineChoice engine,
      Broadcast<byte[]> zip)
      implements Serializable {

    Iterator<byte[]> evaluate(Iterator<Row> rows) {
      TaskDevice.ready();
      Iterator<ScoringRows.Batch> batches = ScoringRows.batches(encodingJson, rows, BATCH_ROWS);
      if (!batches.hasNext()) {
        return Collections.emptyIterator();
      }
      Scorer scorer = Engines.scorer(new Artifact(zip.value(), allowed), engine);
      Evaluator evaluator = Evaluators.of(Encoding.fromJson(encodingJson), loss).get();
      while (batches.hasNext()) {
        try (MiniBatch batch = batches.next().tensors()) {
          evaluator.add(scorer, batch);
        }
      }
      return List.of(evaluator.toBytes()).iterator();
    }
  }

  @Override
  public void close() {
    shipment.close();
  }
}
