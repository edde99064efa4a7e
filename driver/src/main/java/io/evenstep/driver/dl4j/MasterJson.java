package io.evenstep.driver.dl4j;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.evenstep.driver.dl4j.MasterSettings.Averaging;
import io.evenstep.driver.dl4j.MasterSettings.Order;
import io.evenstep.driver.dl4j.MasterSettings.Sharding;
import io.evenstep.driver.dl4j.MasterSettings.Storage;
import io.evenstep.model.ConfigException;
import io.evenstep.model.engine.EngineChoice;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.storage.StorageLevel;

/** Reads and writes masters as JSON or YAML. Also reads DL4J's parameter averaging masters. */
final class MasterJson {
  static final MasterJson JSON = new MasterJson(new ObjectMapper());
  static final MasterJson YAML = new MasterJson(new ObjectMapper(new YAMLFactory()));

  private static final long DEFAULT_SEED = 42;

  private final ObjectMapper mapper;

  private MasterJson(ObjectMapper mapper) {
    this.mapper = mapper.disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
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
            "Cannot read the training master: it is DL4J's SharedTrainingMaster; build one with"
                + " SharedTrainingBuilder, or use a job file with training.sync: sharing");
      }
      boolean isDl4j = master.has("numWorkers") && master.has("rddDataSetNumExamples");
      return isDl4j ? averaging(master) : own(master);
    } catch (JsonProcessingException e) {
      throw new ConfigException("Cannot read the training master: " + e.getOriginalMessage(), e);
    }
  }

  /**
   * The JSON of DL4J's {@code ParameterAveragingTrainingMaster}, without the settings that have no
   * effect here.
   */
  private static MasterSettings averaging(JsonNode master) {
    JsonNode folder = master.path("exportDirectory");
    return new MasterSettings(
        master.path("batchSizePerWorker").asInt(),
        master.path("numWorkers").asInt(),
        new Averaging(
            master.path("averagingFrequency").asInt(), master.path("saveUpdater").asBoolean()),
        new Sharding(0, true, EngineChoice.DL4J),
        new Order(false, DEFAULT_SEED),
        3,
        master.path("collectTrainingStats").asBoolean(),
        new Storage(
            StorageChoice.of(level(master.path("storageLevel"))),
            folder.isTextual() ? folder.asText() : ""));
  }

  /** What Evenstep's own master writes, flat. */
  private MasterSettings own(JsonNode master) throws JsonProcessingException {
    Counts counts = mapper.treeToValue(master, Counts.class);
    MasterSettings settings =
        new MasterSettings(
            counts.batchSizePerWorker,
            counts.workers,
            mapper.treeToValue(master, Averaging.class),
            mapper.treeToValue(master, Sharding.class),
            mapper.treeToValue(master, Order.class),
            counts.attempts,
            counts.collectTrainingStats,
            mapper.treeToValue(master, Storage.class));
    Set<String> unknown = names(master);
    unknown.removeAll(names(mapper.valueToTree(settings)));
    if (!unknown.isEmpty()) {
      throw new ConfigException("Cannot read the training master: it has no setting " + unknown);
    }
    return settings;
  }

  /** The settings that belong to no nested record. */
  private record Counts(
      int batchSizePerWorker, int workers, int attempts, boolean collectTrainingStats) {}

  private static Set<String> names(JsonNode object) {
    Set<String> names = new TreeSet<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static StorageLevel level(JsonNode name) {
    boolean isNone = name.isMissingNode() || name.isNull();
    return isNone ? StorageLevel.NONE() : StorageLevel.fromString(name.asText());
  }
}
