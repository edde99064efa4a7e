package io.evenstep.driver.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenstep.driver.config.key.Encryption;
import io.evenstep.driver.control.Progress;
import io.evenstep.model.ConfigException;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RunSecretTest {
  private static final String CRYPTO = "spark.network.crypto.enabled";
  private static final String SSL = "spark.ssl.enabled";
  private static final String WARNING =
      "Warning: Spark sends the run's secret itself unencrypted; set " + CRYPTO + " to hide it";

  private final SparkConf spark = new SparkConf(false);

  @ParameterizedTest
  @EnumSource(names = {"AUTO", "OFF"})
  void leavesTrafficInClearWhereSparkDoes(Encryption asked) {
    assertThat(said(asked, false)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {CRYPTO, "spark.authenticate.enableSaslEncryption"})
  void encryptsWhereSparkDoes(String setting) {
    spark.set(setting, "true");
    assertThat(said(Encryption.AUTO, false))
        .containsExactly("Encrypting traffic between workers, because of " + setting);
    assertThat(said(Encryption.ON, false)).isEqualTo(said(Encryption.AUTO, false));
  }

  @Test
  void warnsThatTheSecretTravelsInClear() {
    assertThat(said(Encryption.ON, false))
        .containsExactly(
            "Encrypting traffic between workers, because of training.encryption", WARNING);
    spark.set(SSL, "true");
    assertThat(said(Encryption.AUTO, false))
        .containsExactly("Encrypting traffic between workers, because of " + SSL, WARNING);
  }

  @Test
  void doesNotWarnWhereNothingTravels() {
    assertThat(said(Encryption.ON, true)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {CRYPTO, SSL, "spark.authenticate.enableSaslEncryption"})
  void refusesAJobThatIsNotToEncryptWhereSparkDoes(String setting) {
    spark.set(setting, "true");
    assertThatThrownBy(() -> said(Encryption.OFF, true))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "Invalid training.encryption: must be auto or on where "
                + setting
                + " is true, got off");
  }

  private List<String> said(Encryption asked, boolean isLocal) {
    List<String> lines = new ArrayList<>();
    RunSecret.of(asked, spark, isLocal, new Said(lines));
    return lines;
  }

  private record Said(List<String> lines) implements Progress {
    @Override
    public void say(String line) {
      lines.add(line);
    }

    @Override
    public void begin(String task, long total) {}

    @Override
    public void at(long done, String detail) {}

    @Override
    public void end() {}
  }
}
