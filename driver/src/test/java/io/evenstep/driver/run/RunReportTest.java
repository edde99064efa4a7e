package io.evenstep.driver.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenstep.model.DataException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RunReportTest {
  private static final String FILE =
      """
      {
        "status" : "done",
        "runId" : "night",
        "name" : "digits",
        "workers" : 2,
        "shards" : 8,
        "epochs" : 30,
        "steps" : 1234,
        "examples" : 39000,
        "trainSeconds" : 6.81,
        "examplesPerSecond" : 23400.4,
        "attempts" : 3,
        "stepsRedone" : 4,
        "parametersSha256" : "abc",
        "bytesSentPerWorkerPerStep" : 10.0,
        "bytesLowerBoundPerWorkerPerStep" : 11.0,
        "hosts" : 1,
        "bytesSentPerHostPerStep" : 20.0,
        "bytesLowerBoundPerHostPerStep" : 21.0,
        "stepMilliseconds" : {
          "feed" : 0.5
        },
        "metrics" : {
          "test.loss" : "NaN",
          "test.accuracy" : 0.97125
        },
        "model" : "runs/night/model.zip",
        "packReused" : true,
        "configSha256" : "def",
        "engine" : "step",
        "dataSha256" : "ace",
        "wire" : "int8",
        "wireChoice" : {
          "int8Milliseconds" : 2.5
        },
        "sync" : "sharing",
        "syncReason" : "it is the fastest",
        "precision" : "float32",
        "decision" : {
          "outputs" : { },
          "before" : { }
        }
      }
      """;

  private static RunReport report() {
    Map<String, Double> metrics = new LinkedHashMap<>();
    metrics.put("test.loss", Double.NaN);
    metrics.put("test.accuracy", 0.97125);
    return new RunReport(
        "done",
        "night",
        new RunReport.Origin("digits", "def", "ace", true),
        new RunReport.Work(2, 1, 8, 30, 1_234, 39_000, 3, 4),
        new RunReport.Timing(6.81, 23_400.4, Map.of("feed", 0.5)),
        new RunReport.Traffic(
            10,
            11,
            20,
            21,
            "int8",
            Map.of("int8Milliseconds", 2.5),
            "sharing",
            "it is the fastest"),
        metrics,
        new RunReport.TrainedModel(
            "runs/night/model.zip", "abc", "step", "float32", RunReport.Deciding.USUAL));
  }

  @Test
  void isOneFlatObjectWhoseFieldsKeepTheirOrder() {
    assertThat(report().toJson()).isEqualTo(FILE);
  }

  @Test
  void readsWhatItWrote() {
    assertThat(RunReport.fromJson(FILE)).isEqualTo(report());
  }

  @Test
  void readsAnEarlierVersionsFileAndALaterOnes() {
    String earlier =
        FILE.replaceAll("  \"(hosts|engine)\" .*\n", "")
            .replaceAll("(?s),\n  \"dataSha256\".*\n}", "\n}");
    RunReport read = RunReport.fromJson(earlier);

    assertThat(read.work().hosts()).isZero();
    assertThat(read.model().engine()).isEmpty();
    assertThat(read.origin().dataSha256()).isEmpty();
    assertThat(read.traffic().wire()).isEmpty();
    assertThat(read.traffic().wireChoice()).isEmpty();
    assertThat(read.traffic().sync()).isEmpty();
    assertThat(read.traffic().syncReason()).isEmpty();
    assertThat(RunReport.fromJson(FILE.replace("\"runId\"", "\"new\" : 1, \"runId\"")))
        .isEqualTo(report());
  }

  @Test
  void refusesWhatIsNoReport() {
    for (String text : new String[] {"", "null", "[]", "{}", "{", "{\"status\" : \"done\"}"}) {
      assertThatThrownBy(() -> RunReport.fromJson(text))
          .as(text)
          .isInstanceOf(DataException.class)
          .hasMessageStartingWith("Cannot read result.json: ");
    }
    assertThatThrownBy(() -> RunReport.fromJson(FILE.replace("30", "\"many\"")))
        .isInstanceOf(DataException.class);
  }
}
