package io.evenstep.worker.bench;

import io.evenstep.model.engine.Region;
import io.evenstep.worker.codec.Codec;
import io.evenstep.worker.plan.Wire;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;

/**
 * Nanoseconds per number to round, encode and decode a vector with each codec, beside copying and
 * adding the same vector. Arguments: floats (535,818), rounds (200), of which a third is not
 * counted.
 */
public final class CodecBench {
  private final int floats;
  private final int rounds;

  private CodecBench(int floats, int rounds) {
    this.floats = floats;
    this.rounds = rounds;
  }

  /** Prints median and 10th percentile. */
  public static void main(String[] args) {
    int floats = args.length > 0 ? Integer.parseInt(args[0]) : 535_818;
    int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 200;
    new CodecBench(floats, rounds).run();
  }

  private void run() {
    Region left = Region.allocate(floats);
    Region right = Region.allocate(floats);
    IntBuffer values = left.bytes().asIntBuffer();
    for (int i = 0; i < floats; i++) {
      values.put(i, Float.floatToRawIntBits((float) Math.sin(i)));
    }
    print("copy", () -> right.copyFrom(left));
    print("add", () -> right.sum(left, right));
    for (Wire wire : new Wire[] {Wire.BFLOAT16, Wire.INT8}) {
      Codec codec = Codec.of(wire);
      IntBuffer words =
          ByteBuffer.allocateDirect((int) wire.bytes(floats))
              .order(ByteOrder.LITTLE_ENDIAN)
              .asIntBuffer();
      print(wire + " encode", () -> codec.encode(values, 0, 1, words));
      print(wire + " round", () -> codec.round(values, 0, 1));
      print(wire + " decode", () -> codec.decode(words, values));
    }
  }

  private void print(String what, Runnable work) {
    BenchSamples millis = new BenchSamples(rounds);
    for (int i = -rounds / 2; i < rounds; i++) {
      long began = System.nanoTime();
      work.run();
      if (i >= 0) {
        millis.add((System.nanoTime() - began) / 1e6);
      }
    }
    System.out.printf(
        "%-16s%8.3f%8.3f ns per number%n",
        what, millis.median() * 1e6 / floats, millis.percentile(10) * 1e6 / floats);
  }
}
