package io.evenstep.model.catalog;

import io.evenstep.model.Problem;
import io.evenstep.model.optimizer.AdaBelief;
import io.evenstep.model.optimizer.Lamb;
import io.evenstep.model.optimizer.Lars;
import io.evenstep.model.optimizer.Lion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.nd4j.linalg.learning.config.AMSGrad;
import org.nd4j.linalg.learning.config.AdaDelta;
import org.nd4j.linalg.learning.config.AdaGrad;
import org.nd4j.linalg.learning.config.AdaMax;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nadam;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.RmsProp;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.schedule.ISchedule;

/** Optimizers by name. DL4J calls them updaters. */
public final class Optimizers {
  private static final Parameter MOMENTUM =
      Parameter.of("momentum", Rule.FRACTION, 0.9, "share of the last step that is kept");
  private static final Parameter BETA1 =
      Parameter.of("beta1", Rule.FRACTION, 0.9, "decay of the mean of gradients");
  private static final Parameter BETA2 =
      Parameter.of("beta2", Rule.FRACTION, 0.999, "decay of the mean of squared gradients");

  private static final Catalogue<Function<Arguments, IUpdater>> ALL =
      new Catalogue<Function<Arguments, IUpdater>>()
          .add(Entry.of("sgd", "plain stochastic gradient descent"), a -> new Sgd())
          .add(
              Entry.of("momentum", "Polyak's heavy ball", MOMENTUM),
              a -> new Momentum(a.number("momentum")))
          .add(
              Entry.of("nesterov", "Nesterov's momentum", MOMENTUM),
              a -> new Nesterovs(0.1, a.number("momentum")))
          .add(
              Entry.of("adam", "Kingma and Ba 2015", BETA1, BETA2, epsilon(1e-8)),
              a -> new Adam(0, a.number("beta1"), a.number("beta2"), a.number("epsilon")))
          .add(
              Entry.of("adamax", "Adam with the maximum norm", BETA1, BETA2, epsilon(1e-8)),
              a -> new AdaMax(0, a.number("beta1"), a.number("beta2"), a.number("epsilon")))
          .add(
              Entry.of("nadam", "Adam with Nesterov's momentum", BETA1, BETA2, epsilon(1e-8)),
              a -> new Nadam(0, a.number("beta1"), a.number("beta2"), a.number("epsilon")))
          .add(
              Entry.of("amsgrad", "Reddi, Kale and Kumar 2018", BETA1, BETA2, epsilon(1e-8)),
              a -> new AMSGrad(0, a.number("beta1"), a.number("beta2"), a.number("epsilon")))
          .add(
              Entry.of("adagrad", "Duchi, Hazan and Singer 2011", epsilon(1e-6)),
              a -> new AdaGrad(0, a.number("epsilon")))
          .add(
              Entry.of("adadelta", "Zeiler 2012; has no learning rate", rho(), epsilon(1e-6)),
              a -> new AdaDelta(a.number("rho"), a.number("epsilon")))
          .add(
              Entry.of("rmsprop", "Hinton 2012", rho(), epsilon(1e-8)),
              a -> new RmsProp(0, a.number("rho"), a.number("epsilon")))
          .add(
              Entry.of("adabelief", "Zhuang and others 2020", BETA1, BETA2, epsilon(1e-16)),
              a -> new AdaBelief(a.number("beta1"), a.number("beta2"), a.number("epsilon")))
          .add(
              Entry.of(
                  "lamb",
                  "Adam with steps in proportion to each layer's weights, You and others 2020",
                  BETA1,
                  BETA2,
                  epsilon(1e-6)),
              a -> new Lamb(a.number("beta1"), a.number("beta2"), a.number("epsilon")))
          .add(
              Entry.of(
                  "lars",
                  "momentum with a rate in proportion to each layer's weights, You and others 2017",
                  MOMENTUM,
                  Parameter.of(
                      "trustCoefficient", Rule.ABOVE_ZERO, 0.001, "factor of each layer's rate")),
              a -> new Lars(a.number("momentum"), a.number("trustCoefficient")))
          .add(
              Entry.of(
                  "lion",
                  "the sign of a mean, Chen and others 2023; use a rate 3 to 10 times smaller",
                  Parameter.of("beta1", Rule.FRACTION, 0.9, "share of the mean in a step"),
                  Parameter.of("beta2", Rule.FRACTION, 0.99, "decay of the mean of gradients")),
              a -> new Lion(a.number("beta1"), a.number("beta2")));

  private Optimizers() {}

  private static Parameter epsilon(double standard) {
    return Parameter.of("epsilon", Rule.ABOVE_ZERO, standard, "avoids division by 0");
  }

  private static Parameter rho() {
    return Parameter.of("rho", Rule.FRACTION, 0.95, "decay of the mean of squared gradients");
  }

  /** All names. */
  public static List<String> names() {
    return ALL.names();
  }

  /** All entries, for the reference page. */
  public static List<Entry> entries() {
    return ALL.entries();
  }

  /** The parameters of an optimizer, besides the learning rate; the name must be known. */
  public static List<Parameter> parameters(String name) {
    return ALL.entry(name).parameters();
  }

  /**
   * What is wrong with an optimizer.
   *
   * @param key its key in the job file, such as {@code training.optimizer}
   * @return empty when nothing is wrong
   */
  public static List<Problem> check(
      String key, String name, double learningRate, Map<String, ?> parameters) {
    List<Problem> problems = new ArrayList<>();
    ALL.check(key + ".name", name).ifPresent(problems::add);
    if (!(learningRate > 0) || !Double.isFinite(learningRate)) {
      problems.add(
          new Problem(
              key + ".learningRate", Rule.ABOVE_ZERO.text(), Double.toString(learningRate)));
    }
    if (ALL.has(name)) {
      Arguments.read(ALL.entry(name), parameters, key, problems);
    }
    return List.copyOf(problems);
  }

  /**
   * DL4J's optimizer, or ours where DL4J has none that works. The arguments must have passed {@link
   * #check}.
   */
  public static IUpdater create(
      String name, double learningRate, Optional<ISchedule> schedule, Map<String, ?> parameters) {
    Arguments arguments =
        Arguments.read(ALL.entry(name), parameters, "optimizer", new ArrayList<>());
    IUpdater updater = ALL.maker(name).apply(arguments);
    if (updater.hasLearningRate()) {
      updater.setLrAndSchedule(learningRate, schedule.orElse(null));
    }
    return updater;
  }
}
