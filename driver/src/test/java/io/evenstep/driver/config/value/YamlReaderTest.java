package io.evenstep.driver.config.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenstep.model.ConfigException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class YamlReaderTest {
  private final Problems problems = new Problems();

  @Test
  void keepsTheLineOfEveryValue() {
    Node root = read("a:\n  b: 1\n  c: [2,\n    3]\n");

    Node three = new Node.Scalar("3", Node.Style.PLAIN, 4);
    Node c = new Node.Sequence(List.of(new Node.Scalar("2", Node.Style.PLAIN, 3), three), 3);
    Node b = new Node.Scalar("1", Node.Style.PLAIN, 2);
    assertThat(root)
        .isEqualTo(new Node.Mapping(Map.of("a", new Node.Mapping(Map.of("b", b, "c", c), 2)), 1));
  }

  @Test
  void tellsQuotedFromPlain() {
    Node.Mapping root = (Node.Mapping) read("a: '1'\nb: \"x\"\nc: 1e-3\nd:\ne: x\nf: \"\"\n");

    assertThat(root.entries().values())
        .extracting(node -> ((Node.Scalar) node).style())
        .containsExactly(
            Node.Style.QUOTED,
            Node.Style.QUOTED,
            Node.Style.PLAIN,
            Node.Style.NOTHING,
            Node.Style.PLAIN,
            Node.Style.QUOTED);
  }

  @Test
  void readsNothingAsNoKeys() {
    assertThat(read("# only a remark\n")).isEqualTo(new Node.Mapping(Map.of(), 1));
  }

  @Test
  void saysWhereAndWhyTextIsNotYaml() {
    assertThatThrownBy(() -> read("name: x\ntraining:\n  batch: [1, 2\n"))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("Cannot read job.yaml: line 4: ")
        .hasMessageContaining("expected ',' or ']', but got");
    assertThatThrownBy(() -> read("name: x\n\tseed: 1\n"))
        .hasMessageStartingWith("Cannot read job.yaml: line 2: ");
    assertThatThrownBy(() -> read("a: b: c\n"))
        .hasMessage("Cannot read job.yaml: line 1: mapping values are not allowed here");
  }

  @Test
  void makesNothingByName() {
    assertThatThrownBy(() -> read("name: !!javax.script.ScriptEngineManager [x]\n"))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "Cannot read job.yaml: line 1 must have plain values, got the tag"
                + " tag:yaml.org,2002:javax.script.ScriptEngineManager");
  }

  @Test
  void refusesAliasesAndSecondDocuments() {
    assertThatThrownBy(() -> read("a: &x 1\nb: *x\n"))
        .hasMessage("Cannot read job.yaml: line 2 must not use aliases, got *x");
    assertThatThrownBy(() -> read("a: 1\n---\nb: 2\n"))
        .hasMessage("Cannot read job.yaml: line 3 must have one YAML document, got a second");
  }

  @Test
  void reportsAKeyGivenTwice() {
    read("training:\n  batch: 1\n  epochs: 2\n  batch: 3\n");

    assertThatThrownBy(problems::throwIfAny)
        .hasMessage("Invalid training.batch: must be given once, but is on lines 2 and 4, got 3");
  }

  private Node read(String text) {
    return YamlReader.read(text, "job.yaml", problems);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{a: ", "- ", "? "})
  void refusesWhatIsNestedWithoutEnd(String opening) {
    assertThatThrownBy(() -> YamlReader.read(opening.repeat(5000), "job.yaml", new Problems()))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("Cannot read job.yaml: line 1");
  }

  /** Many values once took time that grew with the square of the file's size. */
  @Test
  void readsAFileOfManyValues() {
    String text = "a: [" + "'x', ".repeat(100_000) + "'x']";

    Node node = YamlReader.read(text, "job.yaml", new Problems());

    assertThat(((Node.Sequence) ((Node.Mapping) node).entries().get("a")).items())
        .hasSize(100_001)
        .allMatch(item -> ((Node.Scalar) item).style() == Node.Style.QUOTED);
  }
}
