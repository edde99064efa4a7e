package io.evenstep.driver.stage;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenstep.driver.config.key.Device;
import io.evenstep.model.ConfigException;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CudaTest {
  private final SparkConf spark =
      new SparkConf(false)
          .set("spark.master", "spark://head:7077")
          .set("spark.executor.resource.gpu.amount", "2");

  @Test
  void takesAJobForTheDeviceThatTheBuildIsFor() {
    SparkConf local = new SparkConf(false).set("spark.master", "local[4]");
    assertThatCode(() -> Cuda.requireFit(Device.AUTO, false, local)).doesNotThrowAnyException();
    assertThatCode(() -> Cuda.requireFit(Device.CPU, false, local)).doesNotThrowAnyException();
    assertThatCode(() -> Cuda.requireFit(Device.AUTO, true, spark)).doesNotThrowAnyException();
    assertThatCode(() -> Cuda.requireFit(Device.GPU, true, spark)).doesNotThrowAnyException();
  }

  @Test
  void refusesAJobForAnother() {
    assertThatThrownBy(() -> Cuda.requireFit(Device.GPU, false, spark))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("training.device");
    assertThatThrownBy(() -> Cuda.requireFit(Device.CPU, true, spark))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("training.device");
  }

  @ParameterizedTest
  @ValueSource(strings = {"local", "local[*]", "local[2,3]"})
  void refusesAMasterThatHandsOutNoCards(String master) {
    spark.set("spark.master", master);
    assertThatThrownBy(() -> Cuda.requireFit(Device.GPU, true, spark))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("--master")
        .hasMessageContaining("local-cluster[1,1,4096]");
  }

  @Test
  void refusesExecutorsWithoutCards() {
    spark.remove("spark.executor.resource.gpu.amount");
    assertThatThrownBy(() -> Cuda.requireFit(Device.GPU, true, spark))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "Invalid spark.executor.resource.gpu.amount: must be at least 1 in a build with -Pcuda:"
                + " one GPU per worker, got nothing");
  }

  @Test
  void takesOneCardATaskAndNoOtherNumber() {
    spark.set("spark.task.resource.gpu.amount", "1");
    assertThatCode(() -> Cuda.requireFit(Device.GPU, true, spark)).doesNotThrowAnyException();
    spark.set("spark.task.resource.gpu.amount", "0.5");
    assertThatThrownBy(() -> Cuda.requireFit(Device.GPU, true, spark))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("spark.task.resource.gpu.amount")
        .hasMessageContaining("0.5");
  }
}
