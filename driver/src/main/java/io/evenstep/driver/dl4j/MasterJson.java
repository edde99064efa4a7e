package io.evenstep.driver.dl4j;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.evenstep.model.ConfigException;
import org.apache.spark.storage.StorageLevel;

/** Reads and writes masters as JSON or YAML. Also reads DL4J's parameter averaging masters. */
final class MasterJson {
  static final MasterJson JSON = new MasterJson(new ObjectMapper());
  static final MasterJson YAML = new MasterJson(new ObjectMapper(new YAMLFactory()));

  private static final long DEFAULT_SEED = 42;

  private final ObjectMapper mapper;

  private MasterJson(ObjectMapper mapper) {
    this.mapper = mapper;
  }

  String write(MasterSettings settings) {
    try {
      return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(settings);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Settings are plain values", e);
    }
  }

  /**
   * Reads a master's settings.
   *
   * @throws ConfigException naming what cannot be read
   */
  MasterSettings read(String text) {
    try {
      JsonNode master = mapper.readTree(text);
      if (!master.isObject()) {
        throw new ConfigException("Cannot read the training master: it has no settings");
      }
      if (master.has("thresholdAlgorithm") || master.has("voidConfiguration")) {
        throw new ConfigException(
            "Cannot read the training master: it is DL4J's SharedTrainingMaster, and Evenstep has"
                + " no compressed gradient sharing; build one with SharedTrainingBuilder");
      }
      boolean isDl4j = master.has("numWorkers") && master.has("rddDataSetNumExamples");
      return isDl4j ? averaging(master) : mapper.treeToValue(master, MasterSettings.class);
    } catch (JsonProcessingException e) {
      throw new ConfigException("Cannot read the training master: " + e.getOriginalMessage(), e);
    }
  }

  /**
   * The JSON of DL4J's {@code ParameterAveragingTrainingMaster}, without the settings that have no
   * effect here.
   */
  private static MasterSettings averaging(JsonNode master) {
    return new MasterSettings(
        master.path("batchSizePerWorker").asInt(),
        master.path("numWorkers").asInt(),
        master.path("averagingFrequency").asInt(),
        master.path("saveUpdater").asBoolean(),
        0,
        true,
        false,
        DEFAULT_SEED,
        3,
        master.path("collectTrainingStats").asBoolean(),
        StorageChoice.of(level(master.path("storageLevel"))),
        master.path("exportDirectory").isTextual() ? master.path("exportDirectory").asText() : "");
  }

  private static StorageLevel level(JsonNode name) {
    boolean isNone = name.isMissingNode() || name.isNull();
    return isNone ? StorageLevel.NONE() : StorageLevel.fromString(name.asText());
  }
}
