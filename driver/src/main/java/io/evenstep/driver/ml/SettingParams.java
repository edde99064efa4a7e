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
 * The keys of a job file as Params, one each, but for those that say where rows come from: that is
 * the dataset's to say. A key and its Param have the same rules, and a bad value is refused when it
 * is set.
 */
final class SettingParams implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Keys that have no Param, and why. */
  static final Map<String, String> WITHOUT = without();

  /** The names that do not follow from the keys. */
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
      without.put("data." + key, "rows are those of the dataset");
    }
    without.put("data.features", "featuresCol");
    without.put("data.label", "labelCol");
    without.put("data.weight", "weightCol");
    without.put("data.task", "a classifier and a regressor know theirs");
    without.put("data.classes", "classes are indexes");
    for (String key : List.of("missing", "fill", "absent", "missingLabel")) {
      without.put("data." + key, "a row without features or label is refused");
    }
    List.of("split", "splitBy").forEach(key -> without.put("data." + key, "rows are split before"));
    without.put("data.unseen", "vectors hold no categories");
    without.put("data.normalizeLabel", "labels are taken as they are");
    without.put("model.allow", "Spark's setting spark.evenstep.model.allow, kept in no file");
    without.putAll(ofCommands());
    return without;
  }

  /** What only a command has a use for. */
  private static Map<String, String> ofCommands() {
    Map<String, String> without = new LinkedHashMap<>();
    for (String key : List.of("gate.metric", "gate.atLeast", "gate.atMost")) {
      without.put(key, "a gate is for commands, which exit with a code");
    }
    for (String key : List.of("training.ui", "training.uiHost", "training.uiPort")) {
      without.put(key, "Spark's settings spark.evenstep.training.ui, uiHost and uiPort");
    }
    for (String key : List.of("report.page", "report.tensorboard")) {
      without.put(key, "a fit's folder is kept for its model, and no one looks into it");
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

  /** Throws, instead of giving false: Spark's own message would not tell what rule was broken. */
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

  /** A value as {@code --set} takes it. */
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

  /** What a Param holds, from a text that its rule has passed. */
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

  /** Sets a Param, by the key's name or its own, from any form of a good value. */
  @SuppressWarnings("unchecked") // value() gives what the Param holds
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

  @SuppressWarnings("unchecked") // the key gave both the Param its type and the value
  private void setDefault(Param<?> param, Object value) {
    owner.setDefault((Param<Object>) param, boxed(value));
  }

  Collection<Param<?>> all() {
    return byKey.values();
  }

  /**
   * The Param of a key, by the key's name or its own.
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
                        ? "must be left out: " + WITHOUT.get(name)
                        : "must be a Param or a key of the job file",
                    name));
  }

  boolean isSet(String key) {
    return owner.isSet(find(key));
  }

  /** What has been set, by key, as {@code --set} takes it. */
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

  /** The same failure, with Params named beside the keys they stand for. */
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
