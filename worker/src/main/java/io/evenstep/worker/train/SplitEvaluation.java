package io.evenstep.worker.train;

import io.evenstep.model.data.MiniBatch;
import io.evenstep.model.data.RecordDecoder;
import io.evenstep.model.data.pack.PackSplit;
import io.evenstep.model.engine.Scorer;
import io.evenstep.worker.collective.Communicator;
import io.evenstep.worker.feed.BlockReader;
import io.evenstep.worker.feed.SequentialReader;
import io.evenstep.worker.plan.Shares;
import io.evenstep.worker.progress.StopSign;
import io.evenstep.worker.progress.StoppedException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Metrics of a split, evaluated by all workers together. The split is cut into as many parts as
 * there are shards and merged in their order, so every rank gets the same bits for any number of
 * workers.
 */
final class SplitEvaluation {
  private final Communicator world;
  private final Scorer scorer;
  private final BlockReader reader;
  private final RecordDecoder decoder;
  private final Supplier<Evaluator> evaluators;
  private final int parts;
  private final StopSign stop;

  SplitEvaluation(
      Communicator world,
      Scorer scorer,
      BlockReader reader,
      RecordDecoder decoder,
      Supplier<Evaluator> evaluators,
      int parts,
      StopSign stop) {
    this.world = world;
    this.scorer = scorer;
    this.reader = reader;
    this.decoder = decoder;
    this.evaluators = evaluators;
    this.parts = parts;
    this.stop = stop;
  }

  /**
   * What the rows of a split came to.
   *
   * @param metrics by name; none when there are no rows
   * @param confusion [actual class][predicted class] rows; empty where there are no classes
   */
  record Figures(Map<String, Double> metrics, List<List<Long>> confusion) {}

  /**
   * Metrics by name, each after {@code prefix.}; none when there are no rows.
   *
   * @throws StoppedException when this rank is asked to stop
   */
  Map<String, Double> of(String prefix, PackSplit split) {
    return figures(prefix, split).metrics();
  }

  /** Metrics by name, each after {@code prefix.}, and the confusion matrix. */
  Figures figures(String prefix, PackSplit split) {
    if (split.rows() == 0) {
      return new Figures(Map.of(), List.of());
    }
    SequentialReader rows = new SequentialReader(split, reader, decoder);
    List<byte[]> own = new ArrayList<>();
    int end = Shares.firstShard(world.rank() + 1, parts, world.worldSize());
    for (int part = Shares.firstShard(world.rank(), parts, world.worldSize()); part < end; part++) {
      Evaluator evaluator = evaluators.get();
      rows.read(part, parts, batch -> add(evaluator, batch));
      own.add(evaluator.toBytes());
    }
    Evaluator whole = evaluators.get();
    world.allGather(join(own)).forEach(ofRank -> split(ofRank).forEach(whole::merge));
    return new Figures(whole.metrics(prefix), whole.confusion());
  }

  private void add(Evaluator evaluator, MiniBatch batch) {
    stop.check();
    evaluator.add(scorer, batch);
  }

  private static byte[] join(List<byte[]> parts) {
    int bytes = parts.stream().mapToInt(part -> Integer.BYTES + part.length).sum();
    ByteBuffer joined = ByteBuffer.allocate(bytes);
    parts.forEach(part -> joined.putInt(part.length).put(part));
    return joined.array();
  }

  private static List<byte[]> split(byte[] joined) {
    List<byte[]> parts = new ArrayList<>();
    ByteBuffer rest = ByteBuffer.wrap(joined);
    while (rest.hasRemaining()) {
      int length = rest.getInt();
      if (length < 0 || length > rest.remaining()) {
        throw new BufferUnderflowException();
      }
      byte[] part = new byte[length];
      rest.get(part);
      parts.add(part);
    }
    return parts;
  }
}
