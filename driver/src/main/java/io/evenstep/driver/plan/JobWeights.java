package io.evenstep.driver.plan;

import io.evenstep.driver.config.JobConfig;
import io.evenstep.driver.config.key.TrainingKeys;
import io.evenstep.driver.config.value.ClassWeighting;
import io.evenstep.driver.data.pack.Preview;
import io.evenstep.model.ConfigException;
import io.evenstep.model.Problem;
import io.evenstep.model.engine.ClassWeights;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The class weights of a job, in the order of the classes. */
public final class JobWeights {
  private JobWeights() {}

  /**
   * The weights. Balanced weights without a pack are all equal.
   *
   * @throws ConfigException when the job weights an unknown class, or has no factor for a class
   */
  public static ClassWeights of(JobConfig job, Preview rows) {
    Optional<ClassWeighting> asked = job.classWeighting();
    if (asked.isEmpty()) {
      return ClassWeights.NONE;
    }
    if (asked.get().isBalanced()) {
      return rows.classRows().map(ClassWeights::balanced).orElse(ClassWeights.NONE);
    }
    List<String> classes = rows.encoding().classes();
    requireSame(asked.get(), classes);
    return new ClassWeights(classes.stream().map(name -> factor(asked.get(), name)).toList());
  }

  private static float factor(ClassWeighting asked, String name) {
    return Objects.requireNonNull(asked.factors().get(name)).floatValue();
  }

  private static void requireSame(ClassWeighting asked, List<String> classes) {
    String key = TrainingKeys.CLASS_WEIGHTS.name();
    List<Problem> problems = new ArrayList<>();
    asked.factors().keySet().stream()
        .filter(name -> !classes.contains(name))
        .forEach(name -> problems.add(new Problem(key, "must be of the classes " + classes, name)));
    List<String> left =
        classes.stream().filter(name -> !asked.factors().containsKey(name)).toList();
    if (!left.isEmpty()) {
      String rule = "must have a factor for each class, but has none for " + left;
      problems.add(new Problem(key, rule, asked.factors().keySet().toString()));
    }
    if (!problems.isEmpty()) {
      throw new ConfigException(problems);
    }
  }
}
