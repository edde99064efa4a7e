package io.evenstep.driver.config.key;

import io.evenstep.driver.config.value.ClassWeighting;
import io.evenstep.driver.config.value.ClassWeightingType;
import io.evenstep.driver.config.value.Key;
import io.evenstep.driver.config.value.ListType;
import io.evenstep.driver.config.value.ScalarType;
import io.evenstep.driver.config.value.ValueRule;
import io.evenstep.model.catalog.Optimizers;
import io.evenstep.model.catalog.Schedules;
import io.evenstep.model.engine.EngineChoice;
import io.evenstep.model.engine.Precision;
import io.evenstep.worker.plan.SyncPlan;
import io.evenstep.worker.plan.Wire;
import java.util.List;
import java.util.Set;

/** The keys under {@code training}: optimizer, workers, synchronization and schedule. */
public final class TrainingKeys {
  private TrainingKeys() {}

  public static final Key<String> WORKERS =
      Key.of(
              "training.workers",
              ScalarType.TEXT,
              "Number of workers; each is one Spark task with one core. `auto` is one worker per"
                  + " task slot.")
          .where(
              ValueRule.pattern("auto|\\d{1,6}", "must be auto or a whole number from 0 to 999999"))
          .byDefault("auto")
          .ofTheCourse();

  /** The assignment of shards takes time quadratic in their number. */
  private static final int MOST_SHARDS = 4096;

  public static final Key<Integer> SHARDS =
      Key.of(
              "training.shards",
              ScalarType.INTEGER,
              "Number of parts that a global batch is cut into. It limits the number of workers."
                  + " Equal shards give the same bits.")
          .where(ValueRule.powerOfTwo())
          .where(ValueRule.atMost(MOST_SHARDS))
          .byDefault(8);

  public static final Key<Integer> BATCH =
      Key.of("training.batch", ScalarType.INTEGER, "Rows per step over all workers.")
          .where(ValueRule.atLeast(1))
          .byDefault(128);

  public static final Key<Integer> ACCUMULATE =
      Key.of(
              "training.accumulate",
              ScalarType.INTEGER,
              "Number of pieces that each part of a batch is computed in, one after the other,"
                  + " before the step; more pieces need less memory.")
          .where(ValueRule.atLeast(1))
          .byDefault(1);

  public static final Key<Integer> EPOCHS =
      Key.of("training.epochs", ScalarType.INTEGER, "Passes over the training rows.")
          .where(ValueRule.atLeast(1))
          .byDefault(10);

  public static final Key<Sync.Choice> SYNC =
      Key.of(
              "training.sync",
              ScalarType.choice(Sync.Choice.class),
              "How replicas are kept in agreement: by the exact sum of gradients in each step, by"
                  + " `sharing` only the largest entries of gradients, or by `averaging` weights"
                  + " every few steps. `auto` is the fastest of the ways in `training.auto`, or"
                  + " all-reduce; see [slow networks](slow-networks.md).")
          .byDefault(Sync.Choice.AUTO);

  public static final Key<Integer> AVERAGING_EVERY =
      Key.of(
              "training.averaging.every",
              ScalarType.INTEGER,
              "Sync `averaging` only: steps between two averagings.")
          .where(ValueRule.atLeast(1))
          .byDefault(1);

  public static final Key<Boolean> AVERAGING_STATE =
      Key.of(
              "training.averaging.optimizerState",
              ScalarType.FLAG,
              "Sync `averaging` only: whether the optimizer's state is averaged too.")
          .byDefault(false);

  public static final Key<Integer> AVERAGING_ISLANDS =
      Key.of(
              "training.averaging.islands",
              ScalarType.INTEGER,
              "Sync `averaging` only: number of replicas that step independently, at least the"
                  + " number of workers; equal numbers give the same bits for any number of"
                  + " workers. 0 is one per worker.")
          .where(ValueRule.atLeast(0))
          .byDefault(0);

  public static final Key<Double> OUTER_RATE =
      Key.of(
              "training.averaging.outer.learningRate",
              ScalarType.NUMBER,
              "Sync `averaging` only: factor of the mean change between two averagings.")
          .where(ValueRule.<Double>above(0))
          .byDefault(1.0);

  public static final Key<Double> OUTER_MOMENTUM =
      Key.of(
              "training.averaging.outer.momentum",
              ScalarType.NUMBER,
              "Sync `averaging` only: Nesterov's momentum of the outer steps.")
          .where(ValueRule.<Double>within(0, 1))
          .byDefault(0.0);

  public static final Key<SyncPlan.Method> SHARING_METHOD =
      Key.of(
              "training.sharing.method",
              ScalarType.choice(SyncPlan.Method.class),
              "Sync `sharing` only: which entries of a gradient are sent. `threshold`: those above"
                  + " an adaptive threshold, as signs; `top-k`: the largest; `dgc`: the largest"
                  + " after momentum.")
          .byDefault(SyncPlan.Method.THRESHOLD);

  public static final Key<Double> SHARING_SPARSITY =
      Key.of(
              "training.sharing.sparsity",
              ScalarType.NUMBER,
              "Sync `sharing` only: share of the entries that a part of the batch does not send in"
                  + " a step.")
          .where(ValueRule.<Double>within(0, 1))
          .byDefault(0.999);

  public static final Key<Double> SHARING_THRESHOLD =
      Key.of(
              "training.sharing.threshold",
              ScalarType.NUMBER,
              "Sharing method `threshold` only: the threshold of the first step; it then adapts to"
                  + " the sparsity.")
          .where(ValueRule.<Double>above(0))
          .byDefault(0.001);

  public static final Key<Double> SHARING_MOMENTUM =
      Key.of(
              "training.sharing.momentum",
              ScalarType.NUMBER,
              "Sharing method `dgc` only: momentum that is applied before entries are chosen.")
          .where(ValueRule.<Double>within(0, 1))
          .byDefault(0.9);

  public static final Key<Double> SHARING_CLIP =
      Key.of(
              "training.sharing.clipNorm",
              ScalarType.NUMBER,
              "Sync `sharing` only: largest L2 norm of the mean gradient; each part of a batch is"
                  + " limited to this divided by the root of `training.shards`. 0 is no limit.")
          .where(ValueRule.<Double>atLeast(0))
          .byDefault(0.0);

  public static final Key<Long> SHARING_WARMUP =
      Key.of(
              "training.sharing.warmupSteps",
              ScalarType.LONG,
              "Sync `sharing` only: steps over which the sparsity rises to its value, in four"
                  + " stages.")
          .where(ValueRule.<Long>atLeast(0))
          .byDefault(0L);

  /** Keys for sync averaging only. */
  public static final List<Key<?>> AVERAGING =
      List.of(AVERAGING_EVERY, AVERAGING_STATE, AVERAGING_ISLANDS, OUTER_RATE, OUTER_MOMENTUM);

  /** Keys for sync sharing only. */
  public static final List<Key<?>> SHARING =
      List.of(
          SHARING_METHOD,
          SHARING_SPARSITY,
          SHARING_THRESHOLD,
          SHARING_MOMENTUM,
          SHARING_CLIP,
          SHARING_WARMUP);

  public static final Key<Wire> WIRE =
      Key.of(
              "training.wire",
              ScalarType.choice(Wire.class),
              "How sums of gradients are written on their way: `float32` is exact, `bfloat16` sends"
                  + " half of the bytes, `int8` a quarter; each gives the same bits for any number"
                  + " of workers. With sync `averaging` the changes of weights are sent so. Not for"
                  + " sync `sharing`.")
          .byDefault(Wire.FLOAT32);

  public static final Key<List<Way>> AUTO =
      Key.of(
              "training.auto",
              new ListType<>(
                  ScalarType.choice(Way.class),
                  "a list of float32, bfloat16, int8, sharing and averaging"),
              "Sync `auto` only: what the run may choose from: all-reduce with these values of"
                  + " `training.wire`, `sharing`, `averaging`. It measures the network and the"
                  + " computation, and takes the fastest; see [slow"
                  + " networks](slow-networks.md#letting-the-run-choose).")
          .where(new ValueRule<>("must not be empty", ways -> !ways.isEmpty()))
          .otherwise("`training.wire` only");

  public static final Key<Boolean> REPRODUCIBLE =
      Key.of(
              "training.reproducible",
              ScalarType.FLAG,
              "Whether the weights are the same, bit for bit, for any number of workers; false may"
                  + " be faster.")
          .byDefault(true);

  public static final Key<EngineChoice> ENGINE =
      Key.of(
              "training.engine",
              ScalarType.choice(EngineChoice.class),
              "Engine that computes the network: `step`, the fast engine, or `dl4j`, which supports"
                  + " every network. `auto` is `step` if it supports the network.")
          .byDefault(EngineChoice.AUTO);

  public static final Key<Precision> PRECISION =
      Key.of(
              "training.precision",
              ScalarType.choice(Precision.class),
              "Numbers that products of a step are computed with; all else is float32."
                  + " `bfloat16` needs a processor that has instructions for it (AVX-512 BF16 or"
                  + " AMX). `bfloat16-emulated` rounds the factors to bfloat16 and computes in"
                  + " float32, which shows whether a network learns with bfloat16, but is slower."
                  + " Engine `step` only; recurrent layers stay with float32.")
          .byDefault(Precision.FLOAT32);

  public static final Key<String> OPTIMIZER =
      Key.of("training.optimizer.name", ScalarType.name(Optimizers.names()), "The optimizer.")
          .otherwise("adam; for `model.json` and `model.zip`, the optimizer in the file");

  public static final Key<Double> LEARNING_RATE =
      Key.of("training.optimizer.learningRate", ScalarType.NUMBER, "Learning rate.")
          .where(ValueRule.<Double>above(0))
          .byDefault(0.001);

  public static final List<Key<?>> OPTIMIZER_PARAMETERS =
      ParameterKeys.of("training.optimizer", Optimizers.entries(), Set.of());

  public static final Key<String> SCHEDULE =
      Key.of(
              "training.schedule.name",
              ScalarType.name(Schedules.names()),
              "How the learning rate changes over the steps.")
          .byDefault("constant");

  public static final Key<Long> WARMUP_STEPS =
      Key.of(
              "training.schedule.warmupSteps",
              ScalarType.LONG,
              "Steps over which the learning rate rises from 0 to that of the schedule.")
          .where(ValueRule.<Long>atLeast(0))
          .byDefault(0L);

  public static final List<Key<?>> SCHEDULE_PARAMETERS =
      ParameterKeys.of("training.schedule", Schedules.entries(), Set.of());

  public static final Key<ClassWeighting> CLASS_WEIGHTS =
      Key.of(
              "training.classWeights",
              ClassWeightingType.CLASS_WEIGHTING,
              "Weights of rows by class: `balanced` gives all classes the same total weight,"
                  + " however many rows they have; see [unbalanced"
                  + " classes](data.md#unbalanced-classes).")
          .otherwise("no weights");

  public static final Key<Double> L1 = penalty("l1", "L1 penalty on weights.");
  public static final Key<Double> L2 = penalty("l2", "L2 penalty on weights.");
  public static final Key<Double> WEIGHT_DECAY = penalty("weightDecay", "Decoupled weight decay.");
  public static final Key<Double> CLIP_VALUE =
      penalty("clip.value", "Largest magnitude of one entry of the mean gradient; 0 for no limit.");
  public static final Key<Double> CLIP_NORM =
      penalty("clip.norm", "Largest L2 norm of the whole mean gradient; 0 for no limit.");

  static final List<Key<?>> ALL =
      Key.joined(
          List.of(WORKERS, SHARDS, BATCH, ACCUMULATE, EPOCHS, SYNC),
          AVERAGING,
          SHARING,
          List.of(WIRE, AUTO, REPRODUCIBLE, ENGINE, PRECISION, OPTIMIZER, LEARNING_RATE),
          OPTIMIZER_PARAMETERS,
          List.of(SCHEDULE, WARMUP_STEPS),
          SCHEDULE_PARAMETERS,
          List.of(CLASS_WEIGHTS, L1, L2, WEIGHT_DECAY, CLIP_VALUE, CLIP_NORM));

  private static Key<Double> penalty(String name, String doc) {
    return Key.of("training." + name, ScalarType.NUMBER, doc)
        .where(ValueRule.<Double>atLeast(0))
        .byDefault(0.0);
  }
}
