package io.evenstep.driver.config;

import java.util.List;

/** The keys under {@code training}: how the network is trained, by how many, and how it is kept. */
final class TrainingKeys {
  private TrainingKeys() {}

  static final Key<String> WORKERS =
      Key.of(
              "training.workers",
              ScalarType.TEXT,
              "Workers, each one task of Spark with one core; `auto` for as many as there are slots.")
          .where(Rule.pattern("auto|\\d{1,6}", "must be auto or a whole number of at least 0"))
          .byDefault("auto")
          .ofTheCourse();

  static final Key<Integer> SHARDS =
      Key.of(
              "training.shards",
              ScalarType.INTEGER,
              "Parts a global batch is cut into; no more workers than shards can work, and the same shards give the same bits.")
          .where(Rule.powerOfTwo())
          .byDefault(8);

  static final Key<Integer> BATCH =
      Key.of("training.batch", ScalarType.INTEGER, "Rows of one step, over all workers together.")
          .where(Rule.atLeast(1))
          .byDefault(128);

  static final Key<Integer> EPOCHS =
      Key.of("training.epochs", ScalarType.INTEGER, "Passes over the training rows.")
          .where(Rule.atLeast(1))
          .byDefault(10);

  static final Key<Sync.Choice> SYNC =
      Key.of(
              "training.sync",
              ScalarType.choice(Sync.Choice.class),
              "How replicas are kept together: the exact sum of gradients each step, or the mean of weights every few; `auto` is all-reduce, and `sharing` is not offered in this version.")
          .byDefault(Sync.Choice.AUTO);

  static final Key<Integer> AVERAGING_EVERY =
      Key.of(
              "training.averaging.every",
              ScalarType.INTEGER,
              "Sync `averaging` only: steps between two means.")
          .where(Rule.atLeast(1))
          .byDefault(1);

  static final Key<Boolean> AVERAGING_STATE =
      Key.of(
              "training.averaging.optimizerState",
              ScalarType.FLAG,
              "Sync `averaging` only: whether the optimizer's state is averaged too.")
          .byDefault(false);

  static final Key<Boolean> REPRODUCIBLE =
      Key.of(
              "training.reproducible",
              ScalarType.FLAG,
              "Whether the weights come out the same, bit for bit, for any number of workers; false may be faster.")
          .byDefault(true);

  static final Key<String> OPTIMIZER =
      Key.of(
              "training.optimizer.name",
              ScalarType.name(sorted(Names.OPTIMIZERS.keySet())),
              "How a gradient becomes a step.")
          .byDefault("adam");

  static final Key<Double> LEARNING_RATE =
      Key.of("training.optimizer.learningRate", ScalarType.NUMBER, "Size of a step.")
          .where(Rule.<Double>above(0))
          .byDefault(0.001);

  static final List<Key<Double>> OPTIMIZER_PARAMETERS =
      List.of(
          optimizer("momentum", "Part of the last step that is taken again (momentum, nesterov).")
              .where(Rule.<Double>within(0, 1)),
          optimizer("beta1", "Decay of the gradient's running mean (adam and its kin).")
              .where(Rule.<Double>within(0, 1)),
          optimizer("beta2", "Decay of the squared gradient's running mean (adam and its kin).")
              .where(Rule.<Double>within(0, 1)),
          optimizer("epsilon", "Added below the fraction bar, against division by zero.")
              .where(Rule.<Double>above(0)),
          optimizer("rho", "Decay of the squared gradient's running mean (adadelta, rmsprop).")
              .where(Rule.<Double>within(0, 1)));

  static final Key<String> SCHEDULE =
      Key.of(
              "training.schedule.name",
              ScalarType.name(sorted(Names.SCHEDULES.keySet())),
              "How the learning rate changes over the steps.")
          .byDefault("constant");

  static final Key<Long> WARMUP_STEPS =
      Key.of(
              "training.schedule.warmupSteps",
              ScalarType.LONG,
              "Steps over which the learning rate rises from 0 to what the schedule says.")
          .where(Rule.<Long>atLeast(0))
          .byDefault(0L);

  static final List<Key<Double>> SCHEDULE_PARAMETERS =
      List.of(
          schedule("gamma", "Factor of the decay (step, exponential, inverse).")
              .where(Rule.<Double>above(0)),
          schedule("everySteps", "Steps between two decays (step).").where(Rule.<Double>atLeast(1)),
          schedule("power", "Exponent (polynomial, inverse).").where(Rule.<Double>above(0)),
          schedule("minimum", "Rate at the last step (polynomial, cosine).")
              .where(Rule.<Double>atLeast(0)));

  static final Key<Double> L1 = penalty("l1", "L1 penalty on weights.");
  static final Key<Double> L2 = penalty("l2", "L2 penalty on weights.");
  static final Key<Double> WEIGHT_DECAY = penalty("weightDecay", "Decoupled weight decay.");
  static final Key<Double> CLIP_VALUE =
      penalty("clip.value", "Largest magnitude of one entry of the mean gradient; 0 for no limit.");
  static final Key<Double> CLIP_NORM =
      penalty("clip.norm", "Largest L2 norm of the whole mean gradient; 0 for no limit.");

  static final List<Key<?>> ALL =
      Key.joined(
          List.of(
              WORKERS,
              SHARDS,
              BATCH,
              EPOCHS,
              SYNC,
              AVERAGING_EVERY,
              AVERAGING_STATE,
              REPRODUCIBLE,
              OPTIMIZER,
              LEARNING_RATE),
          OPTIMIZER_PARAMETERS,
          List.of(SCHEDULE, WARMUP_STEPS),
          SCHEDULE_PARAMETERS,
          List.of(L1, L2, WEIGHT_DECAY, CLIP_VALUE, CLIP_NORM));

  private static Key<Double> optimizer(String name, String doc) {
    return Key.of("training.optimizer." + name, ScalarType.NUMBER, doc)
        .otherwise("the optimizer's usual value");
  }

  private static Key<Double> schedule(String name, String doc) {
    return Key.of("training.schedule." + name, ScalarType.NUMBER, doc)
        .otherwise("the schedule's usual value");
  }

  private static Key<Double> penalty(String name, String doc) {
    return Key.of("training." + name, ScalarType.NUMBER, doc)
        .where(Rule.<Double>atLeast(0))
        .byDefault(0.0);
  }

  private static List<String> sorted(Iterable<String> names) {
    java.util.TreeSet<String> all = new java.util.TreeSet<>();
    names.forEach(all::add);
    return List.copyOf(all);
  }
}
