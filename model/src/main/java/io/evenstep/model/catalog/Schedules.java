package io.evenstep.model.catalog;

import io.evenstep.model.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nd4j.linalg.schedule.ExponentialSchedule;
import org.nd4j.linalg.schedule.FixedSchedule;
import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.linalg.schedule.InverseSchedule;
import org.nd4j.linalg.schedule.ScheduleType;
import org.nd4j.linalg.schedule.StepSchedule;

/** Learning-rate schedules by name, over steps, each with or without a warm-up. */
public final class Schedules {
  @FunctionalInterface
  private interface Maker {
    ISchedule make(double rate, long totalSteps, Arguments arguments);
  }

  private static final Parameter POWER =
      Parameter.of("power", Rule.ABOVE_ZERO, 1.0, "exponent of the decay");
  private static final Parameter MINIMUM =
      Parameter.of("minimum", Rule.AT_LEAST_ZERO, 0.0, "rate at the end of the job");

  private static final Catalogue<Maker> ALL =
      new Catalogue<Maker>()
          .add(
              Entry.of("constant", "the learning rate throughout"),
              (rate, steps, a) -> new FixedSchedule(rate))
          .add(
              Entry.of(
                  "step",
                  "multiplied by gamma every `everySteps` steps",
                  Parameter.of("gamma", Rule.ABOVE_ZERO, 0.1, "factor"),
                  Parameter.required("everySteps", Rule.COUNT, "steps between two changes")),
              (rate, steps, a) ->
                  new StepSchedule(
                      ScheduleType.ITERATION, rate, a.number("gamma"), a.whole("everySteps")))
          .add(
              Entry.of(
                  "exponential",
                  "multiplied by gamma after each step",
                  Parameter.of("gamma", Rule.ABOVE_ZERO, 0.999, "factor")),
              (rate, steps, a) ->
                  new ExponentialSchedule(ScheduleType.ITERATION, rate, a.number("gamma")))
          .add(
              Entry.of(
                  "inverse",
                  "divided by (1 + gamma step) ^ power",
                  Parameter.of("gamma", Rule.ABOVE_ZERO, 0.001, "speed of the decay"),
                  POWER),
              (rate, steps, a) ->
                  new InverseSchedule(
                      ScheduleType.ITERATION, rate, a.number("gamma"), a.number("power")))
          .add(
              Entry.of(
                  "polynomial",
                  "down to the minimum as (1 - step / total) ^ power",
                  POWER,
                  MINIMUM),
              (rate, steps, a) ->
                  new PolynomialSchedule(rate, a.number("minimum"), a.number("power"), steps))
          .add(
              Entry.of("cosine", "down to the minimum along half a cosine", MINIMUM),
              (rate, steps, a) -> new CosineSchedule(rate, a.number("minimum"), steps));

  private Schedules() {}

  /** All names. */
  public static List<String> names() {
    return ALL.names();
  }

  /** All entries, for the reference page. */
  public static List<Entry> entries() {
    return ALL.entries();
  }

  /** The parameters of a schedule; the name must be known. */
  public static List<Parameter> parameters(String name) {
    return ALL.entry(name).parameters();
  }

  /**
   * What is wrong with a schedule.
   *
   * @param key its key in the job file, such as {@code training.schedule}
   * @return empty when nothing is wrong
   */
  public static List<Problem> check(String key, String name, Map<String, ?> parameters) {
    List<Problem> problems = new ArrayList<>();
    ALL.check(key + ".name", name).ifPresent(problems::add);
    if (ALL.has(name)) {
      Arguments.read(ALL.entry(name), parameters, key, problems);
    }
    return List.copyOf(problems);
  }

  /**
   * DL4J's schedule, or ours where DL4J has none that works. The arguments must have passed {@link
   * #check}.
   *
   * @param rate initial rate
   * @param warmupSteps steps over which the rate rises linearly to the schedule's
   * @param totalSteps step at which polynomial and cosine reach their minimum, at least 1
   * @return empty for a rate that never changes
   */
  public static Optional<ISchedule> create(
      String name, double rate, long warmupSteps, long totalSteps, Map<String, ?> parameters) {
    if (name.equals("constant") && warmupSteps == 0) {
      return Optional.empty();
    }
    Arguments arguments =
        Arguments.read(ALL.entry(name), parameters, "schedule", new ArrayList<>());
    ISchedule schedule = ALL.maker(name).make(rate, totalSteps, arguments);
    return Optional.of(warmupSteps == 0 ? schedule : new WarmupSchedule(schedule, warmupSteps));
  }
}
