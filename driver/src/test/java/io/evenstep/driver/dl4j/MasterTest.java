package io.evenstep.driver.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenstep.driver.dl4j.MasterSettings.Averaging;
import io.evenstep.driver.dl4j.MasterSettings.Order;
import io.evenstep.driver.dl4j.MasterSettings.Sharding;
import io.evenstep.driver.dl4j.MasterSettings.Storage;
import io.evenstep.model.ConfigException;
import io.evenstep.model.engine.EngineChoice;
import java.lang.reflect.RecordComponent;
import java.util.List;
import org.apache.spark.storage.StorageLevel;
import org.deeplearning4j.spark.api.Repartition;
import org.deeplearning4j.spark.api.TrainingHook;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingMaster;
import org.junit.jupiter.api.Test;

class MasterTest {
  private static EvenstepTrainingMaster.Builder builder() {
    return new EvenstepTrainingMaster.Builder(16)
        .workers(3)
        .averagingFrequency(5)
        .saveUpdater(false)
        .shards(8)
        .reproducible(false)
        .shuffle(true)
        .rngSeed(7)
        .attempts(2)
        .engine(EngineChoice.STEP)
        .storageLevel(StorageLevel.MEMORY_ONLY_2())
        .exportDirectory("/tmp/there")
        .workerPrefetchNumBatches(2)
        .collectTrainingStats(true)
        .repartitionData(Repartition.Always);
  }

  /** The settings given to {@link #builder}. */
  private static final MasterSettings TOLD =
      new MasterSettings(
          16,
          3,
          new Averaging(5, false),
          new Sharding(8, false, EngineChoice.STEP),
          new Order(true, 7),
          2,
          true,
          new Storage(choice(false, true, 2), "/tmp/there"));

  private static final MasterSettings DEFAULTS =
      new MasterSettings(
          16,
          0,
          new Averaging(0, true),
          new Sharding(0, true, EngineChoice.DL4J),
          new Order(false, 42),
          3,
          false,
          new Storage(choice(true, false, 1), ""));

  private static StorageChoice choice(boolean disk, boolean deserialized, int replication) {
    return new StorageChoice(disk, true, false, deserialized, replication);
  }

  /** No setting is lost: each one has two different values, one after the other. */
  @Test
  void keepsEachSettingThroughJsonAndYaml() throws Exception {
    requireKept(builder().build(), TOLD);
    requireKept(new EvenstepTrainingMaster.Builder(1).batchSizePerWorker(16).build(), DEFAULTS);
    assertThat(TOLD.storage().level().level()).isEqualTo(StorageLevel.MEMORY_ONLY_2());
    requireUnlike(TOLD, DEFAULTS);
  }

  private static void requireUnlike(Record told, Record byDefault) throws Exception {
    for (RecordComponent setting : told.getClass().getRecordComponents()) {
      Object one = setting.getAccessor().invoke(told);
      Object other = setting.getAccessor().invoke(byDefault);
      if (one instanceof Record group && !(one instanceof StorageChoice)) {
        requireUnlike(group, (Record) other);
      } else if (!setting.getName().equals("batchSizePerWorker")) { // has no default
        assertThat(one).as(setting.getName()).isNotEqualTo(other);
      }
    }
  }

  /** Saved masters have this form. */
  @Test
  void isOneFlatObjectWhoseFieldsKeepTheirNamesAndOrder() {
    assertThat(MasterJson.JSON.write(TOLD))
        .isEqualTo(
            """
            {
              "batchSizePerWorker" : 16,
              "workers" : 3,
              "averagingFrequency" : 5,
              "saveUpdater" : false,
              "shards" : 8,
              "reproducible" : false,
              "engine" : "STEP",
              "shuffle" : true,
              "seed" : 7,
              "attempts" : 2,
              "collectTrainingStats" : true,
              "storageLevel" : {
                "disk" : false,
                "memory" : true,
                "offHeap" : false,
                "deserialized" : true,
                "replication" : 2
              },
              "exportDirectory" : "/tmp/there"
            }\
            """);
  }

  @Test
  void isComputedByDl4jIfItWasWrittenBeforeThereWasAChoice() {
    String written = MasterJson.JSON.write(TOLD).replace("  \"engine\" : \"STEP\",\n", "");

    assertThat(written).doesNotContain("engine");
    assertThat(MasterJson.JSON.read(written).sharding().engine()).isEqualTo(EngineChoice.DL4J);
  }

  private static void requireKept(EvenstepTrainingMaster master, MasterSettings settings) {
    EvenstepTrainingMaster fromJson = EvenstepTrainingMaster.fromJson(master.toJson());
    EvenstepTrainingMaster fromYaml = EvenstepTrainingMaster.fromYaml(master.toYaml());
    for (EvenstepTrainingMaster each : List.of(master, fromJson, fromYaml)) {
      assertThat(MasterJson.JSON.read(each.toJson())).isEqualTo(settings);
      assertThat(MasterJson.YAML.read(each.toYaml())).isEqualTo(settings);
      assertThat(each).isEqualTo(master).hasSameHashCodeAs(master).hasToString(master.toString());
    }
  }

  @Test
  void refusesASettingThatThereIsNot() {
    String json = builder().build().toJson();
    String misspelt = json.replace("\"workers\"", "\"wrokers\"");
    assertThatThrownBy(() -> EvenstepTrainingMaster.fromJson(misspelt))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("wrokers");
  }

  @Test
  void refusesImpossibleSettings() {
    assertThatThrownBy(() -> new EvenstepTrainingMaster.Builder(0).build())
        .hasMessageContaining("batchSizePerWorker");
    assertThatThrownBy(() -> new EvenstepTrainingMaster.Builder(4).shards(3).build())
        .hasMessageContaining("shards");
    assertThatThrownBy(() -> new EvenstepTrainingMaster.Builder(4).workers(8).shards(4).build())
        .hasMessageContaining("shards");
  }

  @Test
  void isEqualToOneThatWasToldTheSame() {
    assertThat(builder().build()).isEqualTo(builder().build()).isNotEqualTo(builder().shards(4));
    assertThat(builder().build()).isNotEqualTo(builder().rngSeed(8).build()).isNotEqualTo(null);
    assertThat(builder().build().toString())
        .startsWith(
            "EvenstepTrainingMaster[batchSizePerWorker=16, workers=3,"
                + " averaging=Averaging[frequency=5, ");
  }

  /** As for DL4J's master; only the name of the class differs. */
  @Test
  void takesAllThatDl4jsParameterAveragingMasterIsBuiltWith() {
    MasterSettings six =
        MasterJson.JSON.read(new EvenstepTrainingMaster(true, 4, 1, 10, 5, 0).toJson());
    assertThat(List.of(six.workers(), six.batchSizePerWorker(), six.averaging().frequency()))
        .containsExactly(4, 10, 5);
    EvenstepTrainingMaster.Builder two =
        new EvenstepTrainingMaster.Builder((Integer) null, 5)
            .repartionData(Repartition.Always)
            .storageLevelStreams(StorageLevel.DISK_ONLY())
            .trainingHooks()
            .trainingHooks(List.of())
            .exportDirectory(null);
    assertThat(two.settings().batchSizePerWorker()).isEqualTo(16);
    assertThat(two.settings().workers()).isZero();
    assertThat(new EvenstepTrainingMaster.Builder(3, 5).settings().workers()).isEqualTo(3);
    assertThatThrownBy(() -> two.trainingHooks((TrainingHook) null))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("use a TrainingListener");
  }

  @Test
  void readsWhatDl4jsParameterAveragingMasterWrites() {
    ParameterAveragingTrainingMaster told =
        new ParameterAveragingTrainingMaster.Builder(7, 2)
            .batchSizePerWorker(32)
            .averagingFrequency(3)
            .saveUpdater(true)
            .storageLevel(StorageLevel.MEMORY_ONLY_SER_2())
            .exportDirectory("hdfs://SomeDirectory/")
            .build();
    MasterSettings expected =
        new MasterSettings(
            32,
            7,
            new Averaging(3, true),
            new Sharding(0, true, EngineChoice.DL4J),
            new Order(false, 42),
            3,
            false,
            new Storage(
                StorageChoice.of(StorageLevel.MEMORY_ONLY_SER_2()), "hdfs://SomeDirectory/"));
    assertThat(MasterJson.JSON.read(told.toJson())).isEqualTo(expected);
    assertThat(MasterJson.YAML.read(told.toYaml())).isEqualTo(expected);
    MasterSettings defaults =
        MasterJson.JSON.read(new ParameterAveragingTrainingMaster.Builder(1).build().toJson());
    assertThat(List.of(defaults.batchSizePerWorker(), defaults.averaging().frequency()))
        .containsExactly(16, 5);
    assertThat(List.of(defaults.workers(), defaults.storage().exportDirectory()))
        .containsExactly(0, "");
  }

  @Test
  void refusesInPlainWordsWhatItCannotRead() {
    assertThatThrownBy(
            () ->
                EvenstepTrainingMaster.fromJson("{\"thresholdAlgorithm\": {}, \"numWorkers\": 1}"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("SharedTrainingMaster")
        .hasMessageContaining("SharedTrainingBuilder");
    assertThatThrownBy(
            () ->
                EvenstepTrainingMaster.fromJson(
                    MasterJson.JSON.write(TOLD).replace("shuffle", "shufle")))
        .isInstanceOf(ConfigException.class)
        .hasMessage("Cannot read the training master: it has no setting [shufle]");
    for (String text : List.of("", "7", "[]")) {
      assertThatThrownBy(() -> EvenstepTrainingMaster.fromJson(text))
          .isInstanceOf(ConfigException.class)
          .hasMessage("Cannot read the training master: it has no settings");
    }
  }

  /** The log says at the first fit how DL4J's settings are treated; this is that text. */
  @Test
  void saysWhereDl4jsMasterWouldDoSomethingElse() {
    assertThat(new EvenstepTrainingMaster.Builder(1).silentDifferences(true))
        .satisfiesExactly(
            rows ->
                assertThat(rows)
                    .startsWith("Each worker takes 1 rows in a step, the number in Builder(1)."),
            sync -> assertThat(sync).contains("averagingFrequency(5)", "every 5 steps"));
    assertThat(
            new EvenstepTrainingMaster.Builder(1)
                .batchSizePerWorker(16)
                .averagingFrequency(0)
                .silentDifferences(true))
        .isEmpty();
    assertThat(
            new EvenstepTrainingMaster.Builder(4, 1).averagingFrequency(5).silentDifferences(false))
        .singleElement()
        .asString()
        .contains("saveUpdater");
  }

  @Test
  void refusesToGuessTheRowsOfAWorker() {
    assertThatThrownBy(() -> new EvenstepTrainingMaster.Builder().build())
        .isInstanceOf(ConfigException.class)
        .hasMessage("Invalid batchSizePerWorker: must be at least 1, got 0");
  }

  @Test
  void hasNoWorkersOfDl4jsKind() {
    EvenstepTrainingMaster master = builder().build();
    assertThatThrownBy(() -> master.addHook(null))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("TrainingListener");
    assertThatThrownBy(() -> master.getWorkerInstance((SparkDl4jMultiLayer) null))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("barrier stage");
    master.removeHook(null);
    assertThat(master.getTrainingStats()).isNotNull();
    master.setCollectTrainingStats(false);
    assertThat(master.getIsCollectTrainingStats()).isFalse();
    assertThat(master.getTrainingStats()).isNull();
  }
}
