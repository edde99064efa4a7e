package io.evenstep.worker.feed;

import io.evenstep.model.NativeRuntime;
import io.evenstep.model.augment.Augmenter;
import io.evenstep.model.data.MiniBatch;
import io.evenstep.model.data.PackSplit;
import io.evenstep.model.data.RecordDecoder;
import io.evenstep.worker.Limits;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The rows of one rank, step by step and epoch after epoch, read, decoded and augmented ahead by
 * one thread.
 *
 * <p>Holds at most {@code prefetchBytes}, half of it encoded rows in the windows of the own lanes
 * and half decoded rows (but always at least one record a lane and one step), and besides one block
 * a lane. A window has {@code prefetchBytes / 2 / lanes / recordBytes} rows, whatever the number of
 * ranks.
 */
public final class TrainingFeed implements AutoCloseable {
  /**
   * What is fed.
   *
   * @param lanes shards of a step over all ranks
   * @param firstLane first lane of this rank
   * @param endLane the lane after its last
   * @param order in which order rows are taken
   * @param segments steps that each batch is cut into along time, at least 1
   */
  public record Lanes(
      PackSplit split,
      int batch,
      int epochs,
      long seed,
      int lanes,
      int firstLane,
      int endLane,
      RowOrder order,
      int segments) {}

  private static final long RELIEF_BYTES = 64 << 20;
  private static final long AUGMENTATION = -2; // [no window's number, so no other key is the same]

  private final Lanes lanes;
  private final BlockReader reader;
  private final RecordDecoder decoder;
  private final Augmenter augmenter;
  private final int windowRows;
  private final PrefetchQueue<StepRows> queue;
  private final Thread thread;
  private long bytesSinceRelief; // [belongs to the thread]

  private TrainingFeed(
      Lanes lanes,
      BlockReader reader,
      RecordDecoder decoder,
      Augmenter augmenter,
      Limits limits,
      long firstStep,
      String name) {
    this.lanes = lanes;
    this.reader = reader;
    this.decoder = decoder;
    this.augmenter = augmenter;
    long windowBytes = limits.prefetchBytes() / 2 / lanes.lanes;
    this.windowRows = (int) Math.max(1, windowBytes / reader.recordBytes());
    this.queue = new PrefetchQueue<>(limits.prefetchBytes() / 2, limits.read());
    this.thread = new Thread(() -> queue.fill(() -> produce(firstStep)), name);
    this.thread.setDaemon(true);
  }

  /**
   * Starts to read ahead, from a global step on; nothing before it is read or decoded.
   *
   * @param decoder used by the feed's thread only
   * @param augmenter the same; its key comes from the seed, the global step and the shard
   */
  public static TrainingFeed start(
      Lanes lanes,
      BlockReader reader,
      RecordDecoder decoder,
      Augmenter augmenter,
      Limits limits,
      long firstStep,
      String name) {
    TrainingFeed feed =
        new TrainingFeed(lanes, reader, decoder, augmenter, limits, firstStep, name);
    feed.thread.start();
    return feed;
  }

  /**
   * The next step's rows; empty after the last epoch.
   *
   * @throws io.evenstep.model.DataException when rows could not be read
   */
  public Optional<StepRows> next() {
    return queue.take();
  }

  @Override
  public void close() {
    queue.close(thread);
  }

  private void produce(long firstStep) throws InterruptedException {
    long stepsPerEpoch = (lanes.split.rows() + lanes.batch - 1) / lanes.batch * lanes.segments;
    long step = firstStep;
    while (step < stepsPerEpoch * lanes.epochs) {
      produceEpoch((int) (step / stepsPerEpoch), step % stepsPerEpoch, step);
      step += stepsPerEpoch - step % stepsPerEpoch;
    }
  }

  private void produceEpoch(int epoch, long firstWithin, long firstStep)
      throws InterruptedException {
    EpochOrder order =
        new EpochOrder(lanes.split, lanes.batch, lanes.lanes, lanes.seed, epoch, lanes.order);
    EpochRows rows = rows(order, firstWithin);
    long steps = order.steps() * lanes.segments;
    for (long within = firstWithin; within < steps; within++) {
      long step = firstStep + within - firstWithin;
      List<StepRows.Shard> shards = shards(order, rows, within, step);
      boolean last = within == steps - 1;
      long bytes = shards.stream().mapToLong(shard -> shard.rows().heldBytes()).sum();
      int rowsOfStep = order.rowsOf(within / lanes.segments);
      queue.put(new StepRows(step, epoch, rowsOfStep, last, shards), bytes);
      relieveMemory(bytes);
    }
  }

  private EpochRows rows(EpochOrder order, long firstStep) {
    return lanes.order == RowOrder.STORED
        ? new StoredRows(order, reader)
        : new ShuffledRows(order, reader, lanes.firstLane, lanes.endLane, windowRows, firstStep);
  }

  private void relieveMemory(long bytes) {
    bytesSinceRelief += bytes;
    if (bytesSinceRelief > RELIEF_BYTES) {
      NativeRuntime.relieveMemory();
      bytesSinceRelief = 0;
    }
  }

  private List<StepRows.Shard> shards(EpochOrder order, EpochRows source, long within, long step) {
    long batchIndex = within / lanes.segments;
    int segment = (int) (within % lanes.segments);
    List<StepRows.Shard> shards = new ArrayList<>();
    for (int lane = lanes.firstLane; lane < lanes.endLane; lane++) {
      int rows = order.rowsOf(lane, batchIndex);
      if (rows > 0) {
        ByteBuffer records =
            ByteBuffer.allocate(rows * reader.recordBytes()).order(ByteOrder.LITTLE_ENDIAN);
        source.take(lane, batchIndex, rows, records);
        MiniBatch batch = decoder.decode(records.flip(), rows, segment);
        augmenter.augment(batch, RandomKey.of(lanes.seed, step, lane, AUGMENTATION));
        shards.add(new StepRows.Shard(lane, batch));
      }
    }
    return shards;
  }
}
