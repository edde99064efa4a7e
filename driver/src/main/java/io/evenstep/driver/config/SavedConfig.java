package io.evenstep.driver.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.evenstep.driver.config.key.KeyCatalogue;
import io.evenstep.driver.config.key.ModelKeys;
import io.evenstep.driver.config.key.Printable;
import io.evenstep.driver.config.key.Settings;
import io.evenstep.driver.config.key.Sync;
import io.evenstep.driver.config.key.TrainingKeys;
import io.evenstep.driver.config.value.Key;
import io.evenstep.driver.config.value.Origin;
import io.evenstep.driver.config.value.Problems;
import io.evenstep.model.ConfigException;
import io.evenstep.model.Reason;
import io.evenstep.model.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The settings saved with a run: every value, and a digest of those that determine the result. */
final class SavedConfig {
  private static final ObjectMapper JSON = new ObjectMapper();

  private SavedConfig() {}

  /**
   * @param sha256 the digest under which the run began
   */
  static String json(Settings settings, String sha256) {
    List<String> entries =
        KeyCatalogue.KEYS.stream()
            .filter(key -> key != ModelKeys.ALLOW && settings.setting(key).isPresent())
            .map(key -> Printable.json(key.name()) + " : " + value(settings, key))
            .toList();
    return String.format(
        Locale.ROOT,
        "{\n  \"configSha256\" : \"%s\",\n  \"settings\" : {\n    %s\n  }\n}\n",
        sha256,
        String.join(",\n    ", entries));
  }

  static String sha256(Settings settings) {
    Map<String, String> deciding = deciding(settings);
    for (Key<String> key : List.of(ModelKeys.JSON, ModelKeys.ZIP, ModelKeys.KERAS)) {
      settings.find(key).ifPresent(file -> deciding.put(key.name(), content(file)));
    }
    return Sha256.of(Printable.json(deciding));
  }

  private static Map<String, String> deciding(Settings settings) {
    Map<String, String> deciding = new TreeMap<>();
    for (Key<?> key : KeyCatalogue.KEYS) {
      if (decides(settings, key) && settings.setting(key).isPresent()) {
        deciding.put(key.name(), value(settings, key));
      }
    }
    return deciding;
  }

  /**
   * Whether a run that was saved under another digest is of this job all the same. A version that
   * adds a key changes the digest of every job, so the saved settings are read again here, with
   * this version's defaults. Earlier versions also wrote the usual type of a column. A network read
   * from a file is known by the digest alone.
   *
   * @param saved the settings of the run, read again
   */
  static boolean isSame(Settings settings, Settings saved) {
    return Stream.of(ModelKeys.JSON, ModelKeys.ZIP, ModelKeys.KERAS)
            .allMatch(file -> settings.find(file).isEmpty())
        && withoutUsualTypes(settings).equals(withoutUsualTypes(saved));
  }

  /** Refuses overrides of what a run has derived from its training data. */
  static void requireLearned(Settings settings) {
    Problems problems = new Problems();
    for (Key<?> key : KeyCatalogue.LEARNED) {
      if (settings.isOverridden(key)) {
        problems.add(
            key.name(),
            "must not be set: rows are encoded like the run's training rows",
            Printable.text(settings.setting(key).orElseThrow().value()));
      }
    }
    problems.throwIfAny();
  }

  /** Refuses a saved configuration that allows classes for a network. */
  static void requireNothingAllowed(Settings settings) {
    settings
        .setting(ModelKeys.ALLOW)
        .filter(allowed -> allowed.origin().kind() == Origin.Kind.FILE)
        .ifPresent(
            allowed -> {
              String rule = "must be given by --set or a Spark setting, not by a run's config.json";
              throw new ConfigException(ModelKeys.ALLOW.name(), rule, allowed.value());
            });
  }

  private static String withoutUsualTypes(Settings settings) {
    return Printable.json(deciding(settings)).replace(",\\\"type\\\":\\\"numeric\\\"", "");
  }

  /** The number of workers affects the bits unless each shard is computed separately. */
  private static boolean decides(Settings settings, Key<?> key) {
    boolean sameBits =
        settings.of(TrainingKeys.SYNC) == Sync.Choice.AVERAGING
            ? settings.of(TrainingKeys.AVERAGING_ISLANDS) > 0
            : settings.of(TrainingKeys.REPRODUCIBLE);
    return key.effect() == Key.Effect.RESULT || (key.equals(TrainingKeys.WORKERS) && !sameBits);
  }

  private static String value(Settings settings, Key<?> key) {
    return Printable.json(settings.setting(key).orElseThrow().value());
  }

  /** A network read from a file counts by the file's content, not its path. */
  private static String content(String file) {
    try {
      Path path = Path.of(file.replaceFirst("^file:/*", "/"));
      return Sha256.of(ByteBuffer.wrap(Files.readAllBytes(path)));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + file, e);
    }
  }

  /** The settings in a saved configuration, as the text of a job file. */
  static String settings(String json) {
    return part(json, "settings").toString();
  }

  /** The digest in a saved configuration. */
  static String sha256(String json) {
    return part(json, "configSha256").asText();
  }

  private static JsonNode part(String json, String name) {
    JsonNode part = parse(json).get(name);
    if (part == null) {
      throw new ConfigException("Cannot read config.json: Missing " + name);
    }
    return part;
  }

  private static JsonNode parse(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new ConfigException("Cannot read config.json: " + Reason.of(e), e);
    }
  }
}
