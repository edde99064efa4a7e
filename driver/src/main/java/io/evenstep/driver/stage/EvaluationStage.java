package io.evenstep.driver.stage;

import io.evenstep.model.NativeRuntime;
import io.evenstep.model.data.Encoding;
import io.evenstep.model.data.PackSplit;
import io.evenstep.model.data.RecordDecoder;
import io.evenstep.model.network.Clipping;
import io.evenstep.model.network.Network;
import io.evenstep.model.network.Networks;
import io.evenstep.worker.feed.BlockReader;
import io.evenstep.worker.feed.SequentialReader;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Evaluates a split as an ordinary Spark job. A split is cut into as many parts as training has
 * shards, and merged in their order: the figures are those that training itself ends with.
 */
public final class EvaluationStage implements AutoCloseable {
  private final JavaSparkContext spark;
  private final String encodingJson;
  private final String packFolder;
  private final Broadcast<byte[]> model;
  private final Broadcast<SerializableConfiguration> hadoop;

  /** Ships a network to the executors. */
  public EvaluationStage(
      JavaSparkContext spark, byte[] modelZip, Encoding encoding, String packFolder) {
    this.spark = spark;
    this.encodingJson = encoding.toJson();
    this.packFolder = packFolder;
    this.model = spark.broadcast(modelZip);
    this.hadoop = spark.broadcast(new SerializableConfiguration(spark.hadoopConfiguration()));
  }

  /** Metrics of a split by name; none when it has no rows. */
  public Map<String, Double> of(PackSplit split, int parts) {
    if (split.rows() == 0) {
      return Map.of();
    }
    Part task = new Part(encodingJson, packFolder, split, parts, model, hadoop);
    List<byte[]> figures =
        spark
            .parallelize(IntStream.range(0, parts).boxed().toList(), parts)
            .map(task::evaluate)
            .collect();
    MetricsEvaluator whole = MetricsEvaluator.of(Encoding.fromJson(encodingJson));
    figures.forEach(whole::merge);
    return whole.metrics();
  }

  /** One task: one part of the split. */
  private record Part(
      String encodingJson,
      String packFolder,
      PackSplit split,
      int parts,
      Broadcast<byte[]> model,
      Broadcast<SerializableConfiguration> hadoop)
      implements java.io.Serializable {

    byte[] evaluate(int part) throws IOException {
      NativeRuntime.oneThread();
      Encoding encoding = Encoding.fromJson(encodingJson);
      Network network = Networks.restore(model.value(), Clipping.NONE);
      MetricsEvaluator evaluator = MetricsEvaluator.of(encoding);
      RecordDecoder decoder = encoding.decoder();
      Path folder = new Path(packFolder);
      BlockReader reader =
          new BlockReader(
              folder.getFileSystem(hadoop.value().value()), folder, decoder.recordBytes());
      new SequentialReader(split, reader, decoder)
          .read(part, parts, batch -> evaluator.add(network, batch));
      return evaluator.toBytes();
    }
  }

  @Override
  public void close() {
    model.destroy();
    hadoop.destroy();
  }
}
