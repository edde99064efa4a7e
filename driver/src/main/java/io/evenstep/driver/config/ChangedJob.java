package io.evenstep.driver.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A job that a command makes from the user's job: some settings dropped, others set. */
public final class ChangedJob {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ALLOW = "model.allow";

  private final JobConfig job;
  private final Overrides given;
  private final List<String> dropped = new ArrayList<>();
  private final Map<String, Object> set = new LinkedHashMap<>();

  /**
   * Starts from {@code job}.
   *
   * @param given the overrides of the command, which alone may allow classes
   */
  public ChangedJob(JobConfig job, Overrides given) {
    this.job = job;
    this.given = given;
  }

  /** Drops every key that begins with {@code prefix}; its default then applies. */
  public ChangedJob without(String prefix) {
    dropped.add(prefix);
    return this;
  }

  /** Sets a key to a number, text, flag or list. */
  public ChangedJob with(String key, Object value) {
    set.put(key, value);
    return this;
  }

  /**
   * The job.
   *
   * @throws io.evenstep.model.ConfigException listing what is wrong with the settings
   */
  public JobConfig build() {
    try {
      ObjectNode saved = (ObjectNode) JSON.readTree(job.toJson());
      ObjectNode settings = (ObjectNode) saved.required("settings");
      List<String> keys = new ArrayList<>();
      settings.fieldNames().forEachRemaining(keys::add);
      keys.stream()
          .filter(key -> dropped.stream().anyMatch(key::startsWith))
          .forEach(settings::remove);
      set.forEach((key, value) -> settings.set(key, JSON.valueToTree(value)));
      return JobConfig.fromJson(
          saved.toString(), new Overrides(only(given.sets()), only(given.sparkSettings())));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A job's JSON can be read again", e);
    }
  }

  private static Map<String, String> only(Map<String, String> settings) {
    return settings.containsKey(ALLOW) ? Map.of(ALLOW, settings.get(ALLOW)) : Map.of();
  }
}
