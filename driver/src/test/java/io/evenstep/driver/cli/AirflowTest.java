package io.evenstep.driver.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.evenstep.driver.cli.session.RunIdOption;
import io.evenstep.driver.cluster.Built;
import io.evenstep.driver.cluster.LoggedProcess;
import io.evenstep.driver.cluster.Python;
import io.evenstep.driver.control.StopRequest;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The Airflow DAG, loaded by Python with a small stand-in for Airflow that records the calls. The
 * commands that it would start are passed to our own command line.
 */
class AirflowTest {
  private static final String RUN_ID = "digits-20261120-000000";
  private static final String DAY_ROWS = "hdfs:///digits/2026-11-20.csv.gz";
  private static final Path DAG = Built.root().resolve("deploy/airflow/evenstep_dag.py");
  private static final Path HARNESS =
      Built.root().resolve("driver/src/test/resources/airflow/harness.py");

  @TempDir private Path folder;

  @BeforeAll
  static void requirePython() {
    assumeTrue(Python.isThere(), "skipped: there is no python3");
  }

  @Test
  void startsACommandThatWeUnderstand() throws IOException {
    JsonNode train = task("train");
    List<String> command = new ArrayList<>(strings(train.path("application_args")));
    command.add("--print-config");
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();

    int code =
        Main.run(
            JobWiring.jobs(),
            Clock.systemUTC(),
            new StopRequest(),
            new PrintWriter(out),
            new PrintWriter(err),
            command.toArray(String[]::new));

    assertThat(code).as(err.toString()).isZero();
    assertThat(out.toString()).contains(folder + "/runs", DAY_ROWS, "--set");
    assertThat(train.path("java_class").asText()).isEqualTo(Main.class.getName());
  }

  @Test
  void namesTheRunAfterItsDaySoThatARetryGoesOn() throws IOException {
    List<String> command = strings(task("train").path("application_args"));
    assertThat(command).containsSubsequence("--run-id", RUN_ID, "--resume", "auto");
    assertThat(RunIdOption.isUsable(RUN_ID)).isTrue();
    assertThat(task("gate").at("/op_kwargs/run_id").asText()).isEqualTo(RUN_ID);
  }

  @Test
  void trainsOnTheRowsOfItsDataInterval() throws IOException {
    List<String> command = strings(task("train").path("application_args"));
    assertThat(command).containsSubsequence("--set", "data.path=" + DAY_ROWS);
  }

  @Test
  void takesTheRowsThatTheEnvironmentNames() throws IOException {
    String hours = "s3a://rows/{{ data_interval_start.isoformat() }}/{{ data_interval_end.hour }}";
    List<String> command =
        strings(described(Map.of("EVENSTEP_ROWS", hours)).at("/tasks/train/application_args"));
    assertThat(command).contains("data.path=s3a://rows/2026-11-20T00:00:00+00:00/0");
  }

  @Test
  void asksForAnExecutorOfOneCoreForEachWorker() throws IOException {
    JsonNode train = task("train");
    assertThat(strings(train.path("application_args")))
        .contains("training.workers=" + train.path("num_executors").asInt());
    assertThat(train.path("executor_cores").asInt()).isEqualTo(1);
  }

  @Test
  void triesAgainAndRunsOneDayAtATime() throws IOException {
    JsonNode dag = described().path("dag");
    assertThat(dag.at("/default_args/retries").asInt()).isPositive();
    assertThat(dag.path("max_active_runs").asInt()).isEqualTo(1);
    assertThat(strings(task("train").path("downstream"))).containsExactly("gate");
    assertThat(strings(task("gate").path("downstream"))).containsExactly("promote");
  }

  @ParameterizedTest
  @CsvSource({"0,done", "79,done", "75,retry", "70,retry", "64,fail", "65,fail", "78,fail"})
  void knowsWhichExitCodesARetryCanMend(String code, String outcome) {
    assertThat(python(Map.of("EXIT_CODE", code), "execute")).isEqualTo(outcome);
  }

  @Test
  void promotesTheModelOfARunThatMetItsGate() throws IOException {
    result("done", "0.97");
    assertThat(promote()).isEqualTo("promoted");
    assertThat(folder.resolve("promoted/model.zip")).hasContent("of this run");
  }

  @ParameterizedTest
  @CsvSource({"done,0.95", "done,null", "done,NaN", "gate-not-met,0.97"})
  void promotesNothingWhenTheGateIsNotMet(String status, String accuracy) throws IOException {
    result(status, accuracy);
    assertThat(promote()).startsWith("Not promoted: ");
    assertThat(folder.resolve("promoted")).doesNotExist();
  }

  private void result(String status, String accuracy) throws IOException {
    Path run = Files.createDirectories(folder.resolve("runs").resolve(RUN_ID));
    Path model = Files.writeString(run.resolve("model.zip"), "of this run");
    Files.writeString(
        run.resolve("result.json"),
        "{\"status\": \"%s\", \"runId\": \"%s\", \"model\": \"%s\", \"metrics\": {\"test.accuracy\": %s}}"
            .formatted(status, RUN_ID, model, accuracy));
  }

  private String promote() {
    return python(Map.of(), "promote", folder.resolve("promoted/model.zip").toString());
  }

  private JsonNode task(String id) throws IOException {
    return described().path("tasks").path(id);
  }

  private JsonNode described() throws IOException {
    return described(Map.of());
  }

  private JsonNode described(Map<String, String> environment) throws IOException {
    return new ObjectMapper().readTree(python(environment, "describe"));
  }

  private String python(Map<String, String> environment, String... arguments) {
    List<String> command = new ArrayList<>();
    command.addAll(List.of("python3", HARNESS.toString(), DAG.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("EVENSTEP_HOME", Built.root().toString());
    builder.environment().put("EVENSTEP_OUTPUT", folder + "/runs");
    builder.environment().putAll(environment);
    try (LoggedProcess process =
        LoggedProcess.start("python", builder, folder.resolve("python.log"))) {
      assertThat(process.exitCode(Duration.ofMinutes(1))).as(process.output()).isZero();
      return process.output();
    }
  }

  private static List<String> strings(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
  }
}
