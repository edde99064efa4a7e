package io.evenstep.driver.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenstep.model.ConfigException;
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
        .storageLevel(StorageLevel.DISK_ONLY())
        .exportDirectory("/tmp/there")
        .workerPrefetchNumBatches(2)
        .repartitionData(Repartition.Always);
  }

  @Test
  void goesThroughJsonAndYaml() {
    EvenstepTrainingMaster master = builder().build();
    String json = master.toJson();
    assertThat(json).contains("\"batchSizePerWorker\" : 16", "\"averagingFrequency\" : 5");
    assertThat(EvenstepTrainingMaster.fromJson(json).toJson()).isEqualTo(json);
    assertThat(EvenstepTrainingMaster.fromYaml(master.toYaml()).toJson()).isEqualTo(json);
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
