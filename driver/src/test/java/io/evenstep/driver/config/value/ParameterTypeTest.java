package io.evenstep.driver.config.value;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenstep.model.Problem;
import io.evenstep.model.catalog.Parameter;
import io.evenstep.model.catalog.Rule;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Values of parameters, as the job file and {@code --set} write them. */
class ParameterTypeTest {
  private static Optional<Object> set(Rule rule, String text) {
    ParameterType type = new ParameterType(Parameter.optional("p", rule, "a parameter"));
    Problems problems = new Problems();
    return type.read("p", type.parse("p", text, problems), problems);
  }

  @Test
  void readsWhatTheRuleReads() {
    assertThat(set(Rule.COUNT, "3")).contains(3);
    assertThat(set(Rule.FRACTION, "0")).contains(0.0);
    assertThat(set(Rule.FLAG, "true")).contains(true);
  }

  @Test
  void takesOneNumberForAListAndSeveralWithCommas() {
    assertThat(set(Rule.COUNTS, "64")).contains(List.of(64));
    assertThat(set(Rule.COUNTS, "64,32")).contains(List.of(64, 32));
    assertThat(set(Rule.COUNTS, "[64, 32]")).contains(List.of(64, 32));
    assertThat(set(Rule.SIZE, "5")).contains(List.of(5, 5));
    assertThat(set(Rule.SIZE, "5,3")).contains(List.of(5, 3));
  }

  @Test
  void takesANumberInQuotes() {
    ParameterType type = new ParameterType(Parameter.optional("p", Rule.ABOVE_ZERO, "one"));
    Node quoted = new Node.Scalar("0.5", Node.Style.QUOTED, 1);
    assertThat(type.read("p", quoted, new Problems())).contains(0.5);
  }

  @Test
  void refusesInTheCataloguesWords() {
    ParameterType type = new ParameterType(Parameter.optional("p", Rule.FRACTION, "one"));
    Problems problems = new Problems();
    assertThat(type.read("p", Node.Scalar.of("1"), problems)).isEmpty();
    assertThat(problems.first())
        .contains(new Problem("p", "must be a number of at least 0 and below 1", "1"));
    assertThat(set(Rule.COUNTS, "[]")).isEmpty();
    assertThat(set(Rule.SIZE, "1,2,3")).isEmpty();
  }
}
