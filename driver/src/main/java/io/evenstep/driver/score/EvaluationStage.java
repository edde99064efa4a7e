package io.evenstep.driver.score;

import io.evenstep.driver.data.part.LocalTask;
import io.evenstep.driver.data.scan.ScoringRows;
import io.evenstep.driver.stage.ComputeTasks;
import io.evenstep.driver.stage.Evaluators;
import io.evenstep.driver.stage.ShippedModel;
import io.evenstep.driver.watch.RowsWatch;
import io.evenstep.model.data.Encoding;
import io.evenstep.model.data.MiniBatch;
import io.evenstep.model.data.RecordDecoder;
import io.evenstep.model.data.pack.PackSplit;
import io.evenstep.model.engine.Scorer;
import io.evenstep.worker.checkpoint.FileFault;
import io.evenstep.worker.evaluation.Evaluator;
import io.evenstep.worker.evaluation.Judging;
import io.evenstep.worker.feed.BlockReader;
import io.evenstep.worker.feed.SequentialReader;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.util.LongAccumulator;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Evaluates rows in an ordinary Spark job, or in the calling thread without Spark. The split of a
 * pack is cut into as many parts as training has shards, and the parts are merged in order, so the
 * metrics equal those at the end of training. Rows of a source are evaluated where they are stored
 * and merged in the order of its partitions.
 */
public final class EvaluationStage implements AutoCloseable {
  private final Optional<JavaSparkContext> spark; // empty: in this thread
  private final ShippedModel model;
  private final Shared<SharedNetwork> network;
  private final Shared<SerializableConfiguration> hadoop;

  /** Sends a network to the executors. */
  public EvaluationStage(JavaSparkContext spark, ShippedModel model) {
    this.spark = Optional.of(spark);
    this.model = model;
    this.network = Shared.on(spark, new SharedNetwork(model));
    this.hadoop = Shared.on(spark, new SerializableConfiguration(spark.hadoopConfiguration()));
  }

  private EvaluationStage(Configuration hadoop, ShippedModel model) {
    this.spark = Optional.empty();
    this.model = model;
    this.network = Shared.here(new SharedNetwork(model));
    this.hadoop = Shared.here(new SerializableConfiguration(hadoop));
  }

  /** A stage for rows that are read without Spark. */
  public static EvaluationStage here(Configuration hadoop, ShippedModel model) {
    return new EvaluationStage(hadoop, model);
  }

  /**
   * The result of an evaluation.
   *
   * @param metrics by name; none when there are no rows
   * @param confusion [actual class][predicted class] rows; empty when there are no classes
   */
  public record Figures(Map<String, Double> metrics, List<List<Long>> confusion) {}

  /**
   * Evaluates a split of a pack.
   *
   * @param prefix of the metrics' names, such as {@code test}
   */
  public Figures evaluate(String prefix, Path packFolder, PackSplit split, int parts) {
    return evaluate(prefix, packFolder, split, parts, ShuffledColumn.NONE);
  }

  /**
   * Evaluates a split of a pack with the values of one column shuffled among the rows.
   *
   * @param prefix of the metrics' names, such as {@code test}
   */
  public Figures evaluate(
      String prefix, Path packFolder, PackSplit split, int parts, ShuffledColumn column) {
    if (split.rows() == 0) {
      return merged(prefix, List.of());
    }
    Task task = task(model.encoding());
    PackRows rows = new PackRows(packFolder.toString(), split, parts, hadoop);
    if (spark.isEmpty()) {
      List<byte[]> figures = new ArrayList<>();
      for (int part = 0; part < parts; part++) {
        figures.add(partHere(task, rows, part, column));
      }
      return merged(prefix, figures);
    }
    List<Integer> numbers = IntStream.range(0, parts).boxed().toList();
    JavaRDD<Integer> tasks = spark.get().parallelize(numbers, parts);
    return collected(prefix, tasks.map(part -> task.ofPart(rows, part, column)));
  }

  private static byte[] partHere(Task task, PackRows rows, int part, ShuffledColumn column) {
    try (LocalTask running = LocalTask.begin()) {
      return task.ofPart(rows, part, column);
    } catch (IOException e) {
      throw FileFault.of("Cannot read the pack", new Path(rows.folder()), e);
    }
  }

  /**
   * Evaluates all rows of a source. The source must have been opened with the model's encoding,
   * without row weights.
   *
   * @param prefix of the metrics' names, such as {@code test}
   * @param leftOut counts rows that cannot be evaluated
   */
  public Figures evaluate(String prefix, ScoringRows source, LeftOutRows leftOut) {
    Task task = task(model.encoding().withoutWeights());
    if (spark.isEmpty()) {
      List<byte[]> figures = new ArrayList<>();
      source
          .parts()
          .<List<byte[]>>each(
              (partition, rows) -> task.figures(rows, leftOut.inTask()), figures::addAll);
      return merged(prefix, figures);
    }
    return collected(prefix, source.records().mapPartitions(rows -> task.ofRows(rows, leftOut)));
  }

  private Task task(Encoding encoding) {
    LongAccumulator count =
        spark
            .map(context -> RowsWatch.counter(context.sc(), "Evaluating"))
            .orElseGet(LongAccumulator::new);
    return new Task(encoding.toJson(), model.judging(), network, count);
  }

  private Figures collected(String prefix, JavaRDD<byte[]> figures) {
    return merged(prefix, ComputeTasks.of(spark.orElseThrow().sc()).of(figures).collect());
  }

  private Figures merged(String prefix, List<byte[]> figures) {
    if (figures.isEmpty()) {
      return new Figures(Map.of(), List.of());
    }
    Evaluator whole = Evaluators.of(model.encoding(), model.judging()).get();
    figures.forEach(whole::merge);
    return new Figures(whole.metrics(prefix), whole.confusion());
  }

  /** The split of a pack, whose parts are read in tasks. */
  private record PackRows(
      String folder, PackSplit split, int parts, Shared<SerializableConfiguration> hadoop)
      implements Serializable {
    void read(int part, RecordDecoder decoder, Consumer<MiniBatch> consumer) throws IOException {
      Path path = new Path(folder);
      BlockReader reader =
          new BlockReader(path.getFileSystem(hadoop.value().value()), path, decoder.recordBytes());
      new SequentialReader(split, reader, decoder).read(part, parts, consumer);
    }
  }

  /** The code that runs on an executor. */
  private record Task(
      String encodingJson, Judging judging, Shared<SharedNetwork> shared, LongAccumulator count)
      implements Serializable {
    /** One part of a pack's split. */
    byte[] ofPart(PackRows rows, int part, ShuffledColumn column) throws IOException {
      Scorer scorer = shared.value().forTask();
      Encoding encoding = Encoding.fromJson(encodingJson);
      Evaluator evaluator = Evaluators.of(encoding, judging).get();
      long[] batches = {(long) part << Integer.SIZE}; // the number of the next batch
      rows.read(
          part,
          encoding.decoder(),
          batch -> {
            column.shuffle(batch, batches[0]++);
            evaluator.add(scorer, batch);
            count.add(batch.rows());
          });
      return evaluator.toBytes();
    }

    /** One partition of a source; nothing if it is empty. */
    Iterator<byte[]> ofRows(Iterator<Row> rows, LeftOutRows leftOut) {
      return figures(rows, leftOut).iterator();
    }

    private List<byte[]> figures(Iterator<Row> rows, LeftOutRows leftOut) {
      RowBatches batches = RowBatches.ofSource(encodingJson, rows, leftOut);
      if (!batches.hasNext()) {
        return List.of();
      }
      Scorer scorer = shared.value().forTask();
      Evaluator evaluator = Evaluators.of(Encoding.fromJson(encodingJson), judging).get();
      while (batches.hasNext()) {
        try (MiniBatch batch = batches.next().tensors()) {
          evaluator.add(scorer, batch);
          count.add(batch.rows());
        }
      }
      return List.of(evaluator.toBytes());
    }
  }

  @Override
  public void close() {
    network.destroy();
    hadoop.destroy();
  }
}
