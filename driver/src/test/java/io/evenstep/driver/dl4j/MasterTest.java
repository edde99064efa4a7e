package io.evenstep.driver.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenstep.model.ConfigException;
import java.lang.reflect.RecordComponent;
import java.util.List;
import org.apache.spark.storage.StorageLevel;
import org.deeplearning4j.spark.api.Repartition;
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
        .storageLevel(StorageLevel.MEMORY_ONLY_2())
        .exportDirectory("/tmp/there")
        .workerPrefetchNumBatches(2)
        .repartitionData(Repartition.Always);
  }

  /** What {@link #builder} was told. */
  private static final MasterSettings TOLD =
      new MasterSettings(
          16, 3, 5, false, 8, false, true, 7, 2, choice(false, true, 2), "/tmp/there");

  private static final MasterSettings DEFAULTS =
      new MasterSettings(16, 0, 0, true, 0, true, false, 42, 3, choice(true, false, 1), "");

  private static StorageChoice choice(boolean disk, boolean deserialized, int replication) {
    return new StorageChoice(disk, true, false, deserialized, replication);
  }

  /** Nothing is lost: each setting was once one value and once another. */
  @Test
  void keepsEachSettingThroughJsonAndYaml() throws Exception {
    requireKept(builder().build(), TOLD);
    requireKept(new EvenstepTrainingMaster.Builder(1).batchSizePerWorker(16).build(), DEFAULTS);
    assertThat(TOLD.storageLevel().level()).isEqualTo(StorageLevel.MEMORY_ONLY_2());
    for (RecordComponent setting : MasterSettings.class.getRecordComponents()) {
      if (!setting.getName().equals("batchSizePerWorker")) { // [has no default]
        Object told = setting.getAccessor().invoke(TOLD);
        assertThat(told).as(setting.getName()).isNotEqualTo(setting.getAccessor().invoke(DEFAULTS));
      }
    }
  }

  private static void requireKept(EvenstepTrainingMaster master, MasterSettings settings) {
    EvenstepTrainingMaster fromJson = EvenstepTrainingMaster.fromJson(master.toJson());
    EvenstepTrainingMaster fromYaml = EvenstepTrainingMaster.fromYaml(master.toYaml());
    for (EvenstepTrainingMaster each : List.of(master, fromJson, fromYaml)) {
      assertThat(MasterSettings.fromJson(each.toJson())).isEqualTo(settings);
      assertThat(MasterSettings.fromYaml(each.toYaml())).isEqualTo(settings);
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
  void hasNoWorkersOfDl4jsKind() {
    EvenstepTrainingMaster master = builder().build();
    assertThatThrownBy(() -> master.addHook(null))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("TrainingListener");
    assertThatThrownBy(() -> master.setCollectTrainingStats(true))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("training stats");
    assertThat(master.getTrainingStats()).isNull();
  }
}
