package io.evenstep.worker.cost;

import io.evenstep.model.engine.Region;
import io.evenstep.worker.codec.Codec;
import io.evenstep.worker.collective.Chunks;
import io.evenstep.worker.collective.Communicator;
import io.evenstep.worker.plan.SyncPlan;
import io.evenstep.worker.plan.Wire;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.IntBuffer;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.DoubleSupplier;

/**
 * Measures what a prediction needs, in about a second. All hosts take part and get the same
 * figures: those of the slowest host.
 */
public final class SpeedProbe {
  /** What a host sends in a large exchange; 0.2 s at 100 Mb/s. */
  private static final int MOST_BYTES = 2 << 20;

  private static final int FRAME_BYTES = Chunks.FLOATS * Float.BYTES;
  private static final int FEW_BYTES = 64;
  private static final int MANY_FRAMES = 16;
  private static final int FLOATS = 1 << 16;
  private static final int CODEC_PASSES = 4; // on a busy machine the compiler needs longer
  private static final long CODEC_NANOS = 30_000_000;
  private static final int CODEC_TIMES = 100;
  private static final double AT_LEAST = 1e-9; // seconds; a difference may be 0 or less

  private final Communicator world;
  private final List<Wire> wires;

  private SpeedProbe(Communicator world, List<Wire> wires) {
    this.world = world;
    this.wires = wires;
  }

  /** Measures the network between the hosts and the codecs of some wire formats. */
  public static ExchangeCost measure(Communicator world, List<Wire> wires) {
    return new SpeedProbe(world, wires).measure();
  }

  /**
   * Predicts a job's step with each of some ways. All hosts call it at once and get the same.
   *
   * @param ways that will be predicted
   * @param rowSeconds for the gradient of a row on this host
   * @param updateSeconds for an update of all parameters by one of this host's threads
   */
  public static SyncCost measure(
      Communicator world,
      List<SyncPlan> ways,
      SyncCost.Shape shape,
      double rowSeconds,
      double updateSeconds) {
    ExchangeCost exchange = measure(world, SyncCost.wires(ways));
    SharingProbe sharing =
        ways.stream()
            .filter(SyncPlan.Sharing.class::isInstance)
            .map(way -> SharingProbe.measure((SyncPlan.Sharing) way))
            .findFirst()
            .orElse(new SharingProbe(0, 0));
    double[] slowest =
        slowest(world, rowSeconds, updateSeconds, sharing.encode(), sharing.decode());
    SyncCost.StepSpeed speed =
        new SyncCost.StepSpeed(slowest[0], slowest[1], slowest[2], slowest[3]);
    return new SyncCost(exchange, speed, shape);
  }

  /** The largest of each of these figures over all hosts. */
  private static double[] slowest(Communicator world, double... mine) {
    ByteBuffer own = ByteBuffer.allocate(Double.BYTES * mine.length);
    own.asDoubleBuffer().put(mine);
    double[] slowest = new double[mine.length];
    for (byte[] theirs : world.allGather(own.array())) {
      DoubleBuffer figures = ByteBuffer.wrap(theirs).asDoubleBuffer();
      for (int i = 0; i < slowest.length; i++) {
        slowest[i] = Math.max(slowest[i], figures.get(i));
      }
    }
    return slowest;
  }

  private ExchangeCost measure() {
    LinkSpeed link = world.worldSize() == 1 ? LinkSpeed.NONE : link();
    Map<Wire, CodecSpeed> codecs = new EnumMap<>(Wire.class);
    wires.forEach(wire -> codecs.put(wire, wire == Wire.FLOAT32 ? CodecSpeed.NONE : codec(wire)));
    return agreed(link, codecs, adding());
  }

  private LinkSpeed link() {
    int peers = world.worldSize() - 1;
    ByteBuffer few = ByteBuffer.allocateDirect(FEW_BYTES);
    int frames = Math.max(1, MOST_BYTES / peers / FRAME_BYTES);
    int length = Math.max(FEW_BYTES, Math.min(FRAME_BYTES, MOST_BYTES / peers));
    ByteBuffer large = ByteBuffer.allocateDirect(length);
    turns(few, 1, 100);
    double one = turns(few, 1, 31);
    double many = turns(few, MANY_FRAMES, 31);
    turns(large, frames, 2);
    double whole = turns(large, frames, 5);
    double frame = Math.max(AT_LEAST, (many - one) / (peers * (MANY_FRAMES - 1)));
    double latency = Math.max(AT_LEAST, one - peers * frame);
    double moving = Math.max(AT_LEAST, whole - latency - peers * frames * frame);
    return new LinkSpeed(latency, frame, (double) peers * frames * length / moving);
  }

  /** Seconds of an exchange, from some exchanges. */
  private double turns(ByteBuffer frame, int frames, int times) {
    return quick(times, () -> world.exchange(frame, frames));
  }

  private CodecSpeed codec(Wire wire) {
    Codec codec = Codec.of(wire);
    IntBuffer values = ints(FLOATS);
    for (int i = 0; i < FLOATS; i++) {
      values.put(i, Float.floatToRawIntBits((float) Math.sin(i)));
    }
    IntBuffer words = ints((int) wire.bytes(FLOATS) / Integer.BYTES);
    CodecSpeed fastest = new CodecSpeed(1, 1, 1);
    for (int pass = 0; pass < CODEC_PASSES; pass++) {
      fastest =
          fastest.faster(
              new CodecSpeed(
                  perFloat(() -> codec.round(values, 0, 1)),
                  perFloat(() -> codec.encode(values, 0, 1, words)),
                  perFloat(() -> codec.decode(words, values))));
    }
    return fastest;
  }

  private static double adding() {
    Region left = Region.allocate(FLOATS);
    Region right = Region.allocate(FLOATS);
    return perFloat(() -> left.sum(left, right));
  }

  private static IntBuffer ints(int count) {
    return ByteBuffer.allocateDirect(count * Integer.BYTES)
        .order(ByteOrder.LITTLE_ENDIAN)
        .asIntBuffer();
  }

  /** Repeats work until it is compiled. The fastest time counts: other programs slow the rest. */
  static double perFloat(Runnable work) {
    double fastest = Double.POSITIVE_INFINITY;
    long end = System.nanoTime() + CODEC_NANOS;
    for (int times = 0; times < CODEC_TIMES || System.nanoTime() < end; times++) {
      long began = System.nanoTime();
      work.run();
      fastest = Math.min(fastest, (System.nanoTime() - began) / 1e9);
    }
    return fastest / FLOATS;
  }

  /** The 20th percentile of some measurements; other programs make the rest slower. */
  private static double quick(int times, DoubleSupplier measure) {
    double[] seconds = new double[times];
    for (int i = 0; i < times; i++) {
      seconds[i] = measure.getAsDouble();
    }
    Arrays.sort(seconds);
    return seconds[times / 5];
  }

  /** The figures of the slowest host in each respect. */
  private ExchangeCost agreed(LinkSpeed link, Map<Wire, CodecSpeed> codecs, double adding) {
    ByteBuffer mine = ByteBuffer.allocate(Double.BYTES * (4 + 3 * wires.size()));
    mine.putDouble(link.latencySeconds()).putDouble(link.frameSeconds());
    mine.putDouble(link.bytesPerSecond()).putDouble(adding);
    for (Wire wire : wires) {
      CodecSpeed codec = Objects.requireNonNull(codecs.get(wire));
      mine.putDouble(codec.round()).putDouble(codec.encode()).putDouble(codec.decode());
    }
    LinkSpeed slowest = LinkSpeed.NONE;
    double slowestAdding = 0;
    Map<Wire, CodecSpeed> slowestCodecs = new EnumMap<>(Wire.class);
    for (byte[] bytes : world.allGather(mine.array())) {
      ByteBuffer theirs = ByteBuffer.wrap(bytes);
      slowest =
          slowest.slower(new LinkSpeed(theirs.getDouble(), theirs.getDouble(), theirs.getDouble()));
      slowestAdding = Math.max(slowestAdding, theirs.getDouble());
      for (Wire wire : wires) {
        CodecSpeed codec =
            new CodecSpeed(theirs.getDouble(), theirs.getDouble(), theirs.getDouble());
        slowestCodecs.merge(wire, codec, CodecSpeed::slower);
      }
    }
    return new ExchangeCost(slowest, slowestCodecs, slowestAdding);
  }
}
