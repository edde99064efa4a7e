package io.evenstep.driver.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenstep.model.ConfigException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SearchSpaceTest {
  private static final long SEED = 5;

  private static List<String> drawn(String values, int trials) {
    SearchSpace space = SearchSpace.of(Map.of("k", values));
    return IntStream.rangeClosed(1, trials).mapToObj(i -> space.drawn(SEED, i).get("k")).toList();
  }

  private static double[] numbers(String values) {
    return drawn(values, 400).stream().mapToDouble(Double::parseDouble).sorted().toArray();
  }

  @Test
  void factorsAreAsLikelyAsEachOther() {
    double[] rates = numbers("log:1e-4..1e-1");

    assertThat(rates[0]).isBetween(1e-4, 1.2e-4);
    assertThat(rates[399]).isBetween(0.08, 0.1);
    assertThat(rates[200]).as("the median, seed %d", SEED).isBetween(1.5e-3, 6.5e-3);
  }

  @Test
  void differencesAreAsLikelyAsEachOther() {
    double[] rates = numbers("linear:-0.5..0.5");

    assertThat(rates[0]).isBetween(-0.5, -0.48);
    assertThat(rates[200]).as("the median, seed %d", SEED).isBetween(-0.1, 0.1);
  }

  @Test
  void wholeNumbersHaveBothEnds() {
    TreeMap<String, Long> counts = new TreeMap<>();
    drawn("int:1..4", 400).forEach(value -> counts.merge(value, 1L, Long::sum));

    assertThat(counts.keySet()).containsExactly("1", "2", "3", "4");
    assertThat(counts.values()).as("seed %d", SEED).allMatch(count -> count > 60);
    double[] units = numbers("logint:16..512");
    assertThat(Arrays.stream(units)).allMatch(u -> u >= 16 && u <= 512 && u == Math.rint(u));
  }

  @Test
  void aListMayHoldAnything() {
    assertThat(drawn("[[64], [128, 64], relu]", 100)).contains("[64]", "[128, 64]", "relu");
  }

  @Test
  void aTrialIsDrawnFromSeedAndNumberAlone() {
    Map<String, String> over = new LinkedHashMap<>();
    over.put("a", "log:1e-4..1e-1");
    over.put("b", "int:1..100000");
    SearchSpace space = SearchSpace.of(over);

    assertThat(space.drawn(1, 7)).isEqualTo(SearchSpace.of(over).drawn(1, 7));
    assertThat(space.drawn(1, 7)).isNotEqualTo(space.drawn(1, 8)).isNotEqualTo(space.drawn(2, 7));
    assertThat(space.drawn(1, 7).keySet()).containsExactly("a", "b");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"log:0..1", "log:1..1", "linear:2..1", "int:1..2.5", "log:a..b", "0.1", "[]"})
  void refusesWhatIsNeitherRangeNorList(String values) {
    assertThatThrownBy(() -> SearchSpace.of(Map.of("training.batch", values)))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("--over training.batch")
        .hasMessageContaining("log:A..B");
  }
}
