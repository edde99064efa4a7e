package io.evenstep.driver.data.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.evenstep.model.data.Gaps;
import io.evenstep.model.data.Segment;
import io.evenstep.model.data.Segment.Kind;
import io.evenstep.model.data.Storage;
import io.evenstep.model.data.column.TextRecipe;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TermCountsTest {
  private static TermCounts counted(List<Map<String, Integer>> rows) {
    TermCounts counts = TermCounts.of(Kind.TEXT);
    rows.forEach(counts::add);
    rows.forEach(counts::note);
    return counts;
  }

  @Test
  void takesTheTermsOfMostRowsAndNoneOfASingleOne() {
    TermCounts counts =
        counted(List.of(Map.of("a", 1, "b", 9), Map.of("b", 1, "c", 1), Map.of("a", 2, "b", 1)));
    assertThat(counts.terms(10)).containsExactly("b", "a");
    assertThat(counts.terms(1)).containsExactly("b");
    assertThat(counts.longest()).isEqualTo(2);
    assertThat(counts.inverseFrequency("a")).isCloseTo(Math.log(4 / 3.0) + 1, within(1e-12));
    assertThat(counted(List.of(Map.of("z", 1), Map.of("y", 1))).terms(9)).containsExactly("y", "z");
  }

  @Test
  void givesTheSameForRowsInPartsAndAtOnce() {
    List<Map<String, Integer>> rows = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      rows.add(Map.of("t" + i % 7, 1, "u" + i % 3, 1));
    }
    TermCounts whole = counted(rows);
    TermCounts parts = counted(rows.subList(0, 33));
    parts.add(counted(rows.subList(33, 100)));
    assertThat(parts.terms(20)).isEqualTo(whole.terms(20));
    assertThat(parts.inverseFrequency("t1")).isEqualTo(whole.inverseFrequency("t1"));
  }

  @Test
  void staysBoundedAndKeepsTheCommonTerms() {
    TermCounts counts = TermCounts.of(Kind.TEXT);
    for (int i = 0; i < 450_000; i++) {
      counts.add(Map.of("rare" + i, 1, "common" + i % 5, 1));
    }
    assertThat(counts.terms(5))
        .containsExactlyInAnyOrder("common0", "common1", "common2", "common3", "common4");
    assertThat(counts.terms(500_000)).hasSizeLessThan(400_000);
  }

  @Test
  void storesOnlyTheTermsThatThereAreIfThatIsShorter() {
    List<Map<String, Integer>> rows = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      rows.add(Map.of("t" + i % 100, 1, "t" + (i + 1) % 100, 1));
    }
    TextRecipe recipe = TextRecipe.of("word 1-1 count 1000 vocabulary");
    Segment sparse = TextSegment.of("c", recipe, counted(rows), Gaps.AS_ENCODED);
    assertThat(sparse.storage()).isEqualTo(Storage.I32);
    assertThat(sparse.bytes()).isEqualTo(8);
    assertThat(sparse.width()).isEqualTo(100);
    Segment dense = TextSegment.of("c", recipe, counted(rows.subList(0, 3)), Gaps.AS_ENCODED);
    assertThat(dense.storage()).isEqualTo(Storage.U8);
    assertThat(dense.bytes()).isEqualTo(dense.width());
  }
}
