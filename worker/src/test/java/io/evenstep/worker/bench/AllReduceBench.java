package io.evenstep.worker.bench;

import io.evenstep.model.engine.Region;
import io.evenstep.worker.collective.AllReduce;
import io.evenstep.worker.collective.Communicator;
import io.evenstep.worker.collective.StepClock;
import io.evenstep.worker.mesh.Ranks;
import io.evenstep.worker.net.Membership;
import io.evenstep.worker.net.Secret;
import io.evenstep.worker.plan.TestLimits;
import java.time.Duration;

/**
 * The all-reduce without a network: milliseconds per step, median and 10th percentile, and for
 * comparison the same bytes over plain sockets. Arguments: floats (535,818), steps (1,000), and
 * {@code encrypted} to time it encrypted too.
 */
public final class AllReduceBench {
  private AllReduceBench() {}

  /** Runs the benchmark. */
  public static void main(String[] args) throws Exception {
    int length = args.length > 0 ? Integer.parseInt(args[0]) : 535_818;
    int steps = args.length > 1 ? Integer.parseInt(args[1]) : 1_000;
    boolean encrypted = args.length > 2 && args[2].equals("encrypted");
    Secret secret = Secret.random();
    for (int shards : new int[] {2, 8}) {
      BenchSamples plain = run(secret, length, steps, shards);
      print("all-reduce, shards " + shards, plain);
      if (encrypted) {
        BenchSamples sealed = run(secret.encrypting(), length, steps, shards);
        print("all-reduce, shards " + shards + ", encrypted", sealed);
        System.out.printf(
            "  encrypted to plain: median %.2f, 10th percentile %.2f%n",
            sealed.median() / plain.median(), sealed.percentile(10) / plain.percentile(10));
      }
    }
    print("plain sockets", RawExchange.run(length * 2, steps));
  }

  private static void print(String what, BenchSamples millis) {
    System.out.printf(
        "%s: median %.3f ms, 10th percentile %.3f ms%n",
        what, millis.median(), millis.percentile(10));
  }

  private static BenchSamples run(Secret secret, int length, int steps, int shards)
      throws Exception {
    return Ranks.run(
            2,
            Duration.ofMinutes(10),
            (rank, rendezvous) -> {
              Membership me = new Membership("bench", secret, rank, 2);
              Duration limit = Duration.ofSeconds(30);
              try (Communicator world =
                  Communicator.join(me, rendezvous, TestLimits.all(limit), notice -> {})) {
                Region vector = Region.allocate(length);
                AllReduce sum = world.allReduce(vector, shards, new StepClock());
                return time(sum, steps, shards);
              }
            })
        .get(0);
  }

  private static BenchSamples time(AllReduce sum, int steps, int shards) {
    BenchSamples millis = new BenchSamples(steps);
    for (int step = 0; step < steps * 3 / 2; step++) {
      long began = System.nanoTime();
      sum.begin(step, shards);
      sum.listen();
      for (int i = 0; i < shards / 2; i++) {
        sum.add(1);
      }
      sum.finish();
      if (step >= steps / 2) {
        millis.add((System.nanoTime() - began) / 1e6);
      }
    }
    return millis;
  }
}
