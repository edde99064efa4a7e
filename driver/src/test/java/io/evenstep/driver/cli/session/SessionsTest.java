package io.evenstep.driver.cli.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenstep.driver.SparkTest;
import io.evenstep.model.ConfigException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.FileUtil;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SessionsTest {
  @AfterEach
  void leaveSparkSubmit() {
    System.clearProperty("spark.master");
    System.clearProperty("spark.app.name");
    System.clearProperty("spark.jars");
  }

  @Test
  void takesTheWholeMachineWhenNobodySaysOtherwise() {
    SparkConf conf = Sessions.settings("digits", Optional.empty(), Map.of());

    assertThat(conf.get("spark.master")).isEqualTo("local[*]");
    assertThat(conf.get("spark.app.name")).isEqualTo("digits");
    assertThat(conf.get("spark.ui.enabled")).isEqualTo("false");
  }

  @Test
  void keepsTheMasterOfSparkSubmit() {
    System.setProperty("spark.master", "spark://host:7077");
    System.setProperty("spark.app.name", "theirs");

    SparkConf conf = Sessions.settings("digits", Optional.empty(), Map.of());

    assertThat(conf.get("spark.master")).isEqualTo("spark://host:7077");
    assertThat(conf.get("spark.app.name")).isEqualTo("theirs");
    assertThat(conf.contains("spark.ui.enabled")).isFalse();
    assertThat(conf.get("spark.executorEnv.OMP_NUM_THREADS")).isEqualTo("1");
  }

  /** The launcher gives the option to Spark's submit, which then also has our own jars. */
  @Test
  void addsJarsToThoseOfSparkSubmit() {
    System.setProperty("spark.jars", "file:/app/model.jar,file:/user/delta.jar");

    Map<String, String> given = Map.of("spark.jars", "delta.jar, other.jar");
    SparkConf conf = Sessions.settings("digits", Optional.empty(), given);

    assertThat(conf.get("spark.jars"))
        .isEqualTo("file:/app/model.jar,file:/user/delta.jar,other.jar");
  }

  @Test
  void refusesAMasterThatIsNotSparkSubmits() {
    System.setProperty("spark.master", "yarn");

    assertThatThrownBy(() -> Sessions.settings("x", Optional.of("local[2]"), Map.of()))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "Invalid --master: must be omitted, or equal that of spark-submit, yarn, got local[2]");
  }

  @Test
  void leavesNoWarehouseInTheWorkingDirectory() {
    Path here = Path.of("spark-warehouse").toAbsolutePath();
    FileUtil.fullyDelete(here.toFile());
    SparkTest.stop();
    SparkConf conf = Sessions.settings("sql", Optional.of("local[1]"), Map.of());

    try (OpenSession session = Sessions.open(conf)) {
      assertThat(session.spark().sql("select 1 as x").collectAsList()).hasSize(1);
      assertThat(session.spark().catalog().listTables().collectAsList()).isEmpty();
    }

    assertThat(here).doesNotExist();
  }

  @Test
  void leavesTheWarehouseOfHiveWhereItIs() {
    Map<String, String> hive = Map.of("spark.sql.catalogImplementation", "hive");

    assertThat(
            Sessions.settings("x", Optional.empty(), hive)
                .getOption("spark.sql.warehouse.dir")
                .isEmpty())
        .isTrue();
  }

  @Test
  void letsTheCommandLineChangeWhatSuitsEvenstep() {
    SparkConf conf =
        Sessions.settings("x", Optional.of("local[2]"), Map.of("spark.ui.enabled", "true"));

    assertThat(conf.get("spark.ui.enabled")).isEqualTo("true");
    assertThat(conf.get("spark.master")).isEqualTo("local[2]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"foo", "", "local[0]", "local[-1]", "local[x]", "local[99999999999]", "spark://"})
  void refusesAMasterThatSparkHasNot(String master) {
    assertThatThrownBy(() -> Sessions.settings("x", Optional.of(master), Map.of()))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("Invalid --master: must be local, local[N] with N from 1 to 9999");
  }

  @ParameterizedTest
  @CsvSource({
    "spark.driver.port, x, spark.driver.port",
    "spark.serializer, com.acme.None, there is no class com.acme.None",
    "spark.dynamicAllocation.enabled, perhaps, spark.dynamicAllocation.enabled",
    "spark.authenticate, perhaps, Cannot open a Spark session",
    "spark.extraListeners, com.acme.None, com.acme.None",
    "spark.driver.bindAddress, 300.1.1.1, Cannot open a Spark session",
    "spark.task.cpus, 0, spark.task.cpus",
  })
  void saysWhichSettingSparkDoesNotTake(String key, String value, String words) {
    SparkTest.stop();
    Map<String, String> settings =
        Map.of(key, value, "spark.network.crypto.enabled", "" + key.equals("spark.authenticate"));

    assertThatThrownBy(
            () -> Sessions.open(Sessions.settings("x", Optional.of("local[1]"), settings)))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(words);
  }
}
