package io.evenstep.driver.ml;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.evenstep.driver.config.key.KeyFacts;
import io.evenstep.model.ConfigException;
import io.evenstep.model.Problem;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntArrayParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;
import scala.Function1;

/**
 * The keys of a job file as Params, one for each key, except keys that say where rows come from,
 * because rows come from the dataset. A key and its Param have the same rules. An invalid value is
 * refused when it is set.
 */
final class SettingParams implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Keys without a Param, and the reason. */
  static final Map<String, String> WITHOUT = without();

  /** Names that are not derived from the keys. */
  private static final Map<String, String> NAMES =
      Map.of(
          "name", "jobName",
          "model.name", "model",
          "training.optimizer.name", "optimizer",
          "training.optimizer.learningRate", "learningRate",
          "training.schedule.name", "schedule");

  private static final Set<String> SECTIONS = Set.of("data", "model", "training");

  private final Params owner;
  private final Map<String, Param<?>> byKey = new LinkedHashMap<>();

  SettingParams(Params owner) {
    this.owner = owner;
    for (KeyFacts key : KeyFacts.all()) {
      if (!WITHOUT.containsKey(key.name())) {
        Param<?> param = param(key);
        byKey.put(key.name(), param);
        key.standard().ifPresent(value -> setDefault(param, value));
      }
    }
  }

  private static Map<String, String> without() {
    Map<String, String> without = new LinkedHashMap<>();
    for (String key :
        List.of(
            "format",
            "folder",
            "path",
            "labels",
            "header",
            "delimiter",
            "reader",
            "query",
            "options",
            "validation.path",
            "validation.labels",
            "validation.query",
            "test.path",
            "test.labels",
            "test.query")) {
      without.put("data." + key, "rows come from the dataset");
    }
    without.put("data.features", "featuresCol");
    without.put("data.label", "labelCol");
    without.put("data.weight", "weightCol");
    without.put("data.task", "the estimator determines it");
    without.put("data.classes", "classes are indexes");
    for (String key : List.of("missing", "fill", "absent", "missingLabel")) {
      without.put("data." + key, "rows without features or label are refused");
    }
    List.of("split", "splitBy")
        .forEach(key -> without.put("data." + key, "rows are split before the fit"));
    without.put("data.unseen", "vectors contain no categories");
    without.put("data.normalizeLabel", "labels are used unchanged");
    without.put(
        "model.allow", "use Spark's setting spark.evenstep.model.allow, which is never saved");
    without.putAll(ofCommands());
    return without;
  }

  /** Keys that only a command uses. */
  private static Map<String, String> ofCommands() {
    Map<String, String> without = new LinkedHashMap<>();
    for (String key : List.of("gate.metric", "gate.atLeast", "gate.atMost")) {
      without.put(key, "a gate sets the exit code of a command");
    }
    for (String key : List.of("training.folds", "data.fold")) {
      without.put(key, "use Spark ML's CrossValidator");
    }
    for (String key : List.of("training.ui", "training.uiHost", "training.uiPort")) {
      without.put(key, "Spark's settings spark.evenstep.training.ui, uiHost and uiPort");
    }
    for (String key : List.of("report.page", "report.tensorboard")) {
      without.put(key, "a fit's folder is kept only for its model");
    }
    return without;
  }

  /** {@code training.stopping.patience} is {@code stoppingPatience}. */
  private static String name(String key) {
    String known = NAMES.get(key);
    if (known != null) {
      return known;
    }
    List<String> words = new ArrayList<>(Arrays.asList(key.split("\\.", -1)));
    if (SECTIONS.contains(words.get(0))) {
      words.remove(0);
    }
    StringBuilder name = new StringBuilder(words.remove(0));
    words.forEach(w -> name.append(Character.toUpperCase(w.charAt(0))).append(w.substring(1)));
    return name.toString();
  }

  private Param<?> param(KeyFacts key) {
    String name = name(key.name());
    return switch (key.kind()) {
      case NUMBER -> new DoubleParam(owner, name, key.doc(), rule(name, key.name()));
      case INTEGER -> new IntParam(owner, name, key.doc(), rule(name, key.name()));
      case LONG -> new LongParam(owner, name, key.doc(), rule(name, key.name()));
      case FLAG -> new BooleanParam(owner, name, key.doc());
      case INTEGERS -> new IntArrayParam(owner, name, key.doc(), rule(name, key.name()));
      case TEXT -> new Param<String>(owner, name, key.doc(), rule(name, key.name()));
    };
  }

  /**
   * Throws instead of returning false, because Spark's own message would not name the broken rule.
   */
  private static <T> Function1<T, Object> rule(String param, String key) {
    return (Function1<T, Object> & Serializable)
        value -> {
          requireGood(param, key, text(value));
          return true;
        };
  }

  private static void requireGood(String param, String key, String text) {
    Optional<Problem> wrong = KeyFacts.check(key, text);
    if (wrong.isPresent()) {
      throw new ConfigException(param, wrong.get().rule(), wrong.get().value());
    }
  }

  /** A value in the form of {@code --set}. */
  private static String text(Object value) {
    if (value instanceof int[] numbers) {
      return Arrays.toString(numbers);
    }
    try {
      return value instanceof List || value instanceof Map
          ? JSON.writeValueAsString(value)
          : String.valueOf(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("Cannot write " + value + " as JSON", e);
    }
  }

  /** The Param's value, parsed from text that its rule accepted. */
  private static Object value(Param<?> param, String text) {
    if (param instanceof DoubleParam) {
      return Double.valueOf(text.strip());
    } else if (param instanceof IntParam) {
      return Integer.valueOf(text.strip());
    } else if (param instanceof LongParam) {
      return Long.valueOf(text.strip());
    } else if (param instanceof BooleanParam) {
      return Boolean.valueOf(text.strip());
    } else if (param instanceof IntArrayParam) {
      String[] numbers = text.replaceAll("[\\[\\]\\s]", "").split(",", -1);
      return Arrays.stream(numbers).mapToInt(Integer::parseInt).toArray();
    }
    return text;
  }

  private static Object boxed(Object value) {
    return value instanceof List<?> list
        ? list.stream().mapToInt(number -> (Integer) number).toArray()
        : value;
  }

  /** Sets a Param, by its name or that of its key, from any valid form of a value. */
  @SuppressWarnings("unchecked") // value() returns the Param's own type
  void set(String name, Object value) {
    Param<Object> param = (Param<Object>) find(name);
    String text = text(value);
    requireGood(param.name(), key(param), text);
    owner.set(param, value(param, text));
  }

  private String key(Param<?> param) {
    return byKey.entrySet().stream()
        .filter(entry -> entry.getValue() == param)
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseThrow();
  }

  @SuppressWarnings(
      "unchecked") // the type of the Param and that of the value both come from the key
  private void setDefault(Param<?> param, Object value) {
    owner.setDefault((Param<Object>) param, boxed(value));
  }

  Collection<Param<?>> all() {
    return byKey.values();
  }

  /**
   * The Param with this name, or with this name of a key.
   *
   * @throws ConfigException when there is none
   */
  Param<?> find(String name) {
    Param<?> param = byKey.get(name);
    if (param != null) {
      return param;
    }
    return byKey.values().stream()
        .filter(each -> each.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new ConfigException(
                    name,
                    WITHOUT.containsKey(name)
                        ? "must not be set: " + WITHOUT.get(name)
                        : "must be a Param or a key of the job file",
                    name));
  }

  boolean isSet(String key) {
    return owner.isSet(find(key));
  }

  /** All values set, by key, in the form of {@code --set}. */
  Map<String, String> given() {
    Map<String, String> given = new LinkedHashMap<>();
    byKey.forEach(
        (key, param) -> {
          if (owner.isSet(param)) {
            given.put(key, text(owner.getOrDefault(param)));
          }
        });
    return given;
  }

  /** The same failure, with the name of the Param next to that of its key. */
  ConfigException named(ConfigException failure) {
    if (failure.problems().isEmpty()) {
      return failure;
    }
    List<Problem> named =
        failure.problems().stream()
            .map(problem -> new Problem(named(problem.key()), problem.rule(), problem.value()))
            .toList();
    ConfigException renamed = new ConfigException(named);
    renamed.initCause(failure);
    return renamed;
  }

  private String named(String key) {
    Param<?> param = byKey.get(key.replaceFirst("\\[.*", ""));
    return param == null || param.name().equals(key) ? key : param.name() + " (" + key + ")";
  }
}
