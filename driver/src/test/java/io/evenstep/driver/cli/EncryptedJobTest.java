package io.evenstep.driver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenstep.driver.SparkTest;
import io.evenstep.driver.run.RunReport;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The effect of Spark's own encryption settings on a job. */
class EncryptedJobTest {
  private static final List<String> CRYPTO =
      List.of(
          "--master",
          "local[2]",
          "--conf",
          "spark.authenticate=true",
          "--conf",
          "spark.network.crypto.enabled=true");

  @TempDir private Path folder;
  private Workbench bench;

  @BeforeEach
  void setUp() {
    bench = Workbench.in(folder).apart();
  }

  @AfterAll
  static void leaveNoSuchSession() {
    SparkTest.stop();
  }

  /** On DL4J's engine workers send to each other, also within one process. */
  @Test
  void encryptsWhatWorkersSendToTheSameBits() {
    String engine = "training.engine=dl4j";
    bench.train("--master", "local[2]", "--set", engine).well();
    RunReport plain = bench.report();

    Ended ended = bench.train(with(CRYPTO, "--resume", "never", "--set", engine)).well();

    RunReport encrypted = bench.report();
    assertThat(ended.err())
        .contains("Encrypting traffic between workers, because of spark.network.crypto.enabled\n");
    assertThat(encrypted.work().workers()).isEqualTo(2);
    assertThat(encrypted.model().parametersSha256()).isEqualTo(plain.model().parametersSha256());
    assertThat(encrypted.origin().configSha256()).isEqualTo(plain.origin().configSha256());
    assertThat(encrypted.traffic().bytesSentPerWorkerPerStep())
        .isGreaterThan(plain.traffic().bytesSentPerWorkerPerStep());
  }

  @Test
  void doesNotStartWhenItIsNotToEncrypt() {
    bench
        .train(with(CRYPTO, "--set", "training.encryption=off"))
        .failed(
            78,
            "Invalid training.encryption: must be auto or on where spark.network.crypto.enabled is"
                + " true, got off");
    assertThat(bench.run("")).doesNotExist();
  }

  @Test
  void refusesSparksEncryptionWithoutItsAuthentication() {
    bench
        .train("--master", "local[2]", "--conf", "spark.network.crypto.enabled=true")
        .failed(
            78,
            "Invalid spark.authenticate: must be true when spark.network.crypto.enabled is true,"
                + " got false");
  }

  private static String[] with(List<String> some, String... more) {
    return Stream.concat(some.stream(), Stream.of(more)).toArray(String[]::new);
  }
}
