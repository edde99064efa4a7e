package io.evenstep.worker.plan;

import java.io.Serializable;
import java.util.List;

/** How replicas are kept in agreement. */
public sealed interface SyncPlan extends Serializable {
  /** How sums are written on their way. */
  default Wire wire() {
    return Wire.FLOAT32;
  }

  /**
   * Gradients are summed over all workers in every step.
   *
   * @param wire how sums are written on their way, and so rounded; with floats they are exact
   */
  record AllReduce(Wire wire) implements SyncPlan {
    /** Exact sums. */
    public AllReduce() {
      this(Wire.FLOAT32);
    }
  }

  /**
   * One of several ways. The run predicts the time of a step with each when it starts, and takes
   * the fastest.
   *
   * @param ways at least two, none of them a choice itself; those that change the training least
   *     come first
   */
  record AnyOf(List<SyncPlan> ways) implements SyncPlan {
    /** Checks the ways. */
    public AnyOf {
      ways = List.copyOf(ways);
      require(ways.size() > 1, "ways", "at least 2", ways.size());
      require(
          ways.stream().noneMatch(AnyOf.class::isInstance), "ways", "without other choices", ways);
    }
  }

  /**
   * Replicas step independently and periodically take the mean of their parameters, weighted by the
   * rows that each has seen since the last time.
   *
   * @param everySteps steps between averagings, at least 1; the end of an epoch is always one
   * @param optimizerState whether to average the optimizer's state, too; otherwise each replica
   *     keeps its own
   * @param islands how many replicas there are, at least the number of workers; 0 for one per
   *     worker
   * @param outer what the mean is used for
   */
  record Averaging(int everySteps, boolean optimizerState, int islands, Outer outer)
      implements SyncPlan {
    /** Checks the numbers. */
    public Averaging {
      require(everySteps >= 1, "everySteps", "at least 1", everySteps);
      require(islands >= 0, "islands", "at least 0", islands);
      require(
          outer.wire() == Wire.FLOAT32 || !optimizerState,
          "wire",
          "FLOAT32 when optimizer state is averaged",
          outer.wire());
    }

    /** One replica per worker; they continue from the mean. */
    public Averaging(int everySteps, boolean optimizerState) {
      this(everySteps, optimizerState, 0, Outer.MEAN);
    }

    @Override
    public Wire wire() {
      return outer.wire();
    }

    /** How many replicas there are. */
    public int islands(int workers) {
      return islands == 0 ? workers : islands;
    }
  }

  /**
   * The outer optimizer of averaging: Nesterov's momentum over the mean change of the replicas
   * (Douillard and others 2023, "DiLoCo: distributed low-communication training of language
   * models").
   *
   * @param learningRate of the mean change, above 0
   * @param momentum share of the last outer step that is kept, at least 0 and below 1
   * @param wire how changes are written on their way
   */
  record Outer(double learningRate, double momentum, Wire wire) implements Serializable {
    /** Replicas continue from the mean of their parameters. */
    public static final Outer MEAN = new Outer(1, 0, Wire.FLOAT32);

    /** Checks the numbers. */
    public Outer {
      require(learningRate > 0, "outer.learningRate", "above 0", learningRate);
      require(momentum >= 0 && momentum < 1, "outer.momentum", "at least 0 and below 1", momentum);
    }

    /** Whether changes since the last averaging are sent, rather than parameters. */
    public boolean sendsChanges() {
      return learningRate != 1 || momentum != 0 || wire != Wire.FLOAT32;
    }
  }

  /**
   * Each shard sends the largest entries of its gradient. What it does not send, its residual, is
   * added to its gradient in the next step.
   *
   * @param method which entries are sent
   * @param sparsity share of the entries that a shard does not send, at least 0 and below 1
   * @param threshold the first threshold of {@link Method#THRESHOLD}, above 0; it then adapts
   * @param momentum of {@link Method#DGC}, at least 0 and below 1
   * @param clipNorm largest norm of the whole mean gradient if all shards' gradients were
   *     independent; 0 for no limit
   * @param warmupSteps steps in which more entries are sent, at least 0
   */
  record Sharing(
      Method method,
      double sparsity,
      double threshold,
      double momentum,
      double clipNorm,
      long warmupSteps)
      implements SyncPlan {
    /** The stages of the warm-up, as in the paper of {@link Method#DGC}. */
    private static final int STAGES = 4;

    /** Checks the numbers. */
    public Sharing {
      require(sparsity >= 0 && sparsity < 1, "sparsity", "at least 0 and below 1", sparsity);
      require(threshold > 0, "threshold", "above 0", threshold);
      require(momentum >= 0 && momentum < 1, "momentum", "at least 0 and below 1", momentum);
      require(clipNorm >= 0, "clipNorm", "at least 0", clipNorm);
      require(warmupSteps >= 0, "warmupSteps", "at least 0", warmupSteps);
    }

    /**
     * How many entries a shard sends in a step; about as many with a threshold.
     *
     * @param length entries that the shard has
     */
    public int entries(long length, long step) {
      double density = 1 - sparsity;
      if (step < warmupSteps) {
        long stage = step * STAGES / warmupSteps + 1;
        density = StrictMath.pow(density, (double) stage / (STAGES + 1));
      }
      return (int) Math.max(1, Math.min(length, Math.round(density * length)));
    }
  }

  /** Which entries of a shard's gradient are sent. */
  enum Method {
    /**
     * Those of at least a threshold, each as the sign of that threshold (Strom 2015, "Scalable
     * distributed DNN training using commodity GPU cloud computing"). The threshold adapts.
     */
    THRESHOLD,
    /** The largest ones (Aji and Heafield 2017, "Sparse communication for gradient descent"). */
    TOP_K,
    /**
     * The largest ones after momentum (Lin and others 2018, "Deep gradient compression: reducing
     * the communication bandwidth for distributed training").
     */
    DGC
  }

  private static void require(boolean holds, String name, String rule, Object value) {
    if (!holds) {
      throw new IllegalArgumentException(
          "Invalid " + name + ": must be " + rule + ", got " + value);
    }
  }
}
