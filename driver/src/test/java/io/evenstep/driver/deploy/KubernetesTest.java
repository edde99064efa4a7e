package io.evenstep.driver.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.evenstep.driver.cluster.Built;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The manifests against the Spark operator's own definitions, and against each other. */
class KubernetesTest {
  private static final Path MANIFESTS = Built.root().resolve("deploy/kubernetes");

  @ParameterizedTest
  @ValueSource(strings = {"digits.yaml", "digits-gpu.yaml", "digits-scheduled.yaml"})
  void areWhatTheOperatorsDefinitionsAskFor(String file) throws IOException {
    JsonNode manifest = CrdSchema.yaml(MANIFESTS.resolve(file));
    assertThat(manifest.path("apiVersion").asText()).isEqualTo("sparkoperator.k8s.io/v1beta2");
    assertThat(schema(manifest.path("kind").asText()).problems(manifest)).isEmpty();
  }

  @Test
  void theCheckFindsAnUnknownFieldAndAWrongType() throws IOException {
    JsonNode manifest = CrdSchema.yaml(MANIFESTS.resolve("digits.yaml"));
    CrdSchema schema = schema("SparkApplication");
    ((ObjectNode) manifest.at("/spec/executor")).put("instance", 4);
    ((ObjectNode) manifest.at("/spec/driver")).put("cores", "one");
    assertThat(schema.problems(manifest))
        .hasSize(2)
        .anyMatch(problem -> problem.contains("instance"))
        .anyMatch(problem -> problem.contains("cores"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"digits.yaml", "digits-gpu.yaml", "digits-scheduled.yaml"})
  void aRestartGoesOnWithTheSameRun(String file) throws IOException {
    JsonNode spec = application(file);
    assertThat(spec.at("/restartPolicy/type").asText()).isEqualTo("OnFailure");
    assertThat(strings(spec.path("arguments"))).contains("--run-id").doesNotContain("never");
  }

  @ParameterizedTest
  @ValueSource(strings = {"digits.yaml", "digits-gpu.yaml", "digits-scheduled.yaml"})
  void thereIsAnExecutorForEachWorkerAndAllComeAtOnce(String file) throws IOException {
    JsonNode spec = application(file);
    int executors = spec.at("/executor/instances").asInt();
    assertThat(strings(spec.path("arguments"))).contains("training.workers=" + executors);
    assertThat(spec.path("batchScheduler").asText()).isIn("volcano", "yunikorn");
    assertThat(spec.at("/executor/cores").asInt()).isEqualTo(1);
  }

  /** Spark asks the cluster for GPUs, and the image's script for their addresses. */
  @ParameterizedTest
  @ValueSource(strings = {"driver", "executor"})
  void asksForOneCardWhereAJobComputesOnCards(String side) throws IOException {
    JsonNode spec = application("digits-gpu.yaml");
    String gpu = "spark." + side + ".resource.gpu.";
    JsonNode conf = spec.path("sparkConf");
    assertThat(conf.path(gpu + "amount").asText()).isEqualTo("1");
    assertThat(conf.path(gpu + "vendor").asText()).isEqualTo("nvidia.com");
    String image = "/opt/evenstep/"; // the place where the Dockerfile puts the distribution
    String script = conf.path(gpu + "discoveryScript").asText();
    assertThat(script).startsWith(image);
    assertThat(Built.root().resolve(script.substring(image.length()))).isExecutable();
    assertThat(strings(spec.path("arguments"))).contains("training.device=gpu");
  }

  @ParameterizedTest
  @ValueSource(strings = {"digits.yaml", "digits-scheduled.yaml"})
  void asksForNoCardOtherwise(String file) throws IOException {
    JsonNode spec = application(file);
    assertThat(spec.path("sparkConf").fieldNames())
        .toIterable()
        .isNotEmpty()
        .noneMatch(key -> key.contains("gpu"));
    assertThat(strings(spec.path("arguments"))).doesNotContain("training.device=gpu");
  }

  @Test
  void oneNightIsNotRunOverByTheNext() throws IOException {
    JsonNode manifest = CrdSchema.yaml(MANIFESTS.resolve("digits-scheduled.yaml"));
    assertThat(manifest.at("/spec/concurrencyPolicy").asText()).isEqualTo("Forbid");
  }

  private static JsonNode application(String file) throws IOException {
    JsonNode spec = CrdSchema.yaml(MANIFESTS.resolve(file)).path("spec");
    return spec.has("template") ? spec.path("template") : spec;
  }

  private static List<String> strings(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
  }

  private static CrdSchema schema(String kind) throws IOException {
    String plural = kind.toLowerCase(Locale.ROOT) + "s";
    Path file = Built.root().resolve("../shared/schema/" + plural + ".yaml");
    assumeTrue(Files.exists(file), "skipped: the definition " + plural + " is not here");
    return CrdSchema.of(file, "v1beta2");
  }
}
